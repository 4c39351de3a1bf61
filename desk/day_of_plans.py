"""What needs somebody because of what stands in a plan."""

from collections import Counter

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desk.task import Task
from partners.models import Professional
from plans.models import ActionConflict


def clashes_of(professional: Professional) -> list[Task]:
    """A line for each household whose plan holds what does not fit together. One query."""
    clashes = ActionConflict.objects.changeable_by(professional).open().of_running_plans()
    rows = clashes.order_by("plan", "pk").values_list("plan__household__number", "plan__household__name")
    return [
        Task(
            "arrows-diff",
            ngettext("Something in the plan does not fit together", "%(total)s things in the plan do not fit together", total)
            % {"total": total},
            name,
            reverse("plans:clashes", args=[number]),
            _("Look"),
            "",
            "warning",
        )
        for (number, name), total in Counter(rows).items()
    ]  # fmt: skip
