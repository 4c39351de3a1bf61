"""Who works in the teams of the own organisation, for the functional manager. Never anything of a household but a number."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from households import access
from partners import actions
from partners.forms import ColleagueForm, DetailsForm, RoleForm
from partners.models import Professional, Team, TeamMembership
from partners.permissions import Permission, Role
from partners.requests import TeamRequest, needs

Log = access.Action
manager = needs(Permission.MANAGE_PEOPLE)


@manager
@require_GET
def people(request: TeamRequest) -> HttpResponse:
    everybody = people_of(request).order_by("-is_active", "last_name", "first_name", "pk")
    page = Paginator(everybody, 50).get_page(request.GET.get("blad"))
    waiting = access.waiting_for_handover(list(page.object_list))
    rows = [{"person": person, "waiting": waiting.get(person.pk, 0)} for person in page.object_list]
    context = {"page": page, "rows": rows, "groups_decide": bool(settings.OIDC_GROUPS)}
    return render(request, "desk/people.html", context)


@manager
@require_http_methods(["GET", "POST"])
def add_person(request: TeamRequest) -> HttpResponse:
    """Somebody new, who gets a mail with the way in."""
    roles_are_given_here()
    form = ColleagueForm(request.POST or None, teams=teams_of(request), people=people_of(request))
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
        with transaction.atomic():
            person = actions.add_colleague(**facts, by=request.user)
            record(request, "add person", person, action=Log.CREATE)
        messages.success(request, _("%(name)s gets a mail with the way in.") % {"name": person})
        return redirect("desk:people")
    return render(request, "desk/add_person.html", {"form": form}, status=422 if form.errors else 200)


@manager
@require_http_methods(["GET", "POST"])
def person(request: TeamRequest, pk: int) -> HttpResponse:
    """One colleague: what others see of this person, the roles, and the doors."""
    found = load(request, pk)
    form = DetailsForm(request.POST or None, initial=details_of(found))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            actions.change_details(professional=found, **form.cleaned_data)
            record(request, "change person", found)
        messages.success(request, _("Saved."))
        return redirect("desk:person", pk=pk)
    return page_of(request, found, details=form)


@manager
@require_POST
def give_role(request: TeamRequest, pk: int) -> HttpResponse:
    roles_are_given_here()
    found = somebody_else(request, pk)
    form = RoleForm(request.POST, teams=teams_of(request), auto_id="rol-%s")
    if not form.is_valid():
        return page_of(request, found, role_form=form)
    with transaction.atomic():
        role = Role(form.cleaned_data["role"])
        actions.give_role(professional=found, team=form.cleaned_data["team"], role=role, by=request.user)
        record(request, "give role", found)
    messages.success(request, _("%(name)s has this role from now on.") % {"name": found})
    return redirect("desk:person", pk=pk)


@manager
@require_POST
def take_role(request: TeamRequest, pk: int, membership: int) -> HttpResponse:
    roles_are_given_here()
    found = somebody_else(request, pk)
    held = found.memberships.filter(team__in=teams_of(request), pk=membership).first()
    if held is None:
        raise Http404
    with transaction.atomic():
        actions.take_role(membership=held, by=request.user)
        record(request, "take role", found)
    messages.success(request, _("%(name)s does not have this role any more.") % {"name": found})
    return redirect("desk:person", pk=pk)


@manager
@require_POST
def close_account(request: TeamRequest, pk: int) -> HttpResponse:
    found = somebody_else(request, pk)
    with transaction.atomic():
        actions.close_account(professional=found, by=request.user)
        record(request, "close account", found)
    messages.success(request, _("%(name)s can not come in any more.") % {"name": found})
    return redirect("desk:person", pk=pk)


@manager
@require_POST
def open_account(request: TeamRequest, pk: int) -> HttpResponse:
    found = load(request, pk)
    with transaction.atomic():
        actions.open_account(professional=found)
        record(request, "open account", found)
    messages.success(request, _("%(name)s can come in again.") % {"name": found})
    return redirect("desk:person", pk=pk)


@manager
@require_POST
def reset_second_factor(request: TeamRequest, pk: int) -> HttpResponse:
    found = somebody_else(request, pk)
    with transaction.atomic():
        actions.reset_second_factor(professional=found, by=request.user)
        record(request, "reset second factor", found)
    messages.success(request, _("%(name)s sets up the second step anew, at the next login.") % {"name": found})
    return redirect("desk:person", pk=pk)


@manager
@require_POST
def send_way_in(request: TeamRequest, pk: int) -> HttpResponse:
    found = load(request, pk)
    if not needs_way_in(found):
        raise Http404
    with transaction.atomic():
        actions.send_way_in(professional=found)
        record(request, "send way in", found)
    messages.success(request, _("%(name)s gets a mail with the way in.") % {"name": found})
    return redirect("desk:person", pk=pk)


# ---- what the views share


def teams_of(request: TeamRequest) -> QuerySet[Team]:
    return Team.objects.managed_by(request.user)


def people_of(request: TeamRequest) -> QuerySet[Professional]:
    """With the roles in our teams and whether there is a second factor. What somebody does elsewhere is not shown."""
    held = TeamMembership.objects.filter(team__in=teams_of(request)).select_related("team").order_by("team", "role")
    second = Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return (
        Professional.objects.managed_by(request.user)
        .annotate(has_second_factor=Exists(second))
        .prefetch_related(Prefetch("memberships", queryset=held))
    )


def load(request: TeamRequest, pk: int) -> Professional:
    found: Professional | None = people_of(request).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def somebody_else(request: TeamRequest, pk: int) -> Professional:
    """Nobody changes the own roles or closes the own account."""
    found = load(request, pk)
    if found == request.user:
        raise PermissionDenied
    return found


def roles_are_given_here() -> None:
    if settings.OIDC_GROUPS:
        raise Http404


def record(request: TeamRequest, event: str, person: Professional, *, action: Log = Log.UPDATE) -> None:
    access.record(action=action, event=event, about=person, by=request.user)


def needs_way_in(person: Professional) -> bool:
    """Who has a role and was never here, or has no password where that is the only way in."""
    no_password = not settings.OIDC_SERVER and not person.has_usable_password()
    active = person.is_active and person.email and person.memberships.all()
    return bool(active and (person.last_login is None or no_password))


def details_of(person: Professional) -> dict[str, str]:
    return {name: getattr(person, name) for name in DetailsForm.base_fields}


def page_of(request: TeamRequest, person: Professional, **forms: Form) -> HttpResponse:
    """A refused form stands in the place of the empty one."""
    context = {
        "person": person,
        "own": person == request.user,
        "can_be_mailed": needs_way_in(person),
        "coordinates": access.my_households(person).count(),
        "waiting": access.waiting_for_handover([person]).get(person.pk, 0),
        "groups_decide": bool(settings.OIDC_GROUPS),
        "details": DetailsForm(initial=details_of(person)),
        "role_form": RoleForm(teams=teams_of(request), auto_id="rol-%s"),
    } | forms
    return render(request, "desk/person.html", context, status=422 if any(f.errors for f in forms.values()) else 200)
