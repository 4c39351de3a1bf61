"""Ruud, Samira, Noor and Milan: the hidden letters. Three signals, one household, one plan."""

from desk.demo import talks
from desk.demo.people import (
    AMIR,
    COLLEGE,
    DEBT_HELP,
    DENNIS,
    GREET,
    HETTY,
    HOUSING,
    JOLANDA,
    JORIS,
    KEES,
    LIBRARY,
    MO,
    NADIA,
    PASCAL,
    PRACTICE,
    PRIMARY_SCHOOL,
    RIANNE,
    WELFARE,
    WIETSKE,
    WORKSHOP,
)
from desk.demo.steps.agreement import PutForward, Signed, Stand
from desk.demo.steps.evaluation import LookedBack, Result
from desk.demo.steps.households import (
    Agreed,
    Authority,
    Contact,
    Home,
    Invited,
    Member,
    Near,
    NextStep,
    OpenedWithReason,
    OwnPageGiven,
    OwnWords,
    Refused,
)
from desk.demo.steps.meeting import Decided, RoundTable, Says
from desk.demo.steps.money import Asked, Granted, LookedAtSchemes, Paid
from desk.demo.steps.plans import Against, Aim, GivenUp, Meeting, Plan, Task
from desk.demo.steps.signals import Closed, Discussed, HouseholdTold, Linked, Seen, TakenUp, Told, Wrote
from desk.demo.steps.stage import Chapter
from desk.demo.steps.together import AgreedOn
from households.domains import LifeDomain
from households.models import HouseholdMember, Note, TieQuality
from plans.models import Appointment
from plans.models.scheme import SchemeState

MONDAY, TUESDAY, FRIDAY = Appointment.Weekday.MONDAY, Appointment.Weekday.TUESDAY, Appointment.Weekday.FRIDAY

RUUD = Member(
    "Ruud", "Bakelaar", age=44, birthday=130, phone="000-000 02 01",
    contact_note="Liever bellen, geen brief. Vindt lezen en schrijven lastig.",
    rather_not_reads=True, wishes="Meubels maken. Ik wil weer nuttig zijn.",
)  # fmt: skip
SAMIRA = Member(
    "Samira", "Idrissi", age=41, birthday=75, phone="000-000 02 02", email="samira@thuis.example",
    contact_by=HouseholdMember.ContactBy.EMAIL, contact_note="Werkt 20 uur in de thuiszorg.",
)  # fmt: skip
NOOR = Member("Noor", "Bakelaar", age=13, birthday=210, phone="000-000 02 03", contact_note="Zit op het Vaart College.")
MILAN = Member(
    "Milan",
    "Bakelaar",
    age=9,
    birthday=160,
    contact_by=HouseholdMember.ContactBy.SOMEBODY,
    contact_through="Samira, zijn moeder",
    contact_note="Zit op De Wilgentak.",
)

KARIN = Near(
    "Karin", "zus van Ruud", "Komt elke week en leest de post met Ruud.", "000-000 02 04",
    quality=TieQuality.STRONG, too_much="Meer dan één avond in de week.", carer=True, of=(RUUD,),
)  # fmt: skip
HASSAN = Near(
    "Hassan", "broer van Samira", "Woont 60 kilometer ver. Belt met Samira.", "000-000 02 05",
    quality=TieQuality.THIN, of=(SAMIRA,),
)  # fmt: skip
HENK = Near("Henk van Driel", "buurman", "Klust graag. Ruud vertrouwt hem.", quality=TieQuality.SUPPORTIVE, of=(RUUD,))
TRAINER = Near("De trainer", "voetbalclub van Milan", "Let op Milan en geeft een seintje als er iets is.")

HOME = Home(
    name="Bakelaar-Idrissi",
    coordinator=JOLANDA,
    address="Kastanjepad 12",
    district="Lindehof",
    members=(RUUD, SAMIRA, NOOR, MILAN),
    network=(KARIN, HASSAN, HENK, TRAINER),
)

S1 = Seen(
    "S1",
    HOUSING,
    "Er wordt niet open gedaan. Post stapelt zich op in de hal. Meneer werd verdrietig toen ik ernaar vroeg.",
    Discussed.AGREED,
    reporter=KEES,
    about_name="Ruud Bakelaar",
    about_address="Kastanjepad 12",
    agrees_to_feedback=True,
)
S2 = Seen(
    "S2",
    PRIMARY_SCHOOL,
    "Milan is stil en zegt dat er thuis veel ruzie is.",
    Discussed.AGREED,
    reporter=RIANNE,
    about_name="Milan Bakelaar",
)
S3 = Seen(
    "S3",
    PRACTICE,
    "Meneer slaapt slecht van geldzorgen. Hij wil hulp, durft zelf niet te bellen.",
    Discussed.AGREED,
    reporter=NADIA,
    about_name="Ruud Bakelaar",
    agrees_to_feedback=True,
)

