"""About whom: households, the people in them and around them, what they said, what they agreed to, what was written down along the way, who helps and sees a
part of it, and who looked."""

from households.models.adulthood import AdulthoodPart
from households.models.circle import Grant, Participant, Sharing
from households.models.consent import Consent, ConsentVoice, OverrideApproval, OverrideDisclosure
from households.models.household import EarlierAddress, EmergencyAccess, Handover, Household
from households.models.log import AccessLogEntry, LogCheck, LogHead
from households.models.notes import Note
from households.models.own_page import OwnPage, OwnPageCode
from households.models.people import Custody, HouseholdMember, NetworkContact, Resident
from households.models.story import Story

__all__ = [
    "AccessLogEntry", "AdulthoodPart", "Consent", "ConsentVoice", "Custody", "EarlierAddress", "EmergencyAccess", "Grant", "Handover", "Household",
    "HouseholdMember", "LogCheck", "LogHead", "NetworkContact", "Note", "OverrideApproval", "OverrideDisclosure", "OwnPage",
    "OwnPageCode", "Participant", "Resident", "Sharing", "Story",
]  # fmt: skip
