"""The gate. The only way any view gets a household or anything in it, and the only place that writes the access log.

A rule of visibility is written once, as a queryset: each model that stands behind the gate has a QuerySet with
`visible_to(professional)` (may see it), `changeable_by(professional)` (may work on it) and `within_reach(professional)`
(may know that it exists). From those the gate answers: allowed, the thing itself; within reach, 403 and who to ask;
otherwise 404, the same as "does not exist"."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from datetime import date
from math import inf
from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404

from config import together
from config.current import origin
from config.fragments import asks_by_itself
from config.prepared import Key, Prepared, Shaped
from households.alike import Wanted
from households.looking import look_alikes, look_like
from households.models import AccessLogEntry, EmergencyAccess, Household, OwnPage, Participant, Resident, finding
from partners.models import Organisation, Professional, Team
from partners.requests import TeamRequest

Action = AccessLogEntry.Action
Result = AccessLogEntry.Result
RESIDENT = "RESIDENT"  # the role in the log of who reads the own page
RECEIVER = "RECEIVER"  # of an organisation that was asked to take a signal over
SYSTEM = "SYSTEM"  # of what happens by itself because time passed
ELSEWHERE = "ELSEWHERE"  # who changed, from another household of the same child, what both know: not said where


class NotYours(PermissionDenied):
    """The household exists and belongs to a colleague. `household` may be named by its number and coordinator only."""

    household: Household | None

    def __init__(self, household: Household | None):
        super().__init__()
        self.household = household


def record(
    *,
    action: Action,
    event: str,
    about: models.Model | None = None,
    household: Household | None = None,
    by: Professional | None,
    role: str = "",
    reason: str = "",
    hits: int | None = None,
    basis: str = "",
    on_behalf_of: Professional | None = None,
    result: Result | None = None,
    subjects: list[int] | None = None,
    organisation: Organisation | None = None,
    after: Sequence[together.Statement] = (),
) -> None:
    """Write one line in the access log, in one query: `by` did `event` to `about`. Without `by`, `role` says who it was.

    `basis` (or `reason`) is the short reference of the ground, such as GRANT 12 or EMERGENCY 4; for the coordinator of
    the household it is ASSIGNMENT by itself. `subjects` are the keys of the residents that it concerns: of the one that
    `about` belongs to, else everybody in the household. `organisation` is that of somebody without a login. Nothing that
    somebody typed belongs in a line.

    In a transaction this comes last: from here on, whoever logs the same household waits until it ends. `after` holds
    what is written just before it, in the same round trip."""
    entry = line(
        action=action,
        event=event,
        about=about,
        household_id=household.pk if household else household_id_of(about),
        by=by,
        role=role,
        basis=basis or reason,
        on_behalf_of=on_behalf_of,
        result=result,
        subject_ids=subjects,
        hits=hits,
        organisation=organisation,
    )
    together.write(*after, together.insert(entry))


def line(
    *,
    action: Action,
    event: str,
    by: Professional | None,
    about: Any = None,
    household_id: int | None = None,
    role: str = "",
    result: Result | None = None,
    subject_ids: list[int] | None = None,
    organisation: Organisation | None = None,
    **facts: Any,
) -> AccessLogEntry:
    """A line that is not written yet."""
    here = origin.get()
    return AccessLogEntry(
        actor=by,
        actor_role=role or (by.role_names if by else ""),
        actor_organisation_id=by.organisation_id if by else organisation.pk if organisation else None,
        household_id=household_id,
        subject_ids=subject_ids if subject_ids is not None else subjects_of(about),
        action=action,
        event=event,
        object_type=str(about._meta.model_name) if about else "",
        object_id=about.pk if about else None,
        result=result or (Result.REFUSED if action == Action.DENIED else Result.OK),
        origin=here.network,
        request_id=here.request_id,
        **facts,
    )


def subjects_of(about: Any) -> list[int]:
    """The one resident that something belongs to; empty when it is of the whole household."""
    resident_id = about.pk if isinstance(about, Resident) else getattr(about, "resident_id", None)
    return [resident_id] if resident_id else []


def household_id_of(about: Any) -> int | None:
    """The key of the household that something belongs to, without asking the database where a column says it."""
    if isinstance(about, Household):
        return about.pk
    if hasattr(about, "household_id"):
        return about.household_id
    household: Household | None = getattr(about, "household", None)
    return household.pk if household else None


def load(
    request: TeamRequest,
    queryset: Any,
    *,
    rule: str = "visible_to",
    action: Action = Action.VIEW,
    event: str,
    on_look: Callable[[Any], None] | None = None,
    often: bool = False,
    **lookup: Any,
) -> Any:
    """One object behind the gate, and a line in the log. `rule` names the queryset of who may: `visible_to` to read,
    `changeable_by` to work on it. `on_look` keeps that it was seen, in one transaction with the line. What is asked `often`
    is prepared; its queryset is then always the same one.

    Raises NotYours (403) when it is a colleague's, Http404 when it is out of reach or does not exist; both are logged."""
    professional = request.user
    if often:
        values = map(Key, lookup.values())
        found = next(
            iter(behind_gate(professional, *values, queryset=queryset, rule=rule, names=tuple(lookup))["it"]), None
        )
    else:
        found = getattr(queryset, rule)(professional).filter(**lookup).first()
    if found is None:
        refuse(professional, queryset.filter(**lookup), event=event)
    with transaction.atomic() if on_look else nullcontext():
        if on_look:
            on_look(found)
        record(action=action, event=event, about=found, by=professional, reason=basis_of(found, professional))
    return found


