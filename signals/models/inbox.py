"""How the team finds its signals: which need somebody first, which wait for whom, which are like another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import Case, F, Q, SmallIntegerField, Subquery, Value, When
from django.utils import timezone

from config.listing import UpTo
from households.alike import Wanted
from households.models.keys import at_this_address, how_alike, named_like
from partners.models import Professional
from partners.permissions import Permission
from signals.models.conversation import Message
from signals.workflow import Status

if TYPE_CHECKING:
    from signals.models.signal import Signal

BEST = 60  # of a common name; among these is looked further
NO_ANSWER_YET = Q(first_answer_at=None)
# No day in it, so that an index holds it: who waits for a first answer is in the order of the promise, late ones first.
HARM = Case(
    When(Q(danger_now=True, status=Status.RECEIVED), then=Value(0)),
    When(NO_ANSWER_YET, then=Value(1)),
    default=Value(2),
    output_field=SmallIntegerField(),
)

ON_A_LINE = (
    "number", "status", "received_at", "reporter_name", "organisation__name", "taken_up_by__first_name",
    "taken_up_by__last_name", "discussed", "names_because", "danger_now", "first_answer_at", "first_read_at", "part_of",
    "read_by", "answer_by", "new_answer_by", "closed_at", "about_name", "about_address", "household__number",
    "household__name", "household__address_protected", "household__coordinator__first_name",
    "household__coordinator__last_name", "household__deputy", "household__deputy_from", "household__deputy_until",
)  # fmt: skip


def as_text(marks: dict[str, Any]) -> str:
    return "{}.{}-{}".format(*(marks[f"{name}_last"] or 0 for name in ("happened", "said", "came")))


class InboxQuerySet(models.QuerySet["Signal"]):
    def open(self):
        return self.exclude(status=Status.CLOSED)

    def whole(self):
        """As reporters sent them: a part that was split off is not another one."""
        return self.filter(part_of=None)

    def late(self):
        """Whose reporter should have heard from us. A part of a signal has no reporter of its own."""
        return self.open().whole().filter(NO_ANSWER_YET, answer_by__lt=timezone.localdate())

    def unseen(self):
        """Nobody of the team has opened it yet."""
        return self.filter(status=Status.RECEIVED, first_read_at=None)

    def late_or_unseen(self):
        """A promise to the reporter was not kept: to be read by somebody, or to be answered."""
        today = timezone.localdate()
        unseen = Q(status=Status.RECEIVED, first_read_at=None, read_by__lt=today)
        return self.open().filter(unseen | Q(NO_ANSWER_YET, part_of=None, answer_by__lt=today))

    def waiting_for_reporter(self):
        """We asked something, and the reporter has not written since."""
        return self.open().filter(pk__in=Message.objects.open_questions().values("signal"))

    def in_order_of_harm(self):
        """Danger, then who waits for a first answer, the oldest promise first; then the rest."""
        return self.order_by(HARM, "answer_by", "pk")

    def for_list(self):
        """Who reported and how old, not what was said: nothing is unsealed for a line."""
        rows = self.select_related("organisation", "taken_up_by", "household__coordinator").only(*ON_A_LINE)
        return rows.annotate(lead_number=F("goes_with__number"))

    def without_words(self):
        """Of a page that shows less: nothing that is sealed, and no table more than it asks for."""
        sealed = ("observation", "not_yet_because", "strengths", "wish", "reporter_function", "code")
        of_household = [f"household__{name}" for name in ("request_in_own_words", "strengths", "next_step")]
        return self.defer(*sealed, *of_household)

    def of_case(self, signal: Signal):
        """All that are about the same case, this one included."""
        leading = signal.goes_with_id or signal.pk
        return self.filter(Q(pk=leading) | Q(goes_with=leading)).order_by("pk")

    def counted(self, lists: dict[str, Any], *, by: Professional):
        """One row that says how many there are of each, up to MOST, and what `newest_of` tells."""
        counts = {name: UpTo(rows) for name, rows in lists.items()}
        return Professional.objects.filter(pk=by.pk).values(**counts, **self.marks(by))

    def newest_of(self, professional: Professional) -> str:
        """Another text after everything that happens to a signal of the own teams, or is said to a reporter; after a dash the
        newest signal. One statement that reads a few rows, whatever there is."""
        return as_text(Professional.objects.filter(pk=professional.pk).values(**self.marks(professional)).get())

    def marks(self, professional: Professional) -> dict[str, Subquery]:
        """The keys of what came last: what happened, what was said, which signal."""
        history = apps.get_model("signals", "SignalEvent")._base_manager
        happened = history.filter(team__in=professional.team_keys(Permission.HANDLE_SIGNALS))
        signals = self.model.objects.in_inbox_of(professional)
        return {
            "happened_last": Subquery(happened.order_by("-pgh_id").values("pgh_id")[:1]),
            "said_last": Subquery(Message.objects.order_by("-pk").values("pk")[:1]),
            "came_last": Subquery(signals.order_by("-pk").values("pk")[:1]),
        }

    def like(self, wanted: Wanted):
        """Those with this name, or at this address, as far as a person would say so; most alike first. The address that a
        reporter wrote is not searched when the household turned out to have a protected one."""
        everything = self.model._base_manager.order_by()
        open_address = Q(household=None) | Q(household__address_protected=False)
        found = []  # each in its own index, before anything else is asked
        if wanted.words:
            found.append(everything.filter(named_like(wanted)).order_by(how_alike(wanted).desc(), "-pk"))
        if wanted.street:
            found.append(everything.filter(open_address, at_this_address(wanted)).order_by("-pk"))
        ranked = [pk for rows in found for pk in rows.values_list("pk", flat=True)[:BEST]]
        order = Case(*(When(pk=pk, then=Value(rank)) for rank, pk in enumerate(ranked)), default=Value(len(ranked)))
        return self.filter(pk__in=ranked).order_by(order)
