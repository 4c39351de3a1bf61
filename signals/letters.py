"""The letter for a reporter who left no mail address: an answer waits. It says no more than the mail does."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from config import printing
from households.pdf import sheet
from partners.models import Professional
from signals.actions.mails import follow_address
from signals.models import Signal


@override("nl")
def message_waits(signal: Signal, *, by: Professional) -> bytes:
    """Of a signal with its team. `by` writes it, and can be called about it."""
    facts = {
        "signal": signal,
        "address": settings.BASE_URL + reverse("signals:find"),
        "qr": printing.qr(follow_address(signal)),
        "coordinator": by,
        "phone": signal.team.phone,
        "team": signal.team,
        "printed_on": timezone.localdate(),
        "demo": settings.DEMO,
    }
    return sheet("signals/letter.html", facts)
