"""Log lines hold no secret addresses: a code in a log is a key under the mat."""

import logging
import re

SECRET_PATH = re.compile(r"/+(s|volg|wachtwoord|uitnodiging|mijn-plan|vraag|doorgezet)/+[^/'\"\n]+", re.IGNORECASE)


def without_secrets(text: str) -> str:
    return SECRET_PATH.sub(r"/\1/…", text)


class NoSecrets(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = without_secrets(record.getMessage())
        record.args = ()
        if record.exc_info:
            record.exc_text = without_secrets(logging.Formatter().formatException(record.exc_info))
        return True
