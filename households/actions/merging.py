"""Two households that turn out to be one become one, when somebody else agrees. Nothing is lost, and nobody sees more than the
two coordinators saw."""

from typing import Any

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from config import mail
from households import access
from households.actions.joining import NotTheSame, both, is_history, join_members, join_residents
from households.actions.notes import write_note
from households.actions.own_page import end_own_page
from households.apart import must_stay_apart, residents_of, surely_the_same
from households.models import (
    AccessLogEntry,
    EmergencyAccess,
    Grant,
    Handover,
    Household,
    HouseholdMember,
    Merging,
    Note,
    Participant,
    Print,
    Story,
)
from partners.models import Professional


class MustStayApart(ValueError):
    """These two are not put together. Not said why: also the reason can be a secret."""


class NotYoursToAgree(ValueError):
    """Somebody else was asked, or it was answered already."""


@transaction.atomic
def propose_merging(*, mine: Household, theirs: Household, keeps_mine: bool, reason: str, by: Professional) -> Merging:
    """Ask whether the two are one. Nothing changes before somebody else agrees. Raises MustStayApart, and NotYoursToAgree
    while an earlier question is open."""
    if must_stay_apart(mine, theirs):
        raise MustStayApart
    try:
        with transaction.atomic():
            merging = Merging.objects.create(
                mine=mine, theirs=theirs, keeps_mine=keeps_mine, reason=reason, asked_by=by
            )
    except IntegrityError as clash:
        raise NotYoursToAgree from clash
    for household in sorted((mine, theirs), key=lambda one: one.pk):
        access.record(action=access.Action.SHARE, event="propose merging", about=merging, household=household, by=by)
    for somebody in asked(merging):
        tell(
            somebody,
            _("A colleague asks whether two households are one"),
            _("You are asked whether two households are one. You read it here:\n%(address)s"),
        )
    return merging


def tell(somebody: Professional, subject: str, body: str) -> None:
    if somebody.email:
        address = settings.BASE_URL + reverse("desk:my_day")
        mail.queue(to=somebody.email, subject=subject, body=body % {"address": address})


def tell_who_asked(merging: Merging) -> None:
    tell(
        merging.asked_by,
        _("A colleague answered whether two households are one"),
        _("You asked whether two households are one, and there is an answer. You read it here:\n%(address)s"),
    )


def asked(merging: Merging) -> list[Professional]:
    """Who can answer: the coordinator of the other household, or the team leads when that is the same person."""
    team = merging.theirs.team
    everybody = Professional.objects.filter(is_active=True, memberships__team=team).distinct().order_by("pk")
    return [one for one in everybody if Merging.objects.asked_of(one).filter(pk=merging.pk).exists()]


@transaction.atomic
def decline_merging(*, merging: Merging, reason: str, by: Professional) -> None:
    """They stay two, and who asked reads why. Raises NotYoursToAgree."""
    if not Merging.objects.asked_of(by).select_for_update(of=("self",)).filter(pk=merging.pk).exists():
        raise NotYoursToAgree
    merging.declined_at, merging.declined_because = timezone.now(), reason
    merging.save(update_fields=["declined_at", "declined_because"])
    access.record(action=access.Action.UPDATE, event="decline merging", about=merging, household=merging.mine, by=by)
    tell_who_asked(merging)


@transaction.atomic
def take_back_merging(*, merging: Merging, by: Professional) -> None:
    """It is not asked any more. By who asked, or who coordinates that household now. Raises NotYoursToAgree when it was just
    answered."""
    if not Merging.objects.open().select_for_update(of=("self",)).filter(pk=merging.pk).exists():
        raise NotYoursToAgree
    merging.declined_at = timezone.now()
    merging.save(update_fields=["declined_at"])
    access.record(action=access.Action.UPDATE, event="take back merging", about=merging, household=merging.mine, by=by)


@transaction.atomic
def agree_to_merge(*, merging: Merging, by: Professional) -> Household:
    """From now on there is one. The number of the other leads to it, and both logs stay what they are. Own pages end: they
    showed the plan of one of the two. At most one plan may be open here: see `plans.merging`.

    Raises NotYoursToAgree, and MustStayApart when that turned out in the meantime."""
    if not Merging.objects.asked_of(by).select_for_update(of=("self",)).filter(pk=merging.pk).exists():
        raise NotYoursToAgree
    pks = [merging.mine_id, merging.theirs_id]
    locked = {one.pk: one for one in Household.objects.order_by("pk").select_for_update(no_key=True).filter(pk__in=pks)}
    merging.mine, merging.theirs = locked[merging.mine_id], locked[merging.theirs_id]
    if must_stay_apart(merging.mine, merging.theirs):
        raise MustStayApart
    kept, other = merging.kept, merging.other
    merging.agreed_at, merging.agreed_by = timezone.now(), by
    merging.save(update_fields=["agreed_at", "agreed_by"])
    for member in HouseholdMember.objects.filter(household__in=[kept, other]).select_related("household", "resident"):
        end_own_page(member=member, by=by)
    now = timezone.now()
    Handover.objects.open().filter(household=other).update(declined_at=now, declined_because=_("Put together."))
    Merging.objects.open().filter(models.Q(mine=other) | models.Q(theirs=other)).update(
        declined_at=now, declined_because=_("Put together.")
    )
    for talk in other.conversations.open():  # of one person one talk is open; what was said in it stays
        if kept.conversations.open().filter(resident=talk.resident_id).exists():
            talk.ended_at, talk.ended_by = now, by
            talk.save()
    say_what_stood_there(kept, other, by)
    Household.objects.filter(models.Q(pk=other.pk) | models.Q(merged_into=other)).update(merged_into=kept)
    move_people(kept, other)
    move_circle(kept, other, by)
    move_stories(kept, other)
    move_the_rest(kept, other)
    Household.objects.filter(pk=other.pk).update(
        status=Household.Status.CLOSED,
        next_step="",
        next_step_on=None,
        deputy=None,
        deputy_from=None,
        deputy_until=None,
    )
    join_doubles(kept, by)
    for household in sorted((kept, other), key=lambda one: one.pk):
        access.record(action=access.Action.UPDATE, event="merge households", about=merging, household=household, by=by)
    tell_who_asked(merging)
    return kept


