"""Which households may be about the people whom somebody means? Looked up in a few indexes, a handful of each kind. It says
why something was found, for a person to judge; there is no number on people, only an order."""

from collections import defaultdict
from collections.abc import Iterator
from functools import reduce
from operator import or_

from django.db.models import Case, F, FloatField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from households.alike import Wanted
from households.models import Household, HouseholdMember, Resident
from households.models.keys import at_this_address, how_alike, named_like

EACH = 10
BEST = 60


def look_alikes(reach: QuerySet[Household], wanted: Wanted) -> list[Household]:
    """Those within `reach` that may be meant, each with `why`. Who fits in more than one way comes first. Two statements."""
    searches = list(ways(reach, wanted))
    if not searches:
        return []
    found: dict[int, set[str]] = defaultdict(set)
    alike: dict[int, float] = defaultdict(float)
    for pk, kind, order in searches[0].union(*searches[1:], all=True) if searches[1:] else searches[0]:
        found[pk].add(kind)
        alike[pk] = max(alike[pk], order)
    households = list(reach.filter(pk__in=found).select_related("coordinator", "team", "district"))
    for household in households:
        household.why = reasons(household, found[household.pk], wanted)
    return sorted(households, key=lambda one: (-len(one.why), -alike[one.pk], one.pk))


def ways(reach: QuerySet[Household], wanted: Wanted) -> Iterator[QuerySet]:
    """A search for each thing that is known: the key of a household, the way, and an order."""
    members = HouseholdMember.objects.filter(household__in=reach.order_by())
    if wanted.words:
        names = reach.filter(named_like(wanted)).annotate(order=how_alike(wanted))
        yield first(names, "pk", "name")
        order = how_alike(wanted) + half_if(called(wanted))
        # Only the best of a common name is looked up further: without this every member of every household is.
        best = Resident.objects.filter(named_like(wanted)).order_by(order.desc(), "pk").values("pk")[:BEST]
        order = how_alike(wanted, "resident__name_key") + half_if(called(wanted, "resident__first_name"))
        yield first(members.filter(resident__in=best).annotate(order=order), "household_id", "resident")
    if wanted.street:
        there = reach.filter(at_this_address(wanted)).annotate(order=half_if(Q(street_key=wanted.street)))
        yield first(there, "pk", "address")
    if wanted.born:
        born = members.filter(resident__birth_date=wanted.born).annotate(order=Value(0.0, output_field=FloatField()))
        yield first(born, "household_id", "born")


def called(wanted: Wanted, column: str = "first_name") -> Q:
    """With a first name that begins like this, or with this initial."""
    return reduce(or_, (Q(**{f"{column}__istartswith": word}) for word in wanted.beginnings), Q(pk=None))


def first(rows: QuerySet, key: str, kind: str) -> QuerySet:
    return rows.order_by(F("order").desc(), key).values_list(key, Value(kind), "order")[:EACH]


def half_if(condition: Q) -> Case:
    return Case(When(condition, then=Value(0.5)), default=Value(0.0), output_field=FloatField())


def reasons(household: Household, found: set[str], wanted: Wanted) -> list[str]:
    """Why it was found, in words."""
    why = []
    if "address" in found:
        same = (household.street_key, household.house_key) == (wanted.street, wanted.house)
        why.append(_("same address") if same else _("address looks alike"))
    if "born" in found:
        why.append(_("same birth date"))
    if wanted.name_key and household.name_key == wanted.name_key:
        why.append(_("same name"))
    elif "name" in found or set(wanted.words) & set(household.name_key.split()):
        why.append(_("name looks alike"))
    elif "resident" in found:
        why.append(_("name of a resident looks alike"))
    return why
