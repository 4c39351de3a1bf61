"""Who decides, what they agreed to, and what was shared without that."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from households import access
from households.authority import Objection, objection
from households.deciding import deciders
from households.models import (
    Consent,
    ConsentVoice,
    Custody,
    Household,
    OverrideApproval,
    OverrideDisclosure,
    Resident,
)
from partners.models import Organisation, Professional
from partners.permissions import Permission

CONSENT_LASTS = timedelta(days=365)


class NotADecider(ValueError):
    """`person` answered, but decides about none of the residents that were asked about."""

    def __init__(self, person: Resident):
        super().__init__()
        self.person = person


class CanNotHaveAuthority(ValueError):
    """This person can not decide about the other: `objection` says why."""

    def __init__(self, objection: Objection):
        super().__init__(objection)
        self.objection = objection


@transaction.atomic
def record_custody(
    *,
    household: Household,
    resident: Resident,
    holder: Resident,
    kind: Custody.Kind,
    source: Custody.Source,
    checked_on: date,
    by: Professional,
    started_on: date | None = None,
    ended_on: date | None = None,
    decides_about: str = "",
    reached_by: str = "",
) -> Custody:
    """Write down that somebody decides with or for this resident, and where we know it from. Twice the same is once. What it is
    about and how to reach the holder are kept of an adult only. Raises CanNotHaveAuthority."""
    people = Resident.objects.order_by("pk").select_for_update(no_key=True).filter(pk__in=[resident.pk, holder.pk])
    list(people)  # two at once can not make a circle
    against = objection(resident=resident, holder=holder, kind=kind, on=started_on or timezone.localdate())
    if against:
        raise CanNotHaveAuthority(against)
    of_adult = kind not in Custody.FOR_CHILDREN
    known = Custody.objects.not_over().filter(resident=resident, holder=holder).first()
    custody = known or Custody(resident=resident, holder=holder)
    custody.kind, custody.source, custody.checked_on, custody.recorded_by = kind, source, checked_on, by
    custody.started_on, custody.ended_on = started_on, ended_on
    custody.decides_about, custody.reached_by = (decides_about, reached_by) if of_adult else ("", "")
    custody.save()
    access.record(action=access.Action.CREATE, event="record custody", about=custody, household=household, by=by)
    return custody


@transaction.atomic
def end_custody(*, household: Household, custody: Custody, by: Professional) -> None:
    """Write down that somebody does not decide any more; in another household of the same person too, where the line in
    the log does not say where that was."""
    custody.ended_on = today = timezone.localdate()
    if custody.started_on:
        custody.started_on = min(custody.started_on, today)  # it never began
    custody.save(update_fields=["started_on", "ended_on"])
    access.record(action=access.Action.UPDATE, event="end custody", about=custody, household=household, by=by)
    for other in custody.resident.memberships.exclude(household=household).select_related("household"):
        access.record(
            action=access.Action.UPDATE, event="end custody", about=custody, household=other.household, by=None,
            role=access.ELSEWHERE,
        )  # fmt: skip


@transaction.atomic
def record_consent(
    *,
    household: Household,
    residents: list[Resident],
    kind: Consent.Kind,
    by: Professional,
    given_on: date,
    answers: dict[Resident, bool] | None = None,
    form: Consent.Form = Consent.Form.ORAL,
    valid_until: date | None = None,
    recipient: Organisation | None = None,
    person: Professional | None = None,
    items: list[str] | None = None,
    purpose: str = "",
    explained: str = "",
) -> list[Consent]:
    """Write down what was asked about these residents, and what everybody who decides said to it: yes or no. Without
    `answers` each resident said yes for himself. Valid for a year unless said otherwise.

    A no ends what the same person agreed to before, for the same residents and recipient. Raises NotADecider."""
    said = answers if answers is not None else dict.fromkeys(residents, True)
    deciding = {resident: deciders(resident, on=given_on, items=items or ()) or {} for resident in residents}
    if answers is not None:
        for person_asked in answers:
            if not any(person_asked in who for who in deciding.values()):
                raise NotADecider(person_asked)
    consents = []
    for resident, who in deciding.items():
        consent = Consent.objects.create(
            household=household,
            resident=resident,
            kind=kind,
            recipient=recipient,
            person=person,
            items=items or [],
            purpose=purpose,
            explained=explained,
            given_on=given_on,
            valid_until=valid_until or given_on + CONSENT_LASTS,
            recorded_by=by,
        )
        voices = who if answers is not None else {resident: ConsentVoice.Capacity.SELF}
        ConsentVoice.objects.bulk_create(
            ConsentVoice(
                consent=consent,
                giver=giver,
                capacity=capacity,
                agreed=said[giver],
                form=form,
                given_on=given_on,
                recorded_by=by,
            )
            for giver, capacity in voices.items()
            if giver in said
        )
        refusing = [giver for giver in voices if said.get(giver) is False]
        if refusing:
            end_what_they_agreed_to(consent, refusing, by=by)
        access.record(action=access.Action.SHARE, event="record consent", about=consent, by=by)
        consents.append(consent)
    return consents


def end_what_they_agreed_to(refusal: Consent, refusing: list[Resident], *, by: Professional) -> None:
    """Who says no now does not say yes any more to what was asked before, also in another household of the same child.
    There the line in the log does not say where that was."""
    earlier = Consent.objects.filter(
        resident=refusal.resident,
        kind=refusal.kind,
        recipient=refusal.recipient,
        withdrawn_at=None,
        voices__giver__in=refusing,
        voices__agreed=True,
    ).exclude(pk=refusal.pk)
    if refusal.items:
        earlier = earlier.filter(items__overlap=refusal.items)
    now = timezone.now()
    for consent in earlier.distinct():
        consent.withdrawn_at = now
        consent.save(update_fields=["withdrawn_at"])
        consent.voices.filter(giver__in=refusing).update(withdrawn_at=now)
        here = consent.household_id == refusal.household_id
        access.record(
            action=access.Action.SHARE, event="withdraw consent", about=consent, by=by if here else None,
            role="" if here else access.ELSEWHERE,
        )  # fmt: skip


@transaction.atomic
def add_voice(
    *, consent: Consent, giver: Resident, capacity: str, agreed: bool, by: Professional, given_on: date | None = None
) -> ConsentVoice:
    """Write down what somebody said to a question that was asked before. A new answer takes the place of an earlier one;
    the history keeps both. A no ends what the same person agreed to before. Raises NotADecider."""
    if giver not in (deciders(consent.resident, items=consent.items) or {}):
        raise NotADecider(giver)
    voice, _made = ConsentVoice.objects.update_or_create(
        consent=consent,
        giver=giver,
        defaults={
            "capacity": capacity,
            "agreed": agreed,
            "given_on": given_on or timezone.localdate(),
            "recorded_by": by,
            "recorded_at": timezone.now(),
            "withdrawn_at": None,
        },
    )
    if not agreed:
        end_what_they_agreed_to(consent, [giver], by=by)
    access.record(action=access.Action.SHARE, event="record consent", about=consent, by=by)
    return voice


@transaction.atomic
def withdraw_consent(
    *, consent: Consent, by: Professional | None, giver: Resident | None = None, role: str = ""
) -> None:
    """End a consent because `giver` takes it back, or everybody does. What rested on it is closed at the very next
    request; what was said before stays written."""
    now = timezone.now()
    consent.withdrawn_at = now
    consent.save(update_fields=["withdrawn_at"])
    voices = consent.voices.filter(withdrawn_at=None)
    (voices.filter(giver=giver) if giver else voices).update(withdrawn_at=now)
    access.record(action=access.Action.SHARE, event="withdraw consent", about=consent, by=by, role=role)


@transaction.atomic
def write_override(
    *,
    household: Household,
    about: list[Resident],
    recipient: Organisation,
    items: list[str],
    second_person: Professional,
    by: Professional,
    informed_on: date | None = None,
    not_informed_because: str = "",
    review_on: date | None = None,
    **answers: str,
) -> OverrideDisclosure:
    """Write down why something must be shared without consent. Nothing is shared before the second person agrees.

    `answers` holds the seven: serious_harm, sharing_prevents_it, no_other_way, asked_for_consent, only_these_facts,
    only_who_needs_it, talked_over. The database refuses the author as second person, and more than a few things."""
    override = OverrideDisclosure.objects.create(
        household=household,
        about=[resident.pk for resident in about],
        recipient=recipient,
        items=items,
        second_person=second_person,
        written_by=by,
        informed_on=informed_on,
        not_informed_because=not_informed_because,
        review_on=review_on,
        **answers,
    )
    access.record(action=access.Action.OVERRIDE, event="write override", about=override, by=by)
    return override


@transaction.atomic
def approve_override(*, override: OverrideDisclosure, by: Professional) -> OverrideApproval:
    """The second person agrees. The database refuses anybody else, and a second time. Raises PermissionError when this
    person is no second person for the team of the household any more."""
    if not by.may(Permission.SECOND_PERSON, team=override.household.team):
        raise PermissionError
    approval = OverrideApproval.objects.create(override=override, by=by)
    access.record(action=access.Action.OVERRIDE, event="approve override", about=override, by=by)
    return approval
