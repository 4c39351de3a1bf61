"""The talk at the kitchen table: what was said, place by place in the guide, and how it goes in each life domain.

As long as a talk is open, each place holds what was typed last, with a version: two people never overwrite each other. A
talk that ended never changes: a correction stands beside what was written, and both can be read."""

from abc import abstractmethod
from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.crypto import EncryptedTextField
from households.domains import Level, LifeDomain
from households.models.household import Household
from households.models.people import Resident
from households.models.unchanging import stays_as_it_is
from partners.models import Professional

AS_IT_WAS_SAID = pgtrigger.Trigger(
    name="as_it_was_said",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    declare=[("ended", "timestamptz")],
    func="""
    SELECT ended_at INTO ended FROM households_conversation WHERE id = NEW.conversation_id;
    IF (ended IS NULL) <> (NEW.correction = 0) OR (TG_OP = 'UPDATE' AND NEW.correction > 0) THEN
        RAISE EXCEPTION 'talk % can not be written in like that', NEW.conversation_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'as_it_was_said';
    END IF;
    RETURN NEW;
    """,
)


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def open(self):
        return self.filter(ended_at=None)

    def in_full(self):
        """With everything that was said, in a fixed number of queries."""
        return self.select_related("resident", "begun_by", "ended_by").prefetch_related(
            models.Prefetch("answers", Answer.objects.select_related("written_by")),
            models.Prefetch("domainscores", DomainScore.objects.select_related("written_by")),
        )


class Conversation(models.Model):
    """A talk with the household, or with one resident of it alone."""

    class Supporter(models.TextChoices):
        """The free and independent client supporter (Wmo 2015, art. 2.2.4 and 2.3.2(3))."""

        NOT_YET = "NOT_YET", _("not offered yet")
        NOT_NEEDED = "NOT_NEEDED", _("offered, not needed now")
        WANTED = "WANTED", _("offered, and wanted")
        PRESENT = "PRESENT", _("is there")

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="conversations")
    resident = models.ForeignKey(
        Resident, on_delete=models.CASCADE, null=True, blank=True, related_name="conversations"
    )
    held_on = models.DateField()
    present = EncryptedTextField()
    supporter = models.CharField(max_length=10, choices=Supporter, default=Supporter.NOT_YET)
    begun_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey(Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-held_on", "-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["household", "resident"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="one_open_talk",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
                name="talk_ended_by_somebody",
            ),
        ]
        triggers: ClassVar = [
            stays_as_it_is("talk_that_ended_stays", condition=pgtrigger.Q(old__ended_at__isnull=False)),
        ]

    def __str__(self):
        return f"{self.household}, {self.held_on}"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    def rows(self) -> dict[str, list["Written"]]:
        """What was written in each place, the newest first: behind it stands what it corrects."""
        found: dict[str, list[Written]] = {}
        for row in [*self.answers.all(), *self.domainscores.all()]:
            found.setdefault(row.place_key, []).append(row)
        return {place: sorted(rows, key=lambda row: -row.correction) for place, rows in found.items()}


class Written(models.Model):
    """One place in a talk. `window` and `turn` say which window of a browser wrote it and how often that one did: what a
    window sends again, because the answer was lost, is no clash with itself."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="%(class)ss")
    correction = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    window = models.UUIDField(null=True, blank=True)
    turn = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True
        triggers: ClassVar = [AS_IT_WAS_SAID]

    @property
    @abstractmethod
    def place_key(self) -> str:
        """The place in the guide."""

    @property
    @abstractmethod
    def value(self) -> str:
        """As it stands in the field of a form."""

    @property
    @abstractmethod
    def shown(self) -> str:
        """As people read it."""


class Answer(Written):
    """Words."""

    place = models.CharField(max_length=40)
    text = EncryptedTextField(blank=True)

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "place", "correction"], name="answer_once"),
        ]

    def __str__(self):
        return self.place

    @property
    def place_key(self) -> str:
        return self.place

    @property
    def value(self) -> str:
        return self.text

    @property
    def shown(self) -> str:
        return self.text


class DomainScore(Written):
    """How it goes in a life domain. Without a row or a level it was not discussed, and that is fine."""

    domain = models.CharField(max_length=16, choices=LifeDomain)
    level = models.PositiveSmallIntegerField(choices=Level, null=True, blank=True)

    class Meta(Written.Meta):
        abstract = False
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["conversation", "domain", "correction"], name="domain_score_once"),
            models.CheckConstraint(
                condition=Q(level=None) | Q(level__in=Level.values), name="domain_score_known_level"
            ),
            models.CheckConstraint(condition=Q(domain__in=LifeDomain.values), name="domain_score_known_domain"),
        ]

    def __str__(self):
        return self.domain

    @property
    def place_key(self) -> str:
        return f"{self.domain}-level"

    @property
    def value(self) -> str:
        return "" if self.level is None else str(self.level)

    @property
    def shown(self) -> str:
        return "" if self.level is None else str(Level(self.level).label)


class QuestionCard(models.Model):
    """The questions that a team asks at one step of the guide, one on each line, in the place of ours."""

    team = models.ForeignKey("partners.Team", on_delete=models.CASCADE, related_name="question_cards")
    step = models.CharField(max_length=40)
    questions = EncryptedTextField()
    changed_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["team", "step"], name="question_card_once"),
            models.CheckConstraint(condition=~Q(questions=""), name="question_card_asks_something"),
        ]

    def __str__(self):
        return self.step
