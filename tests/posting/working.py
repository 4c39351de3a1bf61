"""What the tests of posting share."""

from post_office.models import Email

from households.models import AccessLogEntry
from partners.models import PartnerLink
from signals.models import Message, Signal

MESSAGE = "Er staat iets niet goed"
FREE_TEXT = [
    "observation", "about_name", "about_address", "not_yet_because", "strengths", "wish", "reporter_name",
    "reporter_function",
]  # fmt: skip


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in (Signal, Message, Email, AccessLogEntry)} | {
        "uses": sum(PartnerLink.objects.values_list("uses", flat=True))
    }


def newest() -> Signal:
    return Signal.objects.order_by("-pk")[0]
