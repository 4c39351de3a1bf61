"""What was kept long enough is destroyed by two people, and then nothing of those whom it was about is left but numbers."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from desk import destroying
from households import actions, keeping
from households.models import AccessLogEntry, Destruction, Hold, Household, HouseholdMember, Resident
from partners.models import Team
from signals.models import Signal
from tests.circle.working import make_home
from tests.helpers import Page, everything, put_household, sql

NAMED = "Kwetterpoel"  # stands in everything that can be written at all


def years_later(years: float) -> time_machine.travel:
    return time_machine.travel(timezone.localtime() + timedelta(days=365.25 * years), tick=False)


def close(household: Household) -> None:
    put_household(household, Household.Status.CLOSED)


def due(team: Team) -> set[tuple[str, str]]:
    return {(one.kind, one.number) for one in destroying.due(team)}


# ---- not before its term


@pytest.mark.parametrize(("years", "goes"), [(14.9, set()), (19.9, {"old"}), (20.1, {"old", "young", "unknown"})])
def test_the_term_is_that_of_the_youngest_law(years, goes, cast):
    team = cast.jolanda.teams.get()
    ages = {
        "old": timezone.localdate() - timedelta(days=365 * 50),
        "young": timezone.localdate() - timedelta(days=9 * 365),
    }
    made = {}
    for name in ("old", "young", "unknown"):
        made[name] = Household.objects.create(name=name, number=f"T-{name}", team=team, coordinator=cast.jolanda)
        resident = Resident.objects.create(first_name=name, birth_date=ages.get(name))
        HouseholdMember.objects.create(household=made[name], resident=resident)
        close(made[name])
    with years_later(years):
        assert {one.name for one in keeping.due(team) if one.number.startswith("T-")} == goes


def test_the_term_runs_from_the_last_change_and_only_of_what_is_closed(home, cast):
    with years_later(21):
        assert home.household not in keeping.due(home.household.team)
    close(home.household)
    with years_later(10):
        hold = actions.place_hold(household=home.household, kind="CASE", reason="Bezwaar.", by=cast.jolanda)
        actions.lift_hold(hold=hold, reason="Voorbij.", by=cast.jolanda)
    with years_later(21):
        assert home.household not in keeping.due(home.household.team)
    with years_later(31):
        assert home.household in keeping.due(home.household.team)


def test_a_part_of_a_signal_elsewhere_keeps_the_whole(home, cast, ilses_signal):
    other = Household.objects.get(name="Bakelaar-Idrissi")
    close(home.household)
    sql("SET LOCAL session_replication_role = replica")
    Signal.objects.filter(pk=ilses_signal.pk).update(household=home.household)
    part = Signal.objects.exclude(pk=ilses_signal.pk).first()
    Signal.objects.filter(pk=part.pk).update(
        part_of=ilses_signal, household=other, reporter_name="", reporter_function="", reporter_email="",
        reporter_phone="", pin_hash="",
    )  # fmt: skip
    sql("SET LOCAL session_replication_role = DEFAULT")
    with years_later(21):
        assert home.household not in destroying.households(home.household.team)


# ---- by two people


def test_one_makes_the_list_and_another_confirms_it(home, as_, cast):
    close(home.household)
    with years_later(21):
        els, pascal = as_("els"), as_("pascal")
        page = els.get(reverse("desk:destroying")).content.decode()
        assert "Zonnedauw" not in page
        made = els.post(reverse("desk:destroying"), {"team": home.household.team_id})
        assert made.status_code == 302
        at = made["Location"]
        page = els.get(at).content.decode()
        assert home.household.number in page
        assert "Zonnedauw" not in page
        assert 'name="confirm"' not in page
        els.post(at, {"confirm": "1"})
        assert Household.objects.filter(pk=home.household.pk).exists(), "nobody does it alone"
        again = els.post(reverse("desk:destroying"), {"team": home.household.team_id})
        assert again.status_code == 200
        assert Destruction.objects.count() == 1
        assert 'name="confirm"' in pascal.get(at).content.decode()
        assert pascal.get(f"{at}verklaring.pdf").status_code == 404
        assert pascal.post(at, {"confirm": "1"}).status_code == 302
        assert not Household.objects.filter(pk=home.household.pk).exists()
        pascal.post(at, {"withdraw": "1"})
        paper = pascal.get(f"{at}verklaring.pdf")
    assert paper["Content-Type"] == "application/pdf"
    proof = Destruction.objects.get()
    assert (proof.made_by, proof.confirmed_by, proof.withdrawn_at) == (cast.els, cast.pascal, None)
    item = proof.items.get(number=home.household.number)
    assert item.rows > 50
    assert AccessLogEntry.objects.filter(household=home.household.pk, event="destroy household").count() == 1
    assert "Zonnedauw" not in everything()["households_destructionitem"] + everything()["households_destruction"]


def test_the_database_itself_asks_for_two(home, cast):
    def refused(words: str, query: str, *given: object) -> None:
        with pytest.raises(DatabaseError, match=words), transaction.atomic():
            sql(query, *given)

    refused("destroyed by two people", "DELETE FROM households_household WHERE id = %s", home.household.pk)
    made = Destruction.objects.create(team=home.household.team, made_by=cast.els)
    made.items.create(kind="HOUSEHOLD", key=home.household.pk, number="1", rule="WMO", since=timezone.localdate())
    refused("destroyed by two people", "DELETE FROM households_household WHERE id = %s", home.household.pk)
    same = "UPDATE households_destruction SET confirmed_by_id = made_by_id, confirmed_at = now()"
    refused("destruction_by_two_people", same)
    sql("UPDATE households_destruction SET confirmed_by_id = %s, confirmed_at = now()", cast.pascal.pk)
    Hold.objects.create(household=home.household, kind="LAW", reason="Toezicht.", placed_by=cast.jolanda)
    refused("on hold is not destroyed", "DELETE FROM households_household WHERE id = %s", home.household.pk)
    refused("Cannot", "UPDATE households_destruction SET confirmed_at = NULL, confirmed_by_id = NULL")
    refused("Cannot", "DELETE FROM households_destructionitem")


def test_who_puts_a_hold_on_it_in_the_meantime_is_heard(home, as_, cast):
    close(home.household)
    with years_later(21):
        made = destroying.propose(team=home.household.team, by=cast.els)
        answer = as_("jolanda").post(
            reverse("desk:keeping", args=[home.household.number]),
            {"bewaren-kind": "CASE", "bewaren-reason": "Er loopt een klacht."},
        )
        assert answer.status_code == 302
        destroying.confirm(destruction=made, by=cast.pascal)
    assert Household.objects.filter(pk=home.household.pk).exists()
    assert made.items.get(number=home.household.number).destroyed_at is None


# ---- who asks for it


def test_a_request_is_written_down_answered_and_carried_out_by_two(home, as_, cast):
    jolanda, here = as_("jolanda"), reverse("desk:keeping", args=[home.household.number])
    asks = {
        "verzoek-resident": f"{home.roos.pk}",
        "verzoek-received_on": f"{timezone.localdate()}",
        "verzoek-wish": "Gooi alles weg.",
    }
    assert jolanda.post(f"{here}verzoek/", asks | {"verzoek-wish": ""}).status_code == 422
    assert jolanda.post(f"{here}verzoek/", asks).status_code == 302
    assert jolanda.post(f"{here}verzoek/", asks).status_code == 422
    asked = home.household.erasure_requests.get()
    assert 88 <= (asked.answer_by - timezone.localdate()).days <= 92
    answer = {f"antwoord-{asked.pk}-granted": "nee", f"antwoord-{asked.pk}-answer": "Het kan niet."}
    refused = jolanda.post(f"{here}verzoek/{asked.pk}/", answer)
    assert refused.status_code == 422, "a refusal has a ground"
    assert "Het kan niet." in Page(refused).text + refused.content.decode()
    granted = answer | {f"antwoord-{asked.pk}-granted": "ja"}
    assert jolanda.post(f"{here}verzoek/{asked.pk}/", granted).status_code == 302
    assert home.household not in keeping.due(home.household.team), "it is still open"
    close(home.household)
    made = destroying.propose(team=home.household.team, by=cast.els)
    assert made.items.get(number=home.household.number).rule == "REQUEST"
    destroying.confirm(destruction=made, by=cast.pascal)
    assert not Resident.objects.filter(pk=home.roos.pk).exists()


def test_nobody_else_sees_who_asked(home, as_):
    for name in ("amir", "bart", "dennis", "els", "stranger"):
        assert as_(name).get(reverse("desk:keeping", args=[home.household.number])).status_code in (403, 404), name
    for name in ("bart", "dennis", "stranger", "amir", "jolanda"):
        assert as_(name).get(reverse("desk:destroying")).status_code == 403, name


# ---- reporters, and signals that were not taken up


def test_a_reporter_is_forgotten_half_a_year_after_closing(home, cast, ilses_signal):
    close(home.household)
    sql("SET LOCAL session_replication_role = replica")
    closed = {"status": "CLOSED", "closed_at": timezone.now(), "household": home.household}
    Signal.objects.filter(pk=ilses_signal.pk).update(**closed)
    sql("SET LOCAL session_replication_role = DEFAULT")
    with years_later(0.4):
        assert ("REPORTER", ilses_signal.number) not in due(home.household.team)
    with years_later(0.6):
        made = destroying.propose(team=home.household.team, by=cast.els)
        destroying.confirm(destruction=made, by=cast.pascal)
        assert ("REPORTER", ilses_signal.number) not in due(home.household.team)
    ilses_signal.refresh_from_db()
    assert ilses_signal.observation
    assert ilses_signal.reporter_name == ilses_signal.reporter_email == ilses_signal.reporter_function == ""
    left = everything()
    assert "Ilse Waanders" not in left["signals_signal"] + left["signals_signalevent"]


# ---- after an older backup


def test_what_was_destroyed_stays_destroyed_when_an_older_backup_is_put_back(home, cast, tmp_path):
    """The list is made, the backup is put back (here: all of it undone), and the list is played again."""
    close(home.household)
    file = tmp_path / "destroyed.json"
    with years_later(21):
        point = transaction.savepoint()
        made = destroying.propose(team=home.household.team, by=cast.els)
        destroying.confirm(destruction=made, by=cast.pascal)
        call_command("destroyed", write=file)
        transaction.savepoint_rollback(point)
    assert Household.objects.filter(pk=home.household.pk).exists()
    assert "Zonnedauw" not in file.read_text()
    assert home.household.number in file.read_text()
    for _twice in range(2):
        call_command("destroyed", replay=file)
        assert not Household.objects.filter(pk=home.household.pk).exists()
    assert Destruction.objects.get().confirmed_by == cast.pascal
    assert [len(one["items"]) for one in json.loads(file.read_text())] == [Destruction.objects.get().items.count()]
    with pytest.raises(CommandError, match="can not be read"):
        call_command("destroyed", replay=tmp_path / "nothing.json")


def test_the_terms_can_be_set_and_are_safe_by_default():
    assert (settings.KEEP_YOUTH_YEARS, settings.KEEP_WMO_YEARS) == (20, 15)
    assert (settings.KEEP_NOT_TAKEN_UP_MONTHS, settings.KEEP_REPORTERS_MONTHS) == (6, 6)
    assert settings.KEEP_BACKUPS_DAYS == 35


def test_the_history_of_another_household_stays(home, cast):
    other = Household.objects.get(name="Bakelaar-Idrissi")
    before = {table: rows for table, rows in everything().items() if table.endswith("event")}
    close(home.household)
    with years_later(21):
        made = destroying.propose(team=home.household.team, by=cast.els)
        destroying.confirm(destruction=made, by=cast.pascal)
    assert not Household.objects.filter(pk=home.household.pk).exists()
    assert Household.objects.filter(pk=other.pk).exists()
    assert other.members.count() > 2
    assert len(everything()["households_householdevent"]) > 100
    assert (
        set(sql("SELECT pgh_obj_id FROM households_householdevent WHERE pgh_obj_id = %s", home.household.pk)) == set()
    )
    assert before["plans_goalevent"] != everything()["plans_goalevent"]
    assert sql("SELECT count(*) FROM plans_goalevent")[0][0] > 0


def test_a_child_of_two_homes_stays_in_the_other_one(home, cast):
    other = make_home(cast.jolanda).household
    shared = HouseholdMember.objects.create(household=other, resident=home.pip)
    close(home.household)
    with years_later(21):
        made = destroying.propose(team=home.household.team, by=cast.els)
        destroying.confirm(destruction=made, by=cast.pascal)
    shared.refresh_from_db()
    assert Resident.objects.filter(pk=shared.resident_id).exists()
    # Who decides about the child stays with the child; the sister who lives nowhere else is gone.
    assert shared.resident.custody.count() == 2
    assert not Resident.objects.filter(first_name="Fien", memberships=None).exists()
