"""The addresses through which partners post: who makes, renews, revokes and prints them, and the poster for the wall."""

import io
from datetime import timedelta

import pikepdf
import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from config.templating.words import day
from desk.demo import people
from households.models import AccessLogEntry
from partners import actions
from partners.categories import preset
from partners.models import Organisation, PartnerLink, Team, TeamMembership
from partners.permissions import Role
from signals import poster
from tests.helpers import Page, filled_in, link_of, sql
from tests.paper import read

pytestmark = pytest.mark.django_db
LIST, MAKE = "/beheer/links/", "/beheer/links/nieuw/"


@pytest.fixture
def link() -> PartnerLink:
    return link_of(people.HOUSING)


@pytest.fixture
def pascal(as_) -> Client:
    """The team lead. The functional manager may do the same."""
    return as_("pascal")


def at(link: PartnerLink, what: str = "") -> str:
    return f"{LIST}{link.pk}/{what}"


def posts(link: PartnerLink) -> int:
    return Client().post(reverse("signals:post", args=[link.token]), filled_in()).status_code


def newest_line() -> tuple[str, str, int | None]:
    line = AccessLogEntry.objects.latest("pk")
    return line.event, line.action, line.object_id


# ---- looking


def test_the_list_tells_how_often_a_link_was_used_and_no_address(pascal, link):
    before = link.uses
    for _ in range(3):
        posts(link)
    page = Page(pascal.get(LIST))
    assert people.HOUSING in page.text
    assert f"{before + 3} keer" in page.text
    assert not [one for one in PartnerLink.objects.all() if one.token in pascal.get(LIST).content.decode()]


def test_the_address_is_shown_again_to_who_may_and_every_look_is_a_line(pascal, link):
    page = pascal.get(at(link))
    assert poster.address_of(link) in page.content.decode()
    assert newest_line() == ("read link", "VIEW", link.pk)
    for word in (link.token, people.HOUSING):
        assert word not in str(sql("SELECT * FROM households_accesslogentry ORDER BY id DESC LIMIT 1"))


@pytest.mark.parametrize("visitor", ["jolanda", "amir", "fadoua", "bart", "els", "dennis", "stranger"])
def test_others_see_no_address_and_change_nothing(visitor, as_, link):
    client = as_(visitor)
    for what in ("", "poster-a4.pdf", "intrekken/"):
        assert client.get(at(link, what)).status_code == 403
    for what in ("", "verlengen/", "intrekken/"):
        assert client.post(at(link, what), {"categories": ["HOME"]}).status_code == 403
    assert client.get(LIST).status_code == client.post(MAKE).status_code == 403
    same = PartnerLink.objects.get(pk=link.pk)
    assert (same.revoked_at, same.expires_on, same.categories) == (None, link.expires_on, link.categories)


def test_who_leads_another_team_finds_nothing(small_team, as_, link, cast):
    TeamMembership.objects.create(team=small_team.team, professional=small_team.anna, role=Role.LEAD)
    anna = Client()
    anna.force_login(small_team.anna)
    assert people.HOUSING not in Page(anna.get(LIST)).text
    assert anna.get(at(link)).status_code == anna.post(at(link, "intrekken/")).status_code == 404
    assert as_("pascal").get(at(small_team.link)).status_code == 404


def test_a_list_of_thirty_asks_as_much_as_a_list_of_one(small_team):
    TeamMembership.objects.create(team=small_team.team, professional=small_team.anna, role=Role.LEAD)
    anna = Client()
    anna.force_login(small_team.anna)

    def queries() -> int:
        anna.get(LIST)
        with CaptureQueriesContext(connection) as asked:
            anna.get(LIST)
        return len(asked)

    one = queries()
    for number in range(29):
        other = Organisation.objects.create(name=f"Partner {number}")
        actions.make_link(organisation=other, team=small_team.team, by=small_team.anna)
    assert (one, queries()) == (5, 5)


# ---- making


def test_a_link_for_a_new_organisation_offers_what_its_kind_often_sees(pascal):
    form = {
        "organisation": "new",
        "name": "Duinwater",
        "kind": "UTILITY",
        "team": f"{Team.objects.get(name=people.TEAM['name']).pk}",
    }
    response = pascal.post(MAKE, form)
    made = PartnerLink.objects.latest("pk")
    assert (response.status_code, response.url) == (302, at(made))
    assert (made.organisation.name, made.organisation.kind, made.categories) == (
        "Duinwater",
        "UTILITY",
        preset("UTILITY"),
    )
    assert made.expires_on == timezone.localdate() + timedelta(days=365)
    assert newest_line() == ("make link", "CREATE", made.pk)
    assert posts(made) == 302
    assert (
        "Gaat het om een achterstand met energie of water?"
        in Page(Client().get(reverse("signals:post", args=[made.token]))).text
    )


def test_a_second_link_for_a_known_organisation_is_another_address(pascal, link):
    pascal.post(MAKE, {"organisation": f"{link.organisation_id}", "team": f"{link.team_id}"})
    made = PartnerLink.objects.latest("pk")
    assert made.organisation == link.organisation
    assert made.token != link.token
    assert posts(made) == posts(link) == 302


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"organisation": ""}, "Kies een organisatie."),
        ({"name": ""}, "Schrijf de naam van de organisatie op."),
        ({"name": people.HOUSING.upper()}, "Deze organisatie staat al in de lijst."),
        ({"kind": ""}, "Kies wat voor organisatie het is."),
        ({"team": "0"}, "Kies een team."),
    ],
)
def test_what_must_be_filled_in(changes, words, pascal):
    team = Team.objects.get(name=people.TEAM["name"])
    form = {"organisation": "new", "name": "Duinwater", "kind": "UTILITY", "team": f"{team.pk}"} | changes
    before = PartnerLink.objects.count()
    response = pascal.post(MAKE, form)
    assert response.status_code == 422
    assert words in Page(response).text
    assert Page(response).fields["name"] == form["name"]
    assert PartnerLink.objects.count() == before


