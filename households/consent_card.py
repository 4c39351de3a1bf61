"""The card “Wie mag wat weten?” on paper: who may know what, until when, and that one may take it back."""

from collections.abc import Collection
from typing import Any

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import override

from households.deciding import State, state
from households.models import Consent, Household, Resident
from households.models.consent import items_in_words
from households.pdf import paper
from households.words import words


def agreed(household: Household, *, of: Resident | None = None, without: Collection[int] = ()) -> list[dict]:
    """What is agreed today, in plain words; of one resident only what is about or was said by this person. `without` holds
    keys of consents that do not belong on this paper."""
    asked = (
        household.consents.exclude(kind=Consent.Kind.AGREE_WITH_HELP)
        .exclude(recipient=None)
        .valid()
        .in_full()
        .order_by("recipient__name", "pk")
    )
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    for consent in asked:
        voices = list(consent.voices.all())
        if (
            consent.pk in without
            or state(consent) != State.COMPLETE
            or (of and of != consent.resident and all(voice.giver != of for voice in voices))
        ):
            continue
        said_yes = [voice.giver.first_name for voice in voices if voice.agreed]
        about, items = consent.resident.first_name, in_words(consent)
        # Who said the same, each about themselves, stand together.
        givers = "" if said_yes == [about] else ", ".join(said_yes)
        key = (consent.to, *items, consent.purpose, consent.valid_until, givers)
        row = found.setdefault(
            key, {"to": consent.to, "items": items, "purpose": consent.purpose, "names": [], "who": []}
        )
        row["until"] = consent.valid_until
        row["names"].append(about)
        row["who"] += [name for name in said_yes if name not in row["who"]]
    return [row | {"about": get_text_list(row["names"], _("and"))} for row in found.values()]


def in_words(consent: Consent) -> list[str]:
    if consent.kind == Consent.Kind.SHARE_INFO:
        return [str(item) for item in items_in_words(consent.items)]
    return [_("whether there is contact with us")]


@override("nl")
def card(household: Household, *, of: Resident | None = None, language: str = "") -> bytes:
    """The card as a PDF: only what is agreed today, in plain words, without any address. For all of them, or `of` one."""
    circle = household.circle.active().select_related("professional__organisation").order_by("pk")
    facts = {"agreed": agreed(household, of=of), "circle": circle, "words": words(language)}
    return paper("households/consent_card.html", household, **facts)
