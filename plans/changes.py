"""What changed between two snapshots of a plan: per goal and per action, the old words beside the new ones."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import TextChoices
from django.utils.text import get_text_list
from django.utils.translation import gettext_lazy as _

from config.templating.words import short_day
from households.domains import LifeDomain


class How(TextChoices):
    NEW = "NEW", _("new")
    GONE = "GONE", _("not in the plan any more")
    CHANGED = "CHANGED", _("changed")


@dataclass(frozen=True)
class Difference:
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """Of one thing in the plan. `part` says what kind of thing it is; a thing that is new or gone has its words only."""

    part: str
    title: str
    how: How
    differences: tuple[Difference, ...] = ()


def plain(value: Any) -> str:
    return str(value)


def named(value: list) -> str:
    """Of a key with the words for it: the words."""
    return str(value[1])


def names(value: list) -> str:
    return get_text_list([name for _key, name in value], str(_("and"))) or str(_("everybody in the household"))


def domain(value: str) -> str:
    return str(LifeDomain(value).label)


def day(value: str) -> str:
    return short_day(date.fromisoformat(value)) if value else ""


Field = tuple[Any, Callable[[Any], str]]
# Of each part of a plan: the fields that people agree on, with their label and how the value is said.
PARTS: dict[str, tuple[Any, str, dict[str, Field]]] = {
    "goals": (
        _("Goal"),
        "title",
        {
            "title": (_("What do they want to reach?"), plain),
            "domain": (_("Life domain"), domain),
            "about": (_("For whom?"), names),
            "why": (_("Why is this important to them?"), plain),
            "how_we_see_it": (_("How do we see that it works?"), plain),
            "by_when": (_("By when?"), day),
        },
    ),
    "actions": (
        _("Action"),
        "what",
        {
            "what": (_("What is going to happen?"), plain),
            "goal": (_("Under which goal?"), named),
            "who": (_("Who does this?"), named),
            "when": (_("Days and times"), named),
            "due_on": (_("Before which day?"), day),
        },
    ),
    "agreements": (
        _("Agreement"),
        "what",
        {
            "what": (_("What do we agree?"), plain),
            "who": (_("Who keep to it?"), plain),
            "how_told": (_("How do we tell each other?"), plain),
            "until": (_("Until when?"), day),
        },
    ),
}


def changes(old: dict[str, Any], new: dict[str, Any]) -> list[Change]:
    """Empty when both say the same."""
    found = []
    for part, (word, title, fields) in PARTS.items():
        before = {one["key"]: one for one in old.get(part, [])}
        now = {one["key"]: one for one in new.get(part, [])}
        for key, one in now.items():
            if key not in before:
                found.append(Change(str(word), one[title], How.NEW))
            elif differences := differences_of(before[key], one, fields):
                found.append(Change(str(word), one[title], How.CHANGED, differences))
        found += [Change(str(word), one[title], How.GONE) for key, one in before.items() if key not in now]
    return found


def differences_of(old: dict[str, Any], new: dict[str, Any], fields: dict[str, Field]) -> tuple[Difference, ...]:
    return tuple(
        Difference(str(label), say(old[name]), say(new[name]))
        for name, (label, say) in fields.items()
        if key_of(old[name]) != key_of(new[name])
    )


def key_of(value: Any) -> Any:
    """What tells a value apart: of something with a key, the key; of a list of those, all keys."""
    if not isinstance(value, list):
        return value
    if value and isinstance(value[0], list):
        return sorted(one[0] for one in value)
    return value[0] if value else []


def told(facts: dict[str, Any]) -> list[dict[str, Any]]:
    """The goals of a snapshot to read, each with its actions, in words."""
    actions = [(one["goal"][0], in_words("actions", one)) for one in facts["actions"]]
    return [
        in_words("goals", goal) | {"actions": [words for key, words in actions if key == goal["key"]]}
        for goal in facts["goals"]
    ]


def in_words(part: str, one: dict[str, Any]) -> dict[str, Any]:
    return {name: say(one[name]) for name, (_label, say) in PARTS[part][2].items()}
