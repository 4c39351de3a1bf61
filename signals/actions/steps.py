"""One step of the workflow, for one signal and for all that are about the same case."""

from collections.abc import Iterable

from django.utils import timezone

from signals import workflow
from signals.models import Signal
from signals.workflow import Status


def step(signal: Signal, to: Status, **facts: object) -> None:
    """One step of the workflow, on a locked row."""
    fresh = Signal.objects.select_for_update().get(pk=signal.pk)
    workflow.check(fresh.status, to, question=fresh.is_question)
    if to in (Status.DECLINED, Status.CLOSED):  # nobody else has to answer any more
        signal.forwards.open().update(taken_back_at=timezone.now())
    for field, value in facts.items():
        setattr(signal, field, value)
    signal.status = to
    signal.save(update_fields=["status", *facts])


def step_together(signal: Signal, to: Status, **facts: object) -> list[Signal]:
    """The same step for all of the case that are as far as this one. Gives those that took it."""
    case = locked(case_of(signal))
    (fresh,) = (one for one in case if one.pk == signal.pk)
    done = [signal if one.pk == signal.pk else one for one in case if one.status == fresh.status]
    for one in done:
        step(one, to, **facts)
    return done


def case_of(signal: Signal) -> list[Signal]:
    """This signal and all that go with it, the oldest first."""
    return list(Signal.objects.of_case(signal))


def locked(signals: Iterable[Signal]) -> list[Signal]:
    """The same, locked in the order of their keys: two colleagues never wait for each other in a circle."""
    keys = [signal.pk for signal in signals]
    return list(Signal.objects.select_for_update(of=["self"]).filter(pk__in=keys).order_by("pk"))
