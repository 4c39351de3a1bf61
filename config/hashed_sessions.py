"""Sessions of which the database keeps only the hash of the key, and the content sealed: who steals a dump can not go on as
somebody who is logged in, and finds no link to choose a password. The name in SESSION_ENGINE."""

from cryptography.fernet import InvalidToken
from django.contrib.sessions.backends import db
from django.utils import timezone

from config.crypto import seal, token_hash, unseal


def stored(key: str) -> str:
    """How a key stands in the database, in the forty characters that its column has."""
    return token_hash(key)[:40]


class SessionStore(db.SessionStore):
    def _get_session_from_db(self):
        session = self.session_key and self.model.objects.filter(
            session_key=stored(self.session_key), expire_date__gt=timezone.now()
        ).first()  # fmt: skip
        if not session:
            self._session_key = None
        return session

    def exists(self, session_key):
        return super().exists(stored(session_key))

    def create_model_instance(self, data):
        session = super().create_model_instance(data)
        session.session_key = stored(session.session_key)
        return session

    def encode(self, session_dict):
        return seal(super().encode(session_dict))

    def decode(self, session_data):
        """Of a session from before, or under a key that is gone, nothing is left: log in again."""
        try:
            return super().decode(unseal(session_data))
        except (InvalidToken, ValueError):
            return {}

    def delete(self, session_key=None):
        key = session_key or self.session_key
        if key:
            super().delete(stored(key))
