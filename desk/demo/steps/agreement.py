"""The plan is laid before everybody, and each says what he or she thinks of it."""

from dataclasses import dataclass

from desk.demo.steps.households import Member
from desk.demo.steps.stage import Stage
from plans import actions
from plans.models import Signature

Stand = Signature.Stand


@dataclass(frozen=True)
class PutForward:
    def play(self, stage: Stage) -> None:
        actions.put_forward(plan=stage.household.plans.open().get(), by=stage.coordinator)


@dataclass(frozen=True)
class Signed:
    """What some of them said of the newest version."""

    said: tuple[tuple[Member, Signature.Stand], ...]
    request: bool = False
    remark: str = ""

    def play(self, stage: Stage) -> None:
        version = stage.household.plans.open().get().versions.newest_first()[0]
        for member, stand in self.said:
            actions.sign(
                signature=version.signatures.get(resident=stage.person(member)),
                stand=stand,
                seen=True,
                request=self.request,
                remark=self.remark,
                by=stage.coordinator,
            )
