"""A household for a signal is made only after one looked whether it is here already."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from households import actions as household_actions
from households.models import Household
from tests.helpers import Page


@pytest.fixture
def known(cast) -> Household:
    """Of Amir."""
    amir = cast.amir
    return household_actions.make_household(
        name="Fam. Sonnedauw", team=amir.teams.get(), coordinator=amir, by=amir, address="Nergenspad 99"
    )


@pytest.fixture
def jolanda(as_) -> Client:
    return as_("jolanda")


@pytest.fixture
def link(taken_up):
    return reverse("signals:link", args=[taken_up.number])


@pytest.fixture
def typed(cast):
    return {
        "name": "Zonnedauw", "address": "Nergenspad 99", "coordinator": f"{cast.jolanda.pk}", "next_step": "Bellen",
        "next_step_on": f"{timezone.localdate()}",
    }  # fmt: skip


def test_it_is_this_one(taken_up, known, link, typed, jolanda):
    page = Page(jolanda.post(link, typed))
    assert page.still_holds(typed)
    assert "Is het dit huishouden?" in page.text
    (button,) = [given for tag, given in page.elements if given.get("form")]
    assert (button["name"], button["value"]) == ("household", known.number)
    assert button["form"] in {given.get("id") for tag, given in page.elements if tag == "form"}
    assert jolanda.post(link, {button["name"]: button["value"]}).status_code == 302
    taken_up.refresh_from_db()
    assert taken_up.household == known


def test_it_is_another_one(taken_up, known, link, typed, jolanda):
    page = Page(jolanda.post(link, typed))
    (button,) = [given for tag, given in page.elements if given.get("name") == "looked_at"]
    taken_up.refresh_from_db()
    assert taken_up.household is None
    assert jolanda.post(link, typed | {"looked_at": button["value"]}).status_code == 302
    taken_up.refresh_from_db()
    assert (taken_up.household.name, taken_up.household != known) == ("Zonnedauw", True)
