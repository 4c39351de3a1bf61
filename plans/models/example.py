"""Goals that come back in many households, with their first steps, in the words of a team."""

from typing import Any, ClassVar, NamedTuple

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from households.domains import LifeDomain
from partners.models import Team
from plans.models.action import Tier

MOST_STEPS = 6


class Step(NamedTuple):
    """One thing that somebody could do, who that could be, and within how many weeks."""

    tier: str
    weeks: int
    what: str

    @property
    def by(self) -> str:
        return str(Tier(self.tier).label)


class ExampleGoal(models.Model):
    """About what often helps, never about people: so it may be read by the whole team, and is not sealed. A row with the
    key of one of our own examples stands in its place for this team."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="example_goals")
    key = models.SlugField(max_length=40)
    domain = models.CharField(max_length=16, choices=LifeDomain, verbose_name=_("Life domain"))
    title = models.CharField(max_length=200)
    how_we_see_it = models.CharField(max_length=300, blank=True)
    weeks = models.PositiveSmallIntegerField(default=12)
    steps = models.JSONField(default=list)
    in_use = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "key"], name="example_goal_once"),
            models.CheckConstraint(condition=~Q(title=""), name="example_goal_says_something"),
            models.CheckConstraint(condition=Q(weeks__gte=1, weeks__lte=104), name="example_goal_within_two_years"),
        ]

    def __str__(self):
        return self.title

    @property
    def first_steps(self) -> list[Step]:
        return [Step(**row) for row in self.steps]

    @property
    def facts(self) -> dict[str, Any]:
        """What is written in it, apart from its place."""
        return {name: getattr(self, name) for name in ("domain", "title", "how_we_see_it", "weeks", "steps")}
