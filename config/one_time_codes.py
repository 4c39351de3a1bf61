"""A door for who has no account: it opens with a code of six digits that was just mailed, or with a pin on paper.

What stands behind a door is the model that inherits from `Door`; its codes are a model that inherits from `OneTimeCode`
with a foreign key to it, `related_name="one_time_codes"`. The line in the log is the caller's, in one transaction with
these functions."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from enum import Enum, auto
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from config import mail

CODE_LASTS = timedelta(minutes=10)
FAILURES_BEFORE_LOCK = 10
LOCKED_FOR = timedelta(minutes=15)
LONGEST_LOCK_DOUBLINGS = 9  # five days


class Door(models.Model):
    """How often a wrong code was tried, and until when no code is looked at."""

    one_time_codes: Any  # the manager that the foreign key of the codes makes

    code_failures = models.PositiveSmallIntegerField(default=0)
    code_locked_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_locked(self) -> bool:
        """After too many wrong codes."""
        return self.code_locked_until is not None and self.code_locked_until > timezone.now()


class OneTimeCode(models.Model):
    """A code of six digits. Works once, for a few minutes."""

    code_hash = models.CharField(max_length=128)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class Knock(Enum):
    """What came of a code that was typed at a door."""

    OPEN = auto()
    WRONG = auto()
    LOCKED = auto()  # this one too many locked the door
    STILL_LOCKED = auto()  # it was not even looked at

    @property
    def refused(self) -> str:
        """What the log says of it; empty when there is nothing to say, also of what was not looked at."""
        return {Knock.WRONG: "wrong code", Knock.LOCKED: "too many wrong codes"}.get(self, "")


def mail_code(door: Door, *, to: str) -> bool:
    """Mail a code for this door, of which earlier codes stop working. False, and no mail, while the door is locked: a code
    would open nothing, and somebody else could fill a mailbox with them."""
    if type(door)._base_manager.select_for_update().get(pk=door.pk).is_locked:
        return False
    door.one_time_codes.filter(used_at=None).update(used_at=timezone.now())
    digits = f"{secrets.randbelow(1_000_000):06}"
    door.one_time_codes.create(code_hash=make_password(digits), expires_at=timezone.now() + CODE_LASTS)
    mail.queue(
        to=to,
        about=door,
        subject=_("Your code for Huisplan"),
        body=_(
            "Your code is %(code)s. It works once, for ten minutes. Did you not ask for a code? Then you need not do anything."
        )
        % {"code": f"{digits[:3]} {digits[3:]}"},
    )
    return True


def knock(door: Door, typed: str, *, pin_fits: Callable[[str], bool] = lambda _digits: False) -> Knock:
    """Does this one-time code open the door, or the pin of who can not be mailed? Ten wrong ones lock it for fifteen
    minutes, the next ten for twice as long, and so on. The count is kept also when the answer is no, so the caller must
    not roll back."""
    rows = type(door)._base_manager.filter(pk=door.pk)
    locked = rows.select_for_update().get()
    if locked.is_locked:
        return Knock.STILL_LOCKED
    digits = "".join(character for character in typed if character.isdigit())
    if used_up(locked, digits) or pin_fits(digits):
        rows.update(code_failures=0)
        return Knock.OPEN
    failures = locked.code_failures + 1
    rows.update(code_failures=failures)
    if failures % FAILURES_BEFORE_LOCK == 0:
        longer = 2 ** min(failures // FAILURES_BEFORE_LOCK - 1, LONGEST_LOCK_DOUBLINGS)
        rows.update(code_locked_until=timezone.now() + longer * LOCKED_FOR)
        return Knock.LOCKED
    return Knock.WRONG


def used_up(door: Door, digits: str) -> bool:
    """Was this a code of the door that still worked? Then it does so no more."""
    now = timezone.now()
    for code in door.one_time_codes.filter(used_at=None, expires_at__gt=now):
        if check_password(digits, code.code_hash):
            return bool(door.one_time_codes.filter(pk=code.pk).update(used_at=now))
    return False
