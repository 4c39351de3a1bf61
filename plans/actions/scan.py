"""Keeping the signed paper, and taking it away again."""

from django.db import transaction

from config import scans
from households import access
from partners.models import Professional
from plans.models import Scan, SupportPlan


@transaction.atomic
def keep_scan(*, plan: SupportPlan, file: bytes, by: Professional) -> Scan:
    """Keep a picture or a PDF, cleaned. Raises scans.NotTaken."""
    clean, kind = scans.cleaned(file)
    scan = Scan(plan=plan, kind=kind, kept_by=by)
    scan.file = clean  # type: ignore[assignment]  # the field takes bytes
    scan.save()
    access.record(action=access.Action.CREATE, event="keep scan", about=scan, household=plan.household, by=by)
    return scan


@transaction.atomic
def remove_scan(*, scan: Scan, by: Professional) -> None:
    """For the wrong paper, or one that was to be kept by somebody else."""
    access.record(action=access.Action.UPDATE, event="remove scan", about=scan, household=scan.household, by=by)
    scan.delete()
