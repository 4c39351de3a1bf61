"""Encryption of free text about people, with keys that stand outside the database."""

import hashlib
import secrets
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models
from django.db.models.lookups import Exact

# Without letters and digits that look alike on paper (Crockford's base 32).
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
TOKEN_LENGTH = 26  # 130 random bits


@lru_cache
def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.ENCRYPTION_KEYS])


def seal(text: str) -> str:
    """Encrypt `text` with the newest key."""
    return _keys().encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """Decrypt what `seal` made. Raises cryptography.fernet.InvalidToken when no key fits."""
    return _keys().decrypt(sealed.encode("ascii")).decode()


def seal_bytes(file: bytes) -> str:
    """Encrypt a file with the newest key."""
    return _keys().encrypt(file).decode("ascii")


def unseal_bytes(sealed: str) -> bytes:
    """Decrypt what `seal_bytes` made. Raises cryptography.fernet.InvalidToken when no key fits."""
    return _keys().decrypt(sealed.encode("ascii"))


def reseal(sealed: str) -> str:
    """The same text sealed with the newest key; what was sealed with that one already comes back as it is.

    Raises cryptography.fernet.InvalidToken when no key fits."""
    try:
        cipher = sealed.encode("ascii")
    except UnicodeEncodeError as plain:
        raise InvalidToken from plain
    try:
        Fernet(settings.ENCRYPTION_KEYS[0]).decrypt(cipher)
    except InvalidToken:
        return _keys().rotate(cipher).decode("ascii")
    return sealed


def new_token() -> str:
    """A secret for an address: 130 random bits in 26 letters and digits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(TOKEN_LENGTH))


def normal_token(typed: str) -> str:
    """A token as somebody typed it from paper: groups, small letters, O for 0, I and L for 1."""
    bare = "".join(character for character in typed.upper() if character.isalnum())
    return bare.translate(str.maketrans("OIL", "011"))


def token_hash(token: str) -> str:
    """What the database keeps to recognise a token. No salt: the token itself is random enough."""
    return hashlib.sha256(token.encode()).hexdigest()


class EncryptedTextField(models.TextField):
    """Text that is encrypted in the database. It can be read and written, not searched or sorted on."""

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return seal(value) if value else value

    def from_db_value(self, value, expression, connection):
        return unseal(value) if value else value

    def get_lookup(self, lookup_name):
        # Whether there is text at all can be asked, and triggers compare the old with the new cipher.
        if lookup_name == "exact":
            return IsEmpty
        if lookup_name not in ("isnull", "df"):
            raise TypeError(f"{self.name} is encrypted: it cannot be looked up by {lookup_name}")
        return super().get_lookup(lookup_name)


class EncryptedFileField(EncryptedTextField):
    """A file that is encrypted in the database. Read in a query of its own: leave it out with `defer` elsewhere."""

    def get_prep_value(self, value):
        if isinstance(value, bytes):
            return seal_bytes(value) if value else ""
        return super().get_prep_value(value)

    def from_db_value(self, value, expression, connection):
        return unseal_bytes(value) if value else b""


class IsEmpty(Exact):
    """The only comparison that encrypted text knows."""

    def __init__(self, lhs, rhs):
        if rhs != "":
            raise TypeError("encrypted text can only be compared with nothing")
        super().__init__(lhs, rhs)
