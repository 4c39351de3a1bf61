"""What needs somebody because of who may see what: handovers, second persons, households that were opened, consents that end."""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from config.templating.words import short_day
from desk.task import Task
from households.deciding import State, ends_on_birthday, state
from households.models import Consent, EmergencyAccess, Handover, Household, OverrideDisclosure, Print
from partners.models import Professional

SHOWN_FOR = timedelta(days=7)
ENDS_WITHIN = timedelta(days=30)


def opened_by_others(households: list[Household]) -> list[Task]:
    """Households of this coordinator that a colleague opened in the last week."""
    opened = EmergencyAccess.objects.filter(household__in=households, opened_at__gt=timezone.now() - SHOWN_FOR)
    return [
        Task(
            "lock-open",
            _("%(name)s opened your household") % {"name": one.professional},
            f"{one.household.name}: {one.reason}",
            reverse("desk:circle", args=[one.household.number]),
            _("Look"),
            short_day(timezone.localdate(one.opened_at)),
            "warning",
        )
        for one in opened.select_related("household", "professional")
    ]


def asked_of_me(professional: Professional) -> list[Task]:
    """Handovers to accept, and sharing without consent to agree with as the second person."""
    handovers = Handover.objects.asked_of(professional).select_related("household", "proposed_by")
    overrides = OverrideDisclosure.objects.judged_by(professional).filter(approval=None)
    return [
        Task(
            "heart-handshake",
            _("Do you take over household %(number)s?") % {"number": one.household.number},
            _("%(name)s asks you") % {"name": one.proposed_by},
            reverse("desk:handover", args=[one.pk]),
            _("Read"),
            short_day(timezone.localdate(one.proposed_at)),
            "warning",
        )
        for one in handovers
    ] + [
        Task(
            "users",
            _("You are asked as the second person"),
            _("%(name)s wants to share something without consent") % {"name": one.written_by},
            reverse("households:judge_override", args=[one.pk]),
            _("Read"),
            short_day(timezone.localdate(one.written_at)),
            "warning",
        )
        for one in overrides.select_related("written_by")
    ]


def asked_of_residents(households: list[Household]) -> list[Task]:
    """Consents that must be asked again because of a birthday, or that end within a month."""
    today = timezone.localdate()
    running = Consent.objects.valid().filter(household__in=households, kind=Consent.Kind.SHARE_INFO)
    soon = Q(valid_until__lte=today + ENDS_WITHIN) | Q(resident__birth_date__isnull=False)
    tasks = []
    for consent in running.filter(soon).select_related("household").in_full():
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


def prints_ready(professional: Professional) -> list[Task]:
    """Large papers that can be fetched, or that could not be made."""
    asked = Print.objects.visible_to(professional).filter(fetched_at=None).exclude(state=Print.State.WAITING)
    return [
        Task(
            "printer",
            _("A print is ready") if one.is_ready else _("A print could not be made"),
            one.get_kind_display(),
            reverse("desk:print", args=[one.pk]),
            _("Fetch") if one.is_ready else _("Look"),
            short_day(timezone.localdate(one.asked_at)),
            "" if one.is_ready else "warning",
        )
        for one in asked.defer("file", "to_check")
    ]
