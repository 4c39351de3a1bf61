"""The ten life domains of our own (not those of any licensed instrument), and the pictogram of each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class LifeDomain(TextChoices):
    MONEY = "MONEY", _("Money")
    WORK_EDU = "WORK_EDU", _("Work and learning")
    HOUSING = "HOUSING", _("Housing")
    HOME_RELATIONS = "HOME_RELATIONS", _("Home and relationships")
    PARENTING = "PARENTING", _("Raising children and growing up")
    PHYS_HEALTH = "PHYS_HEALTH", _("Health: body")
    MENTAL_HEALTH = "MENTAL_HEALTH", _("Health: mind and feelings")
    DAILY_LIFE = "DAILY_LIFE", _("Daily life and managing yourself")
    NETWORK_PART = "NETWORK_PART", _("Network and taking part")
    SAFETY_JUSTICE = "SAFETY_JUSTICE", _("Safety, police and justice")

    @property
    def icon(self) -> str:
        return ICONS[self]

    @property
    def extra_protected(self) -> bool:
        """Health and justice: shared only after a second look (AVG art. 9 and 10, UAVG 30-33)."""
        return self in EXTRA_PROTECTED


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
