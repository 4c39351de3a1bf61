"""What was written down along the way."""

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.crypto import EncryptedTextField
from households.models.household import Household
from households.models.people import Resident
from households.models.unchanging import stays_as_it_is
from partners.models import Professional


class NoteQuerySet(models.QuerySet["Note"]):
    def current(self):
        """Without those that a correction stands in the place of."""
        newer = Note.objects.filter(
            original=Coalesce(OuterRef("original"), OuterRef("pk")), version__gt=OuterRef("version")
        )
        return self.filter(~Exists(newer))

    def in_full(self):
        """With whom it is about and who wrote it, in a fixed number of queries."""
        return self.select_related("written_by").prefetch_related("about")

    def before(self, notes: list["Note"]) -> dict[int, list["Note"]]:
        """What stood in the place of each of these notes before, newest first, by the key of the note. One query."""
        originals = {note.original_id: note.pk for note in notes if note.original_id}
        older = self.filter(Q(pk__in=originals) | Q(original__in=originals)).exclude(pk__in=originals.values())
        found: dict[int, list[Note]] = {}
        for note in older.select_related("written_by").order_by("-version"):
            found.setdefault(originals[note.original_id or note.pk], []).append(note)
        return found


class Note(models.Model):
    """A contact or an observation, and what kind of knowing it is: seen, said by somebody, or an impression (AVG art. 5,
    accuracy). Never changes: a correction is a note of its own, in the place of the old one, and the old one can be read."""

    class Kind(models.TextChoices):
        FACT = "FACT", _("fact")
        SAID = "SAID", _("what somebody says")
        IMPRESSION = "IMPRESSION", _("impression")

    class Occasion(models.TextChoices):
        VISIT = "VISIT", _("visit at home")
        TALK = "TALK", _("talk somewhere else")
        PHONE = "PHONE", _("on the phone")
        MESSAGE = "MESSAGE", _("by mail or message")
        MEETING = "MEETING", _("meeting with others")
        DECISION = "DECISION", _("decision")
        NO_CONTACT = "NO_CONTACT", _("tried, no contact")

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=10, choices=Kind)
    occasion = models.CharField(max_length=10, choices=Occasion)
    happened_on = models.DateField()
    text = EncryptedTextField()
    said_by = EncryptedTextField(blank=True)
    about = models.ManyToManyField(Resident, related_name="notes", blank=True)
    original = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="versions", editable=False
    )
    version = models.PositiveSmallIntegerField(default=1, editable=False)
    written_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-happened_on", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(kind="SAID") | ~Q(said_by=""), name="note_said_by_somebody"),
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
            models.UniqueConstraint(fields=["original", "version"], name="note_corrected_once"),
            models.CheckConstraint(
                condition=Q(original=None, version=1) | Q(original__isnull=False, version__gt=1),
                name="note_first_is_original",
            ),
        ]
        triggers: ClassVar = [stays_as_it_is("note_never_changes")]

    def __str__(self):
        return f"{self.household}, {self.happened_on}"
