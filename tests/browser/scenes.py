"""How to come to pages that stand only after somebody did something. A scene stops at every page worth looking at."""

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from desk.demo import bakelaar, kortland, secrets
from desk.demo.people import AMIR, DENNIS, HUGO, JOLANDA, WIETSKE
from tests.browser import reporter
from tests.browser.guide import Guide


def forms_of_a_household(guide: Guide) -> Iterator[Page]:
    page = guide.at("{home}", JOLANDA)
    for name in (
        "Bewoner toevoegen",
        "Naaste toevoegen",
        "Stap gezet, volgende plannen",
        "Woorden wijzigen",
        "Contact vastleggen",
    ):
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.get_by_role("link", name=name, exact=True)).to_have_count(0)
    page.get_by_role("link", name="Actie toevoegen bij doel 2").click()
    expect(page.get_by_role("form")).to_have_count(6)
    yield page
    page.get_by_label("Wat vragen zij").fill("")
    for number in range(6):
        page.get_by_role("button", name="Bewaren").nth(number).click()
        expect(page.get_by_role("alert")).to_have_count(number + 1)
    yield page


def contact_that_is_corrected(guide: Guide) -> Iterator[Page]:
    page = guide.at("{home}contacten/nieuw/", JOLANDA)
    page.get_by_label("Wat wil je onthouden?").fill("Milan belde zelf, om te vertellen over zijn doelpunt.")
    page.get_by_role("button", name="Bewaren").click()
    page.get_by_role("link", name="De hele tijdlijn").click()
    page.get_by_role("link", name="Verbeteren").first.click()
    yield page
    page.get_by_label("Wat wil je onthouden?").fill("Milan belde zelf, om te vertellen over zijn twee doelpunten.")
    page.get_by_role("button", name="Bewaren").click()
    page.get_by_text("Verbeterd: wat hier eerst stond").click()
    yield page
    page.get_by_label("Woorden").fill("doelpunt milan")
    page.get_by_role("button", name="Toon").click()
    expect(page.get_by_role("heading", name="1 gebeurtenis, nieuwste eerst")).to_be_visible()
    yield page


def talk_at_the_kitchen_table(guide: Guide) -> Iterator[Page]:
    """With Ruud alone, so that the words of the household stay as they are."""
    page = guide.at("{home}gesprek/", JOLANDA)
    page.get_by_role("button", name="Begin het gesprek").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf op wie erbij zijn.")
    yield page
    page.get_by_label("Met wie praat je?").select_option(label="Alleen Ruud")
    page.get_by_label("Wie zijn erbij?").fill("Ruud")
    page.get_by_role("button", name="Begin het gesprek").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Wat gaat goed")
    yield page
    for _step in range(2):
        page.get_by_role("button", name="Bewaar en ga verder").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Geld")
    yield page
    page.get_by_role("link", name="Bekijk alles, en rond het gesprek af").click()
    page.get_by_role("link", name="Dit wijzigen").first.click()
    yield page
    page.get_by_role("link", name="Niet wijzigen").click()
    page.get_by_role("button", name="Gesprek afronden").click()
    expect(page.get_by_text("Wat er is gezegd, blijft bij dit gesprek.")).to_be_visible()
    page.get_by_text("Er ontbreekt iets").click()
    yield page


def forms_of_a_plan(guide: Guide) -> Iterator[Page]:
    page = guide.at("{home}", JOLANDA)
    page.get_by_role("link", name="Doel toevoegen").click()
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies een leefgebied.")
    yield page
    page.goto("{home}plan/doelen/{goal}/acties/nieuw/".format(**guide.places))
    page.get_by_label("Wie doet dit?").select_option(label="Staat niet in de lijst, hieronder invullen")
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf de naam op van wie dit doet.")
    expect(page.get_by_label("Organisatie")).to_be_visible()
    yield page


def two_actions_beside_each_other(guide: Guide) -> Iterator[Page]:
    page = guide.at("{home}", JOLANDA)
    page.get_by_role("link", name="Twee afspraken op hetzelfde moment").click()
    expect(page.get_by_role("article")).to_have_count(2)
    yield page
    page.get_by_role("button", name="Laat het zo, met deze reden").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf op waarom het zo blijft.")
    yield page


