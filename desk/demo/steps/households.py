"""A household: who lives there, what they say, and what they agree to."""

from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from desk.demo.days import born
from desk.demo.people import Person
from desk.demo.secrets import own_page, secret
from desk.demo.steps.stage import Stage
from households import access, actions
from households.deciding import deciders
from households.domains import Level, LifeDomain, Side
from households.models import Consent, Conversation, Custody, HouseholdMember, Note, TieQuality
from households.models.consent import STORY
from partners.models import District, Organisation
from plans.actions import share_goal
from signals import actions as signal_actions


@dataclass(frozen=True)
class Member:
    """A resident of this age at T, whose birthday was so many days before it."""

    first_name: str
    last_name: str
    age: int
    birthday: int
    contact_by: HouseholdMember.ContactBy = HouseholdMember.ContactBy.PHONE
    contact_note: str = ""
    contact_through: str = ""
    languages: str = ""
    needs_interpreter: bool = False
    rather_not_reads: bool = False
    wishes: str = ""
    phone: str = ""
    email: str = ""
    lives_here: bool = True
    known: bool = False  # in another chapter already


@dataclass(frozen=True)
class Near:
    """Somebody close."""

    name: str
    relation: str
    offers: str = ""
    phone: str = ""
    quality: TieQuality = TieQuality.UNKNOWN
    too_much: str = ""
    carer: bool = False
    of: tuple[Member, ...] = ()


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
                known=stage.person(member) if member.known else None,
                lives_here=member.lives_here,
                first_name=member.first_name,
                last_name=member.last_name,
                birth_date=born(age=member.age, days_ago=member.birthday, today=stage.days.today),
                contact_by=member.contact_by,
                contact_note=member.contact_note,
                contact_through=member.contact_through,
                languages=member.languages,
                needs_interpreter=member.needs_interpreter,
                rather_not_reads=member.rather_not_reads,
                wishes=member.wishes,
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
                quality=near.quality,
                too_much=near.too_much,
                informal_carer=near.carer,
                of_residents=[stage.cast[member].pk for member in near.of],
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
class Talk:
    """A talk at the kitchen table with everybody, ended on the same day."""

    present: str
    said: dict[str, str]
    levels: dict[LifeDomain, Level]
    supporter: Conversation.Supporter = Conversation.Supporter.NOT_YET

    def play(self, stage: Stage) -> None:
        by = stage.coordinator
        talk = actions.begin_conversation(
            household=stage.household, held_on=timezone.localdate(), present=self.present, supporter=self.supporter, by=by
        )  # fmt: skip
        levels = {f"{domain}-level": str(level.value) for domain, level in self.levels.items()}
        typed = {place: actions.Typed(words, seen=0) for place, words in (self.said | levels).items()}
        actions.write_in_conversation(conversation=talk, typed=typed, by=by)
        actions.end_conversation(conversation=talk, by=by)


@dataclass(frozen=True)
class Marks:
    """A resident gives the own life marks, on the own page."""

    resident: Member
    marks: dict[Side, int]

    def play(self, stage: Stage) -> None:
        member = stage.household.members.get(resident=stage.person(self.resident))
        actions.give_own_marks(
            page=member.own_pages.get(ended_at=None), marks={side.value: mark for side, mark in self.marks.items()}
        )


@dataclass(frozen=True)
class Authority:
    """These people have authority over these children."""

    children: tuple[Member, ...]
    holders: tuple[Member, ...]

    def play(self, stage: Stage) -> None:
        for child in self.children:
            for holder in self.holders:
                actions.record_custody(
                    household=stage.household,
                    resident=stage.person(child),
                    holder=stage.person(holder),
                    kind=Custody.Kind.PARENT,
                    source=Custody.Source.REGISTER,
                    checked_on=timezone.localdate(),
                    by=stage.coordinator,
                )


