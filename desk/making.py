"""Making a large paper that somebody asked for."""

import logging

from celery.exceptions import SoftTimeLimitExceeded

from desk.dossier import dossier
from desk.papers import PAPERS, Kind
from desk.week import plans_of
from households import actions
from households.models import Household, Print

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
    households = list(Household.objects.filter(prints=asked).select_related("team", "coordinator", "deputy"))
    if asked.kind == Print.Kind.DOSSIER:
        assert asked.resident  # the database holds that
        return dossier(households[0], asked.resident)
    if asked.kind == Print.Kind.PLAN:
        return PAPERS[Kind.FULL].make(households[0], {}), []
    return plans_of(households), []
