"""What the team does with a signal, from taking it up to putting it away."""

from django.db import transaction
from django.utils import timezone

from households import access
from households.models import Household
from partners.models import Professional
from signals import workflow
from signals.actions.feedback import check_seen, say
from signals.models import Message, Signal
from signals.sentences import sentences
from signals.workflow import Status


class NoAnswerYet(ValueError):
    """The reporter does not know yet what became of the signal, or wrote after our last answer."""


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
    fresh = Signal.objects.select_for_update().get(pk=signal.pk)
    if fresh.status == Status.TAKEN_UP:
        if not Signal.objects.filter(pk=signal.pk).unowned().exists():
            raise TakenUpBy(fresh.taken_up_by)
        Signal.objects.filter(pk=signal.pk).update(taken_up_by=by)
    else:
        step(signal, Status.TAKEN_UP, taken_up_by=by, taken_up_at=timezone.now(), declined_because="")
    access.record(action=access.Action.UPDATE, event="take up signal", about=signal, by=by)


@transaction.atomic
def link_to_household(*, signal: Signal, household: Household, by: Professional) -> None:
    """From now on the signal belongs to this household, and only its coordinator reads it. Raises WrongTeam."""
    if household.team_id != signal.team_id:
        raise WrongTeam
    step(signal, Status.LINKED, household=household)
    access.record(action=access.Action.UPDATE, event="link signal", about=signal, by=by)


@transaction.atomic
def decline(*, signal: Signal, reason: Signal.Decline, by: Professional, seen: int | None = None) -> Message:
    """We do not go on with it, and the reporter hears why. Who declines keeps it until it is closed."""
    check_seen(signal, seen)
    step(signal, Status.DECLINED, declined_because=reason, taken_up_by=signal.taken_up_by or by)
    sentence = sentences()["NIET_OPGEPAKT"]
    access.record(action=access.Action.UPDATE, event="decline signal", about=signal, by=by)
    return say(signal, sentence, by=by, reason=sentence.reasons[reason])


@transaction.atomic
def close(*, signal: Signal, by: Professional, seen: int | None = None) -> None:
    """Put a signal away. Raises NoAnswerYet (the database refuses it too, whoever asks) and ReporterWrote."""
    Signal.objects.select_for_update().get(pk=signal.pk)  # now nothing can come in any more
    check_seen(signal, seen)
    if not may_be_closed(signal):
        raise NoAnswerYet
    step(signal, Status.CLOSED, closed_at=timezone.now())
    access.record(action=access.Action.UPDATE, event="close signal", about=signal, by=by)


def may_be_closed(signal: Signal) -> bool:
    """Does the reporter know what became of it, and did nothing come in after that?"""
    told = signal.messages.telling_the_outcome().order_by("pk").last()
    heard = signal.messages.filter(direction=Message.Direction.THEIRS).order_by("pk").last()
    return told is not None and (heard is None or heard.pk < told.pk)


def step(signal: Signal, to: Status, **facts: object) -> None:
    """One step of the workflow, on a locked row."""
    fresh = Signal.objects.select_for_update().get(pk=signal.pk)
    workflow.check(fresh.status, to)
    if to in (Status.DECLINED, Status.CLOSED):  # nobody else has to answer any more
        signal.forwards.open().update(taken_back_at=timezone.now())
    for field, value in facts.items():
        setattr(signal, field, value)
    signal.status = to
    signal.save(update_fields=["status", *facts])
