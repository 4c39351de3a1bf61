"""Demi, Jordy and Fenna: what the maternity nurse saw, and how she heard back."""

from desk.demo import talks
from desk.demo.people import (
    AMIR,
    BIANCA,
    DENNIS,
    HOUSING,
    ILSE,
    JOLANDA,
    KEES,
    MATERNITY,
    NADIA,
    PASCAL,
    PRACTICE,
    SASKIA,
    YOUTH_HEALTH,
)
from desk.demo.steps import money
from desk.demo.steps.agreement import PutForward, Signed, Stand
from desk.demo.steps.households import (
    Agreed,
    Authority,
    Home,
    Invited,
    Marks,
    Member,
    Near,
    NextStep,
    OwnPageGiven,
    OwnWords,
)
from desk.demo.steps.own_plans import FamilyPlanOffered, Kind, RatherNot
from desk.demo.steps.plans import Aim, Plan, Task
from desk.demo.steps.signals import (
    Asked,
    Closed,
    Discussed,
    HouseholdTold,
    Linked,
    Marked,
    Replied,
    Seen,
    TakenUp,
    Told,
    Wrote,
)
from desk.demo.steps.stage import Chapter
from households.domains import LifeDomain, Side
from households.models import HouseholdMember
from signals.models import Observation

DEMI = Member(
    "Demi", "Kortland", age=22, birthday=140, phone="000-000 02 11", email="demi@thuis.example",
    contact_note="Heeft verlof. Liever in de ochtend bellen.",
)  # fmt: skip
JORDY = Member("Jordy", "van Asselt", age=24, birthday=250, phone="000-000 02 12", contact_note="Werkt in de avond.")
FENNA = Member(
    "Fenna", "van Asselt", age=0, birthday=33, contact_by=HouseholdMember.ContactBy.SOMEBODY,
    contact_through="haar ouders",
)  # fmt: skip

GRANDMOTHER = Near(
    "Oma Anja", "moeder van Demi", "Werkt veel en woont 20 kilometer ver. Past op waar het kan.", "000-000 02 13"
)
LOTTE = Near("Lotte", "vriendin van Demi", "Appt elke dag met Demi.")
NEIGHBOUR = Near("Mevrouw Soerjadi", "buurvrouw", "Is 72 en helpt graag.")

HOME = Home(
    name="Kortland-Van Asselt",
    coordinator=AMIR,
    address="Rietgorslaan 48b",
    district="Waterkers",
    members=(DEMI, JORDY, FENNA),
    network=(GRANDMOTHER, LOTTE, NEIGHBOUR),
)

S4 = Seen(
    "S4",
    MATERNITY,
    "Moeder huilt elke dag en slaapt bijna niet. Er is schimmel in de babykamer. Ouders zijn lief voor de baby. "
    "Fenna drinkt goed. Vader werkt 's avonds en is moe. Mijn laatste dag is overmorgen.",
    Discussed.AGREED,
    reporter=ILSE,
    about_name="Demi Kortland en Jordy van Asselt",
    about_address="Rietgorslaan 48b",
    agrees_to_feedback=True,
)

FOLLOW_UP = Asked(NADIA, DEMI, LifeDomain.MENTAL_HEALTH, "Is het vervolggesprek met Demi gepland?", before=4)
HOME_VISIT = Asked(SASKIA, DEMI, LifeDomain.PARENTING, "Ziet u Demi deze week nog?", before=4)

