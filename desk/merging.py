"""Two households become one, in every room."""

from django.db import transaction

from households import actions
from households.models import Household, Merging
from partners.models import Professional
from plans.merging import settle_plans


@transaction.atomic
def merge(*, merging: Merging, by: Professional) -> Household:
    """Raises what `households.actions.agree_to_merge` raises; then nothing has changed."""
    settle_plans(kept=merging.kept, other=merging.other, by=by)
    return actions.agree_to_merge(merging=merging, by=by)
