"""What may be told without consent: only what two people agreed is needed for safety, to that organisation."""

import pytest
from django.utils import timezone

from desk.demo import people
from households import actions as household_actions
from households.forms.consent import QUESTIONS
from households.models import AccessLogEntry, OverrideDisclosure
from partners.models import Organisation
from signals import actions
from tests.helpers import Page
from tests.signals.working import offered, page_of, send, tell

FACTS = {"sentence": "VEILIGHEID", "safety_facts": "Bel voor u naar binnen gaat.", "seen": "0"}


@pytest.fixture
def override(linked, household, lives_there, cast):
    def write(organisation: Organisation = linked.organisation, *, agreed: bool = True) -> OverrideDisclosure:
        written = household_actions.write_override(
            household=household,
            about=[lives_there("Ruud", 44)],
            recipient=organisation,
            items=["SAFETY_JUSTICE"],
            second_person=cast.fadoua,
            informed_on=timezone.localdate(),
            by=cast.jolanda,
            **dict.fromkeys(QUESTIONS, "Zo is het.") | {"only_these_facts": "Dat er een hond los loopt."},
        )
        if agreed:
            household_actions.approve_override(override=written, by=cast.fadoua)
        return written

    return write


def test_what_two_people_agreed_on_may_be_told_with_its_reference(linked, override, as_, cast):
    written, client = override(), as_("jolanda")
    page = page_of(linked, client)
    assert "VEILIGHEID" in page.options["sentence"]
    assert "Dat er een hond los loopt." in page.text
    assert "Fadoua" in page.text
    assert send(linked, client, "feedback", **FACTS).status_code == 302
    told = linked.messages.last()
    assert (told.level, told.ground, told.tells_outcome) == ("FS", f"OVERRIDE {written.pk}", False)
    assert "Bel voor u naar binnen gaat." in told.body
    line = AccessLogEntry.objects.filter(event="tell for safety").latest("pk")
    assert (line.action, line.basis, line.subject_ids, line.household) == (
        "OVERRIDE", f"OVERRIDE {written.pk}", written.about, linked.household,
    )  # fmt: skip


@pytest.mark.parametrize("how", ["none", "not agreed", "for another"])
def test_without_that_nothing_is_told(how, linked, override, as_, cast):
    if how == "not agreed":
        override(agreed=False)
    elif how == "for another":
        override(Organisation.objects.get(name=people.DEBT_HELP))
    assert "VEILIGHEID" not in offered(linked, as_("jolanda"))
    assert send(linked, as_("jolanda"), "feedback", **FACTS).status_code == 422
    with pytest.raises(PermissionError):
        tell(linked, "VEILIGHEID", cast.jolanda, safety_facts="Iets.")


def test_it_opens_no_other_sentence_about_people(linked, override, as_, cast):
    override()
    with pytest.raises(PermissionError):
        tell(linked, "CONTACT", cast.jolanda)
    assert "EIGEN_WOORDEN" not in offered(linked, as_("jolanda"))


def test_that_contact_fails_may_then_be_told_to_who_did_not_discuss_it(receive, household, override, cast, as_):
    signal = receive(discussed="NOT_YET", not_yet_because="Komt nog.")
    actions.take_up(signal=signal, by=cast.jolanda)
    actions.link_to_household(signal=signal, household=household, by=cast.jolanda)
    assert "CONTACT_LUKT_NIET" not in offered(signal, as_("jolanda"))
    written = override(signal.organisation)
    told = tell(signal, "CONTACT_LUKT_NIET", cast.jolanda)
    assert (told.level, told.ground) == ("FS", f"OVERRIDE {written.pk}")


def test_who_discussed_it_hears_that_contact_fails_as_before(linked, override, cast):
    override()
    told = tell(linked, "CONTACT_LUKT_NIET", cast.jolanda)
    assert (told.level, told.ground) == ("F1", "MESSAGE_ONLY")


def test_neighbours_hear_nothing_about_people_also_then(receive, household, override, cast, as_):
    signal = receive(people.NEIGHBOURS)
    actions.take_up(signal=signal, by=cast.jolanda)
    actions.link_to_household(signal=signal, household=household, by=cast.jolanda)
    override(signal.organisation)
    assert "VEILIGHEID" not in offered(signal, as_("jolanda"))


def test_names_in_it_are_looked_at_twice(linked, override, as_):
    override()
    named = FACTS | {"safety_facts": "Ruud heeft een hond."}
    response = send(linked, as_("jolanda"), "feedback", **named)
    assert response.status_code == 422
    assert "Kijk nog eens: “Ruud”." in Page(response).text
    assert Page(response).still_holds(named)
