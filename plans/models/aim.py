"""What an action works towards, in the words of a team, and what does not go together."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from households.domains import LifeDomain
from partners.models import Professional, Team
from partners.permissions import Permission


class Aim(models.Model):
    """About kinds of help, never about people: so it may be read by the whole team, and is not sealed."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="aims")
    domain = models.CharField(max_length=16, choices=LifeDomain)
    words = models.CharField(max_length=60)

    class Meta:
        ordering: ClassVar = ["domain", "words"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(words=""), name="aim_says_something"),
            models.UniqueConstraint("team", "domain", Lower("words"), name="aim_once"),
        ]

    def __str__(self):
        return self.words


class OppositionQuerySet(models.QuerySet["Opposition"]):
    def writable_by(self, professional: Professional):
        """Those of the teams for which this person writes what is asked, and what does not go together."""
        return self.filter(one__team__in=professional.team_keys(Permission.WRITE_QUESTIONS)).select_related(
            "one", "other"
        )

    def of_team(self, team: Team):
        return self.filter(one__team=team).select_related("one", "other")


class Opposition(models.Model):
    """Two aims of one life domain that work against each other for one person."""

    one = models.ForeignKey(Aim, on_delete=models.CASCADE, related_name="+", verbose_name=_("this"))
    other = models.ForeignKey(Aim, on_delete=models.CASCADE, related_name="+", verbose_name=_("against this"))

    objects = OppositionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["one__domain", "one__words", "other__words"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="opposition_of_two"),
            models.UniqueConstraint(fields=["one", "other"], name="opposition_once"),
        ]

    def __str__(self):
        return f"{self.one}, {self.other}"
