"""A talk at the kitchen table: guided, nothing mandatory, own words before solutions, and every fact typed once."""

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from households import actions
from households.actions import Typed
from households.domains import LifeDomain
from households.guide import PLACES, STEPS
from households.models import AccessLogEntry, Answer, Conversation, DomainScore, Story
from plans.actions import make_plan
from tests.helpers import Page, sql

ITSELF = {"X-Saves-Itself": "1", "X-By-Itself": "1"}
TODAY = timezone.localdate
HARD = [
    "😀👍🏽 👨‍👩‍👧",
    "سلام، قصتي هنا",
    "שלום ‏עולם",
    "  eerst twee spaties\n\n\ten een tab ",
    "<script>alert(1)</script> & “zo”",
    "ß" * 200_000,
]


def at(talk: Conversation, slug: str = "") -> str:
    return f"/huishoudens/{talk.household.number}/gesprek/{talk.pk}/{slug}{'/' if slug else ''}"


def form(browser: Client, address: str) -> dict[str, str]:
    """The form of a step as the browser has it."""
    return Page(browser.get(address)).fields


def standing(talk: Conversation) -> dict[str, str]:
    return {place: rows[0].value for place, rows in Conversation.objects.in_full().get(pk=talk.pk).rows().items()}


# ---- beginning


def test_a_talk_begins_with_what_goes_well(home):
    answer = home.browser.post(home.address, {"held_on": f"{TODAY()}", "present": "Roos", "supporter": "NOT_NEEDED"})
    talk = home.household.conversations.get()
    assert answer.headers["Location"] == at(talk, "wat-gaat-goed")
    assert (talk.resident, talk.present, talk.supporter, talk.begun_by) == (None, "Roos", "NOT_NEEDED", home.anna)
    assert [step.key for step in STEPS] == ["strengths", "words", *LifeDomain.values, "why", "needs"]


