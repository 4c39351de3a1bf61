"""About whom: households, the people in them and around them, what they said, what they agreed to, and who looked."""

from households.models.consent import Consent
from households.models.household import Household
from households.models.log import AccessLogEntry, LogCheck, LogHead
from households.models.people import HouseholdMember, NetworkContact, Resident
from households.models.story import Story

__all__ = [
    "AccessLogEntry", "Consent", "Household", "HouseholdMember", "LogCheck", "LogHead", "NetworkContact", "Resident",
    "Story",
]  # fmt: skip
