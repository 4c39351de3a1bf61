"""Gerrit: the stair lift, and more."""

from desk.demo import talks
from desk.demo.people import COFFEE_MATES, CORRIE, GREET, NADIA, PRACTICE, TON, WIETSKE
from desk.demo.steps.agreement import PutForward, Signed, Stand
from desk.demo.steps.evaluation import LookedBack, Result
from desk.demo.steps.households import Agreed, Home, Invited, Member, Near, NextStep, OwnWords
from desk.demo.steps.own_plans import Inquired, Kind, RatherNot, WmoReported
from desk.demo.steps.plans import Aim, Plan, Task
from desk.demo.steps.signals import Closed, Discussed, HouseholdTold, Linked, Seen, TakenUp, Told
from desk.demo.steps.stage import Chapter
from households.domains import LifeDomain
from households.models import HouseholdMember

GERRIT = Member(
    "Gerrit", "Hoogstraten", age=78, birthday=95, phone="000-000 02 21", contact_by=HouseholdMember.ContactBy.PAPER,
    contact_note="Hoort slecht aan één kant. Heeft geen computer.", wishes="Fietsen maken, en jongeren iets leren.",
)  # fmt: skip

INEKE = Near("Ineke", "dochter", "Woont ver weg. Belt elke zondag.", "000-000 02 22")
ROB = Near("Rob", "zoon", "Woont in het buitenland.")
TINEKE = Near("Tineke", "buurvrouw", "Brengt soep en heeft de sleutel.", "000-000 02 23")
WIM = Near("Wim", "oud-collega", "Kent Gerrit nog van de fietsenmakerij.")

HOME = Home(
    name="Hoogstraten",
    coordinator=WIETSKE,
    address="Kadestraat 7",
    district="Oude Haven",
    members=(GERRIT,),
    network=(INEKE, ROB, TINEKE, WIM),
)

S5 = Seen(
    "S5",
    PRACTICE,
    "Meneer is twee keer van de trap gegleden. Hij zegt dat hij weken niemand spreekt.",
    Discussed.AGREED,
    reporter=NADIA,
    about_name="Gerrit Hoogstraten",
    about_address="Kadestraat 7",
    agrees_to_feedback=True,
)

PLAN = Plan(
    on=-18,
    evaluate_on=49,
    aims=(
        Aim(
            LifeDomain.HOUSING,
            "Ik kom veilig naar boven, binnen anderhalve maand.",
            by_when=45,
            about=(GERRIT,),
            why="Gerrit zegt: “De trap is een ding.”",
            how_we_see_it="Gerrit slaapt weer boven en gaat zonder zorgen de trap op.",
            tasks=(
                Task("Het bed tijdelijk beneden zetten.", TINEKE, due=-15, done=-16),
                Task("De aanvraag voor de traplift afmaken.", WIETSKE, due=2),
                Task("Meedoen met de cursus vallen voorkomen.", GERRIT, due=30),
            ),
        ),
        Aim(
            LifeDomain.NETWORK_PART,
            "Ik heb elke week 3 keer contact met iemand.",
            by_when=30,
            about=(GERRIT,),
            why="Gerrit zegt: “De dagen zijn lang.”",
            how_we_see_it="Drie kruisjes per week op de kalender.",
            tasks=(
                Task("Eten aan de eettafel in het Buurthuis.", GERRIT, due=45, rhythm="elke dinsdag 12.00"),
                Task("Bellen met beeld.", INEKE, due=45, rhythm="elke zondag", since=-9),
                Task(
                    "Koffie drinken bij Gerrit.",
                    CORRIE,
                    due=45,
                    rhythm="elke donderdag 10.00",
                    practical="Praat aan zijn goede kant. De bel is zacht, klop op het raam.",
                ),
            ),
        ),
        Aim(
            LifeDomain.WORK_EDU,
            "Ik maak één ochtend per week fietsen met jongeren.",
            by_when=30,
            about=(GERRIT,),
            why="Gerrit was fietsenmaker. Hij leert jongeren graag iets.",
            how_we_see_it="Gerrit staat elke week bij de Fietsclub Oude Haven.",
            tasks=(
                Task("Fietsen maken met jongeren.", GERRIT, due=45, rhythm="elke zaterdag 10.00-12.00", since=-6),
                Task("Gerrit in contact brengen met de Fietsclub Oude Haven.", TON, due=-6, done=-6),
            ),
        ),
        Aim(
            LifeDomain.DAILY_LIFE,
            "Ik zie Ineke op een tablet.",
            by_when=30,
            about=(GERRIT,),
            tasks=(
                Task(
                    "De cursus “Tablet, rustig aan”: vier lessen.",
                    GREET,
                    due=20,
                    rhythm="elke maandag 14.00",
                    since=-10,
                ),
                Task("Oefenen met de tablet, na de koffie.", CORRIE, due=20, since=-10),
            ),
        ),
    ),
)

