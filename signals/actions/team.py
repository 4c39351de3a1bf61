"""What the team does with a signal, from taking it up to putting it away."""

from django.db import transaction
from django.utils import timezone

from households import access
from households.models import Household
from partners.models import Professional
from signals import workflow
from signals.actions.feedback import check_seen, say
from signals.actions.steps import case_of, locked, step_together
from signals.models import Message, Signal
from signals.sentences import sentences
from signals.workflow import Status


class NoAnswerYet(ValueError):
    """A reporter does not know yet what became of the signal, or wrote after our last answer. `signal` is which one."""

    def __init__(self, signal: Signal):
        super().__init__()
        self.signal = signal


class WrongTeam(ValueError):
    """The household belongs to another team than the signal: nobody could read it any more."""


class TakenUpBy(ValueError):
    """A colleague was just first. `colleague` is who."""

    def __init__(self, colleague: Professional | None):
        super().__init__()
        self.colleague = colleague


@transaction.atomic
def take_up(*, signal: Signal, by: Professional) -> None:
    """This colleague looks into it, also when who did so before can not any more. Raises TakenUpBy when another was just
    first, workflow.NotAllowed otherwise."""
    case = locked(case_of(signal))
    (fresh,) = (one for one in case if one.pk == signal.pk)
    if fresh.status == Status.TAKEN_UP:
        if not Signal.objects.filter(pk=signal.pk).unowned().exists():
            raise TakenUpBy(fresh.taken_up_by)
        done = [one for one in case if one.status == Status.TAKEN_UP]
        Signal.objects.filter(pk__in=[one.pk for one in done]).update(taken_up_by=by)
    elif fresh.household_id:
        raise workflow.NotAllowed(fresh.status)  # only `detach` takes it off a household
    else:
        done = step_together(signal, Status.TAKEN_UP, taken_up_by=by, taken_up_at=timezone.now(), declined_because="")
    note(done, "take up signal", by)


@transaction.atomic
def link_to_household(*, signal: Signal, household: Household, by: Professional) -> None:
    """From now on the signal belongs to this household, and only its coordinator reads it. Raises WrongTeam."""
    if household.team_id != signal.team_id:
        raise WrongTeam
    note(step_together(signal, Status.LINKED, household=household, linked_at=timezone.now()), "link signal", by)


@transaction.atomic
def decline(*, signal: Signal, reason: Signal.Decline, by: Professional, seen: int | None = None) -> None:
    """We do not go on with it, and each reporter hears why. Who declines keeps it until it is closed."""
    done = step_together(signal, Status.DECLINED, declined_because=reason, taken_up_by=signal.taken_up_by or by)
    sentence = sentences()["NIET_OPGEPAKT"]
    for one in done:
        check_seen(one, seen)
        if not one.part_of_id:  # of a part, the reporter is told about the whole
            say(one, sentence, by=by, reason=sentence.reasons[reason])
    note(done, "decline signal", by)


@transaction.atomic
def close(*, signal: Signal, by: Professional, seen: int | None = None) -> None:
    """Put a signal away, and all that go with it. Raises NoAnswerYet (the database refuses it too, whoever asks) and
    ReporterWrote."""
    for one in locked(case_of(signal)):  # now nothing can come in any more
        if one.status == Status.CLOSED:
            continue
        check_seen(one, seen)
        if not may_be_closed(one):
            raise NoAnswerYet(one)
    note(step_together(signal, Status.CLOSED, closed_at=timezone.now()), "close signal", by)


def note(done: list[Signal], event: str, by: Professional) -> None:
    """A line for each signal with which this was done."""
    for one in done:
        access.record(action=access.Action.UPDATE, event=event, about=one, by=by)


def note_look(signal: Signal) -> None:
    """Somebody of the team reads it: the first time is kept, for the reporter was told that it would be soon. The line of
    the look is written by who looks."""
    if signal.is_unseen:
        signal.first_read_at = timezone.now()
        Signal.objects.filter(pk=signal.pk, first_read_at=None).update(first_read_at=signal.first_read_at)


def may_be_closed(signal: Signal) -> bool:
    """Does the reporter know what became of it, and did nothing come in after that? Of a part, that of the whole."""
    whole = signal.part_of or signal
    told = whole.messages.telling_the_outcome().order_by("pk").last()
    heard = whole.messages.filter(direction=Message.Direction.THEIRS).order_by("pk").last()
    return told is not None and (heard is None or heard.pk < told.pk)