PLAN = Plan(
    on=-21,
    evaluate_on=10,
    aims=(
        Aim(
            LifeDomain.MENTAL_HEALTH,
            "Ik slaap over 4 weken 5 nachten per week minstens 5 uur.",
            by_when=7,
            about=(DEMI,),
            why="Demi zegt: “Ik ben op.”",
            how_we_see_it="Demi zet een kruisje na een goede nacht.",
            tasks=(
                Task("De voeding van 23.00 geven.", JORDY, due=10, rhythm="elke avond 23.00"),
                Task("De huisarts bellen als hij zich zorgen maakt over Demi.", JORDY, due=31),
                Task("De zaterdagnacht overnemen.", GRANDMOTHER, due=10, rhythm="elke zaterdag"),
                Task("Een gesprek over hoe Demi zich voelt.", NADIA, due=-18, done=-18),
                Task("Het vervolg van dat gesprek.", NADIA, due=10, since=-18),
            ),
        ),
        Aim(
            LifeDomain.HOUSING,
            "Wij willen dat de babykamer binnen 6 weken droog is.",
            by_when=21,
            about=(DEMI, JORDY, FENNA),
            how_we_see_it="De schimmel is weg en komt niet terug.",
            tasks=(
                Task("De ramen openzetten.", DEMI, due=21, rhythm="2 keer per dag"),
                Task("Kijken waar het vocht vandaan komt.", KEES, due=-19, done=-19),
                Task("Een apparaat tegen vocht te leen regelen.", AMIR, due=-16, done=-16),
                Task("Een afzuiging in de babykamer maken.", KEES, due=6, since=-19),
            ),
        ),
        Aim(
            LifeDomain.PARENTING,
            "Ik vertrouw op mezelf als moeder.",
            by_when=45,
            about=(DEMI,),
            why="Demi zegt: “Ik ben bang dat ik het fout doe.”",
            how_we_see_it="Demi vraagt het eerst aan zichzelf, en dan pas aan een ander.",
            tasks=(
                Task("Naar de inloop voor ouders in De Waterlelie.", DEMI, due=31, rhythm="elke vrijdag 10.00"),
                Task("Overnemen van de kraamzorg.", SASKIA, due=-20, done=-20),
                Task("Drie keer op huisbezoek.", SASKIA, due=24, since=-20),
                Task(
                    "Een kopje thee en even overnemen.",
                    BIANCA,
                    due=45,
                    rhythm="elke woensdag 9.30-11.30",
                    since=-14,
                    practical="De bel doet het niet: stuur een berichtje als u voor de deur staat.",
                ),
            ),
        ),
        Aim(
            LifeDomain.MONEY,
            "Wij hebben overzicht van ons geld, nu er minder binnenkomt.",
            by_when=31,
            about=(DEMI, JORDY),
            tasks=(
                Task("Kindgebonden budget aanvragen.", JORDY, due=-12, done=-12),
                Task("Eén gesprek over het geld van elke maand.", DENNIS, due=8),
            ),
        ),
    ),
)

SOFA_BED = money.Asked(
    "Een slaapbank, zodat oma op zaterdagnacht kan blijven.",
    LifeDomain.MENTAL_HEALTH,
    "640.00",
    motivation="Demi slaapt alleen door als oma de nacht overneemt. Oma heeft nu geen bed. Voor een slaapbank is geen "
    "regeling, en bijzondere bijstand kan niet omdat Jordy werkt.",
    decider=JOLANDA,
    second=PASCAL,
    split=(("youth", "400.00"), ("wmo", "240.00")),
    otherwise="Nachtelijke hulp van een organisatie kost meer dan dit per maand.",
    they_say="Demi: “Als mijn moeder er is, slaap ik echt.”",
)