def somebody_who_becomes_18(guide: Guide) -> Iterator[Page]:
    """Who is written down twice is asked about; who is seventeen has a list."""
    page = guide.at("{home}bewoners/nieuw/", JOLANDA)
    page.get_by_label("Voornaam").fill("Sem")
    page.get_by_label("Geboren op").fill(f"{date.today() - timedelta(days=17 * 366)}")
    page.get_by_role("button", name="Bewaren").click()
    page.get_by_role("link", name="De lijst Sem").click()
    yield page
    page.get_by_role("group", name="Hoe staat het ermee?").first.get_by_label("geregeld", exact=True).check()
    page.get_by_role("button", name="Bewaren, wij liepen het door").click()
    expect(page.get_by_text("Op weg naar 18: 1 van de 5 geregeld.")).to_be_visible()
    yield page


def household_that_is_here_already(guide: Guide) -> Iterator[Page]:
    page = guide.at("/huishoudens/nieuw/", JOLANDA)
    page.get_by_label("Naam van het huishouden").fill("Fam. Hoochstraten")
    page.get_by_label("Straat en huisnummer").fill("Kadestr. 7")
    page.get_by_label("Volgende stap").fill("Langsgaan")
    page.get_by_role("button", name="Maak het huishouden").click()
    expect(page.get_by_role("heading", name="Is het dit huishouden?")).to_be_visible()
    expect(page.get_by_label("Volgende stap")).to_have_value("Langsgaan")
    yield page


def household_that_is_here_twice(guide: Guide) -> Iterator[Page]:
    """Jolanda asks, and Amir reads it."""
    page = guide.at("/zoeken/", AMIR)
    page.goto("/huishoudens/nieuw/")
    page.get_by_label("Naam van het huishouden").fill("Kwikstaart")
    page.get_by_label("Volgende stap").fill("Bellen")
    page.get_by_role("button", name="Maak het huishouden").click()
    number = re.search(r"huishoudens/([\d-]+)/", page.url)
    assert number
    theirs = guide.at("/huishoudens/nieuw/", JOLANDA)
    theirs.get_by_label("Naam van het huishouden").fill("Kwickstaart")
    theirs.get_by_label("Volgende stap").fill("Bellen")
    theirs.get_by_role("button", name="Maak het huishouden").click()
    theirs.get_by_role("button", name="Nee, het is een ander").click()
    theirs.get_by_role("link", name="Naam of adres wijzigen").click()
    theirs.get_by_role("link", name="Staat dit huishouden er twee keer?").click()
    yield theirs
    theirs.get_by_role("link", name=re.compile("Deze is het.*Kwikstaart")).click()
    expect(theirs.get_by_label("Nummer van het andere huishouden")).to_have_value(number[1])
    theirs.get_by_label("De regisseur van het andere huishouden").check()
    theirs.get_by_label("Hoe weet je dat").fill("Zelfde telefoonnummer.")
    theirs.get_by_role("button", name="Vraag het mijn collega").click()
    expect(theirs.get_by_text("Er verandert niets voordat iemand anders akkoord is.")).to_be_visible()
    page.goto("/")
    page.get_by_role("link", name="zijn de huishoudens").first.click()
    yield page
    page.get_by_role("button", name="Nee, het zijn er twee").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf op waarom")
    yield page
    page.get_by_role("button", name="Ja, het is één huishouden").click()
    expect(page.get_by_text("leidt er ook naartoe")).to_be_visible()


