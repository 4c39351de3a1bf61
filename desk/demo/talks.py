"""What was said in the talks at the kitchen table of the example."""

from desk.demo.steps.households import Talk
from households.domains import Level, LifeDomain
from households.models import Conversation

SAID = {
    LifeDomain.MONEY: "Ik weet niet hoeveel schuld.",
    LifeDomain.WORK_EDU: "Ik kan niet meer tillen.",
    LifeDomain.HOUSING: "Bang dat we eruit moeten.",
    LifeDomain.HOME_RELATIONS: "Elke avond ruzie.",
    LifeDomain.PARENTING: "De kinderen merken het.",
    LifeDomain.PHYS_HEALTH: "Mijn rug.",
    LifeDomain.MENTAL_HEALTH: "Slecht slapen. Schaamte.",
    LifeDomain.DAILY_LIFE: "De post lukt niet.",
    LifeDomain.NETWORK_PART: "Ik zie niemand.",
}

BAKELAAR_FIRST = Talk(
    present="Ruud, Samira en Karin",
    supporter=Conversation.Supporter.NOT_NEEDED,
    said={f"{domain}-says": words for domain, words in SAID.items()}
    | {
        "why1": "Wij maken steeds ruzie, over geld.",
        "why2": "De rekeningen zijn niet betaald.",
        "why3": "De brieven liggen in de kast.",
        "why4": "“Ik snap ze niet.”",
        "why5": "Schaamte. Lezen gaat lastig, en dat wist niemand.",
        "behind": "Ruud wil weer zelf begrijpen wat er in zijn post staat.",
        "MONEY-sees": "Een stapel van ongeveer zestig brieven, de oudste van een jaar geleden.",
        "MONEY-wish": "Wij willen weten wat we moeten betalen.",
        "MONEY-self": "Ruud legt alle post in de blauwe bak.",
        "MONEY-close": "Karin leest op maandag mee.",
        "MONEY-professional": "Een overzicht en een betaalplan, met Schuldhulp.",
        "DAILY_LIFE-sees": "Ruud is handig en geduldig, en vertelt graag over zijn werk.",
        "SAFETY_JUSTICE-sees": "Nagevraagd, ook apart: er is geen geweld.",
        "needs": "Iemand die naast ons zit, en niet boven ons.",
        "agreed": "Jolanda komt over vijf dagen de eerste stapel sorteren, samen met Ruud.",
    },
    levels={
        LifeDomain.MONEY: Level.BAD,
        LifeDomain.WORK_EDU: Level.BAD,
        LifeDomain.HOUSING: Level.MIXED,
        LifeDomain.HOME_RELATIONS: Level.BAD,
        LifeDomain.PARENTING: Level.MIXED,
        LifeDomain.PHYS_HEALTH: Level.MIXED,
        LifeDomain.MENTAL_HEALTH: Level.BAD,
        LifeDomain.DAILY_LIFE: Level.BAD,
        LifeDomain.NETWORK_PART: Level.MIXED,
        LifeDomain.SAFETY_JUSTICE: Level.WELL,
    },
)
BAKELAAR_LATER = Talk(
    present="Ruud en Samira",
    supporter=Conversation.Supporter.NOT_NEEDED,
    said={
        "MONEY-says": "Wij weten wat we moeten betalen. Het is krap.",
        "HOUSING-says": "Wij mogen blijven.",
        "HOME_RELATIONS-says": "Vrijdag praten wij erover, en dan is het klaar.",
        "MENTAL_HEALTH-says": "Ik slaap weer.",
        "DAILY_LIFE-says": "De blauwe bak is elke week leeg.",
    },
    levels={
        LifeDomain.MONEY: Level.MIXED,
        LifeDomain.WORK_EDU: Level.MIXED,
        LifeDomain.HOUSING: Level.FAIR,
        LifeDomain.HOME_RELATIONS: Level.FAIR,
        LifeDomain.PARENTING: Level.FAIR,
        LifeDomain.PHYS_HEALTH: Level.MIXED,
        LifeDomain.MENTAL_HEALTH: Level.MIXED,
        LifeDomain.DAILY_LIFE: Level.FAIR,
        LifeDomain.NETWORK_PART: Level.FAIR,
        LifeDomain.SAFETY_JUSTICE: Level.WELL,
    },
)

