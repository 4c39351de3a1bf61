"""What partners saw, and what they heard back."""

from signals.models.conversation import Message, OneTimeCode, Pulse, Reopening, Talk
from signals.models.observation import Observation, ObservationCode
from signals.models.signal import Signal

__all__ = ["Message", "Observation", "ObservationCode", "OneTimeCode", "Pulse", "Reopening", "Signal", "Talk"]
