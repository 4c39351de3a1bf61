"""What partners saw, and what they heard back."""

from signals.models.call import Call
from signals.models.clocks import Telling, WmoNotification
from signals.models.conversation import Message, OneTimeCode, Pulse, Reopening, Talk
from signals.models.detaching import Detaching
from signals.models.forwarding import Forward, ForwardCode
from signals.models.observation import Observation, ObservationCode
from signals.models.signal import Signal

__all__ = [
    "Call", "Detaching", "Forward", "ForwardCode", "Message", "Observation", "ObservationCode", "OneTimeCode",
    "Pulse", "Reopening", "Signal", "Talk", "Telling", "WmoNotification",
]  # fmt: skip