@Prepared
def behind_gate(
    professional: Professional, *values: Any, queryset: Any, rule: str, names: tuple[str, ...]
) -> dict[str, models.QuerySet]:
    lookup = dict(zip(names, values, strict=True))
    return {"it": getattr(queryset, rule)(professional).filter(**lookup).order_by()}


def refuse(professional: Professional, queryset: Any, *, event: str) -> NoReturn:
    """Say no, with a line in the log when it exists. Raises as `load` does."""
    hidden = queryset.first()
    if hidden is not None:
        record(action=Action.DENIED, event=event, about=hidden, by=professional)
        if queryset.within_reach(professional).filter(pk=hidden.pk).exists():
            households = Household.objects.select_related("coordinator")
            raise NotYours(households.filter(pk=household_id_of(hidden) or 0).first())
    raise Http404


def basis_of(found: Any, professional: Professional) -> str:
    """Why this person may see it, for the log: as its coordinator or deputy, in an emergency, or in the team."""
    household = found if isinstance(found, Household) else getattr(found, "household", None)
    if household is None:
        return ""
    if professional.pk in household.coordinated_today:
        return "ASSIGNMENT" if household.coordinator_id == professional.pk else "DEPUTY"
    opened = EmergencyAccess.objects.open().filter(household=household, professional=professional).first()
    return f"EMERGENCY {opened.pk}" if opened else ""


def load_household(
    request: TeamRequest, number: str, *, rule: str = "visible_to", action: Action = Action.VIEW, event: str
) -> Household:
    """The household with this number, to read; of one that became a part of another, that other. Raises as `load` does."""
    found = next(iter(let_in(request.user, Key(number), rule=rule)["households"]), None)
    if found is None:
        refuse(request.user, with_number(number), event=event)
    record(action=action, event=event, about=found, by=request.user, reason=basis_of(found, request.user))
    return found


@Prepared
def let_in(professional: Professional, number: str, *, rule: str) -> dict[str, models.QuerySet]:
    """As `load` asks it, for what every page of a household begins with."""
    return {"households": getattr(with_number(number), rule)(professional).order_by()}


def with_number(number: str) -> Any:
    return Household.objects.with_number(number).select_related("team", "coordinator", "deputy", "district")


