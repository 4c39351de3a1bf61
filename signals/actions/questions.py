"""The end of a question without a name."""

import pgtrigger
from django.db import transaction

from households import access
from signals import workflow
from signals.models import Signal

SYSTEM = "SYSTEM"
NEVER_CHANGES = (
    "signals.Message:message_never_changes",
    "signals.Reopening:reopening_never_changes",
    "signals.Pulse:pulse_never_changes",
)


@transaction.atomic
def delete_question(*, question: Signal) -> None:
    """Nothing of it stays but the lines in the log and the count of its link. What was said is deleted too, its history
    as well. Raises workflow.NotAllowed when it is not an old, answered question: any other signal is not ours to delete."""
    Signal.objects.select_for_update().get(pk=question.pk)
    if not Signal.objects.questions_to_delete().filter(pk=question.pk).exists():
        raise workflow.NotAllowed("delete")
    with pgtrigger.ignore(*NEVER_CHANGES):
        question.messages.update(corrects=None)  # the one that is corrected may go first
        Signal.objects.get(pk=question.pk).delete()
    delete_history(question.pk)
    access.record(action=access.Action.UPDATE, event="delete question", about=question, by=None, role=SYSTEM)


def delete_history(key: int) -> None:
    """What the signal was before, and all that belonged to it."""
    for relation in Signal._meta.related_objects:
        if relation.field.name == "pgh_obj":
            relation.related_model._base_manager.filter(pgh_obj_id=key).delete()
        elif relation.field.name == "signal" and hasattr(relation.related_model, "pgh_event_model"):
            relation.related_model.pgh_event_model.objects.filter(signal_id=key).delete()
