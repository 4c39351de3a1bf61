"""When no mail reaches a reporter, somebody phones."""

from django.db import transaction
from django.utils import timezone

from households import access
from partners.models import Professional
from signals.models import Call, Signal


@transaction.atomic
def ask_to_call(signal_pk: int) -> None:
    """A mail about this signal was given up. Asks nothing twice; does nothing when the signal is gone."""
    signal = Signal.objects.select_for_update().filter(pk=signal_pk).first()
    if signal is not None and not signal.calls.open().exists():
        Call.objects.create(signal=signal)
        access.record(action=access.Action.CREATE, event="ask to phone", about=signal, by=None, role=access.SYSTEM)


@transaction.atomic
def reporter_called(*, signal: Signal, by: Professional) -> None:
    """This colleague spoke with the reporter. Pressed twice, the first one counts."""
    if signal.calls.open().update(called_at=timezone.now(), called_by=by):
        access.record(action=access.Action.UPDATE, event="call reporter", about=signal, by=by)