def work_on_household(request: TeamRequest, number: str, *, event: str) -> Household:
    """The household with this number, for its coordinator or the deputy: to fill in and to change. Raises as `load` does."""
    return load_household(request, number, rule="changeable_by", event=event)


def goes_on_with(request: TeamRequest, number: str, *, event: str) -> Household:
    """The household for a page that saves by itself while somebody types: to open that page was the look, and what is
    written is logged by its action. Who may not is refused, with a line. Raises as `load` does."""
    mine = Household.objects.changeable_by(request.user).select_related("team", "coordinator").filter(number=number)
    return mine.first() or work_on_household(request, number, event=event)


def looks_again(request: TeamRequest, queryset: Any, **lookup: Any) -> Any:
    """One object for a page that asks by itself whether something changed: to open that page was the look. `queryset` holds
    only what tells nothing yet. None for whatever else: then `load` says whether it may be seen, with a line."""
    return queryset.visible_to(request.user).filter(**lookup).first() if asks_by_itself(request) else None


def reach(professional: Professional, queryset: Any) -> Any:
    """What may stand in a list as a line of which this person knows that it exists."""
    return queryset.within_reach(professional)


def my_households(professional: Professional) -> models.QuerySet[Household]:
    """The open households of this coordinator, and those where this person stands in."""
    return Household.objects.changeable_by(professional).order_by("name", "number")  # kept also when counting


def my_closed_households(professional: Professional) -> models.QuerySet[Household]:
    """Those that this coordinator closed, or took over closed."""
    return Household.objects.owned_by(professional).filter(status=Household.Status.CLOSED).order_by("name", "number")


def households_led(professional: Professional) -> Any:
    """The open households of the teams that this person leads: that they exist, and whose they are."""
    return Household.objects.open().led_by(professional)


def waiting_for_handover(professionals: list[Professional]) -> dict[int, int]:
    """How many households of each of these coordinators wait for another one. Numbers only: for who looks after people
    and may see nothing of a household."""
    waiting = Household.objects.waiting_for_handover().filter(coordinator__in=professionals)
    return dict(waiting.order_by().values_list("coordinator").annotate(models.Count("pk")))


def my_participations(professional: Professional) -> list[Participant]:
    """The households in whose circle this person is today, with all that was shared, and a line in the log for each."""
    active = Participant.objects.active().filter(professional=professional).with_grants()
    found = list(
        active.select_related("household__coordinator", "household__deputy", "household__team").order_by(
            "household__number"
        )
    )
    for participant in found:
        record(
            action=Action.VIEW,
            event="circle page",
            about=participant,
            by=professional,
            reason=f"GRANT {participant.pk}",
        )
    return found


def my_invitations(professional: Professional) -> list[Participant]:
    """The circles that this person is asked into, and a line in the log for each: its purpose is shown."""
    asked = Participant.objects.asked_of(professional).select_related("household__team", "household__coordinator")
    found = list(asked.order_by("household__number"))
    for participant in found:
        record(action=Action.VIEW, event="read invitation", about=participant, by=professional)
    return found


def own_page(token: str) -> OwnPage | None:
    """The own page of a resident with this secret address, as long as it works. Nothing of it is shown before a code."""
    pages = OwnPage.objects.by_token(token).select_related(
        "member__resident", "member__household__team", "member__household__coordinator", "member__household__deputy"
    )
    page = pages.first()
    return page if page and page.member.resident.may_have_own_page else None


def read_own_page(page: OwnPage, *, event: str) -> Household:
    """The household of this resident, and a line in the log that concerns the resident alone."""
    household = page.member.household
    record(
        action=Action.VIEW,
        event=event,
        about=page,
        household=household,
        subjects=[page.member.resident_id],
        by=None,
        role=RESIDENT,
    )
    return household