CHAPTER = Chapter(
    scenes=[
        *PLAN.scenes(),
        (-8, "11.30", PutForward()),
        (-8, "11.40", Signed(((DEMI, Stand.ORAL),))),
        (-25, "14.10", S4),
        (-25, "16.30", TakenUp(S4, AMIR)),
        (-25, "16.40", Told(S4, AMIR, "GELEZEN")),
        (
            -24,
            "9.30",
            Told(S4, AMIR, "EXTRA_INFO", {"question": "Wanneer kunnen wij samen met u langskomen?", "before": -23}),
        ),
        (-24, "13.15", Wrote(S4, "Kom {day} 11 uur. Demi en Jordy zijn dan allebei thuis.", day=-23)),
        (-23, "12.30", HOME),
        (-23, "12.35", Authority((FENNA,), (DEMI, JORDY))),
        (-23, "12.40", Linked(S4, AMIR)),
        (-23, "12.45", Agreed((DEMI, JORDY), MATERNITY)),
        (
            -23,
            "13.00",
            OwnWords(
                request="Iemand die even meekijkt en dat de schimmel weggaat.",
                strengths="Demi en Jordy zijn lief voor Fenna.\n"
                "Fenna drinkt goed.\n"
                "Jordy neemt de late voeding.\n"
                "Oma en de buurvrouw helpen graag.",
                story="Ik ben blij met haar, maar ik ben op. Ik ben bang dat ik het fout doe.",
                told_by="Demi",
            ),
        ),
        (-23, "13.05", talks.KORTLAND_FIRST),
        (-22, "9.30", OwnPageGiven(DEMI)),
        (-22, "20.10", Marks(DEMI, dict(zip(Side, (4, 3, 7, 4, 4, 4), strict=True)))),
        (-2, "12.00", talks.KORTLAND_LATER),
        (-2, "20.30", Marks(DEMI, dict(zip(Side, (6, 5, 8, 6, 6, 6), strict=True)))),
        (-23, "13.10", NextStep("Samen het plan maken aan de keukentafel.", on=-21)),
        (-23, "13.20", HouseholdTold(S4, AMIR)),
        (-23, "13.30", FamilyPlanOffered(AMIR)),
        (-23, "13.35", RatherNot(Kind.FAMILY, "Nu niet, liever samen met jou.")),
        (-22, "10.00", Told(S4, AMIR, "CONTACT")),
        (
            -21,
            "14.30",
            Agreed((DEMI, JORDY, FENNA), HOUSING, (LifeDomain.HOUSING,), "Alleen het vocht in de babykamer."),
        ),
        (-21, "14.32", Agreed((DEMI,), PRACTICE, (LifeDomain.MENTAL_HEALTH,), "Alleen dat er een gesprek is.")),
        (-21, "14.34", Agreed((DEMI,), YOUTH_HEALTH, (LifeDomain.PARENTING,), "Alleen wat over opvoeden gaat.")),
        (
            -20,
            "9.00",
            Invited(
                SASKIA,
                "Meekijken na de kraamzorg.",
                "Demi hoeft het niet alleen uit te zoeken.",
                sees=(LifeDomain.PARENTING,),
            ),
        ),
        (-20, "9.10", Invited(KEES, "Het vocht in de babykamer.", "Een droge kamer.", sees=(LifeDomain.HOUSING,))),
        (-20, "9.20", Invited(NADIA, "Een gesprek over hoe Demi zich voelt.", "Hulp dichtbij.")),
        (
            -14,
            "9.00",
            Invited(
                BIANCA,
                "Elke woensdag even overnemen.",
                "Demi kan even slapen.",
                volunteer=True,
            ),
        ),
        (-3, "9.00", Invited(DENNIS, "Eén gesprek over het geld.", "Overzicht nu er minder binnenkomt.", comes=False)),
        (
            -9,
            "11.00",
            Told(
                S4,
                AMIR,
                "AFGESLOTEN_RESULTAAT",
                {
                    "result": "Er komt elke week iemand bij het gezin en de verhuurder pakt het vocht aan.",
                    "read_aloud_on": -9,
                },
            ),
        ),
        (-9, "11.05", Closed(S4, AMIR)),
        (-9, "15.20", Marked(S4, 9, "Eindelijk hoor ik wat.")),
        (-3, "9.30", FOLLOW_UP),
        (-2, "9.10", Replied(FOLLOW_UP, Observation.Answer.YES, "Ja, volgende week.")),
        (-2, "10.50", SOFA_BED),
        (-2, "10.30", HOME_VISIT),
        (-2, "10.00", NextStep("Met Demi en Jordy kijken of de nachten beter gaan.", on=4)),
    ],
)
