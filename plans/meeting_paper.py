"""A meeting on paper: the agenda to bring along, or who does what to take home. It lies around: residents by their first name,
no address, nothing that is extra protected."""

from django.utils.translation import override

from households.domains import LifeDomain
from households.pdf import paper
from plans.agenda import agenda_of
from plans.models import Meeting, SupportPlan


@override("nl")
def meeting_paper(meeting: Meeting, plan: SupportPlan | None) -> bytes:
    """Of a meeting `in_full()` and a plan `in_full()`."""
    decisions = [
        one for one in meeting.decisions.all() if not (one.goal and LifeDomain(one.goal.domain).extra_protected)
    ]
    return paper(
        "plans/meetings/paper.html",
        meeting.household,
        meeting=meeting,
        agenda=agenda_of(meeting, plan) if meeting.is_to_come else None,
        decisions=decisions,
        lines=range(5),
    )