KORTLAND_FIRST = Talk(
    present="Demi en Jordy",
    said={
        "behind": "Alleen zijn in de avond, en bang om een slechte moeder te lijken.",
        "HOUSING-says": "De schimmel komt steeds terug.",
        "MENTAL_HEALTH-says": "Ik ben op.",
        "PARENTING-says": "Ik ben bang dat ik het fout doe.",
        "needs": "Iemand die even meekijkt.",
    },
    levels={
        LifeDomain.MONEY: Level.MIXED,
        LifeDomain.HOUSING: Level.BAD,
        LifeDomain.HOME_RELATIONS: Level.FAIR,
        LifeDomain.PARENTING: Level.MIXED,
        LifeDomain.MENTAL_HEALTH: Level.BAD,
        LifeDomain.DAILY_LIFE: Level.MIXED,
        LifeDomain.NETWORK_PART: Level.MIXED,
        LifeDomain.SAFETY_JUSTICE: Level.WELL,
    },
)
KORTLAND_LATER = Talk(
    present="Demi en Jordy",
    said={
        "HOUSING-says": "Het is al droger.",
        "MENTAL_HEALTH-says": "Sommige nachten slaap ik vijf uur.",
        "PARENTING-says": "Ik zie dat Fenna blij met mij is.",
    },
    levels={
        LifeDomain.MONEY: Level.MIXED,
        LifeDomain.HOUSING: Level.MIXED,
        LifeDomain.HOME_RELATIONS: Level.FAIR,
        LifeDomain.PARENTING: Level.FAIR,
        LifeDomain.MENTAL_HEALTH: Level.MIXED,
        LifeDomain.DAILY_LIFE: Level.FAIR,
        LifeDomain.NETWORK_PART: Level.FAIR,
        LifeDomain.SAFETY_JUSTICE: Level.WELL,
    },
)

HOOGSTRATEN_FIRST = Talk(
    present="Gerrit, Tineke, en Ineke aan de telefoon",
    supporter=Conversation.Supporter.WANTED,
    said={
        "behind": "Gerrit is alleen, en wil weer iets betekenen. Vragen durft hij niet.",
        "HOUSING-says": "De trap is een ding.",
        "NETWORK_PART-says": "De dagen zijn lang.",
        "needs": "Een traplift. En af en toe iemand die langskomt.",
    },
    levels={
        LifeDomain.MONEY: Level.WELL,
        LifeDomain.WORK_EDU: Level.BAD,
        LifeDomain.HOUSING: Level.BAD,
        LifeDomain.PHYS_HEALTH: Level.MIXED,
        LifeDomain.MENTAL_HEALTH: Level.MIXED,
        LifeDomain.DAILY_LIFE: Level.MIXED,
        LifeDomain.NETWORK_PART: Level.BAD,
    },
)
HOOGSTRATEN_LATER = Talk(
    present="Gerrit en Ria, die naast hem staat",
    supporter=Conversation.Supporter.PRESENT,
    said={"NETWORK_PART-says": "Ze noemen me nu meneer Fiets."},
    levels={
        LifeDomain.MONEY: Level.WELL,
        LifeDomain.WORK_EDU: Level.FAIR,
        LifeDomain.HOUSING: Level.MIXED,
        LifeDomain.PHYS_HEALTH: Level.MIXED,
        LifeDomain.MENTAL_HEALTH: Level.FAIR,
        LifeDomain.DAILY_LIFE: Level.FAIR,
        LifeDomain.NETWORK_PART: Level.FAIR,
    },
)
