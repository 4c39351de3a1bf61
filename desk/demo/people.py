"""Who works in gemeente Wilgenrade, and the partners around the team."""

from dataclasses import dataclass

from partners.models import Organisation
from partners.permissions import Role

PASSWORD = "Lindehof-2026-demo"  # of every login, and meant to be known

DISTRICTS = ["Lindehof", "Waterkers", "Oude Haven"]
MUNICIPALITY = "Gemeente Wilgenrade"
TEAM = {
    "name": "Sociaal team Lindehof",
    "address": "Lindehofplein 3",
    "phone": "000-000 01 01",
    "days": "maandag tot en met vrijdag",
    "hours": "8.30 tot 17.00 uur",
}


@dataclass(frozen=True)
class Person:
    """A professional. Only who has a role in the team has a password."""

    first_name: str
    last_name: str
    email: str
    phone: str
    function: str = ""
    organisation: str = MUNICIPALITY
    expertise: str = ""
    role: str = ""

    @property
    def name(self) -> str:
        return f"{self.first_name} {self.last_name}"


JOLANDA = Person(
    "Jolanda", "Terpstra", "jolanda@wilgenrade.example", "000-000 01 11", "regisseur",
    expertise="schulden en relaties", role=Role.COORDINATOR,
)  # fmt: skip
AMIR = Person(
    "Amir", "Boulahrouf-Smit", "amir@wilgenrade.example", "000-000 01 12", "regisseur",
    expertise="jonge kinderen", role=Role.COORDINATOR,
)  # fmt: skip
WIETSKE = Person(
    "Wietske", "Oosterloo", "wietske@wilgenrade.example", "000-000 01 13", "Wmo-consulent en regisseur",
    expertise="ouderen", role=Role.COORDINATOR,
)  # fmt: skip
PASCAL = Person("Pascal", "Rijnders", "pascal@wilgenrade.example", "000-000 01 14", "teamleider", role=Role.LEAD)
FADOUA = Person(
    "Fadoua",
    "Kessler",
    "fadoua@wilgenrade.example",
    "000-000 01 15",
    "aandachtsfunctionaris",
    role=Role.SAFEGUARDING_LEAD,
)
TON = Person("Ton", "Verhulsdonk", "ton@wilgenrade.example", "000-000 01 16", "sociaal makelaar", role=Role.CONNECTOR)
MARLEEN = Person(
    "Marleen", "Duivestein", "marleen@wilgenrade.example", "000-000 01 17", "functioneel beheerder", role=Role.MANAGER
)
ELS = Person(
    "Els", "Brandsma-Wu", "els@wilgenrade.example", "000-000 01 18", "functionaris gegevensbescherming",
    role=Role.PRIVACY_OFFICER,
)  # fmt: skip
BART = Person("Bart", "Hoefnagels", "bart@wilgenrade.example", "000-000 01 19", "beleidsmedewerker", role=Role.POLICY)

MATERNITY = "Kraamzorg Zonneboog"
HOUSING = "Woonstichting De Sleutelbrug"
PRIMARY_SCHOOL = "Basisschool De Wilgentak"
COLLEGE = "Vaart College"
PRACTICE = "Huisartsenpraktijk Oude Haven"
YOUTH_HEALTH = "JGZ Wilgenrade"
LIBRARY = "Taalhuis Bibliotheek"
DEBT_HELP = "Schuldhulp Wilgenrade"
WORKSHOP = "Werkplaats De Draaibank"
WELFARE = "Welzijn Waterkers"
COFFEE_MATES = "Vrijwilligers Thuismaatje"
FAMILY_MATES = "Gezinsmaatje"
SCHOOL_DUTY = "Leerrecht Wilgenrade"
NEIGHBOURS = "Buurtbewoners"
SUPPORTERS = "Onafhankelijke ondersteuning Wilgenrade"

# Each has an address of its own to post signals.
PARTNERS: dict[str, Organisation.Kind] = {
    MATERNITY: Organisation.Kind.MATERNITY,
    PRIMARY_SCHOOL: Organisation.Kind.SCHOOL,
    NEIGHBOURS: Organisation.Kind.RESIDENTS,
    HOUSING: Organisation.Kind.HOUSING,
    COLLEGE: Organisation.Kind.SCHOOL,
    PRACTICE: Organisation.Kind.GENERAL_PRACTICE,
    YOUTH_HEALTH: Organisation.Kind.YOUTH_HEALTH,
    LIBRARY: Organisation.Kind.LIBRARY,
    DEBT_HELP: Organisation.Kind.DEBT_HELP,
    WORKSHOP: Organisation.Kind.WORK,
    WELFARE: Organisation.Kind.WELFARE,
    COFFEE_MATES: Organisation.Kind.VOLUNTEERS,
    FAMILY_MATES: Organisation.Kind.VOLUNTEERS,
    SCHOOL_DUTY: Organisation.Kind.OTHER,
}

ILSE = Person("Ilse", "Waanders", "ilse@zonneboog.example", "000-000 03 01", "kraamverzorgende", MATERNITY)
KEES = Person("Kees", "Mandemaker", "kees@sleutelbrug.example", "000-000 03 02", "sociaal beheerder", HOUSING)
RIANNE = Person("Rianne", "Ploegstra", "rianne@wilgentak.example", "000-000 03 03", "intern begeleider", PRIMARY_SCHOOL)
JORIS = Person("Joris", "Ketelaars", "joris@vaartcollege.example", "000-000 03 04", "mentor", COLLEGE)
NADIA = Person(
    "Nadia", "van Wessum", "nadia@praktijkoudehaven.example", "000-000 03 05", "praktijkondersteuner", PRACTICE
)
SASKIA = Person(
    "Saskia", "Blom-Otten", "saskia@jgzwilgenrade.example", "000-000 03 06", "jeugdverpleegkundige", YOUTH_HEALTH
)
GREET = Person("Greet", "Polderman", "greet@taalhuis.example", "000-000 03 07", "taaldocent", LIBRARY)
DENNIS = Person("Dennis", "Achterkamp", "dennis@schuldhulp.example", "000-000 03 08", "schuldhulpverlener", DEBT_HELP)
HETTY = Person("Hetty", "Zondervan", "hetty@draaibank.example", "000-000 03 09", "werkbegeleider", WORKSHOP)
MO = Person("Mo", "Haddaoui", "mo@welzijnwaterkers.example", "000-000 03 10", "maatschappelijk werker", WELFARE)
CORRIE = Person("Corrie", "Lansink", "corrie@thuismaatje.example", "000-000 03 11", "vrijwilliger", COFFEE_MATES)
BIANCA = Person("Bianca", "Torenvliet", "bianca@gezinsmaatje.example", "000-000 03 12", "vrijwilliger", FAMILY_MATES)
HUGO = Person("Hugo", "Vliegenthart", "hugo@leerrecht.example", "000-000 03 13", "leerrechtmedewerker", SCHOOL_DUTY)
RIA = Person("Ria", "Mulderij", "ria@naastelkaar.example", "000-000 03 14", "onafhankelijk ondersteuner", SUPPORTERS)

STAFF = [JOLANDA, AMIR, WIETSKE, PASCAL, FADOUA, TON, MARLEEN, ELS, BART]
PARTNER_PEOPLE = [ILSE, KEES, RIANNE, JORIS, NADIA, SASKIA, GREET, DENNIS, HETTY, MO, CORRIE, BIANCA, HUGO, RIA]
