"""What people read: every text has its Dutch, and reporters and residents get plain Dutch (B1) with "u"."""

import ast
import re

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management import call_command
from django.utils.translation import override

from config.management.commands.messages import BESIDE, PO, texts_in
from households.words import ON_PAPER, Language, words
from signals.sentences import sentences

# What a plain word can say (domain words of officials, and words that nobody says at a kitchen table).
FORBIDDEN = (
    "betreffende", "indien", "alsmede", "conform", "middels", "t.a.v.", "participatie", "zelfredzaamheid", "indicatie",
    "casuïstiek", "multiproblematiek", "cliëntsysteem", "disfunctioneren", "casus", "dossier", "aangaande", "derhalve",
    "desgewenst", "dienaangaande", "echter", "gaarne", "hulpvraag", "ingevolge", "interventie", "inzake", "krachtens",
    "omtrent", "problematiek", "prioriteit", "reeds", "respectievelijk", "teneinde", "tevens", "thans", "traject",
    "verstrekken", "voornemens", "voorts", "zorgdragen", "faciliteren", "implementeren", "realiseren", "optimaliseren",
)  # fmt: skip
ABBREVIATED = re.compile(
    r"\b(?:i\.v\.m\.|o\.a\.|d\.m\.v\.|m\.b\.t\.|n\.a\.v\.|bijv\.|evt\.|incl\.|excl\.|a\.u\.b\.|i\.p\.v\.|z\.s\.m\.)"
)
# A client supporter is called that by law; a client is nobody.
CLIENT = re.compile(r"\bcliënt(?!ondersteun)")
PAGES = [
    "code_door.html",
    "signals/post.html", "signals/arrears_first.html", "signals/tell_more.html", "signals/sending.html",
    "signals/danger.html", "signals/received.html", "signals/door.html", "signals/follow.html",
    "signals/find.html", "signals/no_link.html", "signals/no_code.html",
    "desk/own_page/door.html", "desk/own_page/no_page.html", "desk/own_page/page.html", "desk/own_page/plan.html",
    "desk/own_page/who_looked.html", "desk/own_page/marks.html", "signals/after_closing.html", "signals/corrected.html", "signals/observation.html",
    "signals/observation_door.html", "signals/observation_consent.html", "signals/no_question.html",
    "desk/own_page/agreement.html", "desk/own_page/asked.html", "desk/own_page/safety.html", "signals/bubble.html",
    "signals/receipt_over.html", "signals/left.html",
]  # fmt: skip
PAPERS = [
    "print/edges.html", "plans/keukentafel.html", "plans/papers/fridge.html", "plans/papers/full.html",
    "plans/papers/participant.html", "households/consent_card.html", "households/gesprek.html", "households/letter.html",
    "households/report.html", "households/wie-keek-mee.html", "desk/dossier.html", "desk/closing_letter.html",
    "desk/netwerk.html", "plans/meetings/paper.html", "plans/papers/stand_cells.html", "print/call.html",
    "print/letter.html", "signals/letter.html", "signals/poster.html",
]  # fmt: skip
# Where mails are written to who has no account, and words for paper.
CODE = [
    "households/words.py", "households/actions/own_page.py", "signals/actions/mails.py", "config/one_time_codes.py",
    "households/consent_card.py", "households/letters.py", "households/report.py", "households/seen.py",
    "plans/actions/reminder.py", "signals/forms/reporter.py", "desk/dossier.py", "plans/pdf.py",
]  # fmt: skip
TO_STAFF = {"mail_safeguarding_leads", "mail_leads", "mail_detached"}  # functions that write to who works here
LONGEST = 20  # words in one sentence
BASE_DIR = settings.BASE_DIR
LEVELS = {"F0", "F1", "F2", "F3", "FS"}


def spoken(text: str) -> list[str]:
    """The sentences of a text, without what is filled in or marks it up."""
    bare = re.sub(r"<[^>]+>|\{[^}]*\}|%\(\w+\)s", "x", text)
    return [part.strip() for part in re.split(r"(?<=[.!?:])\s+|\n+", bare) if part.strip()]


def dutch() -> dict[str, str]:
    """By the English; of one and of several each by its own."""
    with PO.open("rb") as file:
        catalog = list(read_po(file))
    plain = {message.id: message.string for message in catalog if isinstance(message.id, str)}
    pairs = [(message.id, message.string) for message in catalog if not isinstance(message.id, str)]
    return plain | {english: said for ids, strings in pairs for english, said in zip(ids, strings, strict=True)}


def texts_of_templates(names: list[str]) -> list[str]:
    """The Dutch of every text on these pages or papers."""
    known, found = dutch(), []
    for name in names:
        for english in texts_in((BASE_DIR / "templates" / name).read_text()):
            found += [known[one] for one in ([english] if isinstance(english, str) else english)]
    return found


