"""A form that was sent twice: on a slow line people press once more, and a phone asks for its last page again."""

from datetime import timedelta

from django.utils import timezone

from partners.models import Professional
from signals.models import Message, Signal

SENT_TWICE_WITHIN = timedelta(hours=1)


def just_said(signal: Signal, *, body: str, by: Professional | None) -> Message | None:
    """The last message about this locked signal, when somebody said these very words a moment ago, and nothing was said
    and nobody took it up since. Without `by` it is the reporter who says it."""
    since = timezone.now() - SENT_TWICE_WITHIN
    if by and signal.taken_up_at:  # taken up anew, it needs an answer anew
        since = max(since, signal.taken_up_at)
    direction = Message.Direction.OURS if by else Message.Direction.THEIRS
    last = signal.messages.select_related("author").order_by("pk").last()
    if last is None or last.sent_at <= since or (last.direction, last.author, last.body) != (direction, by, body):
        return None
    return last
