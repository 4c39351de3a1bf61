"""What residents agreed to, for whom and until when; and what was shared without that, and why."""

from datetime import date
from typing import ClassVar

import pghistory
import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.crypto import EncryptedTextField
from households.domains import LifeDomain
from households.models.household import Household
from households.models.people import Custody, Resident
from households.models.unchanging import stays_as_it_is
from partners.models import Organisation, Professional
from partners.permissions import Permission

STORY = "STORY"
ITEMS = [(STORY, _("The story in own words")), *LifeDomain.choices]
MOST_ITEMS_WITHOUT_CONSENT = 3  # never the whole file


def items_in_words(items: list[str]) -> list[str]:
    words = dict(ITEMS)
    return [str(words[item]) for item in items]


class ConsentQuerySet(models.QuerySet["Consent"]):
    def valid(self, *, on: date | None = None):
        """Within its term and not taken back. Whether everybody who decides agreed: `households.deciding.state`."""
        on = on or timezone.localdate()
        return self.filter(withdrawn_at=None, given_on__lte=on, valid_until__gte=on)

    def in_full(self):
        """With who it is about, who decides for that person, and what each said."""
        return self.select_related("resident", "recipient", "person").prefetch_related(
            Prefetch("voices", ConsentVoice.objects.select_related("giver")),
            Prefetch("resident__custody", Custody.objects.not_over().select_related("holder")),
        )


@pghistory.track()
class Consent(models.Model):
    """One question about one resident: may this be shared with that organisation, for this purpose, until that day?
    What everybody who decides said to it stands in its voices. Not the legal basis of the work: that is a public task."""

    class Kind(models.TextChoices):
        SHARE_INFO = "SHARE_INFO", _("sharing information")
        AGREE_WITH_HELP = "AGREE_WITH_HELP", _("agreeing with help")
        FEEDBACK_TO_REPORTER = "FEEDBACK_TO_REPORTER", _("telling the reporter")

    class Form(models.TextChoices):
        ORAL = "ORAL", _("said")
        WRITTEN = "WRITTEN", _("written")

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="consents")
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=24, choices=Kind)
    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    person = models.ForeignKey(Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    items = ArrayField(models.CharField(max_length=16, choices=ITEMS), default=list, blank=True)
    purpose = EncryptedTextField(blank=True)
    explained = EncryptedTextField(blank=True)
    given_on = models.DateField()
    valid_until = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(valid_until__gte=F("given_on")), name="consent_ends_after_it_starts"),
            models.CheckConstraint(
                condition=~Q(kind="SHARE_INFO") | Q(recipient__isnull=False), name="consent_to_share_names_a_recipient"
            ),
        ]

    def __str__(self):
        return f"{self.resident}: {self.get_kind_display()}"

    @property
    def to(self) -> str:
        """For whom: the person when one was named, else the organisation."""
        return f"{self.person}, {self.recipient}" if self.person else str(self.recipient)


@pghistory.track()
class ConsentVoice(models.Model):
    """What one person said to the question, for himself or for a child: yes, or no. Saying nothing is no voice."""

    class Capacity(models.TextChoices):
        SELF = "SELF", _("for himself or herself")
        PARENT = "PARENT", _("as a parent")
        GUARDIAN = "GUARDIAN", _("as guardian")
        MENTOR = "MENTOR", _("as mentor")
        CURATOR = "CURATOR", _("as curator")
        ADMINISTRATOR = "ADMINISTRATOR", _("as administrator of money")

    consent = models.ForeignKey(Consent, on_delete=models.CASCADE, related_name="voices")
    giver = models.ForeignKey(Resident, on_delete=models.PROTECT, related_name="voices")
    capacity = models.CharField(max_length=13, choices=Capacity)
    agreed = models.BooleanField()
    form = models.CharField(max_length=10, choices=Consent.Form, default=Consent.Form.ORAL)
    given_on = models.DateField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consent", "giver"], name="consent_voice_once"),
        ]

    def __str__(self):
        return f"{self.giver}: {self.agreed}"


class OverrideQuerySet(models.QuerySet["OverrideDisclosure"]):
    def judged_by(self, professional: Professional):
        """What this person is asked to agree with, as the second person, and still may for that team."""
        return self.filter(
            second_person=professional, household__team__in=professional.team_keys(Permission.SECOND_PERSON)
        )

    def agreed(self):
        """The second person agreed: what it names may be shared with its recipient."""
        return self.filter(approval__isnull=False).select_related("approval__by")

    def within_reach(self, professional: Professional):
        return self.filter(household__in=Household.objects.within_reach(professional))


class OverrideDisclosure(models.Model):
    """Sharing without consent, because of a conflict of duties. Seven questions, a second person, a few named things to
    one recipient. Once written it never changes: a mistake is told in a new one.

    After WGBO 7:457 BW, Jeugdwet 7.3.11 and the conflict of duties (Sr 40)."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="overrides")
    about = ArrayField(models.BigIntegerField())  # keys of residents: a row that never changes has no rows beside it
    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    items = ArrayField(models.CharField(max_length=16, choices=ITEMS))
    serious_harm = EncryptedTextField()
    sharing_prevents_it = EncryptedTextField()
    no_other_way = EncryptedTextField()
    asked_for_consent = EncryptedTextField()
    only_these_facts = EncryptedTextField()
    only_who_needs_it = EncryptedTextField()
    talked_over = EncryptedTextField()
    informed_on = models.DateField(null=True, blank=True)
    not_informed_because = EncryptedTextField(blank=True)
    review_on = models.DateField(null=True, blank=True)
    written_by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=timezone.now)
    second_person = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="overrides_to_judge")

    objects = OverrideQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(second_person=F("written_by")), name="override_by_two_people"),
            models.CheckConstraint(
                condition=Q(items__len__gte=1, items__len__lte=MOST_ITEMS_WITHOUT_CONSENT, about__len__gte=1),
                name="override_never_the_whole_file",
            ),
            models.CheckConstraint(
                condition=Q(informed_on__isnull=False) | (~Q(not_informed_because="") & Q(review_on__isnull=False)),
                name="override_told_or_reviewed",
            ),
        ]
        triggers: ClassVar = [
            stays_as_it_is("override_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self):
        return f"{self.pk}"


class OverrideApproval(models.Model):
    """The second person agreed. Without this row nothing is shared on an override."""

    override = models.OneToOneField(OverrideDisclosure, on_delete=models.PROTECT, related_name="approval")
    by = models.ForeignKey(Professional, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        triggers: ClassVar = [
            pgtrigger.Protect(name="approval_never_changes", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="approval_by_the_second_person",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func="""
IF NEW.by_id <> (SELECT second_person_id FROM households_overridedisclosure WHERE id = NEW.override_id) THEN
    RAISE EXCEPTION 'only the second person can agree' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
""",
            ),
        ]

    def __str__(self):
        return f"{self.override}"
