"""What everybody keeps to, who waits for whom, and what each does in one line."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from plans import actions
from plans.agreeing import agreement_of
from plans.cooperation import cooperation
from plans.models import Agreement, SupportPlan
from plans.papers.full import full_plan
from tests import paper
from tests.circle.working import agree, invite, make_home, page_of
from tests.helpers import Page, sql
from tests.plans.working import SOON, to


def whole(plan: SupportPlan) -> SupportPlan:
    return SupportPlan.objects.in_full().get(pk=plan.pk)


def test_an_agreement_stands_in_the_plan_on_paper_and_in_the_next_version(plan, action, household, jolanda, cast):
    actions.put_forward(plan=plan, by=cast.jolanda)
    typed = {"what": "Bij zorgen bellen wij.", "who": "Iedereen", "how_told": "Bellen.", "until": ""}
    assert jolanda.post(to("agree_on", household), typed).status_code == 302
    for page in (to("together", household), f"/huishoudens/{household.number}/"):
        assert "Bij zorgen bellen wij." in Page(jolanda.get(page)).text
    assert "Bij zorgen bellen wij." in " ".join(paper.read(full_plan(whole(plan))))
    assert [(one.part, one.title, one.how.value) for one in agreement_of(whole(plan)).changes] == [
        ("Afspraak", "Bij zorgen bellen wij.", "NEW")
    ]
    one = Agreement.objects.get(plan=plan)
    assert jolanda.post(to("change_agreement", household, one.pk), typed | {"who": "Dennis"}).status_code == 302
    assert "Dennis" in Page(jolanda.get(to("together", household))).text
    assert jolanda.post(to("end_agreement", household, one.pk)).status_code == 302
    assert "Bij zorgen bellen wij." not in Page(jolanda.get(to("together", household))).text
    assert agreement_of(whole(plan)).changes == []


@pytest.mark.parametrize(
    ("name", "wrong", "words"),
    [
        ("what", "", "Schrijf op wat jullie afspreken."),
        ("who", "", "zich eraan houden."),
        ("until", "2019-01-01", "Kies vandaag of een latere dag."),
    ],
)
def test_an_agreement_says_what_and_who_and_no_day_that_is_over(name, wrong, words, plan, household, jolanda):
    typed = {"what": "Bellen & “kloppen”.", "who": "Iedereen", "how_told": "Zo."} | {name: wrong}
    response = jolanda.post(to("agree_on", household), typed)
    assert response.status_code == 422
    assert words in Page(response).text
    assert Page(response).still_holds(typed)


def test_the_database_wants_what_and_who(plan, cast):
    one = actions.agree_on(plan=plan, what="Zo.", who="Wij", by=cast.jolanda)
    with pytest.raises(IntegrityError, match="agreement_of_somebody"), transaction.atomic():
        sql("UPDATE plans_agreement SET who = '' WHERE id = %s", one.pk)


def test_who_waits_for_whom_follows_from_the_plan(plan, goal, action, household, jolanda, cast):
    roos = household.members.get().resident
    waiting = actions.add_action(goal=goal, what="Betalen.", owner=roos, due_on=SOON, by=cast.jolanda, waits_for=action)
    rows = {row.name: row for row in cooperation(household, whole(plan))}
    assert list(rows) == ["Roos", cast.dennis.get_full_name()]  # they themselves first
    assert rows["Roos"].waits_for == [(action, cast.dennis)]
    dennis = rows[cast.dennis.get_full_name()]
    assert (dennis.awaited_by, dennis.to_say_yes) == ([(action, roos)], [action])
    page = Page(jolanda.get(to("together", household))).text
    assert f"{cast.dennis.get_full_name()}: {action.what}" in page
    assert f"Een ja op: {action.what}" in page
    actions.move_action(action=action, to="ACCEPTED", by=cast.jolanda)
    actions.move_action(action=action, to="DONE", by=cast.jolanda)
    (row,) = cooperation(household, whole(plan))
    assert (row.waits_for, row.open) == ([], [waiting])


def test_the_line_of_another_is_read_by_who_sees_the_actions_of_that_other(cast):
    home = make_home(cast.jolanda)
    for name in ("dennis", "greet", "kees"):
        actions.add_action(
            goal=home.goals["money" if name != "kees" else "child"], what=f"Actie van {name}", owner=getattr(cast, name),
            by=home.by, due_on=timezone.localdate() + timedelta(days=9),
        )  # fmt: skip
    mine, theirs, hidden = (invite(home, getattr(cast, name)) for name in ("dennis", "greet", "kees"))
    for participant, line in ((mine, "Mijn regel."), (theirs, "Haar regel."), (hidden, "Zijn regel.")):
        participant.contribution = line
        participant.save(update_fields=["contribution"])
    assert "Haar regel." not in page_of(cast.dennis)  # nothing was shared
    agree(home, [home.roos, home.bas], cast.dennis.organisation, ("MONEY",))
    actions.share_goal(goal=home.goals["money"], participant=mine, by=home.by)
    page = page_of(cast.dennis)
    assert "Haar regel." in page
    assert "Zijn regel." not in page
