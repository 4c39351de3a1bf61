"""Several signals about one case: what is done with one is done with all, and each reporter keeps the own answer. One
signal about two families: a part of it goes on under a number of its own."""

from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from config.crypto import new_token, token_hash
from config.numbers import next_number
from households import access
from households.models import Household
from partners.models import Professional
from signals import workflow
from signals.actions.mails import mail_detached
from signals.actions.reporter import NUMBERS
from signals.actions.steps import case_of, locked, step
from signals.models import Detaching, Signal, Telling
from signals.workflow import Status

MERGEABLE = [Status.RECEIVED, Status.TAKEN_UP, Status.LINKED]  # how far each is


class NotTogether(ValueError):
    """These two can not be one case: of another team, put away, or linked to another household."""


class NoReason(ValueError):
    """A link is not undone without a reason."""


@transaction.atomic
def merge(*, signal: Signal, other: Signal, by: Professional) -> None:
    """The team says that both are about the same case. Who is behind takes the steps that the other took already. Raises
    NotTogether."""
    leads = locked([signal.goes_with or signal, other.goes_with or other])  # whoever changes either case waits here
    ours, theirs = (next((one for one in leads if one.pk == lead_of(each)), each) for each in (signal, other))
    check_together(ours, theirs)
    ahead, behind = sorted((ours, theirs), key=lambda one: MERGEABLE.index(Status(one.status)), reverse=True)
    followers = locked(case_of(behind))
    catch_up(followers, ahead, by)
    Signal.objects.filter(goes_with=behind).update(goes_with=ahead)
    Signal.objects.filter(pk=behind.pk).update(goes_with=ahead)
    for one in (signal, other):
        one.refresh_from_db()
    for one in followers:
        access.record(action=access.Action.UPDATE, event="merge signals", about=one, household=one.household, by=by)


def lead_of(signal: Signal) -> int:
    return signal.goes_with_id or signal.pk


def check_together(one: Signal, other: Signal) -> None:
    households = {household for household in (one.household_id, other.household_id) if household}
    apart = one.team_id != other.team_id or len(households) > 1 or one.pk == other.pk
    apart = apart or one.is_question or other.is_question  # what is asked without a name is about nobody
    if apart or one.goes_with_id or other.goes_with_id or not {one.status, other.status} <= set(MERGEABLE):
        raise NotTogether


def catch_up(behind: list[Signal], ahead: Signal, by: Professional) -> None:
    """Each step that the one took, the others take too."""
    for one in behind:
        if one.status == Status.RECEIVED and ahead.status != Status.RECEIVED:
            step(one, Status.TAKEN_UP, taken_up_by=ahead.taken_up_by, taken_up_at=timezone.now())
        if one.status == Status.TAKEN_UP and ahead.status == Status.LINKED:
            step(one, Status.LINKED, household=ahead.household, linked_at=timezone.now())


@transaction.atomic
def separate(*, signal: Signal, by: Professional) -> None:
    """This one is about something else after all. It stays as far as it is; of the others the oldest leads. Raises
    NotTogether when there are no others."""
    case = locked(case_of(signal))
    rest = [one for one in case if one.pk != signal.pk]
    if not rest:
        raise NotTogether
    Signal.objects.filter(pk__in=[one.pk for one in case]).update(goes_with=None)
    Signal.objects.filter(pk__in=[one.pk for one in rest[1:]]).update(goes_with=rest[0])
    signal.refresh_from_db()
    access.record(action=access.Action.UPDATE, event="separate signal", about=signal, by=by)


@transaction.atomic
def split(
    *,
    signal: Signal,
    observation: str,
    by: Professional,
    about_name: str = "",
    about_address: str = "",
    agreed: bool = False,
) -> Signal:
    """A part for a second family, with nothing in it but what the colleague takes over. The reporter is told nothing and
    keeps one conversation, that of the whole. That the first family agreed says nothing of the second: only `agreed` does.
    Raises workflow.NotAllowed when nobody works on the whole, or it is a question, which is about nobody."""
    fresh = Signal.objects.select_for_update().get(pk=signal.pk)
    if fresh.status not in (Status.TAKEN_UP, Status.LINKED) or fresh.is_question:
        raise workflow.NotAllowed(fresh.status)
    unknown, now = new_token(), timezone.now()  # a code that nobody gets
    unknown_to_them = fresh.discussed == Signal.Discussed.AGREED and not agreed
    part = Signal.objects.create(
        number=next_number(NUMBERS, width=4),
        part_of=fresh.part_of or fresh,
        observation=observation,
        about_name=about_name,
        about_address=about_address,
        discussed=Signal.Discussed.NOT_YET if unknown_to_them else fresh.discussed,
        submission=uuid4(),
        code=unknown,
        code_hash=token_hash(unknown),
        status=Status.TAKEN_UP,
        taken_up_by=by,
        taken_up_at=now,
        first_read_at=now,
        **{name: getattr(fresh, name) for name in FROM_THE_WHOLE},
    )
    access.record(action=access.Action.CREATE, event="split signal", about=part, by=by)
    return part


# Nothing that somebody wrote.
FROM_THE_WHOLE = (
    "team", "organisation", "received_at", "names_because", "danger_now", "read_by", "answer_by", "inform_due",
    "family_may_know",
)  # fmt: skip


@transaction.atomic
def detach(*, signal: Signal, reason: str, by: Professional) -> None:
    """The link to the household was wrong: it goes back to who took it up, with all that goes with it. Its coordinator is
    told. Raises NoReason, workflow.NotAllowed."""
    if not reason.strip():
        raise NoReason
    case = locked(case_of(signal))
    household = case[0].household
    if household is None or any(one.status != Status.LINKED for one in case):
        raise workflow.NotAllowed(signal.status)
    for one in case:
        one.consents.clear()  # they were given for another family
        Telling.objects.filter(signal=one).delete()  # and another family was told
        Detaching.objects.create(signal=one, household=household, reason=reason, by=by)
        step(one, Status.TAKEN_UP, household=None, linked_at=None, lead_told_untold=None)
    signal.refresh_from_db()
    tell_coordinator(household, by)
    access.record(action=access.Action.UPDATE, event="detach signal", about=signal, household=household, by=by)


def tell_coordinator(household: Household, by: Professional) -> None:
    if household.coordinator_id != by.pk:
        mail_detached(household.coordinator)