def forms_of_the_circle(guide: Guide) -> Iterator[Page]:
    page = guide.at("{home}kring/", JOLANDA)
    page.get_by_text("Vul de uitnodiging in").click()
    page.get_by_role("button", name="Uitnodigen", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Vraag het eerst aan het huishouden.")
    yield page
    page.get_by_text("Iets delen met Dennis Achterkamp").click()
    page.get_by_role("form", name="Iets delen met Dennis Achterkamp").get_by_role("button", name="Delen").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies wat je deelt.")
    yield page


def household_that_is_closed(guide: Guide) -> Iterator[Page]:
    """Closed, asked how it goes, and opened again."""
    page = guide.at("/huishoudens/", JOLANDA)
    page.get_by_role("link", name="Winterdaal").click()
    page.get_by_role("link", name="Huishouden afsluiten").click()
    page.get_by_role("link", name="Kijk terug op het plan").click()
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies hoe ver dit doel is.")
    yield page
    for reached in page.get_by_label("deels behaald").all():
        reached.check()
    page.get_by_label("Wie waren erbij?").fill("Eva en Lisa")
    page.get_by_label("Cijfer van Eva").select_option("Wil ik niet")
    page.get_by_label("Dit was de laatste keer").check()
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Terugkijken")
    yield page
    page.get_by_role("link", name="Winterdaal").click()
    page.get_by_role("link", name="Huishouden afsluiten").click()
    page.get_by_role("button", name="Huishouden afsluiten").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf op wat werkte.")
    yield page
    for stops in page.get_by_label("Die stopt").all():
        stops.check()
    page.get_by_label("Wat werkte?").fill("Elke week samen eten.")
    page.get_by_label("Wat houdt het goed?").fill("Oma komt op woensdag.")
    page.get_by_label("Wie bellen zij als het minder gaat?").fill("Oma Truus, 000-000 02 32")
    page.get_by_role("button", name="Huishouden afsluiten").click()
    expect(page.get_by_role("heading", name="Huishouden afgesloten op")).to_be_visible()
    yield page
    page.get_by_role("link", name="Schrijf op hoe het gaat").click()
    yield page
    page.get_by_role("button", name="Ze hebben ons weer nodig").click()
    yield page
    page.get_by_label("Waarom?").fill("Lisa belde: het gaat minder goed.")
    page.get_by_role("button", name="Heropenen").click()
    expect(page.get_by_role("link", name="Huishouden afsluiten")).to_be_visible()


def forms_of_consent(guide: Guide) -> Iterator[Page]:
    page = guide.at("{home}toestemming/", JOLANDA)
    page.get_by_text("Vul in wat er is gevraagd en gezegd").click()
    page.get_by_role("form", name="Een nieuw antwoord opschrijven").get_by_role("button", name="Opschrijven").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies over wie het gaat.")
    yield page
    page.get_by_text("Opschrijven wie gezag heeft").click()
    page.get_by_role("form", name="Wie gezag heeft").get_by_role("button", name="Opschrijven").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies over wie het gaat.")
    yield page
    page.goto("{home}zonder-toestemming/".format(**guide.places))
    page.get_by_role("button", name="Vraag de tweede persoon").click()
    expect(page.get_by_role("alert")).to_contain_text("Beantwoord deze vraag.")
    yield page


def families_of_a_participant(guide: Guide) -> Iterator[Page]:
    """Dennis follows his invitation, gets a code by mail, and sees what was shared."""
    [(token,)] = guide.stage.sql(
        "SELECT token FROM households_participant p JOIN partners_professional w ON w.id = p.professional_id"
        " WHERE w.email = %s AND p.accepted_at IS NULL",
        DENNIS.email,
    )
    assert token.startswith("gAAAA")  # what the database holds opens no door
    before = len(guide.stage.mails.to(DENNIS.email, "Uw code"))
    page = guide.at(f"/uitnodiging/{secrets.secret(f'invitation {DENNIS.email} Kortland-Van Asselt')}/")
    yield page
    page.get_by_role("button", name="Mail mij een code").click()
    expect(page.get_by_label("Code van zes cijfers")).to_be_visible()
    yield page
    mail = guide.stage.mails_to(DENNIS.email, subject="Uw code", number=before + 1)[-1]
    code = re.search(r"[0-9]{6}", mail.get_content())
    assert code
    page.get_by_label("Code van zes cijfers").fill(code[0])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="U bent uitgenodigd")).to_be_visible()
    yield page
    page.get_by_role("button", name="Ik help mee").click()
    expect(page.get_by_role("heading", name="Kortland-Van Asselt")).to_be_visible()
    yield page


