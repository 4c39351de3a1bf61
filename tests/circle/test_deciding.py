"""Who decides about sharing, by age and authority, and what a consent is worth on a day. Birthdays change both."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from households import actions
from households.deciding import State, deciders, ends_on_birthday, state
from households.models import Consent
from tests.circle.working import agree, birthday

DAY = timedelta(days=1)


def names(resident, on: date) -> set[str] | None:
    found = deciders(resident, on=on)
    return None if found is None else {person.first_name for person in found}


@pytest.mark.parametrize(
    ("years", "before", "after"),
    [
        (12, {"Roos", "Bas"}, {"Roos", "Bas", "Pip"}),
        (16, {"Roos", "Bas", "Pip"}, {"Pip"}),
        (18, {"Pip"}, {"Pip"}),
    ],
)
@pytest.mark.parametrize("born", [date(2012, 5, 17), date(2012, 2, 29), date(2011, 12, 31)])
def test_a_birthday_changes_who_decides(years, before, after, born, home):
    home.pip.birth_date = born
    home.pip.save()
    day = home.pip.birthday(years)
    assert [names(home.pip, day + days * DAY) for days in (-1, 0, 1)] == [before, after, after]


def test_somebody_born_on_29_february_is_older_on_1_march_in_other_years(home):
    home.pip.birth_date = date(2012, 2, 29)
    assert (home.pip.birthday(12), home.pip.birthday(16), home.pip.birthday(18)) == (
        date(2024, 2, 29), date(2028, 2, 29), date(2030, 3, 1),
    )  # fmt: skip


def test_without_known_authority_nobody_can_decide_about_a_child(home):
    for custody in home.pip.custody.all():
        actions.end_custody(household=home.household, custody=custody, by=home.by)
    assert deciders(home.pip) is None
    assert deciders(home.fien) == {home.fien: "SELF"}


def test_a_mentor_or_curator_decides_for_an_adult_and_a_parent_does_not(home):
    today = timezone.localdate()
    facts = {
        "household": home.household,
        "resident": home.bas,
        "source": "DECISION",
        "checked_on": today,
        "by": home.by,
    }
    assert deciders(home.bas) == {home.bas: "SELF"}
    actions.record_custody(holder=home.roos, kind="MENTOR", **facts)
    home.bas.refresh_from_db()
    assert deciders(home.bas) == {home.roos: "MENTOR"}


@pytest.mark.parametrize(
    ("about", "said", "expected"),
    [
        ("roos", {"roos": True}, State.COMPLETE),
        ("roos", {"roos": False}, State.REFUSED),
        ("pip", {"roos": True, "bas": True}, State.COMPLETE),
        ("pip", {"roos": True}, State.INCOMPLETE),
        ("pip", {"roos": True, "bas": False}, State.REFUSED),
        ("pip", {"bas": False}, State.REFUSED),
        ("max", {"roos": True, "bas": True}, State.INCOMPLETE),
        ("max", {"max": True, "roos": True, "bas": True}, State.COMPLETE),
        ("max", {"max": False, "roos": True, "bas": True}, State.REFUSED),
        ("fien", {"fien": True}, State.COMPLETE),
    ],
)
def test_everybody_who_decides_must_say_yes_and_one_no_blocks(about, said, expected, home, cast):
    (consent,) = agree(
        home, [getattr(home, about)], cast.dennis.organisation, ("MONEY",),
        answers={getattr(home, name): answer for name, answer in said.items()},
    )  # fmt: skip
    assert state(Consent.objects.in_full().get(pk=consent.pk)) == expected


@pytest.mark.parametrize(("about", "said"), [("fien", "roos"), ("roos", "bas"), ("pip", "max"), ("pip", "pip")])
def test_who_does_not_decide_can_not_answer(about, said, home, cast):
    with pytest.raises(actions.NotADecider):
        agree(
            home, [getattr(home, about)], cast.dennis.organisation, ("MONEY",), answers={getattr(home, said): True}
        )  # fmt: skip
    assert not home.household.consents.exists()


@pytest.mark.parametrize("years", [12, 16, 18])
def test_at_a_birthday_a_consent_must_be_asked_again(years, home, cast):
    today = timezone.localdate()
    home.pip.birth_date = birthday(today + 40 * DAY, years)
    home.pip.save()
    (consent,) = agree(home, [home.pip], cast.dennis.organisation, ("MONEY",), valid_until=today + 90 * DAY)
    consent = Consent.objects.in_full().get(pk=consent.pk)
    day = home.pip.birthday(years)
    assert [state(consent, on=day + days * DAY) for days in (-1, 0, 1)] == [
        State.COMPLETE, State.RECONFIRM, State.RECONFIRM,
    ]  # fmt: skip
    assert [ends_on_birthday(consent, on=day - days * DAY) for days in (31, 30, 1, 0)] == [None, day, day, None]


def test_a_consent_ends_on_its_day_and_does_not_begin_before_it(home, cast):
    today = timezone.localdate()
    (consent,) = agree(home, [home.roos], cast.dennis.organisation, ("MONEY",), valid_until=today + 3 * DAY)
    consent = Consent.objects.in_full().get(pk=consent.pk)
    assert [state(consent, on=today + days * DAY) for days in (-1, 0, 3, 4)] == [
        State.ENDED, State.COMPLETE, State.COMPLETE, State.ENDED,
    ]  # fmt: skip


def test_a_later_no_ends_an_earlier_yes_to_the_same_recipient(home, cast):
    to = cast.dennis.organisation
    first, other = (agree(home, [home.pip], to, items)[0] for items in (("PARENTING", "MONEY"), ("HOUSING",)))
    agree(home, [home.pip], to, ("PARENTING",), answers={home.roos: True, home.bas: False})
    worth = {one.pk: state(one) for one in Consent.objects.in_full()}
    assert (worth[first.pk], worth[other.pk]) == (State.WITHDRAWN, State.COMPLETE)


def test_what_is_missing_can_be_said_later_and_a_change_of_mind_too(home, cast):
    (consent,) = agree(home, [home.pip], cast.dennis.organisation, ("MONEY",), answers={home.roos: True})

    def worth() -> State:
        return state(Consent.objects.in_full().get(pk=consent.pk))

    assert worth() == State.INCOMPLETE
    for agreed, expected in ((True, State.COMPLETE), (False, State.REFUSED), (True, State.COMPLETE)):
        actions.add_voice(consent=consent, giver=home.bas, capacity="PARENT", agreed=agreed, by=home.by)
        assert worth() == expected
    with pytest.raises(actions.NotADecider):
        actions.add_voice(consent=consent, giver=home.fien, capacity="SELF", agreed=True, by=home.by)
