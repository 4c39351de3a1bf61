"""Two people write in one thing at once: what each changed is kept, and what both changed is asked."""

from typing import Any

from django.db.models import Model
from django.utils.crypto import salted_hmac


class WrittenMeanwhile(ValueError):
    """Somebody else wrote in the same places since they were seen. `theirs` holds what stands there now, by its name."""

    def __init__(self, theirs: dict[str, Any]):
        super().__init__()
        self.theirs = theirs


def print_of(value: Any) -> str:
    """Short, keyed, and says nothing about what it stands for."""
    return salted_hmac("plans.written", repr(as_seen(value)), algorithm="sha256").hexdigest()[:16]


def as_seen(value: Any) -> Any:
    """The same whether it came from the database or out of a form."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, dict):
        return sorted((name, as_seen(one)) for name, one in value.items())
    if isinstance(value, list | tuple | set) or hasattr(value, "all"):
        rows = value.all() if hasattr(value, "all") else value
        return sorted(getattr(one, "pk", one) for one in rows)
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def prints_of(values: dict[str, Any]) -> dict[str, str]:
    return {name: print_of(value) for name, value in values.items()}


def together(*, mine: dict[str, Any], theirs: dict[str, Any], seen: dict[str, str] | None) -> dict[str, Any]:
    """What to keep of what I wrote and what stands there now, when I saw what has these prints. Without `seen`, mine.
    Raises WrittenMeanwhile when both changed the same place, each in another way."""
    if not seen:
        return mine
    kept, asked = dict(mine), {}
    for name, now in theirs.items():
        if name not in seen or name not in mine or seen[name] == print_of(now) or as_seen(mine[name]) == as_seen(now):
            continue
        if seen[name] == print_of(mine[name]):
            kept[name] = now
        else:
            asked[name] = now
    if asked:
        raise WrittenMeanwhile(asked)
    return kept
