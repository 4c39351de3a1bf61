"""How old a signal is, and until when something can be done with it."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from config.workdays import workdays_between


class Terms:
    """What `Signal` tells about its own days."""

    received_at: datetime
    closed_at: datetime | None
    answer_by: date
    new_answer_by: date | None

    @property
    def deleted_on(self):
        """When a question without a name goes, at the earliest."""
        return timezone.localdate(self.received_at) + timedelta(days=settings.KEEP_QUESTIONS_DAYS + 1)

    @property
    def workdays_old(self) -> int:
        return workdays_between(timezone.localdate(self.received_at), timezone.localdate())

    @property
    def may_be_reopened(self) -> bool:
        """Closed so short ago that it can be opened again. After that it is a new signal."""
        return self.closed_at is not None and timezone.localdate() <= self.reopen_until

    @property
    def reopen_until(self):
        return timezone.localdate(self.closed_at) + timedelta(days=settings.REOPEN_WITHIN_DAYS)

    @property
    def promised(self) -> date:
        """Before which day the reporter was told to hear from us."""
        return self.new_answer_by or self.answer_by

    @property
    def may_be_followed(self) -> bool:
        """Can its reporter still read along?"""
        return self.follow_until is None or timezone.localdate() <= self.follow_until

    @property
    def follow_until(self):
        """The last day on which the reporter can read along, once closed."""
        if self.closed_at is None:
            return None
        return timezone.localdate(self.closed_at) + timedelta(days=settings.FOLLOW_FOR_DAYS_AFTER_CLOSING)
