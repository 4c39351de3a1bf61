"""The card “Wie mag wat weten?” on paper: who may know what, until when, and that one may take it back."""

from collections.abc import Collection

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
    return [
        {
            "to": consent.to,
            "about": consent.resident.first_name,
            "items": items_in_words(consent.items)
            if consent.kind == Consent.Kind.SHARE_INFO
            else [_("whether there is contact with us")],
            "purpose": consent.purpose,
            "until": consent.valid_until,
            "who": [voice.giver.first_name for voice in consent.voices.all() if voice.agreed],
        }
        for consent in asked
        if consent.pk not in without
        and state(consent) == State.COMPLETE
        and (of is None or of == consent.resident or any(voice.giver == of for voice in consent.voices.all()))
    ]


@override("nl")
def card(household: Household, *, of: Resident | None = None, language: str = "") -> bytes:
    """The card as a PDF: only what is agreed today, in plain words, without any address. For all of them, or `of` one."""
    circle = household.circle.active().select_related("professional__organisation").order_by("pk")
    facts = {"agreed": agreed(household, of=of), "circle": circle, "words": words(language)}
    return paper("households/consent_card.html", household, **facts)