def test_what_a_link_offers_can_be_changed(pascal, link):
    assert pascal.post(at(link), {"categories": ["HOME", "LONELY"]}).status_code == 302
    page = Page(Client().get(reverse("signals:post", args=[link.token])))
    assert page.options["category"] == ["HOME", "LONELY"]
    assert "Vroegsignalering" not in page.text
    assert newest_line()[:2] == ("change link", "UPDATE")
    assert pascal.post(at(link), {"categories": ["NERGENS"]}).status_code == 422


# ---- renewing and revoking


def test_a_renewed_link_is_the_same_address_for_another_year(pascal, link):
    with time_machine.travel(timezone.localtime() + timedelta(days=4 * 365), tick=False):
        pascal.force_login(TeamMembership.objects.get(role=Role.LEAD).professional)
        assert posts(link) == 404
        assert "Afgelopen op" in Page(pascal.get(at(link))).text
        pascal.post(at(link, "verlengen/"))
        assert newest_line() == ("renew link", "UPDATE", link.pk)
        assert posts(link) == 302
        renewed = PartnerLink.objects.get(pk=link.pk)
        assert renewed.expires_on == timezone.localdate() + timedelta(days=365)
        assert day(renewed.expires_on) in Page(pascal.get(at(link))).text


def test_renewing_never_makes_a_link_shorter(pascal, link):
    assert link.expires_on > timezone.localdate() + timedelta(days=365)
    pascal.post(at(link, "verlengen/"))
    assert PartnerLink.objects.get(pk=link.pk).expires_on == link.expires_on


def test_revoking_asks_first_and_closes_the_address_for_good(pascal, link):
    page = Page(pascal.get(at(link, "intrekken/")))
    assert f"De link van {people.HOUSING} intrekken?" in page.text
    assert posts(link) == 302
    assert pascal.post(at(link, "intrekken/")).status_code == 302
    assert newest_line() == ("revoke link", "UPDATE", link.pk)
    assert posts(link) == 404
    assert link.token not in pascal.get(at(link)).content.decode()
    assert pascal.get(at(link, "poster-a4.pdf")).status_code == 302
    pascal.post(at(link, "verlengen/"))
    assert posts(link) == 404
    before = AccessLogEntry.objects.count()
    assert pascal.post(at(link, "intrekken/")).status_code == 302
    assert AccessLogEntry.objects.count() == before


@pytest.mark.parametrize("change", ["revoked_at = NULL", "expires_on = '2030-01-01'", "revoked_at = now() + '1 year'"])
def test_the_database_keeps_a_revoked_link_closed(change, link):
    actions.revoke_link(link=link)
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        sql(f"UPDATE partners_partnerlink SET {change} WHERE id = %s", link.pk)


# ---- the poster


@pytest.mark.parametrize("size", ["a4", "a5"])
def test_a_poster_tells_where_to_be_and_whom_to_call(size, pascal, link, settings):
    settings.BASE_URL = "https://huisplan.wilgenrade.example"
    answer = pascal.get(at(link, f"poster-{size}.pdf"))
    assert answer["Content-Type"] == "application/pdf"
    assert newest_line() == ("print poster", "PRINT", link.pk)
    (page,) = read(answer.content)
    team = link.team
    for words in (
        "Maakt u zich zorgen over een gezin of bewoner?", "U heeft geen account nodig.", "binnen 5 werkdagen.", team.phone,
        team.name, f"Voor {people.HOUSING}.", "Bel 112.", "0800-2000", "Dit is geen aanvraag, bezwaar of klacht.",
    ):  # fmt: skip
        assert words in page
    assert "".join(poster.typed_address(link)) in page.replace(" ", "")


def test_the_address_on_the_poster_works_as_it_is_typed_over(link, settings):
    settings.BASE_URL = "https://huisplan.wilgenrade.example"
    host, groups = poster.typed_address(link)
    assert host == "huisplan.wilgenrade.example/s/"
    assert Client().get(f"/s/{groups.lower()}", follow=True).status_code == 200
    assert groups.replace("-", "") == link.token


@pytest.mark.parametrize(("size", "wide"), [("a4", 595), ("a5", 420)])
def test_a_poster_is_one_page_that_every_reader_can_use(size, wide, link):
    link.organisation.name = "Stichting Samenwerkende Arbeidsongeschiktheidsverzekeraarsvereniging " * 3
    for name in (people.HOUSING, link.organisation.name):
        link.organisation.name = link.team.name = name
        with pikepdf.open(io.BytesIO(poster.poster(link, size=size))) as file:
            (page,) = file.pages
            facts = file.Root.Metadata.read_bytes().decode()
            drawings = [
                one for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"
            ]
            assert round(float(page.mediabox[2])) == wide
            assert file.Root.MarkInfo.Marked
            assert str(file.Root.Lang) == "nl"
            assert "<pdfuaid:part>1</pdfuaid:part>" in facts
            assert 'pdfaid:conformance="A"' in facts
            assert {str(one.Alt) for one in drawings} >= {"Code om met een telefoon te scannen"}


def test_there_is_no_poster_of_another_size(pascal, link):
    assert pascal.get(at(link, "poster-a0.pdf")).status_code == 404
