"""A household: who lives there, what they say, and what they agree to."""

from dataclasses import dataclass

from django.utils import timezone

from desk.demo.days import born
from desk.demo.people import Person
from desk.demo.steps.stage import Stage
from households import access, actions
from households.models import Consent, Resident
from partners.models import District, Organisation
from signals import actions as signal_actions


@dataclass(frozen=True)
class Member:
    """A resident of this age at T, whose birthday was so many days before it."""

    first_name: str
    last_name: str
    age: int
    birthday: int
    contact_by: Resident.ContactBy = Resident.ContactBy.PHONE
    contact_note: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class Near:
    """Somebody close."""

    name: str
    relation: str
    offers: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Home:
    """A household, opened with everybody in and around it."""

    name: str
    coordinator: Person
    address: str
    members: tuple[Member, ...]
    network: tuple[Near, ...] = ()
    district: str = ""
    address_protected: bool = False

    def play(self, stage: Stage) -> None:
        by = stage.cast[self.coordinator]
        stage.household = actions.make_household(
            name=self.name,
            team=stage.team,
            coordinator=by,
            by=by,
            address=self.address,
            address_protected=self.address_protected,
            district=District.objects.filter(name=self.district).first(),
        )
        for member in self.members:
            stage.cast[member] = actions.add_resident(
                household=stage.household,
                by=by,
                first_name=member.first_name,
                last_name=member.last_name,
                birth_date=born(age=member.age, days_ago=member.birthday, today=stage.days.today),
                contact_by=member.contact_by,
                contact_note=member.contact_note,
                phone=member.phone,
                email=member.email,
            )
        for near in self.network:
            stage.cast[near] = actions.add_contact(
                household=stage.household,
                by=by,
                name=near.name,
                relation=near.relation,
                offers=near.offers,
                phone=near.phone,
            )


@dataclass(frozen=True)
class OwnWords:
    """What they ask, what goes well, and their story with who told it."""

    request: str
    strengths: str
    story: str = ""
    told_by: str = ""

    def play(self, stage: Stage) -> None:
        actions.write_own_words(
            household=stage.household,
            by=stage.coordinator,
            request=self.request,
            strengths=self.strengths,
            story=self.story,
            told_by=self.told_by,
            told_on=timezone.localdate(),
            read_aloud=True,
        )


@dataclass(frozen=True)
class Agreed:
    """These residents agree, for one organisation. With a purpose: to share just that. Without: that the reporter hears
    that there is contact."""

    residents: tuple[Member, ...]
    recipient: str
    purpose: str = ""
    until: int = 300

    def play(self, stage: Stage) -> None:
        agreed: dict = {
            "residents": [stage.cast[resident] for resident in self.residents],
            "by": stage.coordinator,
            "given_on": timezone.localdate(),
            "valid_until": stage.days[self.until],
        }
        recipient = Organisation.objects.get(name=self.recipient)
        if self.purpose:
            kind = Consent.Kind.SHARE_INFO
            actions.record_consent(
                household=stage.household, kind=kind, recipient=recipient, purpose=self.purpose, **agreed
            )
            return
        for signal in stage.household.signals.filter(organisation=recipient):
            signal_actions.record_feedback_consent(signal=signal, **agreed)


@dataclass(frozen=True)
class NextStep:
    what: str
    on: int

    def play(self, stage: Stage) -> None:
        actions.change_household(
            household=stage.household, by=stage.coordinator, next_step=self.what, next_step_on=stage.days[self.on]
        )


@dataclass(frozen=True)
class Refused:
    """A colleague wants to look, and may not."""

    by: Person

    def play(self, stage: Stage) -> None:
        access.record(action=access.Action.DENIED, event="household", about=stage.household, by=stage.cast[self.by])
