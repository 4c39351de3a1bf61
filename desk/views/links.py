"""The addresses through which partners post: made, printed, renewed and revoked by who may. An address itself stands on
the page of that one link and on its poster only, and every look at it is a line in the log."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import F, Max, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config import printing
from config.templating.words import day
from desk.forms.links import CategoriesForm, LinkForm
from households import access
from partners import actions
from partners.models import PartnerLink
from partners.permissions import Permission
from partners.requests import TeamRequest, needs
from signals import poster as paper

Log = access.Action
manager = needs(Permission.MANAGE_LINKS)


@manager
@require_GET
def links(request: TeamRequest) -> HttpResponse:
    """Every link to the own teams, with how often it was used; never the address."""
    found = links_of(request).annotate(last_used=Max("signals__received_at"))
    found = found.order_by(F("revoked_at").asc(nulls_first=True), "organisation__name", "-pk")
    page = Paginator(found, 50).get_page(request.GET.get("blad"))
    return render(request, "desk/links.html", {"page": page})


@manager
@require_http_methods(["GET", "POST"])
def make_link(request: TeamRequest) -> HttpResponse:
    form = LinkForm(request.POST or None, teams=request.user.teams_with(Permission.MANAGE_LINKS))
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            organisation = form.cleaned_data["organisation"] or actions.add_organisation(
                name=form.cleaned_data["name"], kind=form.cleaned_data["kind"]
            )
            made = actions.make_link(organisation=organisation, team=form.cleaned_data["team"], by=request.user)
            record(request, "make link", made, action=Log.CREATE)
        messages.success(
            request, _("%(name)s has an address. Print it, or copy it from here.") % {"name": organisation}
        )
        return redirect("desk:link", pk=made.pk)
    return render(request, "desk/make_link.html", {"form": form}, status=422 if form.errors else 200)


@manager
@require_http_methods(["GET", "POST"])
def link(request: TeamRequest, pk: int) -> HttpResponse:
    """One link with its address, and what a reporter can choose from behind it."""
    found = load(request, pk)
    form = CategoriesForm(request.POST or None, initial={"categories": found.categories})
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            actions.offer_categories(link=found, categories=form.cleaned_data["categories"])
            record(request, "change link", found)
        messages.success(request, _("Saved."))
        return redirect("desk:link", pk=pk)
    record(request, "read link", found, action=Log.VIEW)
    context = {"link": found, "form": form, "address": paper.address_of(found), "code": paper.qr_of(found)}
    return render(request, "desk/link.html", context, status=422 if form.errors else 200)


@manager
@require_GET
def poster(request: TeamRequest, pk: int, size: str) -> HttpResponse:
    """The address on paper, for the wall of the partner."""
    found = load(request, pk)
    if size not in paper.SIZES:
        raise Http404
    if not found.works:
        messages.warning(request, _("This address does not work any more. Renew it, or make a new one."))
        return redirect("desk:link", pk=pk)
    record(request, "print poster", found, action=Log.PRINT)
    return printing.answer(paper.poster(found, size=size), f"poster-{size}")


@manager
@require_POST
def renew_link(request: TeamRequest, pk: int) -> HttpResponse:
    found = load(request, pk)
    with transaction.atomic():
        if renewed := actions.renew_link(link=found):
            record(request, "renew link", found)
    if renewed:
        found.refresh_from_db()
        messages.success(request, _("The same address works until %(day)s.") % {"day": day(found.expires_on)})
    else:
        messages.warning(request, _("A revoked address never works again. Make a new one."))
    return redirect("desk:link", pk=pk)


@manager
@require_http_methods(["GET", "POST"])
def revoke_link(request: TeamRequest, pk: int) -> HttpResponse:
    """Asks first: whoever has the poster on the wall can post no more, and it can not be undone."""
    found = load(request, pk)
    if request.method == "GET" and found.revoked_at is None:
        return render(request, "desk/revoke_link.html", {"link": found})
    if found.revoked_at is None:
        with transaction.atomic():
            actions.revoke_link(link=found)
            record(request, "revoke link", found)
        messages.success(request, _("The address of %(name)s does not work any more.") % {"name": found.organisation})
    return redirect("desk:links")


# ---- what the views share


def links_of(request: TeamRequest) -> QuerySet[PartnerLink]:
    return PartnerLink.objects.managed_by(request.user).select_related("organisation", "team", "made_by")


def load(request: TeamRequest, pk: int) -> PartnerLink:
    found = links_of(request).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def record(request: TeamRequest, event: str, link: PartnerLink, *, action: Log = Log.UPDATE) -> None:
    access.record(action=action, event=event, about=link, by=request.user)
