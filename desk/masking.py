"""Taking others out of what somebody wrote about one person. It finds the names, phones and addresses that we know; who
gives the paper reads it once more, for only people see who is meant by “his brother”."""

import re
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from households.models import Household, Resident
from signals.models import Signal

MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.\w+")
SHORTEST = 3  # a name of two letters stands in every other word


@dataclass
class Mask:
    """`taken` counts what was taken out of which piece, by the words for that piece."""

    hidden: re.Pattern[str] | None
    own: frozenset[str]
    taken: dict[str, int] = field(default_factory=dict)

    def __call__(self, text: str, piece: str) -> str:
        """The text without others. `piece` says what it is, for who reads it once more."""
        found = 0

        def out(match: re.Match[str]) -> str:
            nonlocal found
            if match[0].casefold() in self.own:
                return match[0]
            found += 1
            return _("[somebody else]")

        text = MAIL.sub(out, text)
        if self.hidden:
            text = self.hidden.sub(out, text)
        if found:
            self.taken[piece] = self.taken.get(piece, 0) + found
        return text


def mask_for(household: Household, resident: Resident) -> Mask:
    """In three queries."""
    own = {resident.first_name.casefold(), *words_of(resident.last_name)}
    others: set[str] = set()
    for member in household.members.select_related("resident"):
        if member.resident_id == resident.pk:
            own |= {member.email.casefold(), member.phone}
            continue
        others |= {member.resident.first_name.casefold(), *words_of(member.resident.last_name), member.phone}
    for contact in household.network.all():
        others |= {*words_of(contact.name), contact.phone}
    reporters = Signal.objects.filter(household=household).values_list("reporter_name", "reporter_phone")
    for name, phone in reporters:
        others |= {*words_of(name), phone}
    if household.address_protected:
        others.add(household.address.casefold())
    hidden = sorted((word for word in others - own if len(word) >= SHORTEST), key=len, reverse=True)
    pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, hidden))})(?:'?s)?(?!\w)"
    return Mask(re.compile(pattern, re.IGNORECASE) if hidden else None, frozenset(own - {""}))


# What stands in a name and in every sentence.
COMMON = frozenset({
    "van", "der", "den", "de", "het", "een", "ten", "ter", "tot", "voor", "bij", "aan", "uit", "oma", "opa", "mevrouw",
    "meneer", "moeder", "vader", "zus", "broer",
})  # fmt: skip


def words_of(name: str) -> set[str]:
    return {word for word in re.split(r"[\s\-–]+", name.casefold()) if word not in COMMON}