def search_team(professional: Professional, words: str, *, team: Team | None = None, most: int = 20) -> list[Household]:
    """The first households of the own team that fit the words, own ones first; when there are few, then also those that
    are written in another way. Whose they are may be seen, what is in them may not. The log keeps how many were found, not
    what was sought."""
    if not words:
        return []
    what = finding.sought(words)
    about: list[Shaped] = [professional, *map(Key, what.texts)]
    how = {"house_numbers": what.house_numbers, "phone": what.phone, "team": team, "most": most}

    def asked(question: Prepared, **more: Any) -> dict[str, list[Household]]:
        return (question if what.is_plain else question.once)(*about, **how, **more)

    typed = asked(as_typed)
    found = [*typed["own"], *typed["others"]][:most]
    for who_lives_there in (False, True):
        if len(found) < most and what.words:
            nearly = asked(in_another_spelling, who_lives_there=who_lives_there)
            found += [one for one in nearly["found"] if one not in found][: most - len(found)]
    record_found(professional, event="search", households=found)
    return found


@Prepared
def as_typed(
    professional: Professional, *texts: str, team: Team | None, most: int, **more: Any
) -> dict[str, models.QuerySet]:
    reach, what = in_lists(professional, team), finding.Sought.of_texts(*texts, **more)
    own, others = reach.filter(coordinator=professional), reach.exclude(coordinator=professional)
    return {
        "own": finding.typed(own, what, all_of_them=True).order_by("name", "number")[:most],
        "others": finding.typed(others, what, all_of_them=False).order_by("name", "number")[:most],
    }


@Prepared
def in_another_spelling(
    professional: Professional, *texts: str, team: Team | None, most: int, who_lives_there: bool, **more: Any
) -> dict[str, models.QuerySet]:
    """Twice as many as are shown: as many as that can have been found as typed."""
    what = finding.Sought.of_texts(*texts, **more)
    found = finding.in_another_spelling(in_lists(professional, team), what, who_lives_there=who_lives_there)
    return {"tolerance": finding.tolerance(professional), "found": found[: 2 * most]}


def in_lists(professional: Professional, team: Team | None) -> Any:
    return within(professional, team).select_related("coordinator", "team", "district")


def suggest_households(
    professional: Professional, wanted: Wanted, *, team: Team, beside: Iterable[models.Model] = ()
) -> list[Household]:
    """Households of the team that may be meant, each with `why`. `beside` is what else the search showed, for the log."""
    found = look_alikes(within(professional, team), wanted)
    record_found(professional, event="suggest", households=found, others=beside)
    return found


def suggest_residents(
    professional: Professional, *, household: Household, first_name: str, last_name: str, birth_date: date | None
) -> list[Resident]:
    """Residents of other households of the own team who may be the same person, each with `why` and the households that it is
    `known_in`: their number and whose they are, and nothing else of them."""
    reach = within(professional, household.team).exclude(pk=household.pk)
    found = look_like(reach, but_not=household, first_name=first_name, last_name=last_name, born=birth_date)
    if found:
        shown = {one.pk: one for resident in found for one in resident.known_in}
        record_found(professional, event="suggest", households=list(shown.values()))
    return found


def within(professional: Professional, team: Team | None) -> Any:
    reach = Household.objects.within_reach(professional)
    return reach.filter(team=team) if team else reach


def record_found(
    professional: Professional, *, event: str, households: list[Household], others: Iterable[models.Model] = ()
) -> None:
    """A line in the log for the search and one for each thing that it showed. In one statement, and in the order of the
    chains: two searches at the same moment never wait for each other in a circle."""
    shown = sorted(
        [*households, *others], key=lambda one: (household_id_of(one) or inf, str(one._meta.model_name), one.pk)
    )
    lines = [
        line(action=Action.SEARCH, event=event, by=professional, about=one, household_id=household_id_of(one))
        for one in shown
    ]
    AccessLogEntry.objects.bulk_create(
        [line(action=Action.SEARCH, event=event, by=professional, hits=len(shown)), *lines]
    )
