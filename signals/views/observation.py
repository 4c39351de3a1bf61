"""One question to a professional of a partner. The coordinator asks it in the household; who was asked answers by link,
behind a code when the question tells something about people. Looking never changes anything: mail scanners follow links."""

from functools import partial

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config import reading
from config.crypto import normal_token
from config.forms import CodeForm
from config.limits import too_many
from households import access
from households.models import Consent
from partners.requests import TeamRequest
from signals import actions
from signals.forms import ObservationForm, ReplyForm
from signals.models import Observation

READING = "observation"  # in the session: which questions this browser reads


# ---- the side of the coordinator


@require_http_methods(["GET", "POST"])
def observations(request: TeamRequest, number: str) -> HttpResponse:
    """What partners were asked about this household, and a form to ask one."""
    asking = request.method == "POST"
    gate = access.work_on_household if asking else access.load_household
    household = gate(request, number, event="observations")
    consents = list(household.consents.filter(kind=Consent.Kind.SHARE_INFO).valid().in_full().order_by("pk"))
    form = ObservationForm(request.POST if asking else None, household=household, consents=consents)
    if asking and form.is_valid():
        try:
            actions.ask_observation(by=request.user, **form.facts)
        except actions.NoConsent:
            form.add_error("ground", _("This consent is no longer there. Ask the resident first."))
        else:
            messages.success(request, _("Asked. The mail names nobody; without a code nobody reads about whom it is."))
            return redirect("signals:observations", number=number)
    context = {
        "household": household,
        "form": form,
        "works": request.user.pk in household.worked_on_by,
        "rows": household.observations.select_related("asked__organisation", "resident"),
    }
    return render(request, "signals/observations.html", context, status=422 if form.errors else 200)


@require_POST
def keep(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """The coordinator read the answer."""
    found = of_household(request, number, pk)
    try:
        actions.keep_observation(observation=found, by=request.user)
    except actions.NotAnswered:
        messages.warning(request, _("There is no answer yet."))
    return redirect("signals:observations", number=number)


@require_POST
def stop(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """The coordinator takes the question back."""
    actions.stop_observation(observation=of_household(request, number, pk), by=request.user)
    messages.success(request, _("Taken back. Who was asked can not read it any more."))
    return redirect("signals:observations", number=number)


def of_household(request: TeamRequest, number: str, pk: int) -> Observation:
    asked = Observation.objects.select_related("household")
    return access.load(request, asked, rule="changeable_by", event="observations", pk=pk, household__number=number)


# ---- the side of who was asked


@login_not_required
@require_http_methods(["GET", "POST"])
def observation(request: HttpRequest, token: str) -> HttpResponse:
    """The question and the answers. Before the code: the door, and nothing about whom it is."""
    found = asked(token)
    if found is None:
        return no_question(request)
    if may_read(request, found) or (found.in_mail and request.method == "GET"):
        return question(request, found)
    form = CodeForm(request.POST or None)
    if reading.comes_in(request, READING, found, form, opens=partial(actions.open_observation, observation=found)):
        return redirect(address(found, chosen(request)))
    return door(request, found, form, status=422 if form.errors else 200)


@login_not_required
@require_POST
def ask_code(request: HttpRequest, token: str) -> HttpResponse:
    """Mail a one-time code to who was asked."""
    found = asked(token)
    if found is None:
        return no_question(request)
    if too_many(request, what="observation-code", rate="3/m", of=str(found.pk)):
        return door(request, found, CodeForm(), slow_down=True, status=429)
    actions.send_observation_code(observation=found)
    return reading.mailed(address(found, chosen(request)))


@login_not_required
@require_POST
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the answer. Without a code: to a question that tells nothing about people, and to be called."""
    found = asked(token)
    if found is None:
        return no_question(request)
    reads, form = may_read(request, found), ReplyForm(request.POST)
    shown = reads or found.in_mail
    only_call = form.is_valid() and form.answer == Observation.Answer.CALL
    if not shown and not only_call:
        reading.keep(request, READING, found.pk, "remark")
        return redirect(address(found, chosen(request)))
    if not form.is_valid():
        return question(request, found, form)
    remark = form.cleaned_data["remark"] if shown else ""
    try:
        actions.answer_observation(
            observation=found, answer=form.answer, remark=remark, by=found.asked if reads else None
        )
    except actions.AnsweredAlready:
        pass  # the page says which answer counts
    except actions.NoConsent:
        return no_question(request)
    reading.drop(request, READING, found.pk)
    return redirect(address(found))


@login_not_required
@require_GET
def consent(request: HttpRequest, token: str) -> HttpResponse:
    """What the resident agreed to, to print: for the own file of who was asked."""
    found = asked(token)
    if found is None:
        return no_question(request)
    if not may_read(request, found):
        return redirect(address(found))
    actions.read_observation(observation=found, event="read consent of observation")
    context = context_of(found) | {"grounds": found.grounds}
    return render(request, "signals/observation_consent.html", context)


@login_not_required
@require_POST
def leave(request: HttpRequest, token: str) -> HttpResponse:
    """Done: who comes after at this browser has to prove who it is."""
    reading.leave(request, READING)
    return redirect("signals:observation", token=token)


# ---- what the views share


def asked(token: str) -> Observation | None:
    """The question with this secret address, as long as a consent stands under it. Looked at anew in every request."""
    found = (
        Observation.objects.by_token(normal_token(token))
        .select_related("asked__organisation", "asked_by", "household__team", "resident")
        .first()
    )
    return found if found is not None and found.grounds else None


def may_read(request: HttpRequest, found: Observation) -> bool:
    return reading.goes_on(request, READING, found.pk)


def chosen(request: HttpRequest) -> str:
    """The answer that was pressed in the mail: filled in beforehand, and never more than that."""
    answer = request.POST.get("antwoord") or request.GET.get("antwoord") or ""
    return answer if answer in Observation.IN_ADDRESS else ""


def address(found: Observation, answer: str = "") -> str:
    here = reverse("signals:observation", args=[found.token])
    return f"{here}?antwoord={answer}" if answer else here


def question(request: HttpRequest, found: Observation, form: ReplyForm | None = None) -> HttpResponse:
    """For who showed a code, or for everybody with the address when the question tells nothing about people."""
    reads = may_read(request, found)
    assert reads or found.in_mail
    if reads:
        actions.read_observation(observation=found, event="read observation")
    kept = reading.kept(request, READING, found.pk) if reads else {}
    context = context_of(found) | {
        "reads": reads,
        "kept": kept,
        "form": form or ReplyForm(initial={"antwoord": chosen(request)} | kept),
    }
    return render(request, "signals/observation.html", context, status=422 if form and form.errors else 200)


def door(request: HttpRequest, found: Observation, form: CodeForm, *, status: int = 200, **said: bool) -> HttpResponse:
    """`said`: that it comes too fast, `slow_down`."""
    facts = {
        "sent": reading.MAILED in request.GET,
        "form": form,
        "locked": found.is_locked,
        "answer": chosen(request),
        "kept": reading.keeps(request, READING, found.pk),
    }
    return render(request, "signals/observation_door.html", context_of(found) | facts | said, status=status)


def context_of(found: Observation) -> dict:
    team = found.household.team
    return {"found": found, "token": found.token, "team": team, "phone": found.asked_by.phone or team.phone}


def no_question(request: HttpRequest) -> HttpResponse:
    """One and the same page for an address that is unknown, taken back, or without consent."""
    return render(request, "signals/no_question.html", {"phone": settings.PHONE}, status=404)