@dataclass(frozen=True)
class Agreed:
    """About these residents something may be told to one organisation: everybody who decides said yes. With items: just
    that is shared. Without: the reporter hears that there is contact."""

    residents: tuple[Member, ...]
    recipient: str
    items: tuple[str, ...] = ()
    purpose: str = ""
    until: int = 300

    def play(self, stage: Stage) -> None:
        residents = [stage.person(resident) for resident in self.residents]
        agreed: dict = {
            "residents": residents,
            "by": stage.coordinator,
            "given_on": timezone.localdate(),
            "valid_until": stage.days[self.until],
        }
        recipient = Organisation.objects.get(name=self.recipient)
        if self.items:
            actions.record_consent(
                household=stage.household,
                kind=Consent.Kind.SHARE_INFO,
                recipient=recipient,
                items=[str(item) for item in self.items],
                purpose=self.purpose,
                explained="Aan de keukentafel, met het kaartje “Wie mag wat weten?”.",
                answers={person: True for resident in residents for person in deciders(resident) or {}},
                **agreed,
            )
            return
        for signal in stage.household.signals.filter(organisation=recipient):
            signal_actions.record_feedback_consent(signal=signal, **agreed)


@dataclass(frozen=True)
class Invited:
    """Somebody comes into the circle, and sees these life domains or goals, or the story."""

    who: Person
    purpose: str
    added_value: str
    until: int = 180
    volunteer: bool = False
    sees: tuple[Any, ...] = ()  # a life domain, an aim of the plan, or STORY
    contribution: str = ""
    comes: bool = True

    def play(self, stage: Stage) -> None:
        professional = stage.cast[self.who]
        participant = actions.invite(
            household=stage.household,
            professional=professional,
            purpose=self.purpose,
            added_value=self.added_value,
            household_agrees_on=timezone.localdate(),
            ends_on=stage.days[self.until],
            volunteer=self.volunteer,
            by=stage.coordinator,
            token=secret(f"invitation {self.who.email} {stage.household.name}"),
        )
        if not self.comes:
            return
        actions.accept_invitation(participant=participant, by=professional)
        if self.contribution:
            actions.say_contribution(participant=participant, contribution=self.contribution, by=professional)
        for thing in self.sees:
            if isinstance(thing, str):
                domain = "" if thing == STORY else thing
                actions.share(participant=participant, domain=domain, sure=True, by=stage.coordinator)
            else:
                share_goal(goal=stage.cast[thing], participant=participant, sure=True, by=stage.coordinator)


@dataclass(frozen=True)
class OwnPageGiven:
    """A resident gets the address of the own page."""

    resident: Member

    def play(self, stage: Stage) -> None:
        actions.give_own_page(
            member=stage.household.members.get(resident=stage.person(self.resident)),
            by=stage.coordinator,
            token=own_page(self.resident.email),
        )


@dataclass(frozen=True)
class OpenedWithReason:
    """A colleague opens the household in an emergency."""

    by: Person
    reason: str

    def play(self, stage: Stage) -> None:
        actions.break_glass(household=stage.household, reason=self.reason, by=stage.cast[self.by])


@dataclass(frozen=True)
class NextStep:
    what: str
    on: int

    def play(self, stage: Stage) -> None:
        actions.change_household(
            household=stage.household, by=stage.coordinator, next_step=self.what, next_step_on=stage.days[self.on]
        )


@dataclass(frozen=True)
class Contact:
    """What the coordinator wrote down of a contact. Without `said_by` it is a fact."""

    occasion: Note.Occasion
    text: str
    about: tuple[Member, ...] = ()
    said_by: str = ""
    kind: Note.Kind = Note.Kind.FACT

    def play(self, stage: Stage) -> None:
        actions.write_note(
            household=stage.household,
            by=stage.coordinator,
            kind=Note.Kind.SAID if self.said_by else self.kind,
            occasion=self.occasion,
            happened_on=timezone.localdate(),
            text=self.text,
            said_by=self.said_by,
            about=[stage.person(member) for member in self.about],
        )


@dataclass(frozen=True)
class Refused:
    """A colleague wants to look, and may not."""

    by: Person

    def play(self, stage: Stage) -> None:
        access.record(action=access.Action.DENIED, event="household", about=stage.household, by=stage.cast[self.by])
