"""What comes after closing: how the reporter found it, and opening it again."""

from django.db import transaction

from households import access
from partners.models import Professional
from signals import workflow
from signals.actions.feedback import say
from signals.actions.reporter import REPORTER
from signals.actions.steps import locked
from signals.models import Message, Pulse, Reopening, Signal
from signals.sentences import sentences
from signals.workflow import REOPENS_TO, Status


class TooLate(ValueError):
    """It was closed too long ago: from now on it is a new signal."""


class SaidAlready(ValueError):
    """The reporter gave a mark before: it is asked once."""


@transaction.atomic
def reopen(*, signal: Signal, reason: str, by: Professional | None) -> None:
    """Back to what it was, with the colleague who had it: it needs a new answer before it can be closed. Without `by` the
    reporter asks it, and the reason is what the reporter writes; when a colleague does it the reporter hears that.

    The reporter knows the whole only, so its closed parts open with it, without the words: those may be about the other
    family. A colleague opens one part and nothing else: the reporter was promised nothing about it.

    Raises workflow.NotAllowed when it is not closed (any more), TooLate."""
    fresh = Signal.objects.select_for_update().get(pk=signal.pk)
    if fresh.status != Status.CLOSED:
        raise workflow.NotAllowed(fresh.status)
    if not fresh.may_be_reopened:
        raise TooLate
    open_again(signal, reason=reason, by=by)
    if by is None:
        for part in locked(signal.parts.all()):
            if part.status == Status.CLOSED:
                open_again(part, reason="", by=None)
        Message.objects.create(signal=signal, direction=Message.Direction.THEIRS, body=reason)
    elif not signal.part_of_id:
        say(signal, sentences()["HEROPEND"], by=by)


def open_again(signal: Signal, *, reason: str, by: Professional | None) -> None:
    """On a locked row."""
    last = Message.objects.filter(signal=signal.part_of_id or signal.pk).order_by("pk").last()
    assert last is not None  # it has at least its receipt
    Reopening.objects.create(signal=signal, after=last, by=by, reason=reason)
    signal.status, signal.closed_at = what_it_was(signal), None
    signal.save(update_fields=["status", "closed_at"])
    role = "" if by else REPORTER
    access.record(action=access.Action.UPDATE, event="reopen signal", about=signal, by=by, role=role)


def what_it_was(signal: Signal) -> Status:
    """The state from which it was closed, as its history tells."""
    states = signal.events.filter(status__in=REOPENS_TO).order_by("-pgh_id").values_list("status", flat=True)  # type: ignore[attr-defined]  # by pghistory
    return Status(states[0])


@transaction.atomic
def give_pulse(*, signal: Signal, mark: int, tip: str = "") -> Pulse:
    """What the reporter found of it. Raises workflow.NotAllowed while it is open, SaidAlready."""
    fresh = Signal.objects.select_for_update().get(pk=signal.pk)
    if fresh.status != Status.CLOSED:
        raise workflow.NotAllowed(fresh.status)
    if Pulse.objects.filter(signal=signal).exists():
        raise SaidAlready
    pulse = Pulse.objects.create(signal=signal, mark=mark, tip=tip)
    access.record(action=access.Action.CREATE, event="reporter gives a mark", about=signal, by=None, role=REPORTER)
    return pulse