def test_there_is_one_open_talk_with_the_same_people_also_when_it_is_begun_twice(home, talk):
    typed = {"held_on": f"{TODAY()}", "present": "Roos", "supporter": "NOT_NEEDED"}
    assert home.browser.post(home.address, typed).headers["Location"] == at(talk)
    home.browser.post(home.address, typed | {"about": f"{home.pip.pk}"})
    assert sorted(str(one.resident) for one in home.household.conversations.all()) == ["None", "Pip Zonnedauw"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"present": ""}, "Schrijf op wie erbij zijn."),
        ({"held_on": f"{date.today() + timedelta(days=2)}"}, "Kies vandaag of een eerdere dag."),
        ({"held_on": "0001-01-01"}, "Dit is te lang geleden."),
        ({"about": "999999"}, "999999"),
    ],
)
def test_a_talk_that_can_not_begin_says_why_and_loses_nothing(typed, said, home):
    typed = {"held_on": f"{TODAY()}", "present": "Roos", "supporter": "WANTED"} | typed
    answer = home.browser.post(home.address, typed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Page(answer).still_holds({"present": typed["present"], "supporter": "WANTED"})


def test_what_was_told_before_stands_there_already(home):
    actions.write_own_words(household=home.household, by=home.anna, request="Rust.", strengths="Wij lachen.",
                            story="Het verhaal.", told_by="Roos", told_on=TODAY())  # fmt: skip
    talk = actions.begin_conversation(household=home.household, held_on=TODAY(), present="Roos", by=home.anna)
    assert standing(talk) == {"request": "Rust.", "strengths": "Wij lachen.", "story": "Het verhaal."}
    alone = actions.begin_conversation(
        household=home.household, resident=home.pip, held_on=TODAY(), present="Pip", by=home.anna
    )
    assert standing(alone) == {}
    page = Page(home.browser.get(at(talk))).text
    assert "Al verteld" in page
    assert "Roos, verteld op" in page


# ---- walking through it


def test_without_a_script_the_button_saves_each_step_and_goes_on(home, talk):
    for number, step in enumerate(STEPS):
        address = at(talk, step.slug)
        words = {place.key: f"Woorden {number}" for place in step.places if not place.is_level and not place.after}
        answer = home.browser.post(address, form(home.browser, address) | words)
        following = at(talk, STEPS[number + 1].slug) if number + 1 < len(STEPS) else at(talk)
        assert answer.headers["Location"] == following
    assert len(standing(talk)) == sum(not place.is_level and not place.after for place in PLACES.values())


def test_nothing_has_to_be_filled_in(home, talk):
    for step in STEPS:
        assert home.browser.post(at(talk, step.slug), form(home.browser, at(talk, step.slug))).status_code == 302
    assert "niet besproken" in Page(home.browser.get(at(talk))).text
    assert home.browser.post(at(talk, "afronden")).status_code == 302
    talk.refresh_from_db()
    assert not talk.is_open
    assert standing(talk) == {}
    assert not DomainScore.objects.filter(conversation=talk).exists()


def test_a_step_shows_the_questions_of_its_card(home, talk):
    page = Page(home.browser.get(at(talk, "money"))).text
    assert "Hoe lukt het om rond te komen?" in page
    assert page.index("De inwoner zegt") < page.index("Jij ziet")


@pytest.mark.parametrize("text", HARD, ids=["emoji", "arabic", "hebrew", "spaces", "markup", "long"])
def test_words_are_kept_exactly_as_they_were_typed(text, home, talk):
    address = at(talk, "eigen-woorden")
    answer = home.browser.post(address, form(home.browser, address) | {"story": text.replace("\n", "\r\n")})
    assert answer.status_code == 302
    assert standing(talk)["story"] == text
    assert Page(home.browser.get(address)).fields["story"] == text
    actions.end_conversation(conversation=talk, by=home.anna, told_by="Roos")
    assert Story.objects.get(household=home.household).text == text


def test_a_story_that_is_too_long_is_refused_in_words_and_not_lost(home, talk):
    text = "ß" * 200_001
    address = at(talk, "eigen-woorden")
    answer = home.browser.post(address, form(home.browser, address) | {"story": text})
    assert answer.status_code == 422
    assert "hooguit 200.000 tekens" in answer.content.decode()
    assert Page(answer).fields["story"] == text
    refused = home.browser.post(address, {"story": text, "versie-story": "0"}, headers=ITSELF)
    assert "hooguit 200.000 tekens" in refused.json()["wrong"]["story"]
    assert standing(talk) == {}
    nul = home.browser.post(address, {"story": "a\0b"}, headers=ITSELF)
    assert (nul.status_code, list(nul.json()["wrong"])) == (422, ["story"])


def test_a_bsn_is_not_kept_and_what_was_typed_around_it_is_not_lost(home, talk):
    typed = {"story": "Mijn nummer is 999990019, zei hij.", "request": "Rust."}
    address = at(talk, "eigen-woorden")
    answer = home.browser.post(address, form(home.browser, address) | typed)
    assert answer.status_code == 422
    assert "Dit lijkt op een BSN." in Page(answer).text
    assert Page(answer).still_holds(typed)
    by_itself = home.browser.post(address, {"story": typed["story"], "versie-story": "0"}, headers=ITSELF)
    assert "Dit lijkt op een BSN." in by_itself.json()["wrong"]["story"]
    assert standing(talk) == {}
    actions.end_conversation(conversation=talk, by=home.anna)
    corrected = home.browser.post(at(talk, "verbeteren/request"), {"seen": "0", "value": typed["story"]})
    assert corrected.status_code == 422
    begun = home.browser.post(home.address, {"held_on": f"{TODAY()}", "present": "Roos 999990019"})
    assert "Dit lijkt op een BSN." in Page(begun).text


# ---- own words before solutions


def test_solutions_are_closed_until_the_resident_has_spoken(home, talk):
    address = at(talk, "money")
    page = Page(home.browser.get(address))
    assert "MONEY-self" not in page.fields
    assert "Eerst de woorden van de inwoner. Vul “De inwoner zegt” in" in page.text
    pushed = home.browser.post(address, page.fields | {"MONEY-self": "Een betaalplan", "versie-MONEY-self": "0"})
    assert pushed.status_code == 422
    assert Page(pushed).fields["MONEY-self"] == "Een betaalplan"
    assert "Eerst de woorden van de inwoner. Daarna kan dit worden bewaard." in pushed.content.decode()
    assert standing(talk) == {}
    blank = home.browser.post(address, page.fields | {"MONEY-says": "  \n", "MONEY-self": "Een betaalplan"})
    assert blank.status_code == 422
    home.browser.post(address, Page(blank).fields | {"MONEY-says": "Ik snap de brieven niet."})
    assert standing(talk)["MONEY-self"] == "Een betaalplan"
    page = Page(home.browser.get(address)).text
    order = [
        "Wat kunnen zij zelf?",
        "Wie van hun naasten",
        "Welke vrijwilliger",
        "Kan niemand anders het?",
        "Wat blijft over",
    ]
    assert [one for one in order if one not in page] == []
    assert sorted(order, key=page.index) == order


def test_what_was_agreed_waits_for_what_they_ask(home, talk):
    assert "agreed" not in form(home.browser, at(talk, "wat-is-nodig"))
    with_words = {"request": Typed("Rust in huis.", seen=0)}
    actions.write_in_conversation(conversation=talk, typed=with_words, by=home.anna)
    assert "agreed" in form(home.browser, at(talk, "wat-is-nodig"))


def test_words_that_stand_there_stay_open_when_the_own_words_go(home, talk):
    typed = {"MONEY-says": Typed("Zo.", seen=0), "MONEY-self": Typed("Sparen.", seen=0)}
    actions.write_in_conversation(conversation=talk, typed=typed, by=home.anna)
    actions.write_in_conversation(conversation=talk, typed={"MONEY-says": Typed("", seen=1)}, by=home.anna)
    assert form(home.browser, at(talk, "money"))["MONEY-self"] == "Sparen."


# ---- saving by itself, and two people


def test_a_page_saves_by_itself_what_changed_and_hears_the_new_version(home, talk):
    address, window = at(talk, "money"), f"{uuid4()}"
    for turn, words in enumerate(("Ik weet", "Ik weet niet hoeveel schuld."), start=1):
        sent = {"MONEY-says": words, "versie-MONEY-says": f"{turn - 1}", "venster": window, "beurt": f"{turn}"}
        answer = home.browser.post(address, sent, headers=ITSELF).json()
        assert answer["versions"] == {"MONEY-says": turn}
        assert answer["opens"]
    level = {"MONEY-level": "2", "versie-MONEY-level": "0"}
    assert home.browser.post(address, level, headers=ITSELF).json()["versions"] == {"MONEY-level": 1}
    assert standing(talk) == {"MONEY-says": "Ik weet niet hoeveel schuld.", "MONEY-level": "2"}
    assert home.browser.post(address, {"MONEY-level": "9"}, headers=ITSELF).status_code == 422


def test_an_hour_of_typing_is_one_line_in_the_log(home, talk):
    before = AccessLogEntry.objects.count()
    for turn in range(1, 30):
        sent = {"MONEY-says": f"Woord {turn}", "venster": f"{uuid4()}", "versie-MONEY-says": f"{turn - 1}"}
        home.browser.post(at(talk, "money"), sent, headers=ITSELF)
    lines = AccessLogEntry.objects.order_by("pk")[before:]
    assert [(line.event, line.action, line.actor) for line in lines] == [("write talk", "UPDATE", home.anna)]


def test_two_windows_never_overwrite_each_other(home, talk):
    address = at(talk, "money")
    laptop, phone = form(home.browser, address), form(home.browser, address)
    assert home.browser.post(address, laptop | {"MONEY-says": "Op de laptop."}).status_code == 302
    answer = home.browser.post(address, phone | {"MONEY-says": "Op de telefoon.", "MONEY-sees": "Een stapel."})
    page = Page(answer)
    assert answer.status_code == 422
    assert page.fields["MONEY-says"] == "Op de telefoon."  # the own words in the field, those of the other beside it
    assert "Anna Wolkers-Tan schreef dit" in page.text
    assert "Op de laptop." in page.text
    assert standing(talk) == {"MONEY-says": "Op de laptop.", "MONEY-sees": "Een stapel."}  # what did not clash is kept
    both = page.fields | {"MONEY-says": "Op de laptop. Op de telefoon."}
    assert home.browser.post(address, both).status_code == 302
    assert standing(talk)["MONEY-says"] == "Op de laptop. Op de telefoon."


def test_the_script_hears_what_the_other_wrote(home, talk):
    address = at(talk, "money")
    mine = {"MONEY-says": "Eerste.", "MONEY-level": "2", "venster": f"{uuid4()}", "beurt": "1"}
    home.browser.post(address, mine, headers=ITSELF)
    theirs = {"MONEY-says": "Tweede.", "MONEY-level": "3", "venster": f"{uuid4()}", "beurt": "1"}
    clashes = home.browser.post(address, theirs, headers=ITSELF).json()["clashes"]
    assert clashes["MONEY-says"] == {"version": 1, "value": "Eerste.", "text": "Eerste.", "who": "Anna Wolkers-Tan"}
    assert (clashes["MONEY-level"]["value"], clashes["MONEY-level"]["text"]) == ("2", "Gaat niet goed")
    same = theirs | {"MONEY-says": "Eerste.", "MONEY-level": "2"}
    assert home.browser.post(address, same, headers=ITSELF).json()["clashes"] == {}  # the same words are no clash


def test_a_window_does_not_clash_with_itself_when_an_answer_was_lost(home, talk):
    address, window = at(talk, "money"), f"{uuid4()}"
    first = {"MONEY-says": "Een zin", "versie-MONEY-says": "0", "venster": window, "beurt": "1"}
    home.browser.post(address, first, headers=ITSELF)  # whose answer never came
    again = home.browser.post(address, first | {"MONEY-says": "Een zin.", "beurt": "2"}, headers=ITSELF).json()
    assert (again["versions"], again["clashes"]) == ({"MONEY-says": 2}, {})
    late = home.browser.post(address, first, headers=ITSELF).json()  # the first one arrives once more, too late
    assert late["clashes"] == {}
    assert standing(talk) == {"MONEY-says": "Een zin."}


def test_who_may_not_gets_no_word_in(home, talk):
    stranger = Client()
    stranger.force_login(home.omar)
    sent = {"MONEY-says": "Van een ander."}
    assert stranger.post(at(talk, "money"), sent, headers=ITSELF).status_code == 403
    assert AccessLogEntry.objects.latest("pk").action == "DENIED"
    other = actions.make_household(name="Elders", team=home.team, coordinator=home.omar, by=home.omar)
    for slug in ("", "money", "begin", "verbeteren/request"):
        address = f"/huishoudens/{other.number}/gesprek/{talk.pk}/{slug}{'/' if slug else ''}"
        assert stranger.get(address).status_code == 404, slug
        assert stranger.post(address, sent).status_code in (404, 405), slug
    assert standing(talk) == {}
    assert home.browser.get(at(talk, "nergens")).status_code == 404
    assert home.browser.get(at(talk, "verbeteren/nergens")).status_code == 404


def test_a_colleague_who_opened_it_with_a_reason_reads_and_writes_nothing(home, talk):
    actions.break_glass(household=home.household, reason="Roos belt in paniek.", by=home.omar)
    colleague = Client()
    colleague.force_login(home.omar)
    page = colleague.get(at(talk))
    assert page.status_code == 200
    assert "Gesprek afronden" not in page.content.decode()
    assert colleague.get(at(talk, "money")).status_code == 403
    assert colleague.post(at(talk, "afronden")).status_code == 403


# ---- ending


def test_what_they_said_lands_in_the_household_without_typing_it_again(home, talk):
    typed = {
        "request": Typed("Rust in huis.", 0), "strengths": Typed("Wij lachen.", 0), "story": Typed("Het verhaal.", 0),
    }  # fmt: skip
    actions.write_in_conversation(conversation=talk, typed=typed, by=home.anna)
    refused = home.browser.post(at(talk, "afronden"), {"read_aloud": "on"})
    assert refused.status_code == 422
    assert "Schrijf op wie het verhaal vertelde." in refused.content.decode()
    home.browser.post(at(talk, "afronden"), {"told_by": "Roos", "read_aloud": "on", "agreed_by": "Roos en Pip"})
    home.household.refresh_from_db()
    assert (home.household.request_in_own_words, home.household.strengths) == ("Rust in huis.", "Wij lachen.")
    story = Story.objects.get(household=home.household)
    assert (story.text, story.told_by, story.told_on) == ("Het verhaal.", "Roos", TODAY())
    assert (story.read_aloud, story.agreed_by, story.agreed_on) == (True, "Roos en Pip", TODAY())
    page = Page(home.browser.get(reverse("desk:household", args=[home.household.number]))).text
    assert "Roos en Pip zei dat het klopt." in page


def test_the_same_story_is_not_told_twice(home):
    actions.tell_story(
        household=home.household, text="Het verhaal.", told_by="Roos", told_on=TODAY(), read_aloud=True, by=home.anna
    )
    for _ in range(2):
        talk = actions.begin_conversation(household=home.household, held_on=TODAY(), present="Roos", by=home.anna)
        assert "told_by" not in Page(home.browser.get(at(talk))).fields
        home.browser.post(at(talk, "afronden"))
    assert Story.objects.filter(household=home.household).count() == 1


def test_the_words_of_one_person_stay_in_that_talk(home):
    talk = actions.begin_conversation(
        household=home.household, resident=home.pip, held_on=TODAY(), present="Pip", by=home.anna
    )
    typed = {"request": Typed("Een eigen kamer.", 0), "story": Typed("Alleen voor jou.", 0)}
    actions.write_in_conversation(conversation=talk, typed=typed, by=home.anna)
    actions.end_conversation(conversation=talk, by=home.anna)
    home.household.refresh_from_db()
    assert home.household.request_in_own_words == ""
    assert not Story.objects.filter(household=home.household).exists()
    line = AccessLogEntry.objects.filter(event="end talk").latest("pk")
    assert line.subject_ids == [home.pip.pk]


def test_as_long_as_there_is_a_talk_the_own_words_are_written_there(home, talk):
    address = reverse("households:change_own_words", args=[home.household.number])
    assert home.browser.get(address).headers["Location"] == at(talk)
    typed = {"request": "Rust.", "strengths": "", "story": ""}
    answer = home.browser.post(address, typed)
    assert answer.status_code == 422
    assert "Er is nu een gesprek met hen bezig." in answer.content.decode()
    assert Page(answer).fields["request"] == "Rust."
    actions.end_conversation(conversation=talk, by=home.anna)
    assert home.browser.post(address, typed).status_code == 302


def test_a_talk_that_ended_is_only_read_and_says_so_to_who_still_types(home, talk):
    address = at(talk, "money")
    typed = form(home.browser, address) | {"MONEY-says": "Net te laat."}
    actions.end_conversation(conversation=talk, by=home.anna)
    answer = home.browser.post(address, typed)
    assert answer.status_code == 422
    assert "Dit gesprek is intussen afgerond." in answer.content.decode()
    assert Page(answer).fields["MONEY-says"] == "Net te laat."
    assert "intussen afgerond" in home.browser.post(address, typed, headers=ITSELF).json()["wrong"][""]
    assert home.browser.get(address).headers["Location"] == at(talk)
    assert standing(talk) == {}
    again = home.browser.post(at(talk, "afronden"), follow=True)
    assert "Je kunt het alleen nog verbeteren." in again.content.decode()


def test_a_correction_stands_beside_what_was_written(home, talk):
    typed = {"MONEY-says": Typed("Zestig brieven.", 0), "MONEY-level": Typed("2", 0)}
    actions.write_in_conversation(conversation=talk, typed=typed, by=home.anna)
    actions.end_conversation(conversation=talk, by=home.anna)
    address = at(talk, "verbeteren/MONEY-says")
    seen = form(home.browser, address)
    assert seen["value"] == "Zestig brieven."
    assert home.browser.post(address, seen | {"value": "Zestien brieven."}).status_code == 302
    late = home.browser.post(address, seen | {"value": "Zeventig brieven."})
    assert late.status_code == 422
    assert "Dit is intussen verbeterd." in late.content.decode()
    assert Page(late).fields["value"] == "Zeventig brieven."
    home.browser.post(at(talk, "verbeteren/MONEY-level"), {"seen": "0", "value": "3"})
    page = Page(home.browser.get(at(talk))).text
    assert page.index("Zestien brieven.") < page.index("Zestig brieven.")
    assert "Wisselend" in page
    assert standing(talk) == {"MONEY-says": "Zestien brieven.", "MONEY-level": "3"}


def test_the_database_keeps_a_talk_that_ended_as_it_was(home, talk):
    actions.write_in_conversation(conversation=talk, typed={"request": Typed("Rust.", 0)}, by=home.anna)
    with pytest.raises(actions.TalkGoesOn):
        actions.correct_conversation(conversation=talk, place="request", value="Anders.", seen=0, by=home.anna)
    with pytest.raises(IntegrityError, match="can not be written"), transaction.atomic():
        Answer.objects.create(conversation=talk, place="request", correction=1, text="Anders.", written_by=home.anna)
    actions.end_conversation(conversation=talk, by=home.anna)
    talk = Conversation.objects.get(pk=talk.pk)
    actions.correct_conversation(conversation=talk, place="request", value="Stilte.", seen=0, by=home.anna)
    for deed in (
        "UPDATE households_answer SET place = 'needs' WHERE correction = 0",
        "UPDATE households_answer SET place = 'needs' WHERE correction = 1",
        "UPDATE households_answer SET version = 9",
    ):
        with pytest.raises(IntegrityError, match="can not be written"), transaction.atomic():
            sql(f"{deed} {'AND' if 'WHERE' in deed else 'WHERE'} conversation_id = %s", talk.pk)
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        sql("UPDATE households_conversation SET ended_at = NULL, ended_by_id = NULL WHERE id = %s", talk.pk)
    with pytest.raises(IntegrityError, match="can not be written"), transaction.atomic():
        DomainScore.objects.create(conversation=talk, domain="MONEY", level=2, written_by=home.anna)


@pytest.mark.parametrize("wrong", [{"level": 6}, {"domain": "LUCK"}])
def test_the_database_knows_the_levels_and_domains(wrong, home, talk):
    with pytest.raises(IntegrityError), transaction.atomic():
        DomainScore.objects.create(conversation=talk, written_by=home.anna, **{"domain": "MONEY", "level": 2} | wrong)


# ---- what follows from it


def test_a_goal_begins_with_the_words_of_the_talk(home, talk):
    typed = {
        "MONEY-says": Typed("Ik snap de brieven niet.", 0),
        "MONEY-wish": Typed("Wij willen weten wat we moeten betalen.", 0),
    }
    actions.write_in_conversation(conversation=talk, typed=typed, by=home.anna)
    make_plan(household=home.household, by=home.anna)
    page = home.browser.get(at(talk, "money")).content.decode()
    address = reverse("plans:add_goal", args=[home.household.number]) + f"?gesprek={talk.pk}&domein=MONEY"
    assert address.replace("&", "&amp;") in page
    fields = form(home.browser, address)
    assert fields["title"] == "Wij willen weten wat we moeten betalen."
    assert (fields["domain"], fields["why"]) == ("MONEY", "Ik snap de brieven niet.")
    for nonsense in ("?gesprek=x&domein=MONEY", f"?gesprek={talk.pk}&domein=LUCK", "?gesprek=999999&domein=MONEY"):
        assert form(home.browser, address.partition("?")[0] + nonsense)["title"] == ""


def test_it_stands_on_the_timeline_and_is_found_by_every_word(home, talk):
    typed = {"request": Typed("Rust in huis.", 0), "MONEY-says": Typed("Een blauwe bak.", 0)}
    actions.write_in_conversation(conversation=talk, typed=typed, by=home.anna)
    address = reverse("desk:timeline", args=[home.household.number])
    page = home.browser.get(address).content.decode()
    assert at(talk) in page
    assert "Rust in huis." in page
    assert "Een blauwe bak." not in page
    assert "1 gebeurtenis" in home.browser.post(address, {"q": "blauwe BAK"}).content.decode()


def test_pages_ask_as_much_of_a_long_talk_as_of_a_short_one(home, talk):
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert home.browser.get(address).status_code == 200
        return len(asked)

    addresses = [at(talk), at(talk, "money"), home.address]
    home.browser.get(home.address)
    actions.write_in_conversation(
        conversation=talk, typed={"request": Typed("Rust.", 0), "MONEY-level": Typed("2", 0)}, by=home.anna
    )
    few = [queries(address) for address in addresses]
    typed = {
        place.key: Typed("3" if place.is_level else "Woorden.", 0)
        for place in PLACES.values()
        if place.key != "request"
    }
    actions.write_in_conversation(conversation=talk, typed=typed | {"MONEY-level": Typed("3", 1)}, by=home.anna)
    for number in range(30):
        one = actions.begin_conversation(
            household=home.household, resident=home.pip, held_on=TODAY(), present="Pip", by=home.anna
        )
        actions.write_in_conversation(conversation=one, typed={"needs": Typed(f"Rust {number}.", 0)}, by=home.anna)
        actions.end_conversation(conversation=one, by=home.anna)
    assert [queries(address) for address in addresses] == few == [9, 9, 7]


def test_the_answer_to_the_script_is_small_and_says_nothing_more(home, talk):
    answer = home.browser.post(at(talk, "money"), {"MONEY-says": "Zo."}, headers=ITSELF)
    assert json.loads(answer.content) == {"versions": {"MONEY-says": 1}, "opens": True, "clashes": {}, "wrong": {}}
    assert answer.headers["Cache-Control"] == "no-store, private"
