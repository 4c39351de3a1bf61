"""The report of a talk on paper, for those who were there: what was said in each place, with room to say that it is not
right (Wmo 2015, art. 2.3.2(8)). It holds nothing about safety, and no note."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from households import talks
from households.domains import LifeDomain
from households.guide import Place, Step
from households.models import Conversation
from households.pdf import on_every_paper, sheet

LINES = range(6)
# The guide speaks to who leads the talk; this paper to who told it.
TO_RESIDENTS = {
    "strengths": _("What goes well"),
    "request": _("What you ask"),
    "story": _("Your story"),
    "says": _("You say"),
    "sees": _("We see"),
    "level": _("How it goes"),
    "wish": _("How you would like it"),
    "self": _("What you can do yourself"),
    "close": _("Who close to you can help"),
    "others": _("A volunteer, or what is there for everybody"),
    "professional": _("What a professional can do"),
    "needs": _("What you need from us"),
    "agreed": _("What we agreed"),
}


def title_of(step: Step) -> str:
    return str(_("In your own words") if step.key == "words" else step.title)


def label_of(place: Place) -> str:
    return str(TO_RESIDENTS.get(place.key.rpartition("-")[2], place.label))


@override("nl")
def talk_report(talk: Conversation) -> bytes:
    """As a PDF. A talk `in_full()` with its household, team and coordinator."""
    return sheet("households/report.html", content(talk))


def content(talk: Conversation) -> dict:
    parts = [part for part in talks.parts_of(talk) if part.said and part.step.domain != LifeDomain.SAFETY_JUSTICE]
    shown = [(title_of(part.step), [(label_of(said.place), said.now.shown) for said in part.said]) for part in parts]
    return on_every_paper(talk.household) | {"talk": talk, "parts": shown, "lines": LINES}
