"""What a reporter saw, and who reads it."""

from datetime import date, timedelta
from typing import ClassVar

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from config.crypto import EncryptedTextField, token_hash
from config.listing import MOST
from config.one_time_codes import Door
from households.alike import house_key, name_key, street_key
from households.domains import LifeDomain
from households.models import Consent, Household
from households.models.household import KEYS
from households.models.keys import KeyField
from partners.categories import Category
from partners.models import Organisation, PartnerLink, Professional, Team, TeamMembership
from partners.permissions import Permission, roles_with
from signals.models.call import Call
from signals.models.clocks import a_month_from_now
from signals.models.conversation import Message
from signals.models.inbox import HARM, InboxQuerySet
from signals.models.terms import Terms
from signals.models.triggers import CLOSED_WITH_ANSWER, FORWARDED_WHEN_ACCEPTED, HANGS_ON_ONE, OPENED_WITH_REASON
from signals.workflow import Status


class SignalQuerySet(InboxQuerySet):
    def in_inbox_of(self, professional: Professional):
        """All signals of the own teams, as lines in a list: who reported and how old, not what was said."""
        return self.filter(team__in=professional.team_keys(Permission.HANDLE_SIGNALS))

    within_reach = in_inbox_of

    def visible_to(self, professional: Professional):
        """A signal is read by the team until it belongs to a household; from then on by its coordinator or the deputy."""
        return self.in_inbox_of(professional).filter(
            Q(household=None) | one_of(Household.objects.visible_to(professional))
        )

    def changeable_by(self, professional: Professional):
        """Who works on it: the team until it belongs to a household, from then on the coordinator or the deputy. Also when
        the household is closed: a reporter may come back."""
        return self.in_inbox_of(professional).filter(
            Q(household=None) | one_of(Household.objects.coordinated_by(professional))
        )

    def waiting_for(self, professional: Professional):
        """What this person has to do something for: new ones, and the own ones whose reporter has no outcome yet."""
        return (
            self.in_inbox_of(professional)
            .open()
            .filter(
                Q(status=Status.RECEIVED)
                | Q(household=None, taken_up_by=professional)
                | one_of(Household.objects.coordinated_by(professional))
            )
        )

    def in_menu_of(self, professional: Professional):
        """The keys of what waits for this person, no more than the menu counts."""
        return self.waiting_for(professional).values("pk")[:MOST]

    def promise_broken(self):
        """Late, also by what the reporter was told last."""
        return self.late().filter(Q(new_answer_by=None) | Q(new_answer_by__lt=timezone.localdate()))

    def unowned(self):
        """Nobody took it up in time, or who did can not work on it any more."""
        owner = TeamMembership.objects.filter(
            professional=OuterRef("taken_up_by"),
            professional__is_active=True,
            team=OuterRef("team"),
            role__in=roles_with(Permission.HANDLE_SIGNALS),
        )
        return self.filter(
            Q(status=Status.RECEIVED, read_by__lt=timezone.localdate())
            | Q(status=Status.TAKEN_UP, household=None) & ~Exists(owner)
        )

    def led_by(self, professional: Professional):
        """Those of the teams that this person leads."""
        return self.filter(team__in=professional.team_keys(Permission.WATCH_SIGNALS))

    def to_tell(self):
        """About whose household nobody was told yet, also when the signal is closed; the most pressing first."""
        waiting = self.filter(household__isnull=False, telling__told_on=None)
        tell_by = Coalesce("telling__postponed_until", "inform_due")
        return waiting.alias(by=tell_by).annotate(tell_by=tell_by).order_by("by", "pk")  # type: ignore[no-redef]  # as above

    def told_too_late(self):
        """Whose household had to know by a day that passed, and of which day no team lead was told yet."""
        late = self.to_tell().filter(tell_by__lt=timezone.localdate())
        return late.filter(Q(lead_told_untold=None) | Q(lead_told_untold__lt=F("tell_by")))

    def detachable_by(self, professional: Professional):
        """Who may undo a link to a household: its coordinator; and who made it, as long as nothing was said since, for
        what is said after it is not for that colleague."""
        said = Message.objects.filter(signal=OuterRef("pk"), sent_at__gte=OuterRef("linked_at"))
        mine = Q(~Exists(said), taken_up_by=professional, linked_at__isnull=False)
        return self.in_inbox_of(professional).filter(
            mine | one_of(Household.objects.coordinated_by(professional)), status=Status.LINKED
        )

    def with_answers(self):
        """Whether the outcome was told and whether the reporter wrote after our last answer (of a part: that of the whole),
        until when we wait for one, and whether somebody must phone."""
        messages = Message.objects.filter(signal=OuterRef("pk"))
        of_whole = Message.objects.filter(signal=Coalesce(OuterRef("part_of"), OuterRef("pk")))
        last_answer = of_whole.filter(author__isnull=False).order_by("-pk").values("pk")[:1]
        newer = Q(direction=Message.Direction.THEIRS, pk__gt=OuterRef("last_answer"))
        return self.annotate(  # type: ignore[no-redef]  # the model names what is annotated here
            outcome_told=Exists(of_whole.telling_the_outcome()),
            last_answer=Coalesce(Subquery(last_answer), 0, output_field=models.BigIntegerField()),
            reporter_waits=Exists(of_whole.filter(newer)),
            asked_until=Subquery(messages.open_questions().order_by("-pk").values("answer_by")[:1]),
            call_waits=Exists(Call.objects.open().filter(signal=OuterRef("pk"))),
        )

    def questions_to_delete(self):
        """Questions without a name that were answered and are kept long enough. One that nobody answered stays, and
        stands in the inbox as late: nobody is forgotten."""
        since = timezone.now() - timedelta(days=settings.KEEP_QUESTIONS_DAYS)
        old = self.filter(discussed=Signal.Discussed.QUESTION, received_at__lt=since)
        return old.with_answers().filter(outcome_told=True, reporter_waits=False)

    def followed_by(self, code: str):
        """The signal that a personal code belongs to, as long as it may be followed."""
        since = timezone.now() - timedelta(days=settings.FOLLOW_FOR_DAYS_AFTER_CLOSING)
        return self.filter(Q(closed_at=None) | Q(closed_at__gt=since), code_hash=token_hash(code), part_of=None)