def signal_that_is_not_taken_up(guide: Guide) -> Iterator[Page]:
    page = guide.at("{link}")
    reporter.fill_in(page, seen="De tuin is netjes.", email="no@zonneboog.example")
    page = guide.at(f"/signalen/{reporter.send(page)}/", JOLANDA)
    page.get_by_text("Wij gaan hier niet mee verder").click()
    page.get_by_role("button", name="Niet oppakken, en vertellen waarom").click()
    expect(page.get_by_text("Kies een reden. De melder krijgt die te horen.").first).to_be_visible()
    yield page
    page.get_by_label("Dit past bij een andere organisatie").check()
    page.get_by_role("button", name="Niet oppakken, en vertellen waarom").click()
    expect(page.get_by_role("button", name="Toch oppakken")).to_be_visible()
    yield page


def answer_that_is_not_complete(guide: Guide) -> Iterator[Page]:
    page = guide.at("/signalen/{taken_up}/", JOLANDA)
    look = page.get_by_role("button", name="Bekijk eerst hoe het wordt")
    look.click()
    expect(page.get_by_role("alert")).to_contain_text("Kies een zin.")
    yield page
    page.get_by_role("radio", name="Wij hebben nog een vraag").check()
    look.click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf je vraag op.")
    expect(page.get_by_label("Je vraag")).to_be_visible()
    yield page
    page.get_by_label("Je vraag").fill("Wanneer bent u er?")
    page.get_by_label("Antwoord vóór").fill("2070-01-01")
    page.get_by_label("Antwoord vóór").blur()
    expect(page.locator("#voorbeeld")).to_contain_text("Wanneer bent u er?")  # while it is being filled in
    yield page
    look.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Zo leest de melder het")
    yield page


def household_for_a_signal(guide: Guide) -> Iterator[Page]:
    page = guide.at("/signalen/{taken_up}/koppelen/", JOLANDA)
    page.get_by_role("main").get_by_label("Naam, adres of nummer").fill("Bakelaar")
    page.get_by_role("main").get_by_role("button", name="Zoeken").click()
    expect(page.get_by_role("button", name="Deze is het")).to_be_visible()
    yield page
    page.get_by_label("Naam van het huishouden").fill("")
    page.get_by_role("button", name="Huishouden maken en koppelen").click()
    expect(page.get_by_role("alert")).to_contain_text("Geef het huishouden een naam.")
    yield page


def searching(guide: Guide) -> Iterator[Page]:
    page = guide.at("/zoeken/", JOLANDA)
    page.get_by_role("main").get_by_label("Naam, adres, nummer of telefoon").fill("Kortland")
    page.get_by_role("main").get_by_role("button", name="Zoeken").click()
    expect(page.get_by_role("main")).to_contain_text("Niet van jou. Bel de regisseur")
    yield page
    page.goto("/signalen/")
    page.get_by_label("Zoek op nummer, melder of organisatie").fill("niemand")
    page.get_by_role("main").get_by_role("button", name="Zoeken").click()
    expect(page.get_by_role("main")).to_contain_text("Niets gevonden.")
    yield page


def log_in_that_fails(guide: Guide) -> Iterator[Page]:
    page = guide.at("/inloggen/")
    page.get_by_label("E-mail").fill(JOLANDA.email)
    page.get_by_label("Wachtwoord").fill("niet dit")
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("alert")).to_be_visible()
    yield page
    page.context.clear_cookies()  # as when the page was open too long
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit is nog niet verstuurd")
    yield page


