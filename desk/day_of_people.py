"""What birthdays ask of a coordinator, and households that may be one."""

from collections.abc import Iterable

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from config.among import Among
from config.templating.words import short_day
from desk.day_of_coordination import SHOWN_FOR
from desk.task import Asks, Task
from households.adulthood import waits_since, young
from households.models import Household, HouseholdMember, Merging
from households.models.people import ADULT
from partners.models import Professional


def young_in(households: models.QuerySet[Household]) -> models.QuerySet[HouseholdMember]:
    """Who is on the way to eighteen, oldest first."""
    members = HouseholdMember.objects.filter(Among("household", households))
    return young(members).select_related("resident", "household")


def coming_of_age(members: Iterable[HouseholdMember]) -> list[Task]:
    """Of these, whose list nobody walked through since the last moment; who is 18 already can lose income, insurance and
    help today."""
    waiting = [(since, one) for one in members if (since := waits_since(one))]
    today = timezone.localdate()
    tasks = []
    for since, member in waiting:
        birthday, name = member.resident.birthday(ADULT) or today, member.resident.first_name
        is_adult = birthday <= today
        title = _("%(name)s is 18: what is arranged?") if is_adult else _("%(name)s becomes 18: walk through the list")
        tasks.append(
            Task(
                "calendar-check",
                title % {"name": name},
                _("%(household)s, 18 on %(day)s") % {"household": member.household.name, "day": short_day(birthday)},
                reverse("households:adulthood", args=[member.household.number, member.resident_id]),
                _("Fill in"),
                short_day(since),
                "danger" if is_adult else "warning",
            )
        )
    return tasks


def asked_to_merge(professional: Professional) -> Asks:
    """Whether two households are one: who is asked by a colleague, and what this person asked, with the answer of this week."""
    answers = Merging.objects.answers_to(professional, since=timezone.now() - SHOWN_FOR)
    return {
        merging_task: Merging.objects.asked_of(professional).select_related("mine", "theirs", "asked_by"),
        merging_answer_task: answers.select_related("mine__coordinator", "theirs__coordinator"),
    }


def merging_task(one: Merging) -> Task:
    return Task(
        "users",
        _("Are households %(one)s and %(other)s one?") % {"one": one.mine.number, "other": one.theirs.number},
        _("%(name)s asks you") % {"name": one.asked_by},
        reverse("desk:answer_merging", args=[one.pk]),
        _("Read"),
        short_day(timezone.localdate(one.asked_at)),
        "warning",
    )


def merging_answer_task(one: Merging) -> Task:
    numbers = {"one": one.mine.number, "other": one.theirs.number}
    back = reverse("desk:propose_merging", args=[one.mine.number])
    if one.agreed_at:
        title = _("Households %(one)s and %(other)s are one now")
        text = _("%(name)s is the coordinator.") % {"name": one.kept.coordinator}
        mine = one.kept.coordinator_id == one.asked_by_id
        back = reverse("desk:household", args=[one.kept.number]) if mine else reverse("desk:households")
    elif one.declined_at:
        title, text = _("Households %(one)s and %(other)s stay two"), one.declined_because
    else:
        title, text = _("You asked whether households %(one)s and %(other)s are one"), _("There is no answer yet.")
    return Task(
        "users",
        title % numbers,
        text,
        back,
        _("Look"),
        short_day(timezone.localdate(one.agreed_at or one.declined_at or one.asked_at)),
        "warning" if one.declined_at else "",
    )
