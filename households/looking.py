"""Which households may be about the people whom somebody means? Looked up in a few indexes, a handful of each kind. It says
why something was found, for a person to judge; there is no number on people, only an order."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import reduce
from operator import or_

from django.db.models import Case, F, FloatField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from households.alike import Wanted, name_key, same_first_name
from households.models import Household, HouseholdMember, Resident
from households.models.keys import at_this_address, how_alike, named_like

EACH = 10
BEST = 60
MOST_RESIDENTS = 5


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


def look_like(
    reach: QuerySet[Household], *, but_not: Household, first_name: str, last_name: str, born: date | None
) -> list[Resident]:
    """Residents of households within `reach`, and not of `but_not`, who may be the same person: born on that day with a name
    that looks alike, or with the very name while one of the birth dates is not known. Best first. Two statements."""
    key, members = name_key(last_name), HouseholdMember.objects.filter(household__in=reach.order_by())
    by_name = Q(first_name__iexact=first_name, name_key=key) if key else Q(pk=None)
    wanted = Q(birth_date=born) | (by_name & Q(birth_date=None)) if born else by_name
    found: list[Resident] = []
    for resident in (
        Resident.objects.filter(wanted, pk__in=members.values("resident"))
        .exclude(memberships__household=but_not)
        .order_by("pk")[:BEST]
    ):
        same_first, same_last = same_first_name(resident.first_name, first_name), bool(key) and resident.name_key == key
        if same_first or same_last:
            resident.why = [_("same birth date")] if born and resident.birth_date == born else []
            resident.why.append(_("same name") if same_first and same_last else _("name looks alike"))
            found.append(resident)
    found = sorted(found, key=lambda one: (-len(one.why), one.why[-1] != _("same name"), one.pk))[:MOST_RESIDENTS]
    places: dict[int, list[Household]] = defaultdict(list)
    known = members.filter(resident__in=found).select_related("household__coordinator", "household__team")
    for member in known.order_by("household__number"):
        places[member.resident_id].append(member.household)
    for resident in found:
        resident.known_in = places[resident.pk]
    return found
