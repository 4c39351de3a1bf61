"""The plan is laid before everybody, and each says where he or she stands."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from households import access
from households.models import OwnPage
from partners.models import Professional
from plans.actions.application import count_request
from plans.actions.states import hold
from plans.agreeing import signers, snapshot
from plans.changes import changes
from plans.models import PlanVersion, Signature, SupportPlan

Stand = Signature.Stand


class ClashesOpen(ValueError):
    """Something in the plan does not fit together. First that is solved, or kept with a reason."""


class NothingToAgreeOn(ValueError):
    """The plan has no goal with an action yet."""


class NewerVersion(ValueError):
    """The plan was laid before everybody again: what is said is said of that one."""


@transaction.atomic
def put_forward(*, plan: SupportPlan, by: Professional) -> PlanVersion:
    """Keep the plan word for word as it is now, and ask everybody anew. Who does this agrees. The same plan twice is one
    version. Raises ClashesOpen, NothingToAgreeOn."""
    hold(plan.pk)
    whole = SupportPlan.objects.in_full().select_related("household__coordinator").get(pk=plan.pk)
    if whole.clashes.open().exists():
        raise ClashesOpen
    content = snapshot(whole)
    if not content["actions"]:
        raise NothingToAgreeOn
    newest = whole.versions.newest_first().first()
    if newest and not changes(newest.facts, content):
        return newest
    version = PlanVersion(plan=whole, number=newest.number + 1 if newest else 1, made_by=by)
    version.write(content)
    version.save()
    asked = [
        Signature(version=version, resident=person, capacity=capacity)
        for person, capacity in signers(whole).people.items()
    ]
    coordinator = Signature(
        version=version, professional=by, capacity=Signature.Capacity.COORDINATOR, stand=Stand.AGREED, seen=True,
        said_on=timezone.localdate(), noted_by=by,
    )  # fmt: skip
    Signature.objects.bulk_create([*asked, coordinator])
    access.record(action=access.Action.CREATE, event="put plan forward", about=version, by=by)
    return version


@transaction.atomic
def sign(
    *,
    signature: Signature,
    stand: Signature.Stand,
    by: Professional,
    said_on: date | None = None,
    seen: bool = False,
    share: bool = False,
    request: bool = False,
    remark: str = "",
) -> None:
    """Write down what somebody said of this version, or that nobody asked yet after all. Raises ClashesOpen, NewerVersion."""
    stand_towards(signature, stand)
    if stand == Stand.NOT_ASKED:
        keep(signature, stand=stand, noted_by=None, by_own_hand=False)
    else:
        keep(
            signature, stand=stand, seen=seen, share=share, request=request, remark=remark, noted_by=by,
            by_own_hand=False, said_on=said_on or timezone.localdate(),
        )  # fmt: skip
    count_request(signature, by=by)
    access.record(action=access.Action.UPDATE, event="sign plan", about=signature, by=by)


@transaction.atomic
def sign_on_own_page(
    *, page: OwnPage, signature: Signature, agrees: bool, share: bool = False, request: bool = False, remark: str = ""
) -> None:
    """A resident read the plan on the own page and says it himself or herself. Raises ClashesOpen, NewerVersion."""
    stand = Stand.AGREED if agrees else Stand.AGAINST
    stand_towards(signature, stand)
    keep(
        signature, stand=stand, seen=True, share=share, request=request, remark=remark, noted_by=None, by_own_hand=True,
        said_on=timezone.localdate(),
    )  # fmt: skip
    count_request(signature, by=None)
    access.record(
        action=access.Action.UPDATE, event="sign plan on own page", about=signature, household=page.member.household,
        subjects=[page.member.resident_id], by=None, role=access.RESIDENT,
    )  # fmt: skip


def stand_towards(signature: Signature, stand: Signature.Stand) -> None:
    """The plan, for this transaction alone; and whether this can be said of it now."""
    plan = hold(signature.version.plan_id)
    if plan.versions.filter(number__gt=signature.version.number).exists():
        raise NewerVersion
    if stand in (Stand.AGREED, Stand.ORAL) and plan.clashes.open().exists():
        raise ClashesOpen


def keep(signature: Signature, **facts: object) -> None:
    nothing = {"seen": False, "share": False, "request": False, "remark": "", "said_on": None}
    for field, value in (nothing | facts).items():
        setattr(signature, field, value)
    signature.save(update_fields=[*nothing, *facts])
