"""The fixed words of the papers for residents, by a short name. On paper they stand in Dutch and, for who asked for it, in
another language beside that. What people wrote is never translated.

A translator finds them in locale/<language>/LC_MESSAGES/django.po; in English they are as they stand here."""

from datetime import date
from types import SimpleNamespace
from typing import Any

from django.db.models import TextChoices
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

DUTCH = "nl"


class Language(TextChoices):
    """Beside the Dutch. Each is named in itself: so does who needs it find it."""

    ENGLISH = "en", "English"
    TURKISH = "tr", "Türkçe"
    ARABIC = "ar", "العربية"
    POLISH = "pl", "Polski"
    UKRAINIAN = "uk", "Українська"


RIGHT_TO_LEFT = {Language.ARABIC}
SMALL_DAYS = {Language.POLISH, Language.UKRAINIAN}
LEFT_TO_RIGHT = "\u200e"
ON_PAPER: dict[str, Promise | str] = {
    # the plan
    "our_plan": _("Our plan"),
    "talk_again": _("We talk again on"),
    "call": _("Call %(name)s"),
    "we_say": _("This is what we say ourselves"),
    "not_again": _("We do not have to tell this again."),
    "goes_well": _("This goes well"),
    "reach": _("This is what we want to reach"),
    "how_we_see": _("How we see it:"),
    "worked": _("This has worked already"),
    "who_what_when": _("Who does what, and when?"),
    "own_do": _("This is what we do ourselves"),
    "close_do": _("This is what people close to us do"),
    "others_do": _("This is what others do"),
    "who": _("Who"),
    "what": _("What"),
    "when": _("When"),
    "to_ask": _("still to ask"),
    "say_or_ask": _("What do we still want to say or ask?"),
    "signature": _("Signature"),
    "plan_only": _("For this plan only, not for sharing information"),
    "name": _("Name"),
    "agree": _("Agree"),
    "seen": _("Seen, do not agree"),
    "sign_here": _("Signature and date"),
    "what_agreed": _("What we agreed"),
    # who may know what
    "who_may_know": _("Who may know what?"),
    "only_tell": _("We only tell others what you agreed to. You may always take it back: call, and it stops at once."),
    "you_agreed": _("You agreed to this"),
    "about_whom": _("About whom"),
    "may_know": _("May know this"),
    "until": _("Until"),
    "agreed_nothing": _("You agreed to nothing yet."),
    "these_help": _("These people help"),
    "they_see": _("They see what they do themselves, your first name and how you like to be reached."),
    "nobody_yet": _("Nobody yet, besides your coordinator."),
    "you_decide": _("You decide"),
    "may_say_no": _("You may say no. You get help all the same."),
    "take_back": _("You may take a yes back on any day."),
    "may_ask": _("You may ask who has looked at what we know of you."),
    "great_danger": _("Is there great danger? Then we may have to tell something without your yes. We tell you so."),
    # letters
    "shall_we_talk": _("Shall we talk?"),
    "our_appointment": _("Our appointment"),
    "dear": _("Dear %(resident)s,"),
    "like_to_talk": _("We would like to talk with you. You choose what we talk about."),
    "about_somebody": _("We would like to talk with you about somebody whom you know or help. We tell you more when we talk."),
    "remember": _("You have an appointment with us. This letter helps you to remember it."),
    "we_talked": _("We talked with you on %(day)s. Thank you for what you told."),
    "thank_you": _("Thank you for helping. This is what you would do."),
    "day": _("Day"),
    "time": _("Time"),
    "where": _("Where"),
    "with": _("With"),
    "at_home": _("at your home"),
    "at_office": _("at our office"),
    "by_phone": _("by phone: we call you"),
    "bring": _("You may bring somebody: family, a friend or a neighbour. A client supporter can come too, for free and independent of us."),
    "papers": _("Do you have letters or papers that you want to show? Bring them. It is not a must."),
    "can_not": _("Can you not come? Call us: %(phone)s."),
    "another_day": _("Then we choose another day together."),
    "you_asked": _("This is what you asked"),
    "we_agreed": _("This is what we agreed"),
    "not_right": _("Is something not right? Call us: %(phone)s."),
    "we_correct": _("Then we correct it."),
    "changes": _("Does something change, or does it not work? Call us then too. You do not have to wait for the next talk."),
    "regards": _("Kind regards,"),
}  # fmt: skip


def words(language: str = "", **facts: Any) -> SimpleNamespace:
    """Every word by its name, in Dutch and in this language beside it. `facts` are put where a word asks for them."""
    known = {"name": "", "phone": "", "resident": "", "day": ""} | facts
    return SimpleNamespace(**{name: beside(text, language, known) for name, text in ON_PAPER.items()})


def beside(text: Promise | str, language: str, facts: dict[str, Any]) -> SafeString:
    dutch = said(text, DUTCH, facts)
    if not language:
        return dutch
    return format_html("{}{}", dutch, also(said(text, language, facts), language))


def said(text: Promise | str, language: str, facts: dict[str, Any]) -> SafeString:
    """In one language, with what somebody typed made harmless. A day is written as people in that language write it."""
    with override(language):
        shown = {name: conditional_escape(in_place(value, language)) for name, value in facts.items()}
        whole = conditional_escape(str(text))
        return mark_safe(whole % shown if "%(" in whole else whole)


def in_place(value: Any, language: str) -> str:
    """A day as this language writes it. Groups of numbers keep their order where the rest is read from right to left."""
    if isinstance(value, date):
        return on_day(value)
    return str(value).replace(" ", f"{LEFT_TO_RIGHT} {LEFT_TO_RIGHT}") if language in RIGHT_TO_LEFT else str(value)


def also(text: str, language: str) -> SafeString:
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    return format_html('<span class="also" lang="{}" dir="{}">{}</span>', language, direction, text)


def day_beside(day: date, language: str) -> SafeString:
    """A day in Dutch, and beside it in this language."""
    with override(DUTCH):
        dutch = conditional_escape(on_day(day))
    if not language:
        return dutch
    with override(language):
        return format_html("{}{}", dutch, also(on_day(day), language))


def on_day(day: date) -> str:
    """vrijdag 27 november 2026, as it is written in a sentence: a Turk ends with the day of the week, and only who writes
    English begins it with a capital."""
    language = get_language()
    written = date_format(day, "j E Y l" if language == Language.TURKISH else "l j E Y")
    return written[0].lower() + written[1:] if language in SMALL_DAYS else written
