"""What needs somebody because of who may see what: handovers, second persons, households that were opened, consents that end."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from config.among import Among
from config.templating.words import short_day
from desk.task import Asks, Task
from households.deciding import State, ends_on_birthday, state
from households.models import Consent, EmergencyAccess, Handover, Household, OverrideDisclosure, Print
from partners.models import Professional

SHOWN_FOR = timedelta(days=7)
ENDS_WITHIN = timedelta(days=30)


def opened_by_others(households: models.QuerySet[Household]) -> Asks:
    """Households of this coordinator that a colleague opened in the last week."""
    opened = EmergencyAccess.objects.filter(Among("household", households), opened_at__gt=timezone.now() - SHOWN_FOR)
    return {opening_task: opened.select_related("household", "professional")}


def opening_task(one: EmergencyAccess) -> Task:
    return Task(
        "lock-open",
        _("%(name)s opened your household") % {"name": one.professional},
        f"{one.household.name}: {one.reason}",
        reverse("desk:circle", args=[one.household.number]),
        _("Look"),
        short_day(timezone.localdate(one.opened_at)),
        "warning",
    )


def asked_of_me(professional: Professional) -> Asks:
    """Handovers to accept, and sharing without consent to agree with as the second person."""
    overrides = OverrideDisclosure.objects.judged_by(professional).filter(approval=None)
    return {
        handover_task: Handover.objects.asked_of(professional).select_related("household", "proposed_by"),
        override_task: overrides.select_related("written_by"),
    }


def handover_task(one: Handover) -> Task:
    return Task(
        "heart-handshake",
        _("Do you take over household %(number)s?") % {"number": one.household.number},
        _("%(name)s asks you") % {"name": one.proposed_by},
        reverse("desk:handover", args=[one.pk]),
        _("Read"),
        short_day(timezone.localdate(one.proposed_at)),
        "warning",
    )


def override_task(one: OverrideDisclosure) -> Task:
    return Task(
        "users",
        _("You are asked as the second person"),
        _("%(name)s wants to share something without consent") % {"name": one.written_by},
        reverse("households:judge_override", args=[one.pk]),
        _("Read"),
        short_day(timezone.localdate(one.written_at)),
        "warning",
    )


def consents_of(households: models.QuerySet[Household]) -> models.QuerySet[Consent]:
    """Those that a birthday can change, or that end within a month."""
    running = Consent.objects.valid().filter(Among("household", households), kind=Consent.Kind.SHARE_INFO)
    soon = Q(valid_until__lte=timezone.localdate() + ENDS_WITHIN) | Q(resident__birth_date__isnull=False)
    return running.filter(soon).select_related("household").in_full()


def asked_of_residents(consents: Iterable[Consent]) -> list[Task]:
    """Consents that must be asked again because of a birthday, or that end within a month."""
    today = timezone.localdate()
    tasks = []
    for consent in consents:
        worth, birthday = state(consent), ends_on_birthday(consent)
        ends = consent.valid_until if consent.valid_until <= today + ENDS_WITHIN else None
        if worth == State.RECONFIRM:
            title, due, kind = _("Ask %(name)s again: a birthday changed who decides"), "", "warning"
        elif worth == State.COMPLETE and (birthday or ends):
            title, due, kind = _("Ask %(name)s again: the consent ends"), short_day(birthday or ends), ""
        else:
            continue
        tasks.append(
            Task(
                "calendar",
                title % {"name": consent.resident.first_name},
                f"{consent.household.name}, {consent.to}",
                reverse("households:consents", args=[consent.household.number]) + f"#toestemming-{consent.pk}",
                _("Look"),
                due,
                kind,
            )
        )
    return tasks


def prints_ready(professional: Professional) -> Asks:
    """Large papers that can be fetched, or that could not be made."""
    asked = Print.objects.visible_to(professional).filter(fetched_at=None).exclude(state=Print.State.WAITING)
    return {print_task: asked.defer("file", "to_check")}


def print_task(one: Print) -> Task:
    return Task(
        "printer",
        _("A print is ready") if one.is_ready else _("A print could not be made"),
        one.get_kind_display(),
        reverse("desk:print", args=[one.pk]),
        _("Fetch") if one.is_ready else _("Look"),
        short_day(timezone.localdate(one.asked_at)),
        "" if one.is_ready else "warning",
    )