def answers_of_a_reporter(guide: Guide) -> Iterator[Page]:
    page = guide.at("{link}")
    known, about_whom = "Weet de bewoner dat u dit vertelt?", page.get_by_label("Om wie gaat het?")
    reporter.choose(page, "Is er nu gevaar?", reporter.DANGER)
    expect(page.get_by_text("Wacht niet op ons. Bel 112.")).to_be_visible()
    reporter.choose(page, known, reporter.NOT_YET)
    expect(page.get_by_label("Waarom nog niet?")).to_be_visible()
    yield page
    reporter.choose(page, "Is er nu gevaar?", reporter.NO_DANGER)
    reporter.choose(page, known, reporter.AGREED)
    expect(page.get_by_label("De bewoner vindt het goed dat ik hoor of er contact is")).to_be_visible()
    yield page
    reporter.choose(page, known, reporter.QUESTION)
    expect(page.get_by_text("Na drie maanden wissen wij uw vraag.")).to_be_visible()
    expect(about_whom).to_be_hidden()
    reporter.tell_more(page)
    expect(page.get_by_label("Wat gaat goed?")).to_be_visible()
    yield page
    reporter.tell_more(page)
    reporter.choose(page, known, reporter.NOT_AGREED)
    expect(page.get_by_text("Schrijf dan geen naam en geen adres op.")).to_be_visible()
    expect(about_whom).to_be_hidden()
    yield page
    page.get_by_label("Iemand is niet veilig").check()
    expect(about_whom).to_be_visible()
    yield page
    page.get_by_role("button", name="Bericht versturen").click()
    expect(page.get_by_role("alert")).to_contain_text("Vertel wat u ziet of hoort.")
    yield page


def reading_with_a_code(guide: Guide) -> Iterator[Page]:
    page = guide.at("{link}")
    reporter.fill_in(page, seen="De tuin is netjes.", email="reader@zonneboog.example")
    reporter.send(page)
    yield page
    page.get_by_role("link", name="Naar mijn bericht").click()
    reporter.ask_for_a_code(page)
    yield page
    page.get_by_label("Code van zes cijfers").fill("geen")
    page.get_by_role("button", name="Lezen").click()
    expect(page.get_by_text("Deze code klopt niet").first).to_be_visible()
    yield page
    [mail] = guide.stage.mails_to("reader@zonneboog.example", subject="Uw code")
    reporter.go_in_with_the_code(page, mail.get_content())
    yield page
    page.get_by_role("button", name="Bericht versturen").click()
    expect(page.get_by_text("Schrijf eerst uw antwoord.").first).to_be_visible()
    yield page


def reading_with_a_pin(guide: Guide) -> Iterator[Page]:
    page = guide.at("{link}")
    reporter.fill_in(page, seen="De tuin is netjes.", phone="000-000 03 99")
    reporter.choose(page, "Is er nu gevaar?", reporter.DANGER)
    reporter.send(page)
    expect(page.get_by_text("Uw pincode:")).to_be_visible()
    expect(page.get_by_text("Wacht niet op ons. Bel 112.")).to_be_visible()
    yield page
    page.get_by_role("link", name="Naar mijn bericht").click()
    expect(page.get_by_role("heading", name="Vul uw pincode in")).to_be_visible()
    yield page


def reading_what_was_closed(guide: Guide) -> Iterator[Page]:
    page = guide.at("/volg/")
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_text("Vul uw persoonlijke code in.").first).to_be_visible()
    yield page
    page.get_by_label("Uw persoonlijke code").fill(secrets.signal_code(bakelaar.S1.key))
    page.get_by_role("button", name="Verder").click()
    reporter.ask_for_a_code(page)
    reader = bakelaar.S1.reporter
    assert reader
    [mail] = guide.stage.mails_to(reader.email, subject="Uw code")
    reporter.go_in_with_the_code(page, mail.get_content())
    expect(page.get_by_role("main")).to_contain_text("U kunt deze pagina lezen tot")
    yield page


