"""What partners of each kind often see: the subjects that their link offers, beside their own words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Category(TextChoices):
    RENT_ARREARS = "RENT_ARREARS", _("Only arrears with the rent")
    BILL_ARREARS = "BILL_ARREARS", _("Only arrears with energy or water")
    HOME = "HOME", _("The home is too full or badly kept")
    NO_ANSWER = "NO_ANSWER", _("Nobody opens the door or answers")
    NUISANCE = "NUISANCE", _("Trouble with neighbours")
    ABSENCE = "ABSENCE", _("Often not at school")
    BABY = "BABY", _("Worries around a baby")
    CARER = "CARER", _("Caring for somebody becomes too much")
    LONELY = "LONELY", _("Somebody is often alone")
    PAPERS = "PAPERS", _("Letters and forms do not work out")
    FEELING = "FEELING", _("A feeling that something is not right")

    @property
    def is_arrears(self) -> bool:
        return self in ARREARS


# These have a way of their own, to the debt help of the municipality (Wgs, Bgs art. 2): vroegsignalering.
ARREARS = frozenset({Category.RENT_ARREARS, Category.BILL_ARREARS})
EVERYBODY = (Category.PAPERS, Category.LONELY, Category.FEELING)
# By Organisation.Kind, as it is when a link is made; the team may change it for each link.
PRESET: dict[str, tuple[Category, ...]] = {
    "HOUSING": (Category.RENT_ARREARS, Category.HOME, Category.NO_ANSWER, Category.NUISANCE, Category.FEELING),
    "UTILITY": (Category.BILL_ARREARS, Category.NO_ANSWER, Category.FEELING),
    "SCHOOL": (Category.ABSENCE, Category.FEELING),
    "MATERNITY": (Category.BABY, Category.HOME, Category.FEELING),
    "YOUTH_HEALTH": (Category.BABY, Category.ABSENCE, Category.FEELING),
    "GENERAL_PRACTICE": (Category.CARER, Category.LONELY, Category.FEELING),
}


def preset(kind: str) -> list[str]:
    return [category.value for category in PRESET.get(kind, EVERYBODY)]
