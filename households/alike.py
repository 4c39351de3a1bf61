"""When do two names or addresses look like the same one? What a reporter heard or read in passing is written in another
way than we wrote it: v.d. Berg and van den Berg, Meijer and Meyer, Kadestr. 12-b and Kadestraat 12B.

Both are brought back to what they have in common. The same function makes the column in which is searched and the words
that are searched for. No database, no Django."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from functools import cached_property

MOST_WORDS = 3
# Between a first name and a surname, and glued to it by some.
PARTICLES = frozenset([
    "aan", "af", "al", "bij", "da", "dal", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du", "e",
    "el", "en", "het", "in", "la", "le", "les", "lo", "of", "op", "oude", "over", "te", "ten", "ter", "tot", "uit",
    "van", "vande", "vanden", "vander", "vd", "vdr", "ver", "von", "voor", "y", "zu", "zum", "zur",
])  # fmt: skip
# Who somebody is, not what somebody is called.
TITLES = frozenset([
    "baby", "bewoner", "bewoners", "buren", "buurman", "buurvrouw", "client", "cliente", "dhr", "dr", "drs",
    "echtpaar", "fam", "familie", "gezin", "heer", "huishouden", "huize", "ing", "ir", "jongen", "kind", "kinderen",
    "man", "meisje", "mej", "meneer", "mevr", "mevrouw", "mijnheer", "moeder", "mr", "mvr", "mw", "oma", "opa",
    "ouders", "prof", "vader", "vrouw", "wed", "weduwe",
])  # fmt: skip
GLUED = re.compile(r"^van(?:den|der|de)(?=\w{3})")
NO_ACCENT = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"})
# What sounds the same in Dutch and is written in several ways. In this order.
SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"uij|uy", "ui"), (r"e?ij|ei|ey|y", "y"), (r"ae", "aa"), (r"au", "ou"), (r"ph", "f"), (r"gh", "g"),
        (r"dt$|th|d$", "t"), (r"ck|kh|q", "k"), (r"c(?=[eiy])", "s"), (r"c(?!h)", "k"), (r"x", "ks"), (r"z", "s"), (r"v", "f"),
        (r"(.)\1+", r"\1"),
    )
]  # fmt: skip

BEGINNINGS = {
    "burg": "burgemeester", "dr": "dokter", "ds": "dominee", "gen": "generaal", "gr": "grote", "jhr": "jonkheer",
    "kon": "koningin", "mgr": "monseigneur", "min": "minister", "mr": "meester", "past": "pastoor", "pres": "president",
    "prof": "professor", "st": "sint", "wilh": "wilhelmina", "1e": "eerste", "2e": "tweede", "3e": "derde",
    "4e": "vierde", "1ste": "eerste", "2de": "tweede", "3de": "derde", "4de": "vierde",
}  # fmt: skip
ENDINGS = [
    (re.compile(f"{short}$"), whole)
    for short, whole in (
        ("stra?", "straat"), ("pln?", "plein"), ("ln", "laan"), ("wg", "weg"), ("sn?gl", "singel"), ("gr", "gracht"),
        ("kd", "kade"), ("dk", "dijk"), ("pd", "pad"), ("prk", "park"), ("hf", "hof"),
    )
]  # fmt: skip
POSTCODE = re.compile(r"\b[1-9]\d{3}\s?[a-z]{2}\b")
ADDRESS = re.compile(
    r"^(?P<street>.*?[^\W\d_][^\d,]*?)[\s,.]*(?:\b(?:huisnummer|nummer|nr|no)\b\.?)?\s*(?P<number>\d{1,5})(?!\d|e\b|ste\b|de\b)(?P<rest>.*)$"
)
ADDITION = re.compile(r"^\s*[-/.]?\s*(?P<addition>bis|hs|huis|rood|zwart|i{1,3}v?|iv|[a-z]|\d{1,3})(?!\w)")
SAME_ADDITION = {"huis": "hs", "i": "1", "ii": "2", "iii": "3", "iv": "4"}


@dataclass(frozen=True)
class Wanted:
    """Whom somebody looks for, as far as it is known."""

    name: str = ""
    address: str = ""
    born: date | None = None

    @cached_property
    def words(self) -> list[str]:
        return telling(self.name)[:MOST_WORDS]

    @cached_property
    def name_key(self) -> str:
        return name_key(self.name)

    @cached_property
    def beginnings(self) -> list[str]:
        """How a first name may begin: words, and initials."""
        return [word for word in split(self.name) if word not in PARTICLES | TITLES][:MOST_WORDS]

    @cached_property
    def street(self) -> str:
        return street_key(self.address)

    @cached_property
    def house(self) -> str:
        return house_key(self.address)


# ---- names


def name_key(name: str) -> str:
    """The telling words of a name by sound, in the order of the alphabet: two surnames are one name in either order."""
    return " ".join(sorted(set(telling(name))))


def same_first_name(one: str, other: str) -> bool:
    """Written in another way, an initial, or the short form with which it begins: Liza and Lisa, S. and Samira, Jo and Johan."""
    ours, theirs = split(one)[:1], split(other)[:1]
    if not ours or not theirs:
        return plain(one.strip()) == plain(other.strip()) != ""
    short, long = sorted((ours[0], theirs[0]), key=len)
    return sound(short) == sound(long) or long.startswith(short)


def telling(name: str) -> list[str]:
    """The words of a name without titles, particles and initials, each by its sound. When nothing is left of it, such as
    of De Heer, the last word."""
    words = [GLUED.sub("", word) for word in split(name) if len(word) > 1]
    found = [word for word in words if word not in PARTICLES | TITLES]
    return [sound(word) for word in found or words[-1:]]


def sound(word: str) -> str:
    for pattern, same in SOUNDS:
        word = pattern.sub(same, word)
    return word


def split(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", plain(text))


def plain(text: str) -> str:
    """Without capitals and accents."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).translate(NO_ACCENT)


# ---- addresses


def street_key(address: str) -> str:
    """The street as one word by sound, its abbreviations written out. Empty without a house number: a whole street is
    nobody's address."""
    if not (parts := ADDRESS.match(POSTCODE.sub(" ", plain(address)))):
        return ""
    words = re.findall(r"\d+[a-z]+|[^\W\d_]+", parts["street"])
    words = [*(BEGINNINGS.get(word, word) for word in words[:-1]), words[-1]]
    for short, whole in ENDINGS:
        words[-1] = short.sub(whole, words[-1])
    return sound("".join(word for word in words if len(word) > 1 and word not in PARTICLES) or words[-1])


def house_key(address: str) -> str:
    """The house number, and after a space what is added to it: 12 b, 12B, 12-b and 12/b are one house."""
    if not (parts := ADDRESS.match(POSTCODE.sub(" ", plain(address)))):
        return ""
    found = ADDITION.match(parts["rest"])
    addition = found["addition"] if found else ""
    return f"{int(parts['number'])} {SAME_ADDITION.get(addition, addition)}".strip()


# ---- phone numbers


def phone_key(phone: str) -> str:
    """Only the digits: 06-12 34 56 78, +31 6 12345678 and 0031612345678 are one number."""
    digits = re.sub(r"\D", "", phone.replace("(0)", ""))
    abroad = re.sub(r"^0031", "0", digits)
    return re.sub(r"^31", "0", abroad) if phone.lstrip().startswith("+") else abroad