def one_of(households: models.QuerySet[Household]) -> Q:
    """Belongs to one of these. Asked for each signal by its key: as a list, or with EXISTS, all of them would be made first."""
    return Q(household=Subquery(households.order_by().filter(pk=OuterRef("household")).values("pk")[:1]))


SECRET = ("code", "code_hash", "pin_hash", "code_failures", "code_locked_until")


@pghistory.track(exclude=[*SECRET, *KEYS])
class Signal(Door, Terms):
    """What one reporter saw. Not a request (aanvraag), not a report to Veilig Thuis: always a signal.

    The personal code lets the reporter follow it: recognised by its hash, sealed so that a mail can repeat it."""

    class Discussed(models.TextChoices):
        AGREED = "AGREED", _("Yes, and the resident is fine with it")
        NOT_AGREED = "NOT_AGREED", _("Yes, but the resident is not fine with it")
        NOT_YET = "NOT_YET", _("No, not yet")
        QUESTION = "QUESTION", _("I only want advice, without a name")

    class NamesBecause(models.TextChoices):
        SAFETY = "SAFETY", _("There is a safety risk")
        LEGAL_TASK = "LEGAL_TASK", _("My legal task requires it")

    class Decline(models.TextChoices):
        OTHER_ORGANISATION = "OTHER_ORGANISATION", _("It fits another organisation")
        TOO_LITTLE_KNOWN = "TOO_LITTLE_KNOWN", _("We do not know whom it is about")
        NO_AGREEMENT = "NO_AGREEMENT", _("No agreement, and no direct danger")
        OTHER_AREA = "OTHER_AREA", _("Outside our area")

    outcome_told: bool  # these four by SignalQuerySet.with_answers
    reporter_waits: bool
    asked_until: date | None
    call_waits: bool
    tell_by: date  # by SignalQuerySet.to_tell
    lead_number: str | None  # by InboxQuerySet.for_list: the number of the signal that leads the case

    number = models.CharField(max_length=16, unique=True, editable=False)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="signals")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="signals")
    link = models.ForeignKey(PartnerLink, on_delete=models.SET_NULL, null=True, blank=True, related_name="signals")
    received_at = models.DateTimeField(default=timezone.now)
    submission = models.UUIDField(unique=True)

    observation = EncryptedTextField()
    about_name = models.CharField(max_length=200, blank=True)
    about_address = models.CharField(max_length=200, blank=True)
    discussed = models.CharField(max_length=12, choices=Discussed)
    not_yet_because = EncryptedTextField(blank=True)
    names_because = models.CharField(max_length=12, choices=NamesBecause, blank=True)
    resident_agrees_to_feedback = models.BooleanField(default=False)
    danger_now = models.BooleanField()

    # Only what a reporter wants to add.
    category = models.CharField(max_length=20, choices=Category, blank=True)
    domains = ArrayField(models.CharField(max_length=20, choices=LifeDomain), default=list, blank=True)
    strengths = EncryptedTextField(blank=True)
    wish = EncryptedTextField(blank=True)
    last_day = models.DateField(null=True, blank=True)
    family_may_know = models.BooleanField(null=True)  # that it comes from this reporter; empty: ask first

    reporter_name = models.CharField(max_length=120, blank=True)
    reporter_function = EncryptedTextField(blank=True)
    reporter_email = models.EmailField(blank=True)
    reporter_phone = models.CharField(max_length=30, blank=True)
    code = EncryptedTextField()
    code_hash = models.CharField(max_length=64, unique=True)
    pin_hash = models.CharField(max_length=128, blank=True)

    status = models.CharField(max_length=10, choices=Status, default=Status.RECEIVED)
    read_by = models.DateField()
    answer_by = models.DateField()
    new_answer_by = models.DateField(null=True, blank=True)  # told to the reporter when the first promise was not kept
    lead_told_at = models.DateTimeField(null=True, blank=True)  # that nobody took it up in time
    inform_due = models.DateField(default=a_month_from_now)  # when there is a household, it is told before this day
    lead_told_untold = models.DateField(
        null=True, blank=True
    )  # which day of telling the household passed, told the lead
    taken_up_by = models.ForeignKey(
        Professional, on_delete=models.PROTECT, null=True, blank=True, related_name="signals"
    )
    taken_up_at = models.DateTimeField(null=True, blank=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, blank=True, related_name="signals")
    # What may be told to this reporter, and to no other: somebody else of the same organisation is somebody else.
    consents = models.ManyToManyField(Consent, related_name="signals", blank=True)
    declined_because = models.CharField(max_length=20, choices=Decline, blank=True)
    first_answer_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    first_read_at = models.DateTimeField(null=True, blank=True)
    linked_at = models.DateTimeField(null=True, blank=True)
    # Several reporters, one case: steps with one are steps with all, and each reporter keeps the own answer.
    goes_with = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="followers")
    # What was about a second family, under a number of its own. The reporter knows the whole only.
    part_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    name_key = KeyField(made_from=lambda signal: name_key(signal.about_name))
    street_key = KeyField(made_from=lambda signal: street_key(signal.about_address))
    house_key = KeyField(made_from=lambda signal: house_key(signal.about_address))

    objects = SignalQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["team", "answer_by"], condition=~Q(status="CLOSED"), name="signal_open_of_team"),
            models.Index(HARM, "answer_by", "id", condition=~Q(status="CLOSED"), name="signal_in_order_of_harm"),
            models.Index(fields=["-closed_at"], condition=Q(status="CLOSED"), name="signal_closed_newest"),
            models.Index(
                HARM, "answer_by", "id", condition=Q(status="RECEIVED", first_read_at=None), name="signal_nobody_read"
            ),
            GinIndex(fields=["name_key"], opclasses=["gin_trgm_ops"], name="signal_by_name"),
            models.Index(fields=["house_key"], opclasses=["text_pattern_ops"], name="signal_by_house"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(discussed="NOT_AGREED", names_because="") | Q(about_name="", about_address=""),
                name="signal_no_names_without_agreement",
            ),
            models.CheckConstraint(
                condition=~Q(discussed="QUESTION")
                | (Q(about_name="", about_address="", names_because="", household=None) & ~Q(status="LINKED")),
                name="signal_question_without_household",
            ),
            models.CheckConstraint(condition=Q(domains__contained_by=LifeDomain.values), name="signal_known_domains"),
            models.CheckConstraint(
                condition=~Q(discussed="NOT_YET")
                | ~Q(not_yet_because="")
                | Q(danger_now=True)
                | Q(part_of__isnull=False),
                name="signal_not_yet_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["RECEIVED", "DECLINED", "CLOSED"]) | Q(taken_up_by__isnull=False),
                name="signal_taken_up_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(status="LINKED") | Q(household__isnull=False), name="signal_linked_to_one"
            ),
            models.CheckConstraint(
                condition=~Q(status="DECLINED") | ~Q(declined_because=""), name="signal_declined_with_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(status="CLOSED", closed_at__isnull=False) | (~Q(status="CLOSED") & Q(closed_at=None)),
                name="signal_closed_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(new_answer_by=None) | Q(new_answer_by__gt=F("answer_by")),
                name="signal_new_promise_is_later",
            ),
            models.CheckConstraint(
                condition=Q(part_of=None)
                | Q(reporter_name="", reporter_function="", reporter_email="", reporter_phone="", pin_hash=""),
                name="signal_part_has_no_reporter",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="signal_closed_with_answer",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                declare=[("whole", "bigint"), ("since", "timestamptz")],
                func=CLOSED_WITH_ANSWER,
            ),
            pgtrigger.Trigger(
                name="signal_opened_with_reason",
                operation=pgtrigger.Update,
                when=pgtrigger.Before,
                func=OPENED_WITH_REASON,
            ),
            pgtrigger.Trigger(
                name="signal_forwarded_when_accepted",
                operation=pgtrigger.Insert | pgtrigger.Update,
                when=pgtrigger.Before,
                func=FORWARDED_WHEN_ACCEPTED,
            ),
            pgtrigger.Trigger(
                name="signal_hangs_on_one",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("goes_with_id", "part_of_id", "team_id"),
                when=pgtrigger.Before,
                func=HANGS_ON_ONE,
            ),
            pgtrigger.Protect(
                name="signal_question_stays_a_question",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.discussed = 'QUESTION' AND NEW.discussed <> 'QUESTION'"),
            ),
        ]

    def __str__(self):
        return self.number

    @property
    def is_question(self) -> bool:
        """Somebody wants advice, without a name. It never belongs to a household."""
        return self.discussed == self.Discussed.QUESTION

    @property
    def is_arrears(self) -> bool:
        return bool(self.category) and Category(self.category).is_arrears

    @property
    def life_domains(self) -> list[LifeDomain]:
        return [domain for domain in LifeDomain if domain in self.domains]

    @property
    def is_late(self) -> bool:
        waits = self.status != Status.CLOSED and self.first_answer_at is None and self.part_of_id is None
        return waits and self.answer_by < timezone.localdate()

    @property
    def is_unseen(self) -> bool:
        """Nobody of the team has opened it yet."""
        return self.status == Status.RECEIVED and self.first_read_at is None

    @property
    def needs_somebody_now(self) -> bool:
        danger = self.danger_now and self.status == Status.RECEIVED
        return danger or self.is_late or self.is_left

    @property
    def waits_for_reporter(self) -> bool:
        """Whose turn it is, of a signal `with_answers`: we asked something, and there is no answer yet."""
        return self.status != Status.CLOSED and self.asked_until is not None

    @property
    def question_overdue(self) -> bool:
        """The day before which we asked for an answer is over, and there is none: somebody calls."""
        return self.waits_for_reporter and (self.asked_until or date.max) < timezone.localdate()

    @property
    def is_left(self) -> bool:
        """Nobody took it up in time."""
        return self.status == Status.RECEIVED and self.read_by < timezone.localdate()

    @property
    def is_tell_late(self) -> bool:
        """The household had to know of this by now, and nobody wrote down that it does."""
        telling = getattr(self, "telling", None)
        if self.household_id is None or (telling and telling.told_on):
            return False
        return (telling.postponed_until if telling else self.inform_due) < timezone.localdate()

    @property
    def shown_address(self) -> str:
        """The address that the reporter wrote, unless the household turned out to have a protected one."""
        return "" if self.household is not None and self.household.address_protected else self.about_address

    @property
    def reads_by_letter(self) -> bool:
        """Has a name to write to and a pin to read with, and nowhere to be mailed."""
        return bool(self.reporter_name and self.pin_hash) and not self.reporter_email

    @property
    def reporter(self) -> str:
        if self.part_of_id:
            return str(_("Part of another signal"))
        return self.reporter_name or str(_("Somebody who gave no name"))
