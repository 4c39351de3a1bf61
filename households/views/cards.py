"""The cards of the household's page: each is a page of its own without JavaScript, and a fragment with htmx."""

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from config import printing
from config.forms import PeriodForm
from config.fragments import done, show
from households import access, actions, pdf, seen
from households.forms.cards import ContactForm, FactsForm, NextStepForm, OwnWordsForm
from households.forms.people import ResidentForm
from households.models import Household, HouseholdMember, LogHead, Story
from households.talks import open_talk
from partners.requests import TeamRequest


@require_http_methods(["GET", "POST"])
def facts(request: TeamRequest, number: str) -> HttpResponse:
    household = access.work_on_household(request, number, event="household")
    form = FactsForm(request.POST or None, auto_id="gegevens-%s", instance=household)
    if request.method == "POST" and form.is_valid():
        actions.change_household(household=household, by=request.user, **form.cleaned_data)
        return done(request, "households/facts.html", {"household": household}, back_to=home(household))
    context = {"household": household, "facts_form": form} | addresses(household)
    return show(request, "households/facts.html", context, status=422 if form.errors else 200)


@require_GET
def people(request: TeamRequest, number: str) -> HttpResponse:
    household = access.load_household(request, number, event="household")
    return show(request, "households/people.html", {"household": household, "members": members(household)})


