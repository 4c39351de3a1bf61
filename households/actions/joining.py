"""Somebody who was written down twice becomes one again."""

from typing import Any

from django.db import DatabaseError, models, transaction
from django.db.models import Q
from django.utils import timezone

from households import access
from households.models import Custody, Household, HouseholdMember, Resident
from partners.models import Professional


class NotTheSame(ValueError):
    """These two can not be one person: born on other days, one decides about the other, or both stand in a third household."""


@transaction.atomic
def join_residents(*, household: Household, keep: Resident, double: Resident, by: Professional) -> None:
    """Everything of `double` is of `keep` from now on. The row stays, and says who it was in lines that never change. What
    `keep` has already stays as it is. Raises NotTheSame."""
    list(Resident.objects.order_by("pk").select_for_update(no_key=True).filter(pk__in=[keep.pk, double.pk]))
    check(keep, double)
    elsewhere = [
        member.household
        for member in double.memberships.exclude(household=household).select_related("household").order_by("household")
    ]
    for member in double.memberships.all():
        kept = keep.memberships.filter(household=member.household_id).first()
        if kept:
            join_members(kept, member)
        else:
            member.resident = keep
            member.save()
    if keep.birth_date is None and double.birth_date is not None:
        keep.birth_date = double.birth_date
        keep.save()
    for custody in Custody.objects.filter(Q(resident=double) | Q(holder=double)):
        ours = {name: keep for name in ("resident", "holder") if getattr(custody, f"{name}_id") == double.pk}
        if not move(custody, **ours) and not custody.is_over():  # known of `keep` already
            Custody.objects.filter(pk=custody.pk).update(started_on=None, ended_on=timezone.localdate())
    relations: list[Any] = [*Resident._meta.related_objects]
    for relation in relations:
        if relation.related_model in (HouseholdMember, Custody, Resident) or is_history(relation.related_model):
            continue
        if relation.many_to_many:
            through, name = relation.through, relation.field.m2m_reverse_field_name()
            for row in through._base_manager.filter(**{name: double}):
                move(row, **{name: keep})
            through._base_manager.filter(**{name: double}).delete()
        else:
            for row in relation.related_model._base_manager.filter(**{relation.field.name: double}):
                move(row, **{relation.field.name: keep})
    Resident.objects.filter(same_as=double).update(same_as=keep)
    double.same_as = keep
    double.save()
    for other in elsewhere:
        access.record(
            action=access.Action.UPDATE, event="join residents", about=keep, household=other, by=None,
            role=access.ELSEWHERE,
        )  # fmt: skip
    access.record(action=access.Action.UPDATE, event="join residents", about=keep, household=household, by=by)


def check(keep: Resident, double: Resident) -> None:
    born = {each.birth_date for each in (keep, double)} - {None}
    decides = Custody.objects.filter(Q(resident=keep, holder=double) | Q(resident=double, holder=keep))
    if keep == double or keep.same_as_id or double.same_as_id or len(born) > 1 or decides.exists():
        raise NotTheSame


def move(row: models.Model, **to: Any) -> bool:
    """Unless `keep` has the same already, or it never changes: then this one stays where it is."""
    try:
        with transaction.atomic():
            type(row)._base_manager.filter(pk=row.pk).update(**to)
    except DatabaseError:
        return False
    return True


def join_members(kept: HouseholdMember, double: HouseholdMember) -> None:
    """What is known here of somebody, of two rows in one. What is filled in stays; notes are put one after the other."""
    for name in ("phone", "email", "contact_through", "languages"):
        setattr(kept, name, getattr(kept, name) or getattr(double, name))
    for name in ("contact_note", "wishes"):
        setattr(kept, name, both(getattr(kept, name), getattr(double, name)))
    kept.lives_here = kept.lives_here or double.lives_here
    kept.needs_interpreter = kept.needs_interpreter or double.needs_interpreter
    kept.rather_not_reads = kept.rather_not_reads or double.rather_not_reads
    kept.save()
    relations: list[Any] = [*HouseholdMember._meta.related_objects]
    for relation in relations:
        if not is_history(relation.related_model):
            for row in relation.related_model._base_manager.filter(**{relation.field.name: double}):
                move(row, **{relation.field.name: kept})
    double.delete()


def both(one: str, other: str) -> str:
    return "\n".join(dict.fromkeys(text for text in (one, other) if text))


def is_history(model: Any) -> bool:
    return hasattr(model, "pgh_tracked_model")
