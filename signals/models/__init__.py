"""What partners saw, and what they heard back."""

from signals.models.conversation import Message, OneTimeCode
from signals.models.signal import Signal

__all__ = ["Message", "OneTimeCode", "Signal"]
