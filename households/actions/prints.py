"""Asking for a large paper, keeping it when it is made, and handing it over."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from households import access
from households.models import Household, Print, Resident
from partners.models import Professional

Export = access.Action.EXPORT
NAMES: dict[str, str] = {"DOSSIER": "dossier", "WEEK": "week", "PLAN": "full plan"}  # in the log


@transaction.atomic
def ask_print(
    *,
    kind: Print.Kind,
    households: list[Household],
    by: Professional,
    make: Callable[[int], object],
    resident: Resident | None = None,
    basis: str = "",
) -> Print:
    """Ask for a paper. `make` is called with its key when this is kept: it hands the work to somebody else."""
    asked = Print.objects.create(kind=kind, asked_by=by, resident=resident)
    asked.households.set(households)
    log(asked, f"ask {NAMES[asked.kind]}", by=by, basis=basis)
    transaction.on_commit(lambda: make(asked.pk))
    return asked


def begin_print(*, asked: Print, parts: int) -> None:
    """Somebody makes it, in so many parts. Who waits sees how far it is."""
    Print.objects.waiting().filter(pk=asked.pk).update(parts=parts, parts_done=0)


def finish_part(*, asked: Print) -> None:
    """One part more is done. When two make it, they count no further than there is."""
    waiting = Print.objects.waiting().filter(pk=asked.pk, parts_done__lt=F("parts"))
    waiting.update(parts_done=F("parts_done") + 1)


def keep_print(*, asked: Print, file: bytes, to_check: list[str]) -> None:
    """It is made. When it was made twice, the first stays."""
    waiting = Print.objects.waiting().filter(pk=asked.pk)
    waiting.update(file=file, to_check="\n".join(to_check), state=Print.State.READY)


def give_up_print(*, asked: Print) -> None:
    """It could not be made."""
    Print.objects.waiting().filter(pk=asked.pk).update(state=Print.State.FAILED)


@transaction.atomic
def fetch_print(*, asked: Print, by: Professional) -> bytes:
    """The file, with a line in the log of each household in it."""
    Print.objects.filter(pk=asked.pk).update(fetched_at=timezone.now())
    log(asked, f"fetch {NAMES[asked.kind]}", by=by)
    return bytes(asked.file)  # type: ignore[arg-type]  # the field gives bytes


def log(asked: Print, event: str, *, by: Professional, basis: str = "") -> None:
    subjects = [asked.resident_id] if asked.resident_id else None
    for household in asked.households.order_by("pk"):
        ground = basis or ("" if by.pk in household.coordinated_today else "OVERSIGHT")
        access.record(
            action=Export, event=event, about=asked, household=household, by=by, basis=ground, subjects=subjects
        )
