"""Who does what: the actions of a plan by their owner."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from plans import actions
from plans.forms.people import key
from plans.models import Action
from plans.workflow import Status
from tests.plans.working import SOON, to
from tests.reading import Page


@pytest.fixture
def three(goal, household, cast):
    """Of Roos herself, of her sister and of Dennis; one under another life domain."""
    money = actions.add_goal(plan=goal.plan, by=cast.jolanda, title="Ik weet wat eruit gaat.", domain="MONEY")
    roos = household.members.get().resident
    facts = {"due_on": SOON, "by": cast.jolanda}
    return (
        actions.add_action(goal=goal, what="De bak kopen.", owner=roos, **facts),
        actions.add_action(goal=goal, what="Samen openen.", owner=household.network.get(), **facts),
        actions.add_action(goal=money, what="Een overzicht maken.", owner=cast.dennis, **facts),
    )


def listed(client, household, **asked: str) -> str:
    return Page(client.get(to("actions", household), asked)).text


def test_each_owner_stands_there_with_what_is_to_be_done(three, household, jolanda):
    page = listed(jolanda, household)
    places = [page.index(what) for what in ("De bak kopen.", "Samen openen.", "Een overzicht maken.")]
    assert places == sorted(places)


def test_what_is_chosen_is_shown_and_nothing_else(three, household, jolanda, cast):
    def found(**asked: str) -> list[str]:
        page = listed(jolanda, household, **asked)
        return [action.what for action in three if action.what in page]

    own, close, professional = (action.what for action in three)
    assert found(wie=key(three[0].owner)) == [own]
    assert found(organisatie=str(cast.dennis.organisation_id)) == [professional]
    assert found(domein="MONEY") == [professional]
    assert found(stand="laat") == []
    assert found(domein="DAILY_LIFE", stand="PROPOSED") == [own, close]
    actions.move_action(action=three[1], to=Status.DROPPED, by=cast.jolanda)
    assert found(stand="open") == [own, professional]
    Action.objects.filter(pk=three[0].pk).update(due_on=timezone.localdate() - timedelta(days=1))
    assert found(stand="laat") == [own]


def test_what_is_not_in_the_list_is_said(three, household, jolanda):
    page = jolanda.get(to("actions", household), {"wie": "resident-999999"})
    assert page.status_code == 422
    assert "Kies iets uit de lijst." in Page(page).text


def test_as_many_queries_for_more_actions(three, goal, household, jolanda, cast, django_assert_num_queries):
    jolanda.get(to("actions", household))  # the first page of a session looks up more
    with CaptureQueriesContext(connection) as few:
        jolanda.get(to("actions", household))
    for number in range(20):
        actions.add_action(goal=goal, what=f"Nog {number}.", owner=cast.dennis, due_on=SOON, by=cast.jolanda)
    with django_assert_num_queries(len(few)):
        jolanda.get(to("actions", household))


def test_without_a_plan_there_is_no_list(household, jolanda):
    assert jolanda.get(to("actions", household)).status_code == 302