TOO_MUCH = Task(
    "De hele week solliciteren, vanuit het betaalplan.",
    DENNIS,
    due=30,
    since=-19,
    agreed=False,
    towards="de hele week solliciteren",
)
USEFUL_WORK = Aim(
    LifeDomain.NETWORK_PART,
    "Ik heb 2 ochtenden per week nuttig werk.",
    by_when=34,
    about=(RUUD,),
    why="Ruud wil “weer nuttig zijn”. Zwaar tillen kan niet meer.",
    how_we_see_it="Ruud is er elke week twee ochtenden.",
    tasks=(
        Task("Meubels repareren voor buurtbewoners.", RUUD, due=34, since=-21),
        Task(
            "Een ochtend werken in de werkplaats.",
            HETTY,
            due=34,
            since=-21,
            meets=Meeting(FRIDAY, "09:00", "12:00", "De grote hal van de werkplaats"),
            towards="rustig opbouwen",
        ),
        TOO_MUCH,
        Task(
            "Een tweede ochtend in de werkplaats.",
            HETTY,
            due=12,
            since=-2,
            meets=Meeting(TUESDAY, "09:00", "12:00", "De grote hal van de werkplaats"),
            agreed=False,
        ),
    ),
)
TALKING = Aim(
    LifeDomain.PARENTING,
    "Wij willen dat Noor en Milan iemand hebben om mee te praten.",
    by_when=60,
    about=(NOOR, MILAN),
    tasks=(
        Task("10 minuten praten met Milan.", RIANNE, due=34, rhythm="elke week", since=-40),
        Task("Praten met Noor, als haar mentor.", JORIS, due=14, since=-20),
    ),
)

PLAN = Plan(
    on=-47,
    evaluate_on=34,
    aims=(
        Aim(
            LifeDomain.DAILY_LIFE,
            "Ik open elke maandag samen met Karin mijn post. Over 3 maanden liggen er geen ongeopende brieven.",
            by_when=43,
            about=(RUUD,),
            why="Ruud zegt over de brieven: “Ik snap ze niet.”",
            how_we_see_it="De blauwe bak is elke maandagavond leeg.",
            tasks=(
                Task("De post in de blauwe bak leggen.", RUUD, due=34, rhythm="elke dag"),
                Task("De post samen lezen.", KARIN, due=34, meets=Meeting(MONDAY, "19:00", "19:45")),
                Task("De eerste stapel sorteren met Ruud.", JOLANDA, due=-45, done=-45),
                Task("Karin bellen: hoe gaat het lezen van de post?", JOLANDA, due=0, since=-12),
            ),
        ),
        Aim(
            LifeDomain.MONEY,
            "Binnen 8 weken weten wij wat we moeten betalen. Er is een plan dat lukt.",
            by_when=9,
            about=(RUUD, SAMIRA),
            why="Ruud zegt: “Ik weet niet hoeveel schuld.”",
            how_we_see_it="Er is één lijst. Alles wat daarop staat, wordt elke maand betaald.",
            tasks=(
                Task("De toeslag regelen met hulp bij het formulier.", SAMIRA, due=-25, done=-25),
                Task("Een overzicht maken van alle schulden.", DENNIS, due=-35, done=-35),
                Task("Een betaalplan maken dat lukt.", DENNIS, due=-20, done=-20),
                Task("Samen kijken of het betaalplan nog lukt.", DENNIS, due=-2, since=-20),
                Task("Een regeling voor de huur. Niemand hoeft eruit zolang die loopt.", KEES, due=-30, done=-30),
                Task("Zoeken naar regelingen: bijzondere bijstand en kindpakket.", JOLANDA, due=-22, done=-22),
            ),
        ),
        Aim(
            LifeDomain.WORK_EDU,
            "Ik lees over 6 maanden zelf een korte brief.",
            by_when=135,
            about=(RUUD,),
            how_we_see_it="Ruud leest een brief van school voor aan Samira.",
            tasks=(
                Task("Brieven in gewone taal vragen.", RUUD, due=-26, done=-26),
                Task(
                    "Les in lezen en schrijven.",
                    GREET,
                    due=60,
                    since=-30,
                    meets=Meeting(TUESDAY, "10:00", "11:30", "Lokaal 2 van de bibliotheek"),
                ),
            ),
        ),
        Aim(
            LifeDomain.HOME_RELATIONS,
            "Wij praten rustig over geld, 1 keer per week, zonder de kinderen erbij.",
            by_when=34,
            about=(RUUD, SAMIRA),
            why="Zij zeggen: “Elke avond ruzie.” En: “Kinderen merken het.”",
            how_we_see_it="Een week zonder ruzie over geld.",
            tasks=(
                Task("20 minuten praten over geld.", SAMIRA, due=34, meets=Meeting(FRIDAY, "20:00", "20:20")),
                Task(
                    "Vijf gesprekken over rustig praten. Drie zijn er geweest.",
                    MO,
                    due=20,
                    rhythm="om de week",
                    since=-40,
                ),
            ),
        ),
        USEFUL_WORK,
        TALKING,
    ),
)