@require_http_methods(["GET", "POST"])
def add_resident(request: TeamRequest, number: str) -> HttpResponse:
    household = access.work_on_household(request, number, event="household")
    form = ResidentForm(request.POST or None, auto_id="bewoner-%s", household=household, by=request.user)
    if request.method == "POST" and form.is_valid():
        actions.add_resident(household=household, by=request.user, known=form.known, **form.facts())
        context = {"household": household, "members": members(household)}
        return done(request, "households/people.html", context, back_to=f"{home(household)}#bewoners")
    context = {"household": household, "members": members(household), "resident_form": form}
    return show(request, "households/people.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change_resident(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    household = access.work_on_household(request, number, event="household")
    member = member_of(household, pk)
    form = ResidentForm(
        request.POST or None, auto_id="bewoner-%s", household=household, by=request.user, instance=member
    )
    if request.method == "POST" and form.is_valid():
        actions.change_resident(member=member, by=request.user, **form.facts())
        context = {"household": household, "members": members(household)}
        return done(request, "households/people.html", context, back_to=f"{home(household)}#bewoners")
    context = {"household": household, "members": members(household), "resident_form": form, "changing": member}
    return show(request, "households/people.html", context, status=422 if form.errors else 200)


@require_GET
def who_looked(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """Who has seen the details of this resident, as the resident may read it."""
    household = access.load_household(request, number, event="who looked")
    resident, form = member_of(household, pk).resident, PeriodForm(request.GET or None)
    entries = [] if form.errors else seen.who_looked(household, resident, **period_of(form))
    context = {
        "household": household,
        "resident": resident,
        "form": form,
        "page": Paginator(entries, 50).get_page(request.GET.get("blad")),
        "begins": LogHead.objects.begins(household),
        "tells_of_signals": any(entry.of_signal for entry in entries),
    }
    return render(request, "households/who_looked.html", context, status=422 if form.errors else 200)


@require_GET
def print_who_looked(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    household = access.load_household(request, number, action=access.Action.PRINT, event="print who looked")
    resident, form = member_of(household, pk).resident, PeriodForm(request.GET or None)
    if form.is_bound and not form.is_valid():
        return redirect(f"{reverse('households:who_looked', args=[number, pk])}?{request.GET.urlencode()}")
    return printing.answer(pdf.who_looked(household, resident, **period_of(form)), f"wie-keek-mee-{household.number}")


@require_GET
def network(request: TeamRequest, number: str) -> HttpResponse:
    household = access.load_household(request, number, event="household")
    return show(request, "households/network.html", {"household": household, "network": network_of(household)})


@require_http_methods(["GET", "POST"])
def add_contact(request: TeamRequest, number: str) -> HttpResponse:
    household = access.work_on_household(request, number, event="household")
    form = ContactForm(request.POST or None, auto_id="naaste-%s", household=household)
    context = {"household": household, "network": network_of(household)}
    if request.method == "POST" and form.is_valid():
        actions.add_contact(household=household, by=request.user, **form.cleaned_data)
        return done(request, "households/network.html", context, back_to=f"{home(household)}#naasten")
    context["contact_form"] = form
    return show(request, "households/network.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def change_contact(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """What is known of somebody close, and whether the tie is over."""
    household = access.work_on_household(request, number, event="household")
    contact = get_object_or_404(household.network, pk=pk)
    form = ContactForm(request.POST or None, auto_id="naaste-%s", household=household, instance=contact)
    if request.method == "POST" and form.is_valid():
        actions.change_contact(contact=contact, by=request.user, **form.cleaned_data)
        context = {"household": household, "network": network_of(household)}
        return done(request, "households/network.html", context, back_to=f"{home(household)}#naasten")
    context = {"household": household, "network": network_of(household), "contact_form": form, "changing": contact}
    return show(request, "households/network.html", context, status=422 if form.errors else 200)


@require_GET
def own_words(request: TeamRequest, number: str) -> HttpResponse:
    household = access.load_household(request, number, event="household")
    return show(request, "households/own_words.html", {"household": household, "story": story_of(household)})


@require_http_methods(["GET", "POST"])
def change_own_words(request: TeamRequest, number: str) -> HttpResponse:
    """What they ask, their story and what goes well. A changed story is a new version. As long as there is a talk with
    them, this all stands in the talk, and lands here when that ends."""
    household = access.work_on_household(request, number, event="household")
    story, talk = story_of(household), open_talk(household)
    if talk and request.method == "GET":
        return redirect("households:talk", number=number, pk=talk.pk)
    known = {
        "request": household.request_in_own_words,
        "strengths": household.strengths,
        "told_on": timezone.localdate(),
    }
    if story:
        told = ("told_by", "told_on", "read_aloud", "agreed_by", "agreed_on")
        known |= {name: getattr(story, name) for name in told} | {"story": story.text}
    form = OwnWordsForm(request.POST or None, auto_id="woorden-%s", initial=known)
    if talk:
        form.add_error(None, _("There is a talk with them now. Put these words there; they land here when it ends."))
    elif request.method == "POST" and form.is_valid():
        actions.write_own_words(household=household, by=request.user, **form.cleaned_data)
        context = {"household": household, "story": story_of(household)}
        return done(request, "households/own_words.html", context, back_to=f"{home(household)}#eigen-woorden")
    return show(
        request,
        "households/own_words.html",
        {"household": household, "story": story, "words_form": form},
        status=422 if form.errors else 200,
    )


@require_GET
def next_step(request: TeamRequest, number: str) -> HttpResponse:
    household = access.load_household(request, number, event="household")
    return show(request, "households/next_step.html", {"household": household})


@require_http_methods(["GET", "POST"])
def change_next_step(request: TeamRequest, number: str) -> HttpResponse:
    household = access.work_on_household(request, number, event="household")
    form = NextStepForm(request.POST or None, auto_id="stap-%s")
    if request.method == "POST" and form.is_valid():
        actions.change_household(household=household, by=request.user, **form.cleaned_data)
        return done(request, "households/next_step.html", {"household": household}, back_to=home(household))
    context = {"household": household, "step_form": form}
    return show(request, "households/next_step.html", context, status=422 if form.errors else 200)


# ---- what the views share


def members(household: Household):
    return household.members.for_card()


def network_of(household: Household):
    """Everybody close whose tie is not over. Who was close before stands in the picture of that day."""
    return household.network.current()


def addresses(household: Household) -> dict:
    """Where they lived before, and what became a part of this household."""
    return {"earlier": household.earlier_addresses.all(), "parts": household.parts.order_by("number")}


def member_of(household: Household, pk: int) -> HouseholdMember:
    """The resident with this key in this household. Raises Http404."""
    return get_object_or_404(household.members.select_related("resident"), resident=pk)


def period_of(form: PeriodForm) -> dict[str, date | None]:
    """The chosen days; without a good choice, those of a year."""
    chosen = form.cleaned_data if form.is_valid() else {}
    return {"since": chosen.get("van"), "until": chosen.get("tot")}


def story_of(household: Household) -> Story | None:
    return Story.objects.filter(household=household).current().first()


def home(household: Household) -> str:
    return reverse("desk:household", args=[household.number])
