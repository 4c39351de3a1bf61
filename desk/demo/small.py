"""Lisa, whose address nobody may see, and the signals of the last days."""

from desk.demo.people import (
    COLLEGE,
    FADOUA,
    JOLANDA,
    JORIS,
    MO,
    NEIGHBOURS,
    PASCAL,
    PRIMARY_SCHOOL,
    RIANNE,
    SASKIA,
    WELFARE,
    YOUTH_HEALTH,
)
from desk.demo.steps.households import Home, Member, Near, NextStep, OwnWords
from desk.demo.steps.signals import Closed, Declined, Discussed, Seen, TakenUp, Told
from desk.demo.steps.stage import Chapter
from households.models import Resident
from signals.models import Signal

EVA = Member(
    "Eva", "Winterdaal", age=36, birthday=180, phone="000-000 02 31",
    contact_note="Alleen bellen. De vader van Lisa heeft ook gezag en woont ergens anders.",
)  # fmt: skip
LISA = Member("Lisa", "Winterdaal", age=10, birthday=120, contact_by=Resident.ContactBy.SOMEBODY)

HOME = Home(
    name="Winterdaal",
    coordinator=JOLANDA,
    address="Sneeuwbespad 31",
    address_protected=True,
    members=(EVA, LISA),
    network=(Near("Oma Truus", "oma van Lisa", "Haalt Lisa op woensdag uit school.", "000-000 02 32"),),
)

WINTERDAAL = Chapter(
    scenes=[
        (-15, "13.30", HOME),
        (
            -15,
            "13.45",
            OwnWords(
                request="Ik wil dat Lisa weer met plezier naar school gaat.",
                strengths="Lisa tekent graag en heeft twee goede vriendinnen.\nOma Truus is er elke week.",
            ),
        ),
        (-6, "10.20", NextStep("Lisa zelf vragen wat zij wil.", on=0)),
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

SIGNALS = Chapter(
    in_working_days=True,
    scenes=[
        (-7, "11.50", S10),
        (-6, "9.10", TakenUp(S10, JOLANDA)),  # and then it was forgotten
        (-3, "10.15", S6),
        (-3, "14.40", TakenUp(S6, JOLANDA)),
        (-3, "14.45", Told(S6, JOLANDA, "GELEZEN")),
        (-2, "20.35", S7),
        (-1, "8.50", Declined(S7, PASCAL, Signal.Decline.TOO_LITTLE_KNOWN)),
        (-1, "8.55", Closed(S7, PASCAL)),
        (-1, "11.05", S8),
        (-1, "16.20", S9),
        (-1, "16.24", TakenUp(S9, FADOUA)),
        (-1, "16.30", Told(S9, FADOUA, "GELEZEN")),
    ],
)
