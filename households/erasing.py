"""Destroying for good: a thing with all that hangs on it, in every room, its history too. What stays is the log of who
looked: it names nobody, and proves that what happened was allowed."""

from collections.abc import Iterable
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import connection, models
from post_office.models import Email

from config.sealed import triggers_of
from households.models import AccessLogEntry, Custody, Household, HouseholdMember, Print, Resident

Rows = dict[type[models.Model], set[Any]]
BY_TWO = "households.Household:household_destroyed_by_two"  # the one trigger that never stands aside


def is_history(model: type[models.Model]) -> bool:
    return hasattr(model, "pgh_tracked_model")


def with_all_of_it(rows: Rows) -> Rows:
    """These rows with every row, of any room, that would not be there without them."""
    found: Rows = {}
    todo = list(rows.items())
    while todo:
        model, keys = todo.pop()
        new = keys - found.setdefault(model, set())
        found[model] |= new
        for field in model._meta.get_fields(include_hidden=True) if new else ():
            relation: Any = field
            if not isinstance(field, models.ManyToOneRel) or is_history(relation.related_model):
                continue
            if relation.on_delete in (models.CASCADE, models.PROTECT) and relation.related_model is not AccessLogEntry:
                hanging = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": new})
                todo.append((relation.related_model, set(hanging.values_list("pk", flat=True))))
    return {model: keys for model, keys in found.items() if keys}


def residents_who_go(rows: Rows) -> set[int]:
    """Who is known nowhere but in these memberships. A child of divorced parents stays for the other home, and so does who
    decides about somebody that stays."""
    members = rows.get(HouseholdMember, set())
    going = set(HouseholdMember.objects.filter(pk__in=members).values_list("resident_id", flat=True))
    going |= set(Custody.objects.filter(resident__in=going).values_list("holder_id", flat=True))
    while True:
        elsewhere = HouseholdMember.objects.filter(resident__in=going).exclude(pk__in=members)
        decides = Custody.objects.filter(holder__in=going).exclude(resident__in=going)
        stay = {*elsewhere.values_list("resident_id", flat=True), *decides.values_list("holder_id", flat=True)}
        if not stay:
            return going
        going -= stay


def erase(rows: Rows) -> int:
    """Delete all of it; how many rows that were. In a transaction: all, or nothing."""
    rows = with_all_of_it(rows)
    papers = Print.objects.filter(
        households__in=rows.get(Household, set())
    )  # of several households: made anew in a minute
    rows = with_all_of_it({**rows, Print: rows.get(Print, set()) | set(papers.values_list("pk", flat=True))})
    if going := residents_who_go(rows):
        rows = with_all_of_it({**rows, Resident: rows.get(Resident, set()) | going})
    forget_mail(rows)
    loosen(rows)
    total = erase_history(rows)
    for model, keys in rows.items():
        aside = [name for name in triggers_of(model._meta.db_table) if name != BY_TWO]
        with pgtrigger.ignore(*aside):
            total += delete(model, str(model._meta.pk and model._meta.pk.column), keys)
    return total


def loosen(rows: Rows) -> None:
    """What may do without them lets go of them."""
    for model, keys in rows.items():
        for field in model._meta.get_fields(include_hidden=True):
            relation: Any = field
            if isinstance(field, models.ManyToOneRel) and relation.on_delete is models.SET_NULL:
                others = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": keys})
                others.exclude(pk__in=rows.get(relation.related_model, set())).update(**{relation.field.name: None})


def erase_history(rows: Rows) -> int:
    """What they were before, and what once hung on them. A request that changed nothing else is forgotten too."""
    total, contexts = 0, set()
    for history in filter(is_history, apps.get_models()):
        for field in history._meta.concrete_fields:
            keys = rows.get(field.related_model, set()) if isinstance(field, models.ForeignKey) else set()
            if keys:
                about = history._base_manager.filter(**{f"{field.name}__in": keys})
                contexts |= set(about.exclude(pgh_context=None).values_list("pgh_context_id", flat=True))
                total += delete(history, str(field.column), keys)
    return total + forget_requests(contexts)


def forget_requests(contexts: Iterable[Any]) -> int:
    """Who did it at which address, when nothing is left of what was done."""
    Context = apps.get_model("pghistory", "Context")
    left = set(contexts)
    for history in filter(is_history, apps.get_models()):
        left -= set(history._base_manager.filter(pgh_context__in=left).values_list("pgh_context_id", flat=True))
    return delete(Context, "id", left)


def forget_mail(rows: Rows) -> None:
    """Mail to these people, that waits or that was sent."""
    addresses = set()
    for model, keys in rows.items():
        for field in model._meta.concrete_fields:
            if isinstance(field, models.EmailField):
                addresses |= set(model._base_manager.filter(pk__in=keys).values_list(field.name, flat=True))
    for address in addresses - {"", None}:
        Email.objects.filter(to=[address]).delete()


def delete(model: type[models.Model], column: str, keys: Iterable[Any]) -> int:
    """Past the ORM, which would ask what hangs on it again; the database looks whether anything was left hanging."""
    table, name = connection.ops.quote_name(model._meta.db_table), connection.ops.quote_name(column)
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE {name} = ANY(%s)", [list(keys)])
        return int(cursor.rowcount)


def blank(model: type[models.Model], key: int, fields: Iterable[str]) -> int:
    """Leave the row and take these words out of it, and out of what it was before; how many rows that were."""
    rows: Rows = {model: {key}}
    forget_mail(rows)
    empty = dict.fromkeys(fields, "")
    with pgtrigger.ignore(*triggers_of(model._meta.db_table)):
        changed = model._base_manager.filter(pk=key).update(**empty)
    histories = [one for one in apps.get_models() if is_history(one) and one.pgh_tracked_model is model]  # type: ignore[attr-defined]  # each has it
    return changed + sum(one._base_manager.filter(pgh_obj=key).update(**empty) for one in histories)