GLASSES = Asked(
    "Een leesbril en een daglichtlamp voor Ruud.",
    LifeDomain.WORK_EDU,
    "85.00",
    motivation="Ruud leert lezen bij het Taalhuis, en ziet de letters niet goed. Een bril eerst, anders lukt leren niet. "
    "De verzekering betaalt geen leesbril.",
    decider=WIETSKE,
    split=(("participation", "60.00"), ("free", "25.00")),
    otherwise="De lessen zijn er al. Zonder bril leert hij er weinig.",
    they_say="Ruud: “Dan kan ik het tenminste zien.”",
)

CHAPTER = Chapter(
    scenes=[
        (-48, "9.00", Against(LifeDomain.NETWORK_PART, "de hele week solliciteren", "rustig opbouwen")),
        *PLAN.scenes(),
        (-18, "16.12", GivenUp(TOO_MUCH)),
        (-47, "14.30", PutForward()),
        (-47, "15.00", Signed(((RUUD, Stand.ORAL), (SAMIRA, Stand.AGREED), (NOOR, Stand.AGREED)))),
        (
            -18,
            "16.10",
            RoundTable(
                purpose="Wat doet Ruud overdag, en wat gaat voor?",
                place="Aan de keukentafel",
                people=(RUUD, SAMIRA, KARIN, JOLANDA, DENNIS, KEES, MO),
                decisions=(
                    Decided(
                        "Eerst twee ochtenden werk. Over 8 weken kijken wij verder.",
                        (
                            (RUUD, Says.AGREES, ""),
                            (SAMIRA, Says.AGREES, ""),
                            (DENNIS, Says.REMARK, "Het betaalplan gaat voor."),
                        ),
                    ),
                ),
            ),
        ),
        (
            -2,
            "14.00",
            RoundTable(
                purpose="Welke ochtend past voor de werkplaats en het Taalhuis?",
                place="Aan de keukentafel",
                people=(RUUD, SAMIRA, KARIN, JOLANDA, GREET, HETTY),
                points="Hoe gaat het lezen?",
                on=5,
            ),
        ),
        (-18, "16.20", AgreedOn("Bij zorgen bellen wij Jolanda.", "Iedereen", "Bellen, geen brief.")),
        (-18, "16.22", AgreedOn("Niemand hoeft het huis uit zolang de regeling loopt.", "Kees en Dennis")),
        (-18, "16.30", PutForward()),
        (-18, "16.40", Signed(((RUUD, Stand.ORAL), (SAMIRA, Stand.AGREED)))),
        (-17, "16.00", Signed(((NOOR, Stand.AGREED),))),
        (-60, "10.05", S1),
        (-59, "9.10", TakenUp(S1, JOLANDA)),
        (-59, "9.20", Told(S1, JOLANDA, "GELEZEN")),
        (-58, "10.30", HOME),
        (-58, "10.40", Authority((NOOR, MILAN), (RUUD, SAMIRA))),
        (-58, "10.45", Linked(S1, JOLANDA)),
        (-58, "10.50", NextStep("Langsgaan bij Ruud en Samira.", on=-51)),
        (-57, "15.40", S2),
        (-57, "16.15", TakenUp(S2, AMIR)),
        (-56, "8.55", Linked(S2, AMIR)),
        (-55, "11.20", Told(S2, JOLANDA, "OPGEPAKT")),
        (-55, "14.05", S3),
        (-54, "9.00", TakenUp(S3, JOLANDA)),
        (-54, "9.05", Told(S3, JOLANDA, "GELEZEN")),
        (-54, "9.15", Linked(S3, JOLANDA)),
        (
            -54,
            "16.00",
            Contact(Note.Occasion.NO_CONTACT, "Twee keer gebeld met Ruud. Er werd niet opgenomen.", (RUUD,)),
        ),
        (-51, "19.10", Agreed((RUUD, SAMIRA), HOUSING)),
        (-51, "19.12", Agreed((RUUD, SAMIRA), PRIMARY_SCHOOL)),
        (-51, "19.14", Agreed((RUUD, SAMIRA), PRACTICE)),
        (-51, "19.30", HouseholdTold(S1, JOLANDA)),
        (-51, "19.31", HouseholdTold(S2, JOLANDA)),
        (-51, "19.32", HouseholdTold(S3, JOLANDA)),
        (-50, "9.30", Told(S1, JOLANDA, "CONTACT")),
        (
            -51,
            "19.30",
            Contact(
                Note.Occasion.VISIT,
                "Kennisgemaakt aan de keukentafel. Ruud en Samira waren er allebei. Uitgelegd wat wij doen en wie wat mag weten.",
                (RUUD, SAMIRA),
            ),
        ),
        (
            -50,
            "9.00",
            Contact(Note.Occasion.PHONE, "“Ik schaam me voor de brieven. Ik snap ze niet.”", (RUUD,), said_by="Ruud"),
        ),
        (
            -50,
            "14.00",
            OwnWords(
                request="Ik wil rust in huis.",
                strengths="Ruud is handig en geduldig. Hij leert anderen graag iets.\n"
                "Samira heeft vast werk.\n"
                "Noor en Milan gaan naar school.\n"
                "De familie helpt.\n"
                "Ruud maakt graag meubels.",
                story="We maken steeds ruzie over geld. Ik leg de brieven in de kast. Dan zie ik ze niet.",
                told_by="Ruud",
            ),
        ),
        (-49, "10.00", Told(S2, JOLANDA, "CONTACT")),
        (-49, "10.10", Told(S3, JOLANDA, "CONTACT")),
        (-47, "12.00", Agreed((RUUD, SAMIRA), DEBT_HELP, (LifeDomain.MONEY,), "Alleen wat over geld gaat.")),
        (-47, "12.02", Agreed((RUUD, SAMIRA), HOUSING, (LifeDomain.HOUSING,), "Alleen de afspraak over de huur.")),
        (
            -47,
            "12.04",
            Agreed((NOOR, MILAN), PRIMARY_SCHOOL, (LifeDomain.PARENTING,), "Alleen dat de kinderen iemand hebben."),
        ),
        (-47, "12.06", Agreed((RUUD, SAMIRA), WELFARE, (LifeDomain.HOME_RELATIONS,), "Alleen het praten over geld.")),
        (
            -46,
            "9.00",
            Invited(
                DENNIS,
                "Overzicht van de schulden en een betaalplan.",
                "Eén lijst, en rust over wat er betaald moet worden.",
                sees=(LifeDomain.MONEY,),
                contribution="Ik zorg voor het overzicht en het betaalplan.",
            ),
        ),
        (
            -46,
            "9.10",
            Invited(
                KEES,
                "De huur regelen.",
                "Niemand hoeft eruit zolang de afspraak loopt.",
            ),
        ),
        (
            -46,
            "9.20",
            Invited(
                RIANNE,
                "Milan heeft iemand om mee te praten.",
                "Een vertrouwd gezicht op school.",
                sees=(TALKING,),
            ),
        ),
        (
            -46,
            "9.30",
            Invited(
                MO,
                "Leren rustig te praten over geld.",
                "Minder ruzie in huis.",
                sees=(LifeDomain.HOME_RELATIONS,),
            ),
        ),
        (
            -45,
            "11.30",
            Contact(
                Note.Occasion.VISIT,
                "De eerste stapel post gesorteerd. Twee dozen, de oudste brief was van maart.",
                (RUUD,),
            ),
        ),
        (
            -33,
            "15.00",
            Contact(
                Note.Occasion.TALK,
                "Milan lijkt rustiger. Hij vertelde uit zichzelf over voetbal.",
                (MILAN,),
                kind=Note.Kind.IMPRESSION,
            ),
        ),
        (-30, "12.00", Agreed((RUUD,), LIBRARY, (LifeDomain.WORK_EDU,), "Zijn naam, en dat lezen lastig is.")),
        (
            -30,
            "12.10",
            Invited(
                GREET,
                "Ruud leert een korte brief lezen.",
                "Ruud wordt minder afhankelijk.",
                sees=(LifeDomain.WORK_EDU,),
            ),
        ),
        (-21, "12.00", Agreed((RUUD,), WORKSHOP, (LifeDomain.NETWORK_PART,), "Zijn naam en zijn ochtenden.")),
        (
            -21,
            "12.10",
            Invited(
                HETTY,
                "Twee ochtenden nuttig werk.",
                "Ruud is weer onder de mensen.",
                sees=(USEFUL_WORK,),
            ),
        ),
        (-20, "12.00", Agreed((NOOR,), COLLEGE, (LifeDomain.PARENTING,), "Alleen dat haar mentor met Noor praat.")),
        (-20, "12.10", Invited(JORIS, "Noor heeft iemand om mee te praten.", "Een vaste mentor op school.")),
        (
            -18,
            "16.00",
            Contact(
                Note.Occasion.MEETING,
                "Rondetafel met Ruud, Samira, Karin, Dennis, Kees en Mo. Besluit: eerst twee ochtenden werk, daarna kijken wij "
                "verder. Ruud is het eens. Dennis is het eens, met de opmerking dat het betaalplan voorgaat.",
                (RUUD, SAMIRA),
            ),
        ),
        (
            -12,
            "10.00",
            Told(
                S1,
                JOLANDA,
                "AFGESLOTEN_RESULTAAT",
                {"result": "Er is één vaste contactpersoon en de post wordt elke week geopend.", "read_aloud_on": -12},
            ),
        ),
        (-12, "10.05", Closed(S1, JOLANDA)),
        (
            -11,
            "9.30",
            Told(
                S3,
                JOLANDA,
                "AFGESLOTEN_RESULTAAT",
                {"result": "Meneer krijgt hulp bij het geld en slaapt weer beter.", "read_aloud_on": -12},
            ),
        ),
        (-12, "16.10", OwnPageGiven(SAMIRA)),
        (-11, "9.35", Closed(S3, JOLANDA)),
        (
            -8,
            "16.00",
            Contact(
                Note.Occasion.VISIT, "“Ik slaap weer.” Ruud geeft een 8, Samira een 7.", (RUUD, SAMIRA), said_by="Ruud"
            ),
        ),
        (
            -8,
            "16.05",
            LookedBack(
                present="Ruud, Samira en Karin",
                results=(
                    (Result.REACHED, "De bak is elke maandag leeg."),
                    (Result.PARTLY, "Er is een lijst. Het betaalplan is nog nieuw."),
                    (Result.PARTLY, "Ik lees al een paar zinnen."),
                    (Result.PARTLY, "Meestal lukt het op vrijdag."),
                    (Result.REACHED, "Ik ben er elke vrijdag."),
                    (Result.PARTLY, "Milan praat met Rianne. Noor nog niet met haar mentor."),
                ),
                marks=((RUUD, 8, "Ik slaap weer."), (SAMIRA, 7, "Het is rustiger."), (NOOR, None, "")),
                again_on=34,
                keep="Karin blijft op maandag komen.",
                change="Ruud wil graag een tweede ochtend werken.",
            ),
        ),
        (
            -28,
            "10.30",
            LookedAtSchemes(
                (
                    ("kindpakket", SchemeState.GRANTED, "Schoolspullen voor Noor, voetbal voor Milan."),
                    ("bijzondere-bijstand", SchemeState.CAN, "Voor de bewindvoering, als die er komt."),
                    ("huurtoeslag", SchemeState.ASKED, "Samira, met de formulierenhulp."),
                    ("schuldhulp", SchemeState.GRANTED, "Dennis Achterkamp doet dit."),
                    ("kinderopvangtoeslag", SchemeState.NOT_NEEDED, ""),
                )
            ),
        ),
        (-27, "10.00", GLASSES),
        (-26, "9.00", Granted(GLASSES, "Klein bedrag, en het helpt hem meteen met lezen.")),
        (-24, "11.00", Paid(GLASSES)),
        (-50, "14.30", talks.BAKELAAR_FIRST),
        (-8, "16.20", talks.BAKELAAR_LATER),
        (-8, "16.30", NextStep("Samen een andere ochtend zoeken voor de werkplaats of het Taalhuis.", on=2)),
        (-6, "11.15", Refused(PASCAL)),
        (-6, "11.18", OpenedWithReason(PASCAL, "Ruud belt in paniek en Jolanda is vandaag vrij.")),
        (
            -2,
            "11.10",
            Told(
                S2,
                JOLANDA,
                "DRIEGESPREK",
                {
                    "moments": "dinsdag 15.15 uur\nwoensdag 8.30 uur",
                    "place": "Op school, in de kamer van Rianne.",
                    "before": 5,
                },
            ),
        ),
        (-1, "15.20", Wrote(S2, "Milan doet weer mee in de kring. Wat kunnen wij op school nog doen?")),
    ],
)
