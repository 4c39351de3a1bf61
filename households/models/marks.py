"""The marks that residents give their own life."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from households.domains import Side
from households.models.household import Household
from households.models.own_page import OwnPage
from households.models.people import Resident
from households.models.unchanging import only_goes_along
from partners.models import Professional


class OwnMark(models.Model):
    """A mark from 0 to 10 that a resident gave on one side of the own life: on the own page, or said to somebody who noted
    it, and then that stands beside it. It is never changed."""

    household = models.ForeignKey(Household, on_delete=models.CASCADE, related_name="own_marks")
    resident = models.ForeignKey(Resident, on_delete=models.CASCADE, related_name="own_marks")
    page = models.ForeignKey(OwnPage, on_delete=models.CASCADE, null=True, related_name="+")
    noted_by = models.ForeignKey(Professional, on_delete=models.PROTECT, null=True, related_name="+")
    side = models.CharField(max_length=10, choices=Side)
    mark = models.PositiveSmallIntegerField()
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar = ["given_at", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(mark__lte=10), name="own_mark_of_ten_at_most"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="own_mark_known_side"),
            models.UniqueConstraint(fields=["page", "side", "given_at"], name="own_mark_once"),
            models.CheckConstraint(
                condition=Q(page__isnull=True, noted_by__isnull=False) | Q(page__isnull=False, noted_by__isnull=True),
                name="own_mark_by_own_hand_or_noted",
            ),
        ]
        triggers: ClassVar = [
            pgtrigger.Trigger(
                name="own_mark_in_own_hand",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                IF {only_goes_along()} THEN
                    RETURN NEW;
                END IF;
                IF TG_OP = 'UPDATE' OR NOT EXISTS (
                    SELECT 1 FROM households_householdmember AS member
                    LEFT JOIN households_ownpage AS page ON page.member_id = member.id AND page.ended_at IS NULL
                    WHERE member.resident_id = NEW.resident_id AND member.household_id = NEW.household_id
                      AND (NEW.page_id IS NULL OR page.id = NEW.page_id)
                ) THEN
                    RAISE EXCEPTION 'only the resident gives this mark, once'
                        USING ERRCODE = 'check_violation', CONSTRAINT = 'own_mark_in_own_hand';
                END IF;
                RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return f"{self.side}, {self.mark}"