def say_what_stood_there(kept: Household, other: Household, by: Professional) -> None:
    """What the other said of itself and can not stand beside what is said here is a note; what goes well is added."""
    said = [_("Put together with household %(number)s, %(name)s.") % {"number": other.number, "name": other.name}]
    if other.next_step:
        said.append(_("Next step there: %(step)s") % {"step": other.next_step})
    if other.request_in_own_words and kept.request_in_own_words not in ("", other.request_in_own_words):
        said.append(_("What they asked there: %(words)s") % {"words": other.request_in_own_words})
    write_note(
        household=kept, by=by, kind=Note.Kind.FACT, occasion=Note.Occasion.DECISION, happened_on=timezone.localdate(),
        text="\n".join(said), about=[],
    )  # fmt: skip
    kept.strengths = both(kept.strengths, other.strengths)
    kept.request_in_own_words = kept.request_in_own_words or other.request_in_own_words
    if not kept.next_step:
        kept.next_step, kept.next_step_on = other.next_step, other.next_step_on
    if not kept.address:
        kept.address, kept.district = other.address, kept.district or other.district
    elif other.address and other.address != kept.address:
        kept.earlier_addresses.create(
            address=other.address, protected=other.address_protected, moved_out_on=timezone.localdate()
        )
    kept.address_protected = kept.address_protected or other.address_protected
    kept.save()


def move_people(kept: Household, other: Household) -> None:
    for member in other.members.select_related("resident"):
        here = kept.members.filter(resident=member.resident_id).first()
        if here:
            join_members(here, member)
        else:
            member.household = kept
            member.save()


def move_circle(kept: Household, other: Household, by: Professional) -> None:
    """Who is in both is in it once. What was shared goes along, as long as it rests on its own consents; of two shares of one
    thing on an exception, the second ends: it can be shared again on purpose."""
    for participant in other.circle.all():
        here = kept.circle.open().filter(professional=participant.professional_id).first()
        if here and not participant.ended_at:
            participant.ended_at, participant.ended_by = timezone.now(), by
            participant.household = kept
            participant.save()
            move_grants(participant, here, by)
        else:
            participant.household = kept
            participant.save()


def move_grants(participant: Participant, here: Participant, by: Professional) -> None:
    relations: list[Any] = [*Participant._meta.related_objects]
    for relation in relations:
        if is_history(relation.related_model):
            continue
        for sharing in relation.related_model._base_manager.filter(participant=participant):
            same = None
            if isinstance(sharing, Grant) and sharing.ended_at is None:
                same = here.grants.filter(kind=sharing.kind, domain=sharing.domain, ended_at=None).first()
            if same is None:
                sharing.participant = here
            else:
                if not same.override_id and not sharing.override_id:
                    same.consents.add(*sharing.consents.all())
                sharing.ended_at, sharing.ended_by = timezone.now(), by
            sharing.save()


def move_stories(kept: Household, other: Household) -> None:
    """What is told here last stays the last: nobody with whom the story was shared reads another one."""
    ours = list(Story.objects.filter(household=kept).order_by("-version"))
    theirs = Story.objects.filter(household=other).count()
    for story in ours:  # from the last on, so that no two have one version
        Story.objects.filter(pk=story.pk).update(version=story.version + theirs)
    for version, story in enumerate(Story.objects.filter(household=other).order_by("version"), start=1):
        Story.objects.filter(pk=story.pk).update(household=kept, version=version)


STAYS = (
    AccessLogEntry,
    EmergencyAccess,
    Merging,
    Household,
    Print,
)  # what was opened or printed was that household, and its log is a chain


def move_the_rest(kept: Household, other: Household) -> None:
    """Whatever else hangs on a household, of every room."""
    relations: list[Any] = [*Household._meta.related_objects]
    for relation in relations:
        if relation.related_model not in STAYS and not is_history(relation.related_model):
            name = relation.field.name
            relation.related_model._base_manager.filter(**{name: other}).update(**{name: kept})


def join_doubles(kept: Household, by: Professional) -> None:
    """Who stands here twice to the letter. Of who looks alike only, somebody says so later."""
    people = residents_of(kept)
    for rank, one in enumerate(people):
        for double in people[rank + 1 :]:
            if surely_the_same(one, double):
                try:
                    with transaction.atomic():
                        join_residents(household=kept, keep=one, double=double, by=by)
                except NotTheSame:
                    continue
