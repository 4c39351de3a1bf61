"""Lisa, whose address nobody may see, and the signals of the last days."""

from desk.demo.people import (
    AMIR,
    COLLEGE,
    DENNIS,
    FADOUA,
    GREET,
    HOUSING,
    HUGO,
    JOLANDA,
    JORIS,
    KEES,
    LIBRARY,
    MO,
    NEIGHBOURS,
    PASCAL,
    PRIMARY_SCHOOL,
    RIANNE,
    SASKIA,
    WELFARE,
    WIETSKE,
    YOUTH_HEALTH,
)
from desk.demo.steps.agreement import PutForward, Signed, Stand
from desk.demo.steps.households import Authority, Home, Member, Near, NextStep, OwnWords
from desk.demo.steps.plans import Aim, Plan, Task
from desk.demo.steps.signals import (
    Accepted,
    Bounced,
    Closed,
    Declined,
    Discussed,
    PassedOn,
    Phoned,
    Seen,
    TakenUp,
    Told,
)
from desk.demo.steps.stage import Chapter
from desk.demo.steps.together import Safety
from households.domains import LifeDomain
from households.models import HouseholdMember
from partners.categories import Category
from signals.models import Signal

EVA = Member(
    "Eva", "Winterdaal", age=36, birthday=180, phone="000-000 02 31",
    contact_note="Alleen bellen. De vader van Lisa heeft ook gezag en woont ergens anders.",
)  # fmt: skip
LISA = Member(
    "Lisa", "Winterdaal", age=10, birthday=120, contact_by=HouseholdMember.ContactBy.SOMEBODY,
    contact_through="Eva, haar moeder",
)  # fmt: skip

HOME = Home(
    name="Winterdaal",
    coordinator=JOLANDA,
    address="Sneeuwbespad 31",
    address_protected=True,
    members=(EVA, LISA),
    network=(Near("Oma Truus", "oma van Lisa", "Haalt Lisa op woensdag uit school.", "000-000 02 32"),),
)

SAFE_HOME = Plan(
    on=-13,
    evaluate_on=30,
    aims=(
        Aim(
            LifeDomain.SAFETY_JUSTICE,
            "Wij slapen rustig, zonder bang te zijn.",
            by_when=60,
            about=(EVA, LISA),
            why="Eva zegt: “Ik kijk elke avond of de deur dicht is.”",
            tasks=(Task("Elke avond bellen met oma Truus.", EVA, due=30),),
        ),
        Aim(
            LifeDomain.WORK_EDU,
            "Ik ga met plezier naar school.",
            by_when=60,
            about=(LISA,),
            tasks=(Task("Een keer per week met de juf praten over hoe het gaat.", EVA, due=30),),
        ),
    ),
)

WINTERDAAL = Chapter(
    scenes=[
        *SAFE_HOME.scenes(),
        (-15, "13.30", HOME),
        (
            -15,
            "13.45",
            OwnWords(
                request="Ik wil dat Lisa weer met plezier naar school gaat.",
                strengths="Lisa tekent graag en heeft twee goede vriendinnen.\nOma Truus is er elke week.",
                story="Wij zijn weggegaan toen het thuis niet meer ging. Nu bouwen wij het weer op.",
                told_by="Eva",
            ),
        ),
        (
            -12,
            "11.00",
            Safety(
                about=(EVA, LISA),
                unsafe="Daan stond twee keer 's avonds onverwacht voor de deur.",
                agreed="De deur blijft dicht.\nEva belt meteen, ook als het weer stil is.",
                keeps_safe="Oma Truus komt direct als Eva belt. Lisa slaapt dan bij haar.",
                whom_to_call="112 bij gevaar. Oma Truus, 000-000 02 32. Overdag Jolanda.",
                early_signs="Berichten laat op de avond.",
                check=20,
            ),
        ),
        (-6, "10.20", NextStep("Lisa zelf vragen wat zij wil.", on=0)),
    ],
)

# Her father's household: what is known here of Lisa is what he may know, and nothing of what stands above.
DAAN = Member("Daan", "Verlinden", age=38, birthday=200, phone="000-000 02 41", contact_note="Werkt in de nacht.")
BRAM = Member(
    "Bram", "Verlinden", age=17, birthday=200, phone="000-000 02 43", contact_note="Zit op het Vaart College."
)
LISA_AT_HIS = Member(
    "Lisa",
    "Winterdaal",
    age=10,
    birthday=120,
    contact_by=HouseholdMember.ContactBy.SOMEBODY,
    contact_through="Daan, haar vader",
    contact_note="Is er om het weekend.",
    lives_here=False,
    known=True,
)

HIS_HOME = Home(
    name="Verlinden",
    coordinator=AMIR,
    address="Havikspad 8",
    district="Waterkers",
    members=(DAAN, BRAM, LISA_AT_HIS),
    network=(Near("Opa Cor", "vader van Daan", "Leert Lisa vissen.", "000-000 02 42"),),
)

TIME_TOGETHER = Plan(
    on=-7,
    evaluate_on=30,
    aims=(
        Aim(
            LifeDomain.PARENTING,
            "Wij hebben om het weekend een goede tijd samen.",
            by_when=60,
            about=(DAAN, LISA_AT_HIS),
            why="Daan zegt: “Ik mis haar door de week.”",
            tasks=(Task("Een vast plan voor het weekend maken.", DAAN, due=14),),
        ),
    ),
)

