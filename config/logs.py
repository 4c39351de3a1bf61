"""Log lines hold no secret addresses, for a code in a log is a key under the mat; and no people.

In production each line is JSON with the number of its request, by which the lines of one request are found together."""

import json
import logging
import re
import traceback
from datetime import UTC, datetime

from celery import current_task

from config.current import origin

SECRET_PATH = re.compile(
    r"/+(s|volg|wachtwoord|uitnodiging|mijn-plan|vraag|doorgezet|inrichten|agenda|(?<!plan/)papier)/+[^/'\"\n]+",
    re.IGNORECASE,
)
MAIL = re.compile(r"[^\s@<>'\"(]+@[^\s@<>'\")]+\.\w+")
PHONE = re.compile(r"(?<![\w.-])[+0](?:[ -]?\d){8,}(?!\w)")
# What these say is about machines. What others say can quote a row of the database or a form.
SAFE = (OSError, ImportError, SyntaxError)


def without_secrets(text: str) -> str:
    return SECRET_PATH.sub(r"/\1/…", text)


def without_people(text: str) -> str:
    """Without what looks like a mail address or a phone number; names are not written in log lines at all."""
    return PHONE.sub("…", MAIL.sub("…", without_secrets(text)))


class NoSecrets(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = without_people(record.getMessage())
        record.args = ()
        if record.exc_info:
            record.exc_text = without_people(in_places(record.exc_info[1]))
        return True


def in_places(error: BaseException | None) -> str:
    """Which kind of error came from which places in the code, the first cause first."""
    told: list[str] = []
    while error is not None:
        kind = f"{type(error).__module__}.{type(error).__qualname__}"
        places = [f"  {at.filename}:{at.lineno} {at.name}" for at in traceback.extract_tb(error.__traceback__)]
        told = [*places, f"{kind}: {error}" if isinstance(error, SAFE) else kind, *told]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n".join(told)


class AsJson(logging.Formatter):
    """After `NoSecrets`."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if number := origin.get().request_id:
            line["request_id"] = str(number)
        if current_task and current_task.request.id:
            line |= {"task": current_task.name, "task_id": current_task.request.id}
        line |= getattr(record, "facts", {})
        if record.exc_text:
            line["error"] = record.exc_text.splitlines()
        return json.dumps(line, ensure_ascii=False)
