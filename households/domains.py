"""The ten life domains of our own (not those of any licensed instrument), the pictogram of each, how it goes in words, and
the six sides of a life on which residents give a mark themselves."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _

from households.labels import label


class LifeDomain(TextChoices):
    MONEY = "MONEY", label("domains", "MONEY", _("Money"))
    WORK_EDU = "WORK_EDU", label("domains", "WORK_EDU", _("Work and learning"))
    HOUSING = "HOUSING", label("domains", "HOUSING", _("Housing"))
    HOME_RELATIONS = "HOME_RELATIONS", label("domains", "HOME_RELATIONS", _("Home and relationships"))
    PARENTING = "PARENTING", label("domains", "PARENTING", _("Raising children and growing up"))
    PHYS_HEALTH = "PHYS_HEALTH", label("domains", "PHYS_HEALTH", _("Health: body"))
    MENTAL_HEALTH = "MENTAL_HEALTH", label("domains", "MENTAL_HEALTH", _("Health: mind and feelings"))
    DAILY_LIFE = "DAILY_LIFE", label("domains", "DAILY_LIFE", _("Daily life and managing yourself"))
    NETWORK_PART = "NETWORK_PART", label("domains", "NETWORK_PART", _("Network and taking part"))
    SAFETY_JUSTICE = "SAFETY_JUSTICE", label("domains", "SAFETY_JUSTICE", _("Safety, police and justice"))

    @property
    def icon(self) -> str:
        return ICONS[self]

    @property
    def extra_protected(self) -> bool:
        """Health and justice: shared only after a second look (AVG art. 9 and 10, UAVG 30-33)."""
        return self in EXTRA_PROTECTED


class Level(IntegerChoices):
    """How it goes in a life domain, in words. In an order, but no quantity: never added up, averaged or shown as a number."""

    REFUSED = 0, _("Would rather not talk about it")
    URGENT = 1, label("levels", "1", _("Help is needed now"))
    BAD = 2, label("levels", "2", _("Does not go well"))
    MIXED = 3, label("levels", "3", _("Goes up and down"))
    FAIR = 4, label("levels", "4", _("Goes reasonably"))
    WELL = 5, label("levels", "5", _("Goes well"))

    @classmethod
    def scale(cls) -> list["Level"]:
        """What can be drawn, best first."""
        return [level for level in reversed(cls) if level != cls.REFUSED]


class Side(TextChoices):
    """Sides of a life on which only residents themselves give a mark from 0 to 10. No norm; a start of a talk."""

    BODY = "BODY", _("My body")
    MIND = "MIND", _("My thoughts and feelings")
    MEANING = "MEANING", _("What matters to me")
    JOY = "JOY", _("Enjoying things")
    TOGETHER = "TOGETHER", _("Belonging and joining in")
    DAILY = "DAILY", _("Managing my day")


ICONS = {
    LifeDomain.MONEY: "coin-euro",
    LifeDomain.WORK_EDU: "briefcase",
    LifeDomain.HOUSING: "home",
    LifeDomain.HOME_RELATIONS: "heart",
    LifeDomain.PARENTING: "horse-toy",
    LifeDomain.PHYS_HEALTH: "stethoscope",
    LifeDomain.MENTAL_HEALTH: "brain",
    LifeDomain.DAILY_LIFE: "calendar-check",
    LifeDomain.NETWORK_PART: "friends",
    LifeDomain.SAFETY_JUSTICE: "shield-check",
}
EXTRA_PROTECTED = frozenset({LifeDomain.PHYS_HEALTH, LifeDomain.MENTAL_HEALTH, LifeDomain.SAFETY_JUSTICE})
