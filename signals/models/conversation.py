"""What was said between the team and a reporter, and the codes with which a reporter reads."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config import one_time_codes
from config.crypto import EncryptedTextField
from partners.models import Professional
from signals.workflow import Status

REMINDER = "HERINNERING"  # the sentence that says that we still wait
HAS_A_REPORTER = """
IF EXISTS (SELECT 1 FROM signals_signal AS part WHERE part.id = NEW.signal_id AND part.part_of_id IS NOT NULL) THEN
    RAISE EXCEPTION 'a part of a signal has no reporter of its own'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'message_has_a_reporter';
END IF;
RETURN NEW;
"""
CORRECTS_ONE_OF_OURS = """
IF NEW.corrects_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM signals_message AS wrong
    WHERE wrong.id = NEW.corrects_id AND wrong.signal_id = NEW.signal_id AND wrong.author_id IS NOT NULL
) THEN
    RAISE EXCEPTION 'a message corrects one that a colleague sent about the same signal'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'message_corrects_one_of_ours';
END IF;
RETURN NEW;
"""


class MessageQuerySet(models.QuerySet["Message"]):
    def telling_the_outcome(self):
        """What became of the signal, as it stands now: said by a colleague after it was (last) taken up or opened again,
        and not corrected since. The database counts the same when a signal is closed."""
        opened_again = Reopening.objects.filter(signal=OuterRef("signal"), after__gte=OuterRef("pk"))
        return self.filter(
            Q(signal__taken_up_at=None) | Q(sent_at__gte=F("signal__taken_up_at")),
            ~Exists(opened_again),
            tells_outcome=True,
            author__isnull=False,
            correction=None,
        )

    def open_questions(self):
        """What we asked and the reporter has not written after."""
        written = Message.objects.filter(
            signal=OuterRef("signal"), direction=Message.Direction.THEIRS, pk__gt=OuterRef("pk")
        )
        return self.filter(~Exists(written), answer_by__isnull=False, correction=None)

    def not_reminded(self):
        """The newest open question of each open signal, when its day is over and nobody reminded the reporter."""
        later = Message.objects.filter(signal=OuterRef("signal"), pk__gt=OuterRef("pk"))
        later = later.filter(Q(sentence=REMINDER) | Q(answer_by__isnull=False))
        late = self.open_questions().filter(~Exists(later), answer_by__lt=timezone.localdate())
        return late.exclude(signal__status=Status.CLOSED)


class Message(models.Model):
    """What was said between the team and a reporter. Once sent it never changes: a correction is a new message.

    Ours carry a feedback level and its ground; without an author it was sent by the system itself."""

    class Direction(models.TextChoices):
        OURS = "OURS", _("from the team")
        THEIRS = "THEIRS", _("from the reporter")

    class Level(models.TextChoices):
        F0 = "F0", _("about the message only")
        F1 = "F1", _("about our work")
        F2 = "F2", _("that there is contact")
        F3 = "F3", _("one thing the reporter needs")
        FS = "FS", _("what is needed for safety")

    signal = models.ForeignKey("signals.Signal", on_delete=models.CASCADE, related_name="messages")
    direction = models.CharField(max_length=6, choices=Direction)
    body = EncryptedTextField()
    level = models.CharField(max_length=2, choices=Level, blank=True)
    ground = models.CharField(max_length=200, blank=True)
    sentence = models.CharField(max_length=32, blank=True)
    sentence_version = models.PositiveSmallIntegerField(null=True, blank=True)
    tells_outcome = models.BooleanField(default=False)
    answer_by = models.DateField(null=True, blank=True)  # of a question: before this day
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="correction")
    author = models.ForeignKey(Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)

    objects = MessageQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(direction="OURS") & ~Q(level="") & ~Q(ground=""))
                | Q(direction="THEIRS", level="", author=None, tells_outcome=False),
                name="message_ours_has_level_and_ground",
            ),
            models.CheckConstraint(
                condition=Q(answer_by=None, corrects=None) | Q(direction="OURS"),
                name="message_only_ours_asks_or_corrects",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["signal"], condition=Q(answer_by__isnull=False), name="message_asks"),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="message_has_a_reporter",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=HAS_A_REPORTER,
            ),
            pgtrigger.Protect(name="message_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="message_corrects_one_of_ours",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=CORRECTS_ONE_OF_OURS,
            ),
        ]

    def __str__(self):
        return f"{self.signal}, {self.get_direction_display()}"


class OneTimeCode(one_time_codes.OneTimeCode):
    """Mailed to a reporter who wants to read."""

    signal = models.ForeignKey("signals.Signal", on_delete=models.CASCADE, related_name="one_time_codes")

    def __str__(self):
        return f"{self.signal}"


class Talk(models.Model):
    """A proposal to talk together: the reporter, the coordinator and the resident. Its moments are lines as people say them,
    the answer is one of them, another one, or no."""

    class Answer(models.TextChoices):
        YES = "YES", _("Yes, I come")
        OTHER = "OTHER", _("Another moment suits me better")
        NO = "NO", _("No, I do not come")

    proposal = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="talk")
    moments = EncryptedTextField()
    place = EncryptedTextField()
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    chosen = EncryptedTextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="talk_answered_at_a_moment",
            ),
        ]

    def __str__(self):
        return f"{self.proposal}"

    @property
    def lines(self) -> list[str]:
        return [line.strip() for line in self.moments.splitlines() if line.strip()]


class Reopening(models.Model):
    """A closed signal was opened again: by the reporter, or by a colleague. What was said up to and with `after` tells the
    outcome no more."""

    signal = models.ForeignKey("signals.Signal", on_delete=models.CASCADE, related_name="reopenings")
    after = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    reason = EncryptedTextField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["pk"]
        triggers: ClassVar = [
            pgtrigger.Protect(name="reopening_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.signal}"


class Pulse(models.Model):
    """How the reporter found it, once, after closing: a mark and a tip. About us, not about people."""

    signal = models.OneToOneField("signals.Signal", on_delete=models.CASCADE, related_name="pulse")
    mark = models.PositiveSmallIntegerField()
    tip = EncryptedTextField(blank=True)
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(mark__gte=1, mark__lte=10), name="pulse_from_one_to_ten"),
        ]
        triggers: ClassVar = [
            pgtrigger.Protect(name="pulse_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.signal}"
