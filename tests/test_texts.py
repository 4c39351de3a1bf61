"""What people read: every text has its Dutch, and reporters and residents get plain Dutch (B1) with "u"."""

import ast
import re

import pytest
from babel.messages.pofile import read_po
from django.core.management import call_command
from django.template.loader import get_template
from django.utils.translation.template import templatize

from config.management.commands.messages import CALL, PO
from signals.sentences import sentences

FORBIDDEN = (
    "betreffende", "indien", "alsmede", "conform", "middels", "t.a.v.", "participatie", "zelfredzaamheid", "indicatie",
    "casuïstiek", "multiproblematiek", "cliëntsysteem", "disfunctioneren", "cliënt", "casus", "dossier",
)  # fmt: skip
OUTSIDE = [
    "code_door.html",
    "signals/post.html", "signals/arrears_first.html", "signals/tell_more.html", "signals/sending.html",
    "signals/danger.html", "signals/received.html", "signals/door.html", "signals/follow.html",
    "signals/find.html", "signals/no_link.html", "signals/no_code.html", "plans/keukentafel.html",
    "desk/own_page/door.html", "desk/own_page/no_page.html", "desk/own_page/page.html", "desk/own_page/plan.html",
    "desk/own_page/who_looked.html", "desk/own_page/marks.html", "signals/after_closing.html", "signals/corrected.html", "signals/observation.html",
    "signals/observation_door.html", "signals/observation_consent.html", "signals/no_question.html",
]  # fmt: skip
LEVELS = {"F0", "F1", "F2", "F3", "FS"}


def spoken(text: str) -> list[str]:
    """The sentences of a text, without what is filled in or marks it up."""
    bare = re.sub(r"<[^>]+>|\{[^}]*\}|%\(\w+\)s", "x", text)
    return [part.strip() for part in re.split(r"(?<=[.!?:])\s+|\n+", bare) if part.strip()]


def outside_texts() -> list[str]:
    """The Dutch of every text on a page or paper for reporters and residents."""
    with PO.open("rb") as file:
        dutch = {message.id: message.string for message in read_po(file) if isinstance(message.id, str)}
    found = []
    for name in OUTSIDE:
        source = get_template(name).template.source
        for call in CALL.finditer(templatize(source, origin=name)):
            english = ast.literal_eval(call.group(2))
            found.append(str(dutch[english]))
    return found


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


@pytest.mark.parametrize("source", ["sentences", "pages"])
def test_reporters_and_residents_read_plain_dutch(source):
    texts = [one.text for one in sentences().values()] if source == "sentences" else outside_texts()
    assert len(texts) > 10
    lines = [line for text in texts for line in spoken(text)]
    lengths = [len(line.split()) for line in lines]
    assert sum(lengths) / len(lengths) <= 15
    assert max(lengths) <= 25, max(lines, key=lambda line: len(line.split()))
    for line in lines:
        for word in FORBIDDEN:
            assert not re.search(rf"\b{re.escape(word)}", line.lower()), f"{word!r} in {line!r}"
        assert not re.search(r"\b(je|jij|jouw)\b", line.lower()), f"no 'u' in {line!r}"