def question_to_a_partner(guide: Guide) -> Iterator[Page]:
    """Amir asked Saskia something; she reads and answers it with a code."""
    homes = guide.stage.doors["households"]
    path = next(one["path"] for one in homes if one["name"] == kortland.HOME.name)
    page = guide.at(f"{path}vragen/", AMIR)
    page.get_by_role("button", name="Dit vragen").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf je vraag op.")
    yield page
    address = f"/vraag/{secrets.question(kortland.HOME_VISIT.question)}/"
    page = guide.at(f"{address}?antwoord=bel")
    expect(page.get_by_text("Hiervoor is geen code nodig.")).to_be_visible()
    yield page
    page.goto(f"{address}?antwoord=ja")
    reporter.ask_for_a_code(page)
    asked = kortland.HOME_VISIT.who
    mail = guide.stage.mails_to(asked.email, subject="Uw code")[-1]
    reporter.go_in_with_the_code(page, mail.get_content(), to="Een vraag aan u")
    expect(page.get_by_label("Ja, ik herken dit")).to_be_checked()
    yield page
    page.get_by_role("link", name="Welke toestemming er is").click()
    expect(page.get_by_text("Stuur geen andere stukken.")).to_be_visible()
    yield page
    page.goto(f"{address}?antwoord=ja")
    page.get_by_role("button", name="Dit antwoord bevestigen").click()
    expect(page.get_by_role("status")).to_contain_text("Dank u wel.")
    yield page


def who_agrees_with_the_plan(guide: Guide) -> Iterator[Page]:
    """Wietske, with a plan in which everything fits: what Gerrit said of it, and what was said of an older version."""
    page = guide.at("/huishoudens/", WIETSKE)
    page.get_by_role("link", name="Hoogstraten").first.click()
    page.get_by_role("region", name="Wie is akkoord").get_by_role("link", name="Alles").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wie is akkoord met het plan")
    page.get_by_role("link", name=re.compile(r"^(Opschrijven|Wijzigen).*Gerrit")).click()
    page.get_by_label("Gezien, niet akkoord").check()
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf op waarmee deze persoon het niet eens is.")
    yield page
    page.get_by_role("link", name="Wie is akkoord").click()
    page.get_by_role("link", name="Versie 1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Versie 1 van het plan")
    yield page


def agreements_about_safety(guide: Guide) -> Iterator[Page]:
    """Of Eva and Lisa: who reads them, and what is asked before somebody else does."""
    page = guide.at("/huishoudens/", JOLANDA)
    page.get_by_role("link", name="Winterdaal").click()
    page.get_by_role("link", name="Veiligheid").click()
    page.get_by_role("link", name="Over Eva en Lisa").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Veiligheid van Eva en Lisa")
    page.get_by_role("button", name="Toon").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies één persoon.")
    yield page


def everybody_around_one_table(guide: Guide) -> Iterator[Page]:
    """The round table to come: its agenda, who are asked, and a decision that is not complete."""
    page = guide.at("{home}overleg/", JOLANDA)
    page.get_by_role("region", name="Komt nog").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Agenda")).to_be_visible()
    yield page
    page.get_by_role("link", name="Besluit opschrijven").click()
    page.get_by_role("button", name="Bewaren").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf op wat is besloten.")
    yield page


def own_page_of_a_resident(guide: Guide) -> Iterator[Page]:
    """Samira, who has an own page already."""
    page = guide.at("{home}", JOLANDA)
    page.get_by_role("link", name="Eigen pagina Samira Idrissi").click()
    page.get_by_role("button", name="Mail een nieuw adres").click()
    expect(page.get_by_text("Leest er iemand mee?").first).to_be_visible()
    yield page
    before = len(guide.stage.mails.to(bakelaar.SAMIRA.email, "Uw code"))
    page = guide.at(f"/mijn-plan/{secrets.own_page(bakelaar.SAMIRA.email)}/")
    yield page
    reporter.ask_for_a_code(page)
    page.get_by_label("Code van zes cijfers").fill("geen")
    page.get_by_role("button", name="Lezen").click()
    expect(page.get_by_text("Deze code klopt niet").first).to_be_visible()
    yield page
    mail = guide.stage.mails_to(bakelaar.SAMIRA.email, subject="Uw code", number=before + 1)[-1]
    reporter.go_in_with_the_code(page, mail.get_content(), to="Uw plan")
    expect(page.get_by_text("Ik wil rust in huis.")).to_be_visible()
    yield page
    page.get_by_role("link", name="Wie heeft mijn gegevens gezien?").click()
    expect(page.get_by_text("u zelf").first).to_be_visible()
    yield page
    page.get_by_role("link", name="Terug naar uw plan").click()
    page.get_by_role("link", name="Hoe gaat het met u?").click()
    page.get_by_role("button", name="Bewaar mijn cijfers").click()
    expect(page.get_by_role("alert")).to_contain_text("Eén is genoeg.")
    yield page
    page.get_by_label("Hoe is uw lichaam?").select_option("7")
    page.get_by_role("button", name="Bewaar mijn cijfers").click()
    expect(page.get_by_text("Uw cijfers zijn bewaard.")).to_be_visible()
    page.get_by_text("Tabel").click()
    yield page
    page.get_by_role("button", name="Ik ben klaar met lezen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Uw eigen pagina")
    yield page


