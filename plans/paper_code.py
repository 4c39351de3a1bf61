"""The short code on a printed plan, by which the team finds the plan back. It opens nothing by itself: who types it or scans
it still has to log in, and to be allowed."""

import hmac

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac

from config.crypto import ALPHABET, normal_token
from plans.models import SupportPlan

PLACES = 4  # of the number of the plan; and as many letters to find a typing mistake by


def code_of(plan: SupportPlan) -> str:
    """Such as 000K-7QXM."""
    return f"{in_letters(plan.pk)}-{check(plan.pk)}"


def address_of(plan: SupportPlan) -> str:
    return f"{settings.BASE_URL}{reverse('desk:paper_code', args=[code_of(plan)])}"


def plan_key(typed: str) -> int | None:
    """The key of the plan that this code is of; None when it is no code of ours."""
    code = normal_token(typed)
    if len(code) <= PLACES or not set(code) <= set(ALPHABET):
        return None
    key = sum(ALPHABET.index(letter) * 32**place for place, letter in enumerate(reversed(code[:-PLACES])))
    return key if hmac.compare_digest(code[-PLACES:], check(key)) and key < 2**63 else None


def in_letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number, 32)
        letters = ALPHABET[rest] + letters
    return letters.rjust(PLACES, "0")


def check(number: int) -> str:
    digest = salted_hmac("plan on paper", str(number), algorithm="sha256").digest()
    return "".join(ALPHABET[byte % 32] for byte in digest[:PLACES])
