"""About whom: households, the people in them and around them, what they said, what they agreed to, what was written down along the way, who helps and sees a
part of it, and who looked."""

from households.models.adulthood import AdulthoodPart
from households.models.circle import Grant, Participant, Sharing
from households.models.closing import Closing
from households.models.consent import Consent, ConsentVoice, OverrideApproval, OverrideDisclosure
from households.models.conversation import Answer, Conversation, DomainScore, QuestionCard, Written
from households.models.household import EarlierAddress, EmergencyAccess, Handover, Household
from households.models.keeping import Destruction, DestructionItem, ErasureRequest, Hold
from households.models.log import AccessLogEntry, LogCheck, LogHead
from households.models.marks import OwnMark
from households.models.merging import Merging
from households.models.notes import Note
from households.models.own_page import OwnPage, OwnPageCode
from households.models.people import Custody, HouseholdMember, NetworkContact, Resident, TieQuality
from households.models.prints import Print
from households.models.story import Story

__all__ = [
    "AccessLogEntry", "AdulthoodPart", "Answer", "Closing", "Consent", "ConsentVoice", "Conversation", "Custody",
    "Destruction", "DestructionItem", "DomainScore", "EarlierAddress", "EmergencyAccess", "ErasureRequest", "Grant",
    "Handover", "Hold", "Household", "HouseholdMember", "LogCheck", "LogHead", "Merging", "NetworkContact", "Note",
    "OverrideApproval", "OverrideDisclosure", "OwnMark", "OwnPage", "OwnPageCode", "Participant", "Print",
    "QuestionCard", "Resident", "Sharing", "Story", "TieQuality", "Written",
]  # fmt: skip