def passing_a_signal_on(guide: Guide) -> Iterator[Page]:
    """Jolanda asks another organisation, which reads it and gives it back."""
    page = guide.at("/signalen/{taken_up}/doorzetten/", JOLANDA)
    page.get_by_role("button", name="Doorzetten").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies de organisatie.")
    yield page
    before = len(guide.stage.mails.to(HUGO.email, "Uw code"))
    page = guide.at("{forward}")
    reporter.ask_for_a_code(page)
    yield page
    mail = guide.stage.mails_to(HUGO.email, subject="Uw code", number=before + 1)[-1]
    reporter.go_in_with_the_code(page, mail.get_content(), to="Kunt u dit overnemen?")
    yield page
    page.get_by_role("button", name="Teruggeven").click()
    expect(page.get_by_role("alert")).to_contain_text("Schrijf op waarom.")
    yield page
    page.get_by_label("Waarom kunt u dit niet overnemen?").fill("Dit hoort bij een andere gemeente.")
    page.get_by_role("button", name="Teruggeven").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Teruggegeven")
    yield page


def clocks_of_a_signal(guide: Guide) -> Iterator[Page]:
    """A household of which Jolanda still has to tell somebody that there is a signal, and a report for the Wmo."""
    page = guide.at("{link}")
    reporter.fill_in(page, seen="De tuin is netjes.", email="clocks@zonneboog.example", about="Familie Kloktoren")
    number = reporter.send(page)
    page = guide.at(f"/signalen/{number}/", JOLANDA)
    page.get_by_role("button", name="Ik pak dit op").click()
    page.get_by_role("link", name="Koppelen aan een huishouden").click()
    page.get_by_role("button", name="Huishouden maken en koppelen").click()
    expect(page.get_by_text("vertel het aan het huishouden vóór")).to_be_visible()
    yield page
    page.goto(f"/signalen/{number}/")
    page.get_by_text("Het kan nu niet verteld worden").click()
    page.get_by_role("button", name="Later opnieuw kijken").click()
    expect(page.get_by_role("alert")).to_contain_text("Leg uit waarom.")
    yield page
    page.get_by_text("start de termijnen van de Wmo").click()
    page.get_by_label("Dit is (ook) een melding Wmo").check()
    page.get_by_role("button", name="Termijnen starten").click()
    expect(page.get_by_role("heading", name="Melding Wmo")).to_be_visible()
    yield page


SCENES: dict[str, Callable[[Guide], Iterator[Page]]] = {
    scene.__name__: scene
    for scene in (
        forms_of_a_household,
        contact_that_is_corrected,
        talk_at_the_kitchen_table,
        forms_of_a_plan,
        two_actions_beside_each_other,
        who_agrees_with_the_plan,
        agreements_about_safety,
        everybody_around_one_table,
        forms_of_the_circle,
        somebody_who_becomes_18,
        household_that_is_here_already,
        household_that_is_closed,
        household_that_is_here_twice,
        forms_of_consent,
        families_of_a_participant,
        signal_that_is_not_taken_up,
        answer_that_is_not_complete,
        household_for_a_signal,
        searching,
        log_in_that_fails,
        answers_of_a_reporter,
        reading_with_a_code,
        reading_with_a_pin,
        reading_what_was_closed,
        question_to_a_partner,
        own_page_of_a_resident,
        passing_a_signal_on,
        clocks_of_a_signal,
    )
}
