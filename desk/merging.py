"""Two households become one, in every room."""

from django.db import transaction

from households import actions
from households.models import Conversation, Household, Merging
from partners.models import Professional
from plans.merging import settle_plans


@transaction.atomic
def merge(*, merging: Merging, by: Professional) -> Household:
    """Raises what `households.actions.agree_to_merge` raises; then nothing has changed."""
    lock(merging)
    settle_plans(kept=merging.kept, other=merging.other, by=by)
    return actions.agree_to_merge(merging=merging, by=by)


def lock(merging: Merging) -> None:
    """Before the first line in the log, in the order of everybody else: who is busy with a part of it never waits for us
    in turn."""
    pks = [merging.mine_id, merging.theirs_id]
    list(Merging.objects.select_for_update(of=("self",)).filter(pk=merging.pk))
    list(Conversation.objects.open().order_by("pk").select_for_update(of=("self",)).filter(household__in=pks))
    list(Household.objects.order_by("pk").select_for_update(no_key=True).filter(pk__in=pks))
