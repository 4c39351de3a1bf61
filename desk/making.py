"""Making a large paper that somebody asked for."""

import logging
from functools import partial

from celery.exceptions import SoftTimeLimitExceeded

from desk import dossier
from desk.papers import no_plan, plan_of
from desk.week import plans_of
from households import actions
from households.models import Household, Print
from plans.papers import full

log = logging.getLogger(__name__)


def make(key: int) -> None:
    """Make the paper with this key, unless it was made already or is not wanted any more. What can not be made is said on
    its page, and never tried for ever."""
    asked = Print.objects.waiting().select_related("resident").filter(pk=key).first()
    if asked is None:
        return
    try:
        file, to_check = made(asked)
    except (Exception, SoftTimeLimitExceeded):
        log.exception("print %s could not be made", key)
        actions.give_up_print(asked=asked)
        return
    actions.keep_print(asked=asked, file=file, to_check=to_check)


def made(asked: Print) -> tuple[bytes, list[str]]:
    """The file, and what to check in it. After each part it is written down how far it is."""
    households = list(Household.objects.filter(prints=asked).select_related("team", "coordinator", "deputy"))
    step = partial(actions.finish_part, asked=asked)
    if asked.kind == Print.Kind.DOSSIER:
        assert asked.resident  # the database holds that
        actions.begin_print(asked=asked, parts=dossier.STEPS)
        return dossier.dossier(households[0], asked.resident, step=step)
    if asked.kind == Print.Kind.PLAN:
        actions.begin_print(asked=asked, parts=full.STEPS)
        return full.full_plan(plan_of(households[0]) or no_plan(), step=step), []
    actions.begin_print(asked=asked, parts=len(households) + 1)
    return plans_of(households, step=step), []
