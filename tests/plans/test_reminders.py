"""Who comes here only now and then hears once, by mail and without a name in it, that an action must be done soon."""

from datetime import timedelta

import pytest
from django.utils import timezone

from config.workdays import add_workdays
from desk.demo.people import DENNIS
from households.models import AccessLogEntry
from plans import actions
from plans.models import Action, Reminder
from plans.tasks import remind
from tests.circle.working import invite, make_home
from tests.helpers import mails

WHAT = "Samen de brief van de deurwaarder lezen."


def to_dennis() -> list[str]:
    return [mail for mail in mails() if "Iets wat u zou doen" in mail]


@pytest.fixture
def home(cast, db):
    Action.objects.filter(owner_professional=cast.dennis).delete()
    return make_home(cast.jolanda)


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
    (mail,) = to_dennis()
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
    assert to_dennis() == []
    ask((add_workdays(today, 2) - today).days)
    remind()
    assert len(to_dennis()) == 1


def test_nobody_is_reminded_twice_of_one_day(home, ask, cast):
    invite(home, cast.dennis)
    action = ask(0)
    remind()
    remind()
    assert len(to_dennis()) == 1
    Action.objects.filter(pk=action.pk).update(due_on=timezone.localdate() + timedelta(days=1))
    remind()
    assert len(to_dennis()) == 2


@pytest.mark.parametrize(
    "status", [Action.Status.DONE, Action.Status.DECLINED, Action.Status.DROPPED, Action.Status.HELD]
)
def test_what_is_not_to_be_done_is_not_reminded_of(status, home, ask, cast):
    invite(home, cast.dennis)
    action = ask(0)
    Action.objects.filter(pk=action.pk).update(status=status, declined_because="Nee." if status == "DECLINED" else "")
    remind()
    assert to_dennis() == []


def test_who_is_not_in_the_circle_any_more_hears_nothing(home, ask, cast):
    participant = invite(home, cast.dennis)
    ask(0)
    participant.ended_at = timezone.now()
    participant.save()
    remind()
    assert to_dennis() == []


def test_who_is_in_a_team_sees_it_on_the_first_page_instead(home, ask, cast):
    ask(0, owner=cast.jolanda)
    before = len(mails())
    remind()
    assert len(mails()) == before