def texts_of_code(names: list[str]) -> list[str]:
    """The Dutch of what this code says, but for its functions that speak to who works here."""
    known, found = dutch(), []
    for name in names:
        tree = ast.parse((BASE_DIR / name).read_text())
        spoken_to_staff = [part for part in tree.body if getattr(part, "name", "") in TO_STAFF]
        silent = {node for part in spoken_to_staff for node in ast.walk(part)}
        for node in ast.walk(tree):
            if node not in silent and isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_":
                found.append(known[ast.literal_eval(node.args[0])])
    return found


OUTSIDE = {
    "sentences": lambda: [one.text for one in sentences().values()],
    "pages": lambda: texts_of_templates(PAGES),
    "papers": lambda: texts_of_templates(PAPERS),
    "mails and words on paper": lambda: texts_of_code(CODE),
}


def syllables(word: str) -> int:
    """As they are said, nearly: each group of vowels, and a vowel with a diaeresis begins a new one."""
    return max(1, len(re.findall(r"[ëïöü]?[aeiouyáéèêíóú]+|[ëïöü]", word.lower().replace("ij", "y"))))


def ease(lines: list[str]) -> float:
    """How easily it reads, by Flesch as Douma set it for Dutch: 206.84 - 0.93 words to a sentence - 77 syllables to a word.
    Above 70 is easy, below 60 is for who reads much."""
    words = [word for line in lines for word in re.findall(r"\w+", line)]
    return 206.84 - 0.93 * len(words) / len(lines) - 77 * sum(map(syllables, words)) / len(words)


def test_every_text_has_its_dutch():
    call_command("messages", check=True)


def test_each_sentence_has_a_level_and_can_be_filled_in():
    for code, sentence in sentences().items():
        assert sentence.level in LEVELS, code
        filled = dict.fromkeys(re.findall(r"\{(\w+)\}", sentence.text), "x")
        known = {"team", "phone", "days", "hours", "colleague", "today", "number", "received_on", "received_at"}
        known |= {"answer_by", "read_within", "safe_home"}
        assert filled.keys() <= known | set(sentence.asks), code


def test_only_what_says_what_became_of_it_tells_the_outcome():
    assert {code for code, sentence in sentences().items() if sentence.outcome} == {
        "OPGEPAKT", "NIET_OPGEPAKT", "AFGESLOTEN", "OPGEPAKT_AKKOORD", "CONTACT", "BEKEND_AKKOORD", "AFGESLOTEN_RESULTAAT",
        "DOORGEZET", "DOORGEZET_NAAM", "ADVIES",
    }  # fmt: skip


@pytest.mark.parametrize("source", OUTSIDE)
def test_reporters_and_residents_read_plain_dutch(source):
    texts = OUTSIDE[source]()
    assert len(texts) > 10
    lines = [line for text in texts for line in spoken(text)]
    lengths = [len(line.split()) for line in lines]
    assert sum(lengths) / len(lengths) <= 15
    assert max(lengths) <= LONGEST, max(lines, key=lambda line: len(line.split()))
    assert ease(lines) >= 85
    for line in lines:
        for word in FORBIDDEN:
            assert not re.search(rf"\b{re.escape(word)}", line.lower()), f"{word!r} in {line!r}"
        for pattern in (CLIENT, ABBREVIATED):
            assert not pattern.search(line.lower()), line
        assert not re.search(r"\b(je|jij|jouw)\b", line.lower()), f"no 'u' in {line!r}"


def test_the_figure_of_ease_tells_plain_from_hard():
    plain = ["U hoeft niets te doen.", "Wij bellen u op maandag.", "Kunt u niet? Bel ons dan."]
    hard = [
        "Ingevolge de participatiewetgeving dient cliëntgebonden informatieverstrekking periodiek te worden geëvalueerd."
    ]
    assert ease(plain) > 90
    assert ease(hard) < 30
    assert [syllables(word) for word in ("huis", "ideeën", "bij", "coördinator", "mmm")] == [1, 3, 1, 5, 1]


@pytest.mark.parametrize("language", [one.value for one in Language if one != Language.ENGLISH])
def test_every_word_on_paper_is_in_each_language(language):
    """And in its own letters: what looks like the English was never translated."""
    assert language in BESIDE
    with override(language):
        said = {name: str(text) for name, text in ON_PAPER.items()}
    with override("en"):
        english = {name: str(text) for name, text in ON_PAPER.items()}
    with override("nl"):
        assert [name for name, text in ON_PAPER.items() if said[name] in (english[name], str(text))] == []
    letters = {"ar": r"[\u0600-\u06ff]", "uk": r"[\u0400-\u04ff]"}.get(language, r"[a-zA-Zçşğıöüąćęłńóśźż]")
    assert all(re.search(letters, text) for text in said.values())


def test_english_stands_in_the_code():
    assert "en" not in BESIDE
    assert words("en").goes_well == 'Dit gaat goed<span class="also" lang="en" dir="ltr">This goes well</span>'


def test_what_is_filled_in_is_harmless_and_keeps_its_order():
    said = words("ar", name="<b>Jo</b> Doe", phone="000-000 01 11")
    assert "<b>" not in said.call
    assert said.can_not.count("000-000") == 2
    assert "000-000\u200e \u200e01" in said.can_not
