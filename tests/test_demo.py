"""The example: it loads on any day, changes nothing the second time, and holds nothing that is real."""

import json
import re
import sys
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, models
from django.urls import resolve
from django.utils import timezone
from post_office.models import Email

from config.bsn import looks_like_bsn
from config.crypto import ALPHABET, TOKEN_LENGTH
from config.mail import readable
from config.workdays import add_workdays, is_workday
from desk.demo import kortland, people, secrets, small
from desk.demo.days import born
from desk.demo.fresh import FRESH
from desk.demo.loader import CHAPTERS, load
from households.adulthood import waits_since, young
from households.models import Consent, Household, HouseholdMember, NetworkContact, Resident, Story
from partners.models import Organisation, PartnerLink, Professional
from plans.models import Action, ActionConflict, Goal, SupportPlan
from signals.models import Message, Signal
from signals.workflow import Status

ROOMS = ("partners", "households", "plans", "signals", "post_office")
SECRET = {
    "password", "token", "token_hash", "code", "code_hash", "pin_hash", "message", "hash", "prev_hash", "fingerprint",
}  # fmt: skip
WEDNESDAY = datetime(2026, 11, 25, 9, 30)

MUNICIPALITIES = """
Aa en Hunze, Aalsmeer, Aalten, Achtkarspelen, Alblasserdam, Albrandswaard, Alkmaar, Almelo, Almere, Alphen aan den Rijn,
Alphen-Chaam, Altena, Ameland, Amersfoort, Amstelveen, Amsterdam, Apeldoorn, Arnhem, Assen, Asten, Baarle-Nassau, Baarn,
Barendrecht, Barneveld, Beek, Beekdaelen, Beesel, Berg en Dal, Bergeijk, Bergen op Zoom, Bergen, Berkelland, Bernheze, Best,
Beuningen, Beverwijk, Bladel, Blaricum, Bloemendaal, Bodegraven-Reeuwijk, Boekel, Borger-Odoorn, Borne, Borsele, Boxtel,
Breda, Bronckhorst, Brummen, Brunssum, Bunnik, Bunschoten, Buren, Capelle aan den IJssel, Castricum, Coevorden,
Cranendonck, Culemborg, Dalfsen, Dantumadiel, De Bilt, De Fryske Marren, De Ronde Venen, De Wolden, Delft, Den Haag,
Den Helder, Deurne, Deventer, Diemen, Dijk en Waard, Dinkelland, Doesburg, Doetinchem, Dongen, Dordrecht, Drechterland,
Drimmelen, Dronten, Druten, Duiven, Echt-Susteren, Edam-Volendam, Ede, Eemnes, Eemsdelta, Eersel, Eijsden-Margraten,
Eindhoven, Elburg, Emmen, Enkhuizen, Enschede, Epe, Ermelo, Etten-Leur, Geertruidenberg, Geldrop-Mierlo, Gemert-Bakel,
Gennep, Gilze en Rijen, Goeree-Overflakkee, Goes, Goirle, Gooise Meren, Gorinchem, Gouda, Groningen, Gulpen-Wittem,
Haaksbergen, Haarlem, Haarlemmermeer, Halderberge, Hardenberg, Harderwijk, Hardinxveld-Giessendam, Harlingen, Hattem,
Heemskerk, Heemstede, Heerde, Heerenveen, Heerlen, Heeze-Leende, Heiloo, Hellendoorn, Helmond, Hendrik-Ido-Ambacht,
Hengelo, Het Hogeland, Heumen, Heusden, Hillegom, Hilvarenbeek, Hilversum, Hoeksche Waard, Hof van Twente, Hollands Kroon,
Hoogeveen, Hoorn, Horst aan de Maas, Houten, Huizen, Hulst, IJsselstein, Kaag en Braassem, Kampen, Kapelle, Katwijk,
Kerkrade, Koggenland, Krimpen aan den IJssel, Krimpenerwaard, Laarbeek, Land van Cuijk, Landgraaf, Landsmeer,
Lansingerland, Laren, Leeuwarden, Leiden, Leiderdorp, Leidschendam-Voorburg, Lelystad, Leudal, Leusden, Lingewaard, Lisse,
Lochem, Loon op Zand, Lopik, Losser, Maasdriel, Maasgouw, Maashorst, Maassluis, Maastricht, Medemblik, Meerssen,
Meierijstad, Meppel, Middelburg, Midden-Delfland, Midden-Drenthe, Midden-Groningen, Moerdijk, Molenlanden, Montferland,
Montfoort, Mook en Middelaar, Neder-Betuwe, Nederweert, Nieuwegein, Nieuwkoop, Nijkerk, Nijmegen, Nissewaard,
Noardeast-Fryslân, Noord-Beveland, Noordenveld, Noordoostpolder, Noordwijk, Nuenen, Nunspeet, Oegstgeest, Oirschot,
Oisterwijk, Oldambt, Oldebroek, Oldenzaal, Olst-Wijhe, Ommen, Oost Gelre, Oosterhout, Ooststellingwerf, Oostzaan, Opmeer,
Opsterland, Oss, Oude IJsselstreek, Ouder-Amstel, Oudewater, Overbetuwe, Papendrecht, Peel en Maas, Pekela,
Pijnacker-Nootdorp, Purmerend, Putten, Raalte, Reimerswaal, Renkum, Renswoude, Reusel-De Mierden, Rheden, Rhenen,
Ridderkerk, Rijssen-Holten, Rijswijk, Roerdalen, Roermond, Roosendaal, Rotterdam, Rozendaal, Rucphen, Schagen,
Scherpenzeel, Schiedam, Schiermonnikoog, Schouwen-Duiveland, 's-Hertogenbosch, Simpelveld, Sint-Michielsgestel,
Sittard-Geleen, Sliedrecht, Sluis, Smallingerland, Soest, Someren, Son en Breugel, Stadskanaal, Staphorst, Stede Broec,
Steenbergen, Steenwijkerland, Stein, Stichtse Vecht, Súdwest-Fryslân, Terneuzen, Terschelling, Texel, Teylingen, Tholen,
Tiel, Tilburg, Tubbergen, Twenterand, Tynaarlo, Tytsjerksteradiel, Uitgeest, Uithoorn, Urk, Utrecht, Utrechtse Heuvelrug,
Vaals, Valkenburg aan de Geul, Valkenswaard, Veendam, Veenendaal, Veere, Veldhoven, Velsen, Venlo, Venray,
Vijfheerenlanden, Vlaardingen, Vlieland, Vlissingen, Voerendaal, Voorne aan Zee, Voorschoten, Voorst, Vught, Waadhoeke,
Waalre, Waalwijk, Waddinxveen, Wageningen, Wassenaar, Waterland, Weert, West Betuwe, West Maas en Waal, Westerkwartier,
Westerveld, Westervoort, Westerwolde, Westland, Weststellingwerf, Wierden, Wijchen, Wijdemeren, Wijk bij Duurstede,
Winterswijk, Woensdrecht, Woerden, Wormerland, Woudenberg, Zaanstad, Zaltbommel, Zandvoort, Zeewolde, Zeist, Zevenaar,
Zoetermeer, Zoeterwoude, Zuidplas, Zundert, Zutphen, Zwartewaterland, Zwijndrecht, Zwolle
"""


