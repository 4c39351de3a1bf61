"""What birthdays ask of a coordinator."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from config.templatetags.huisplan import short_day
from desk.task import Task
from households.adulthood import waits_since, young
from households.models import Household, HouseholdMember
from households.models.people import ADULT


def coming_of_age(households: list[Household]) -> list[Task]:
    """Who is on the way to eighteen, and whose list nobody walked through since the last moment. Oldest first; who is 18
    already can lose income, insurance and help today."""
    members = HouseholdMember.objects.filter(household__in=[one.pk for one in households])
    waiting = [
        (since, one) for one in young(members).select_related("resident", "household") if (since := waits_since(one))
    ]
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