CHAPTER = Chapter(
    scenes=[
        *PLAN.scenes(),
        (-12, "10.00", PutForward()),
        (-12, "10.30", Signed(((GERRIT, Stand.AGREED),), request=True)),
        (-6, "10.00", PutForward()),
        (-6, "10.10", Signed(((GERRIT, Stand.AGREED),))),
        (-30, "9.40", S5),
        (-30, "11.25", TakenUp(S5, WIETSKE)),
        (-29, "9.05", Told(S5, WIETSKE, "GELEZEN")),
        (-29, "9.30", HOME),
        (-29, "9.40", Linked(S5, WIETSKE)),
        (-29, "9.42", WmoReported(S5, WIETSKE)),
        (-20, "11.20", RatherNot(Kind.PERSONAL, "Dat hoeft niet. Kom maar langs.")),
        (-16, "14.00", Inquired(S5)),
        (-29, "9.45", NextStep("Langsgaan bij Gerrit, samen met Tineke.", on=-20)),
        (
            -20,
            "10.30",
            OwnWords(
                request="Een traplift.",
                strengths="Gerrit was fietsenmaker en kan alles maken.\n"
                "Tineke en Ineke staan voor hem klaar.\n"
                "Gerrit leert jongeren graag iets.",
                story="Ik red me wel. Maar de trap is een ding. En de dagen zijn lang.",
                told_by="Gerrit",
            ),
        ),
        (
            -1,
            "11.40",
            LookedBack(
                present="Gerrit en Tineke",
                results=(
                    (Result.PARTLY, "Mijn bed staat nu beneden. De lift komt nog."),
                    (Result.REACHED, "Er is bijna elke dag iemand."),
                    (Result.REACHED, "Ze noemen me nu meneer Fiets."),
                    (Result.PARTLY, "Nog twee lessen."),
                ),
                marks=((GERRIT, 9, "Ze noemen me nu meneer Fiets."),),
                again_on=50,
                keep="De koffie op donderdag en de ochtend bij de fietsclub.",
            ),
        ),
        (-20, "11.00", talks.HOOGSTRATEN_FIRST),
        (-1, "11.00", talks.HOOGSTRATEN_LATER),
        (-20, "11.15", Agreed((GERRIT,), PRACTICE)),
        (-20, "11.30", HouseholdTold(S5, WIETSKE)),
        (-19, "9.15", Told(S5, WIETSKE, "CONTACT")),
        (
            -18,
            "13.20",
            Agreed((GERRIT,), COFFEE_MATES, (LifeDomain.NETWORK_PART,), "Zijn naam, en koffie op donderdag."),
        ),
        (
            -18,
            "13.30",
            Invited(
                CORRIE,
                "Elke donderdag koffie.",
                "Gerrit heeft aanspraak.",
                volunteer=True,
            ),
        ),
        (
            -5,
            "15.00",
            Told(
                S5,
                WIETSKE,
                "AFGESLOTEN_RESULTAAT",
                {"result": "Er is elke week iemand bij meneer en de aanvraag loopt.", "read_aloud_on": -5},
            ),
        ),
        (-5, "15.05", Closed(S5, WIETSKE)),
        (-1, "16.00", NextStep("Gerrit vertellen wat er over de traplift is besloten.", on=2)),
    ],
)
