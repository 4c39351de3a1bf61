from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from config.templating.words import short_day
from households.models import Household


def since_the_plan(day: date | None, household: Household) -> date | None:
    """Nothing of a plan is before the plan. Raises ValidationError."""
    plan = household.plans.open().first() if day else None
    began = timezone.localdate(plan.made_at) if plan else None
    if day and began and day < began:
        raise ValidationError(
            _("The plan began on %(day)s. Choose that day or a later one.") % {"day": short_day(began)}
        )
    return day
