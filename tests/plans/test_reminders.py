"""Who comes here only now and then hears once, by mail and without a name in it, that an action must be done soon."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from config.workdays import add_workdays
from desk.demo.people import DENNIS
from households import actions as household_actions
from households.models import AccessLogEntry, Household, HouseholdMember
from plans import actions
from plans.models import Action, Reminder
from plans.tasks import remind
from tests.circle.working import invite
from tests.helpers import Page, mails
from tests.plans.working import to

WHAT = "Samen de brief van de deurwaarder lezen."


def to_owner() -> list[str]:
    return [mail for mail in mails() if "Iets wat u zou doen" in mail]


@pytest.fixture
def home(home, cast):
    Action.objects.filter(owner_professional=cast.dennis).delete()
    return home


@pytest.fixture
def ask(home, cast):
    """Dennis would do something before a day."""

    def ask(days: int, owner=None) -> Action:
        return actions.add_action(
            goal=home.goals["money"], what=WHAT, owner=owner or cast.dennis, by=home.by,
            due_on=timezone.localdate() + timedelta(days=days),
        )  # fmt: skip

    return ask


def test_two_working_days_before_one_mail_goes_about_everything(home, ask, cast, settings):
    invite(home, cast.dennis)
    first, second, later = ask(0), ask(1), ask(40)
    remind()
    (mail,) = to_owner()
    assert "2 dingen" in mail
    assert f"{settings.BASE_URL}/mijn-gezinnen/" in mail
    for secret in (WHAT, "Roos", home.household.name, DENNIS.first_name, home.household.number):
        assert secret not in mail
    assert set(Reminder.objects.values_list("action", "due_on")) >= {(one.pk, one.due_on) for one in (first, second)}
    assert not later.reminders.exists()
    lines = AccessLogEntry.objects.filter(event="remind owner", household=home.household)
    assert {line.object_id for line in lines} == {first.pk, second.pk}


def test_the_last_day_to_be_reminded_of_is_two_working_days_from_now(home, ask, cast):
    invite(home, cast.dennis)
    today = timezone.localdate()
    ask((add_workdays(today, 2) - today).days + 1)
    remind()
    assert to_owner() == []
    ask((add_workdays(today, 2) - today).days)
    remind()
    assert len(to_owner()) == 1


def test_nobody_is_reminded_twice_of_one_day(home, ask, cast):
    invite(home, cast.dennis)
    action = ask(0)
    remind()
    remind()
    assert len(to_owner()) == 1
    Action.objects.filter(pk=action.pk).update(due_on=timezone.localdate() + timedelta(days=1))
    remind()
    assert len(to_owner()) == 2


@pytest.mark.parametrize(
    "status", [Action.Status.DONE, Action.Status.DECLINED, Action.Status.DROPPED, Action.Status.HELD]
)
def test_what_is_not_to_be_done_is_not_reminded_of(status, home, ask, cast):
    invite(home, cast.dennis)
    action = ask(0)
    Action.objects.filter(pk=action.pk).update(status=status, declined_because="Nee." if status == "DECLINED" else "")
    remind()
    assert to_owner() == []


def test_who_is_not_in_the_circle_any_more_hears_nothing(home, ask, cast):
    participant = invite(home, cast.dennis)
    ask(0)
    participant.ended_at = timezone.now()
    participant.save()
    remind()
    assert to_owner() == []


def test_who_is_in_a_team_sees_it_on_the_first_page_instead(home, ask, cast):
    ask(0, owner=cast.jolanda)
    before = len(mails())
    remind()
    assert len(mails()) == before


# ---- residents, and people close to them


@pytest.fixture
def roos(home) -> HouseholdMember:
    """Lives there, and asked for mail."""
    member = home.household.members.get(resident=home.roos)
    member.contact_by, member.email = "EMAIL", "roos@post.example"
    member.save()
    return member


def test_a_resident_who_asked_for_mail_gets_one_that_says_nothing_but_when_and_where(home, ask, roos):
    ask(0, owner=home.roos), ask(1, owner=home.roos)
    remind()
    remind()
    (mail,) = mails("roos@post.example")
    assert "2 dingen" in mail
    assert "Wat het is, leest u in uw plan op papier." in mail
    for secret in (WHAT, "Roos", home.household.name, home.household.number, DENNIS.first_name):
        assert secret not in mail
    page = household_actions.give_own_page(member=roos, by=home.by)
    ask(0, owner=home.roos)
    remind()
    assert reverse("desk:own_page", args=[page.token]) in to_owner()[-1]


def test_who_is_not_mailed_is_a_task_of_the_coordinator_until_a_colleague_told_it(home, ask, roos, jolanda):
    karin = household_actions.add_contact(household=home.household, by=home.by, name="Karin", relation="zus", phone="06-555")  # fmt: skip
    own, of_karin = ask(1, owner=home.roos), ask(1, owner=karin)
    ask(-1, owner=karin)  # late, and shown as that
    here = Household.objects.filter(pk=home.household.pk)
    for member, household in (
        ({"contact_by": "PHONE"}, {}), ({"rather_not_reads": True}, {}), ({"needs_interpreter": True}, {}),
        ({"email": ""}, {}), ({}, {"address_protected": True}),
    ):  # fmt: skip
        HouseholdMember.objects.filter(pk=roos.pk).update(
            **{
                "contact_by": "EMAIL",
                "rather_not_reads": False,
                "needs_interpreter": False,
                "email": "roos@post.example",
            }
            | member
        )
        here.update(**{"address_protected": False} | household)
        remind()
        assert to_owner() == []
        assert [one.pk for one in Action.objects.of(here).to_remind_by_hand()] == [own.pk, of_karin.pk]
    day = Page(jolanda.get("/")).text
    assert f"Herinner Roos: {WHAT}" in day
    assert f"Herinner Karin: {WHAT}" in day
    page = Page(jolanda.get(to("remind", home.household, of_karin.pk))).text
    assert "06-555" in page
    assert "geheim" in page
    for _twice in range(2):
        jolanda.post(to("remind", home.household, of_karin.pk))
    assert f"Herinner Karin: {WHAT}" not in Page(jolanda.get("/")).text
    assert Reminder.objects.get(action=of_karin).told_by == home.by
    assert AccessLogEntry.objects.filter(event="remind by hand", object_id=of_karin.pk).count() == 1
    Action.objects.filter(pk=of_karin.pk).update(due_on=timezone.localdate())
    assert f"Herinner Karin: {WHAT}" in Page(jolanda.get("/")).text


def test_only_who_works_on_the_household_reminds_by_hand_and_never_a_professional(home, ask, cast, jolanda, as_):
    own, of_dennis = ask(0, owner=home.roos), ask(0)
    assert jolanda.post(to("remind", home.household, of_dennis.pk)).status_code == 404
    assert as_("amir").post(to("remind", home.household, own.pk)).status_code == 403
    assert as_("stranger").post(to("remind", home.household, own.pk)).status_code in (302, 404)
    assert not Reminder.objects.filter(action__in=[own, of_dennis]).exists()
