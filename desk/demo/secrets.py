"""Addresses and codes of the example: the same on every fresh example of one machine, and different on every other."""

import hmac
from uuid import UUID, uuid5

from django.conf import settings

from config.crypto import ALPHABET, TOKEN_LENGTH


def secret(name: str) -> str:
    """A token like those of `config.crypto.new_token`, derived from the secret key of this machine."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), f"demo {name}".encode(), "sha256")
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:TOKEN_LENGTH])


def link_token(organisation: str) -> str:
    return secret(f"link {organisation}")


def signal_code(key: str) -> str:
    return secret(f"code {key}")


def forward(key: str) -> str:
    return secret(f"forward {key}")


def own_page(email: str) -> str:
    return secret(f"own page {email}")


def question(words: str) -> str:
    return secret(f"question {words}")


def submission(key: str) -> UUID:
    """The form that was sent. Whoever knows it gets the receipt again, so it may not be guessed either."""
    return uuid5(UUID(bytes=hmac.digest(settings.SECRET_KEY.encode(), b"demo submissions", "sha256")[:16]), key)