VERLINDEN = Chapter(
    scenes=[
        *TIME_TOGETHER.scenes(),
        (-6, "11.00", PutForward()),
        (-6, "11.05", Signed(((DAAN, Stand.AGREED),))),
        (-8, "9.30", HIS_HOME),
        (-8, "9.40", Authority((LISA_AT_HIS,), (EVA, DAAN))),
        (
            -8,
            "9.50",
            OwnWords(
                request="Ik wil een goede vader zijn.",
                strengths="Daan kookt graag met Lisa.",
                story="Het was een zware tijd. Ik drink niet meer.",
                told_by="Daan",
            ),
        ),
        (-5, "9.20", NextStep("Bellen met Daan over het weekend.", on=3)),
    ],
)

S6 = Seen(
    "S6",
    COLLEGE,
    "Deze leerling is 17 en een half jaar en is vaak niet op school. Hij wil wel een diploma halen. "
    "Hij weet niet wie hem helpt als hij straks 18 is.",
    Discussed.AGREED,
    reporter=JORIS,
    about_name="Sem Oostwoud",
    agrees_to_feedback=True,
)
S7 = Seen(
    "S7",
    NEIGHBOURS,
    "Hond blaft en gordijnen altijd dicht.",
    Discussed.NOT_YET,
    not_yet_because="Ik ken deze mensen niet.",
)
S8 = Seen(
    "S8",
    PRIMARY_SCHOOL,
    "Een kind uit groep 5 komt vaak zonder eten op school. Ik heb dit met de ouder besproken. "
    "De ouder wil niet dat ik een naam noem. Kunnen wij samen nadenken, zonder naam?",
    Discussed.NOT_AGREED,
    reporter=RIANNE,
)
S9 = Seen(
    "S9",
    WELFARE,
    "Ik hoor een man en een vrouw hard schreeuwen. Er valt glas. Ik heb 112 gebeld.",
    Discussed.NOT_YET,
    reporter=MO,
    about_address="Waterkersdreef 9",
    danger_now=True,
    not_yet_because="Het was niet veilig om aan te bellen.",
)
S10 = Seen(
    "S10",
    YOUTH_HEALTH,
    "Moeder zegt dat zij de weg kwijt is in alle formulieren. Zij vraagt of iemand meekijkt. Het kind groeit goed.",
    Discussed.AGREED,
    reporter=SASKIA,
    about_name="Naomi Brouwhuis",
    about_address="Sleedoornhof 4",
    agrees_to_feedback=True,
)

S11 = Seen(
    "S11",
    HOUSING,
    "De huur is twee maanden niet betaald. Ik ben langs geweest en heb verteld waar er hulp is. Mevrouw vindt het goed.",
    Discussed.AGREED,
    reporter=KEES,
    about_name="Anja Rietmeer",
    about_address="Havikspad 21",
    category=Category.RENT_ARREARS,
)
S12 = Seen(
    "S12",
    LIBRARY,
    "Iemand in mijn groep kan zijn eigen post niet lezen en schaamt zich daarvoor. Hoe begin ik daarover?",
    Discussed.QUESTION,
    reporter=GREET,
)
TO_DEBT_HELP = PassedOn(S11, JOLANDA, to=DENNIS)

SIGNALS = Chapter(
    in_working_days=True,
    scenes=[
        (-7, "11.50", S10),
        (-6, "9.10", TakenUp(S10, JOLANDA)),  # and then it was forgotten
        (-3, "10.15", S6),
        (-3, "14.40", TakenUp(S6, JOLANDA)),
        (-3, "14.45", Told(S6, JOLANDA, "GELEZEN")),
        (-3, "15.00", Bounced(S6)),
        (-3, "15.20", Phoned(S6, JOLANDA)),
        (-1, "9.30", PassedOn(S6, JOLANDA, to=HUGO)),
        (-5, "10.30", S11),  # rent arrears go to the debt help
        (-5, "11.00", TakenUp(S11, JOLANDA)),
        (-5, "11.05", TO_DEBT_HELP),
        (-4, "9.20", Accepted(TO_DEBT_HELP)),
        (-4, "9.40", Closed(S11, JOLANDA)),
        (-4, "13.10", S12),
        (-3, "9.05", TakenUp(S12, WIETSKE)),
        (
            -3,
            "9.20",
            Told(
                S12,
                WIETSKE,
                "ADVIES",
                {"advice": "Zeg wat u ziet, en vraag of u iets mag voorlezen. Veel mensen zijn dan opgelucht."},
            ),
        ),
        (-2, "20.35", S7),
        (-1, "8.50", Declined(S7, PASCAL, Signal.Decline.TOO_LITTLE_KNOWN)),
        (-1, "8.55", Closed(S7, PASCAL)),
        (-1, "11.05", S8),
        (-1, "16.20", S9),
        (-1, "16.24", TakenUp(S9, FADOUA)),
        (-1, "16.30", Told(S9, FADOUA, "GELEZEN")),
    ],
)