@pytest.fixture
def nothing_yet(db):
    """An empty database, also when the example was loaded for the other tests."""
    tables = [connection.ops.quote_name(model._meta.db_table) for model in apps.get_models() if in_rooms(model)]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # the access log refuses to be emptied
        cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY CASCADE")
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


@pytest.fixture
def demo(db):
    load()


def at(moment: datetime):
    return time_machine.travel(timezone.make_aware(moment), tick=False)


def in_rooms(model: type[models.Model]) -> bool:
    return model._meta.app_label in ROOMS


def everything() -> dict[str, list]:
    """All rows of all rooms."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values_list())
        for model in apps.get_models()
        if in_rooms(model)
    }


def texts() -> list[str]:
    """All that is written anywhere in the example, and in its mails. Not what is secret or sealed: that looks random."""
    found = []
    for model in filter(in_rooms, apps.get_models()):
        fields = [
            field.name
            for field in model._meta.concrete_fields
            if isinstance(field, models.CharField | models.TextField) and field.name not in SECRET
        ]
        rows = model._default_manager.values_list(*fields) if fields else []
        found += [value for row in rows for value in row if isinstance(value, str)]
    return found + mails()


def mails() -> list[str]:
    """The mails as their readers see them."""
    return [f"{mail.subject}\n{readable(mail.message)}" for mail in Email.objects.all()]


def signal(seen) -> Signal:
    return Signal.objects.get(submission=secrets.submission(seen.key))


def jolanda() -> Professional:
    return Professional.objects.get(email=people.JOLANDA.email)


# ---- loading


def test_it_loads_everything_once(nothing_yet, capsys):
    with at(WEDNESDAY):
        call_command("load_demo")

    assert set(Household.objects.values_list("name", "coordinator__email")) == {
        ("Bakelaar-Idrissi", people.JOLANDA.email),
        ("Kortland-Van Asselt", people.AMIR.email),
        ("Hoogstraten", people.WIETSKE.email),
        ("Winterdaal", people.JOLANDA.email),
        ("Verlinden", people.AMIR.email),
    }
    assert SupportPlan.objects.filter(status=SupportPlan.Status.ACTIVE).count() == 5
    assert Goal.objects.count() == 17
    assert Story.objects.count() == 5
    assert Signal.objects.count() == 13
    assert Signal.objects.filter(status=Status.CLOSED).count() == 6
    assert PartnerLink.objects.open().count() == len(people.PARTNERS)
    for person in people.STAFF:
        professional = Professional.objects.get(email=person.email)
        assert professional.check_password(people.PASSWORD)
        assert [membership.role for membership in professional.memberships.all()] == [person.role]
    for person in people.PARTNER_PEOPLE:
        assert not Professional.objects.get(email=person.email).has_usable_password()
    before = everything()
    with at(WEDNESDAY + timedelta(hours=3)):
        call_command("load_demo")
    assert everything() == before
    assert capsys.readouterr().out.splitlines() == ["The example is loaded.", "The example was loaded already."]


def test_something_fresh_waits_every_day_unless_a_real_visitor_was_first(nothing_yet):
    for day in range(8):
        with at(WEDNESDAY + timedelta(days=day)):
            load()
            load()
            today = Signal.objects.filter(received_at__date=timezone.localdate(), status=Status.RECEIVED)
            assert today.count() == 1
            assert today.get() in Signal.objects.waiting_for(jolanda())
    assert Signal.objects.count() == 12 + 8
    assert len({seen.organisation for seen in FRESH}) == 7
    with at(WEDNESDAY + timedelta(days=8)):
        FRESH[0].post()
        load()
    assert Signal.objects.count() == 12 + 8 + 1


ODD_DAYS = [
    datetime(2026, 11, 22, 0, 1),  # a Sunday
    datetime(2027, 3, 29, 20, 0),  # Easter Monday
    datetime(2028, 2, 29, 8, 0),  # the day that most years do not have
]


@pytest.mark.walk
@pytest.mark.parametrize("moment", ODD_DAYS, ids=str)
def test_it_loads_on_any_day(nothing_yet, moment):
    with at(moment):
        load()
        now, today = timezone.now(), timezone.localdate()
        for message in Message.objects.exclude(signal__received_at__date=today):
            assert is_workday(timezone.localdate(message.sent_at))
            assert message.sent_at < now
        for one in Signal.objects.all():
            sent = [message.sent_at for message in one.messages.order_by("pk")]
            assert sent == sorted(sent)
        received = list(Signal.objects.order_by("pk").values_list("received_at", flat=True))
        assert received == sorted(received)
        assert signal(small.S10).is_late
        assert list(Signal.objects.late()) == [signal(small.S10)]
        assert {person.first_name: person.age() for person in Resident.objects.all()} == {
            "Ruud": 44, "Samira": 41, "Noor": 13, "Milan": 9, "Demi": 22, "Jordy": 24, "Fenna": 0,
            "Gerrit": 78, "Eva": 36, "Lisa": 10, "Daan": 38, "Bram": 17,
        }  # fmt: skip
        waiting = [one.resident.first_name for one in young(HouseholdMember.objects.all()) if waits_since(one)]
        assert waiting == ["Bram"]
        assert all(is_workday(household.next_step_on) for household in Household.objects.all())
        assert all(household.next_step_on >= today for household in Household.objects.all())


def test_days_hold_on_every_day_of_four_years():
    for offset in range(4 * 365):
        today = date(2026, 1, 1) + timedelta(days=offset)
        for chapter in CHAPTERS:
            days = chapter.days(today)
            past = [days[day] for day in sorted({day for day, _time, _step in chapter.scenes})]
            assert past == sorted(past)
            assert all(is_workday(day) and day < today for day in past)
        assert add_workdays(small.SIGNALS.days(today)[-7], 5) < today
        kraamzorg = kortland.CHAPTER.days(today)
        assert len({kraamzorg[day] for day in (-25, -24, -23, -22)}) == 4


@pytest.mark.parametrize(
    ("today", "birth_date"), [(date(2028, 2, 29), date(2006, 2, 28)), (date(2027, 5, 3), date(2005, 5, 3))]
)
def test_an_age_gives_a_birth_date(today, birth_date):
    assert born(age=22, days_ago=0, today=today) == birth_date


# ---- the story of the maternity nurse, and the small ones


def test_the_maternity_nurse_heard_back(demo):
    thread = list(signal(kortland.S4).messages.all())
    assert [(message.sentence, message.level) for message in thread] == [
        ("ONTVANGEN", "F0"), ("GELEZEN", "F1"), ("EXTRA_INFO", "F1"), ("", ""), ("CONTACT", "F2"), ("AFGESLOTEN_RESULTAAT", "F3"),
    ]  # fmt: skip
    assert "11 uur" in thread[3].body
    assert thread[5].body.endswith("Er komt elke week iemand bij het gezin en de verhuurder pakt het vocht aan.")
    consents = Consent.objects.filter(household__signals=signal(kortland.S4), kind=Consent.Kind.FEEDBACK_TO_REPORTER)
    assert {consent.resident.first_name for consent in consents} == {"Demi", "Jordy"}
    assert all(message.ground.startswith("CONSENT") for message in thread[4:])
    assert signal(kortland.S4).status == Status.CLOSED


def test_the_small_signals(demo):
    late, anonymous, nameless, danger = map(signal, (small.S10, small.S7, small.S8, small.S9))
    assert late.first_answer_at is None
    assert late in Signal.objects.waiting_for(jolanda())
    assert (anonymous.reporter_name, anonymous.reporter_email, anonymous.organisation.kind) == ("", "", "RESIDENTS")
    assert (anonymous.status, anonymous.declined_because) == (Status.CLOSED, "TOO_LITTLE_KNOWN")
    assert (nameless.discussed, nameless.about_name, nameless.about_address) == ("NOT_AGREED", "", "")
    assert danger.danger_now
    assert Email.objects.filter(to=[people.FADOUA.email]).count() == 1


def test_the_clash_stays_open(demo):
    """The lesson and the second morning are both on Tuesday: a rule finds it, and nothing else."""
    (clash,) = ActionConflict.objects.open()
    assert (clash.plan.household.name, clash.rule) == ("Bakelaar-Idrissi", "SAME_TIME")
    tuesday = {action.owner.email: action.when for action in clash.sides.with_owner()}
    assert tuesday == {
        people.GREET.email: "elke dinsdag 10.00-11.30",
        people.HETTY.email: "elke dinsdag 9.00-12.00",
    }


def test_the_clash_of_looking_for_work_all_week_is_solved_around_the_table(demo):
    """Full weeks of applying against two mornings of building up: talked about, and the first is not done."""
    (clash,) = ActionConflict.objects.filter(rule="OPPOSITE")
    assert (clash.plan.household.name, clash.state) == ("Bakelaar-Idrissi", ActionConflict.State.SOLVED)
    assert {action.owner.email: action.status for action in clash.sides.with_owner()} == {
        people.DENNIS.email: Action.Status.DROPPED,
        people.HETTY.email: Action.Status.ACCEPTED,
    }


def test_the_protected_address_stands_nowhere_else(demo):
    assert Household.objects.get(address_protected=True).shown_address == ""
    assert [text for text in texts() if small.HOME.address in text and text != small.HOME.address] == []


# ---- nothing real, nothing secret


@pytest.mark.walk
def test_nothing_in_a_week_of_it_is_real_or_said_badly_and_its_mails_name_nobody(nothing_yet):
    for day in range(7):
        with at(WEDNESDAY + timedelta(days=day)):
            load()
    nothing_is_real()
    it_speaks_as_we_want_to_speak()
    mails_name_nobody()


def nothing_is_real():
    words = "\n".join(texts())
    assert re.findall(r"(?<!\d)(?:\+31|0031|0)[ -]?6(?:[ -]?\d){8}", words) == []
    ours = (".example", "@127.0.0.1")  # the last: the number that each mail has, made by this machine
    assert [found for found in re.findall(r"[\w.+-]+@[\w.-]+\w", words) if not found.endswith(ours)] == []
    assert [found for found in re.findall(r"\d{3}-\d{3} \d\d \d\d", words) if not found.startswith("000-000 0")] == []
    assert re.findall(r"\b[1-9]\d{3} ?[A-Z]{2}\b", words) == []  # a postcode
    assert [text for text in texts() if looks_like_bsn(text)] == []
    names = [name.strip() for name in MUNICIPALITIES.replace("\n", " ").split(",")]
    assert len(names) > 330
    assert [name for name in names if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", words)] == []


def it_speaks_as_we_want_to_speak():
    words = "\n".join(texts()).lower()
    assert [word for word in ("casus", "cliënt", "dossier") if word in words] == []


def mails_name_nobody():
    names = {word for person in Professional.objects.all() for word in (person.first_name, person.last_name)}
    names |= {word for person in Resident.objects.all() for word in (person.first_name, person.last_name)}
    names |= {contact.name for contact in NetworkContact.objects.all()}
    names |= {household.name for household in Household.objects.all()} | {
        home.address for home in Household.objects.all()
    }
    names |= {one.about_name for one in Signal.objects.all()} | {one.about_address for one in Signal.objects.all()}
    names |= {organisation.name for organisation in Organisation.objects.all()}
    names |= {street.rsplit(" ", 1)[0] for street in names if re.search(r" \d+\w?$", street)}
    assert len(mails()) > 25
    said = "\n".join(mails())
    assert "/volg/" in said
    assert [name for name in names if name and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said)] == []


def test_secrets_are_long_and_belong_to_one_machine(settings):
    before = secrets.link_token(people.MATERNITY), secrets.signal_code("S4"), secrets.submission("S4")
    assert all(len(token) == TOKEN_LENGTH and set(token) <= set(ALPHABET) for token in before[:2])
    assert before == (secrets.link_token(people.MATERNITY), secrets.signal_code("S4"), secrets.submission("S4"))
    settings.SECRET_KEY = "another machine"
    after = secrets.link_token(people.MATERNITY), secrets.signal_code("S4"), secrets.submission("S4")
    assert not set(before) & set(after)


# ---- the commands


def test_doors_in_json(demo, capsys):
    call_command("demo_doors", "--json")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    doors = json.loads(lines[0])
    assert doors["login_path"] == "/inloggen/"
    assert doors["logins"][0] == {
        "who": "Jolanda Terpstra", "email": people.JOLANDA.email, "password": people.PASSWORD, "role": "COORDINATOR",
    }  # fmt: skip
    assert doors["households"][0]["name"] == "Bakelaar-Idrissi"
    assert doors["households"][0]["coordinator"] == doors["logins"][0]["email"]
    for household in doors["households"]:
        assert set(household) == {"number", "name", "path", "coordinator"}
        assert resolve(household["path"]).kwargs == {"number": household["number"]}
    assert len(doors["links"]) == len(people.PARTNERS)
    for link in doors["links"]:
        found = PartnerLink.objects.open().by_token(resolve(link["path"]).kwargs["token"]).get()
        assert found.organisation.name == link["what"]
    assert doors["follow"][0]["reporter"] == "Ilse Waanders"
    for follow in doors["follow"]:
        found = Signal.objects.followed_by(resolve(follow["path"]).kwargs["code"]).get()
        assert found.reporter_name == follow["reporter"]


def test_doors_in_a_table(demo, capsys):
    call_command("demo_doors")
    table = capsys.readouterr().out
    assert people.JOLANDA.email in table
    assert people.PASSWORD in table
    assert "/demo/postvak/" in table
    assert len(table.splitlines()) < 15


def test_doors_need_the_example(nothing_yet):
    with pytest.raises(CommandError, match="load_demo"):
        call_command("demo_doors")


def test_load_demo_is_for_demonstrations_only(nothing_yet, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="HUISPLAN_DEMO"):
        call_command("load_demo")
    assert not Professional.objects.exists()


def test_load_demo_says_what_is_missing(nothing_yet, monkeypatch):
    monkeypatch.setitem(sys.modules, "time_machine", None)
    monkeypatch.delitem(sys.modules, "desk.demo.loader")
    monkeypatch.delattr("desk.demo.loader")
    with pytest.raises(CommandError, match="time-machine"):
        call_command("load_demo")
