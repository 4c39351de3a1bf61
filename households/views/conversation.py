"""The talk at the kitchen table: a guide of steps. Each step is a form that works without a script, and saves by itself
where there is one."""

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config import printing
from households import access, actions, guide, pdf, talks
from households.forms.conversation import BeginForm, CorrectForm, EndForm, StepForm
from households.guide import Step
from households.models import Conversation, Household, Story, Written
from partners.permissions import Permission
from partners.requests import TeamRequest

BY_ITSELF = "X-Saves-Itself"  # the header of a page that saves while somebody types


@require_http_methods(["GET", "POST"])
def begin(request: TeamRequest, number: str) -> HttpResponse:
    """All talks with this household, and beginning one."""
    if request.method == "POST":
        household = access.work_on_household(request, number, event="talk")
    else:
        household = access.load_household(request, number, event="talk")
    form = BeginForm(request.POST or None, household=household)
    if request.method == "POST" and form.is_valid():
        try:
            talk = actions.begin_conversation(household=household, by=request.user, **form.facts())
        except actions.TalkIsOpen as other:
            messages.warning(request, _("This talk was begun already. Here it is."))
            return redirect(place_of(other.conversation))
        return redirect(place_of(talk, guide.STEPS[0]))
    context = {
        "household": household,
        "begin_form": form,
        "talks": household.conversations.select_related("resident"),
        "may_write_questions": request.user.can(Permission.WRITE_QUESTIONS),
    }
    return render(request, "households/talk/talks.html", context, status=422 if form.errors else 200)


@require_GET
def talk(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """The whole talk: the steps with what was said so far, or, when it ended, to read."""
    household = access.load_household(request, number, event="talk")
    return overview(request, household, talk_of(household, pk))


@require_http_methods(["GET", "POST"])
def change(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """When it was and who were there, while the talk is open."""
    household = access.work_on_household(request, number, event="talk")
    found = talk_of(household, pk)
    form = BeginForm(request.POST or None, household=household, talk=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_conversation(conversation=found, by=request.user, **form.facts())
            messages.success(request, _("Saved."))
        except actions.TalkEnded:
            messages.warning(request, _("This talk has ended. It can only be corrected."))
        return redirect(place_of(found))
    context = {"household": household, "talk": found, "begin_form": form}
    return render(request, "households/talk/change.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def step(request: TeamRequest, number: str, pk: int, slug: str) -> HttpResponse:
    """One step. What somebody else wrote in the same place meanwhile is shown beside the own words: nothing is lost."""
    if request.method == "POST":
        household = access.goes_on_with(request, number, event="talk")
    else:
        household = access.work_on_household(request, number, event="talk")
    found, the_step = talk_of(household, pk), guide.BY_SLUG.get(slug)
    if the_step is None:
        raise Http404
    if request.method == "GET" and not found.is_open:
        return redirect(place_of(found))
    form = StepForm(request.POST or None, step=the_step, rows=found.rows())
    if request.method == "POST" and form.is_valid():
        kept = keep(request, found, form)
        if BY_ITSELF in request.headers:
            return JsonResponse(said_to_script(form, kept))
        if kept and not kept.clashes and not kept.closed:
            following = guide.after(the_step)
            return redirect(place_of(found, following) if following else place_of(found))
    elif BY_ITSELF in request.headers:
        return JsonResponse({"wrong": {name: str(errors[0]) for name, errors in form.errors.items()}}, status=422)
    context = {"household": household, "talk": found, "step": the_step, "form": form, "steps": steps_of(found)}
    context["questions"] = guide.cards_of(household.team)[the_step.key]
    return render(request, "households/talk/step.html", context, status=200 if request.method == "GET" else 422)


@require_POST
def end(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """From now on the talk is read, and what the household said stands with the household."""
    household = access.work_on_household(request, number, event="talk")
    found = talk_of(household, pk)
    form = EndForm(request.POST, talk=found, told=story_of(household))
    if not form.is_valid():
        return overview(request, household, found, end_form=form, status=422)
    try:
        actions.end_conversation(conversation=found, by=request.user, **form.cleaned_data)
        if found.resident_id:
            messages.success(request, _("The talk has ended. What was said stays in this talk."))
        else:
            messages.success(request, _("The talk has ended. What they said stands with the household."))
    except actions.TalkEnded:
        messages.warning(request, _("This talk has ended. It can only be corrected."))
    return redirect(place_of(found))


@require_http_methods(["GET", "POST"])
def correct(request: TeamRequest, number: str, pk: int, place: str) -> HttpResponse:
    """Something better beside one place of a talk that ended."""
    household = access.work_on_household(request, number, event="talk")
    found, the_place = talk_of(household, pk), guide.PLACES.get(place)
    if the_place is None:
        raise Http404
    row = found.rows().get(place, [None])[0]
    form = CorrectForm(request.POST or None, place=the_place, row=row)
    if request.method == "POST" and form.is_valid():
        try:
            actions.correct_conversation(conversation=found, place=place, by=request.user, **form.cleaned_data)
            messages.success(request, _("Corrected. What stood there before can still be read."))
            return redirect(place_of(found))
        except actions.CorrectedAlready:
            form.add_error(None, _("This was corrected in the meantime. Look at the talk first."))
        except actions.TalkGoesOn:
            return redirect(place_of(found))
    context = {"household": household, "talk": found, "place": the_place, "form": form}
    return render(request, "households/talk/correct.html", context, status=422 if form.errors else 200)


@require_GET
def print_guide(request: TeamRequest, number: str) -> HttpResponse:
    """The cards with room to write, for a talk without a screen."""
    household = access.load_household(request, number, action=access.Action.PRINT, event="print talk")
    return printing.answer(pdf.talk_guide(household), f"gesprek-{household.number}")


# ---- what the views share


def talk_of(household: Household, pk: int) -> Conversation:
    """The talk with this key in this household, with everything that was said. Raises Http404."""
    return get_object_or_404(household.conversations.in_full(), pk=pk)


def story_of(household: Household) -> Story | None:
    return Story.objects.filter(household=household).current().first()


def place_of(talk: Conversation, step: Step | None = None) -> str:
    number = talk.household.number
    if step:
        return reverse("households:talk_step", args=[number, talk.pk, step.slug])
    return reverse("households:talk", args=[number, talk.pk])


def steps_of(talk: Conversation) -> list[dict]:
    """Each step of the guide, its address, and whether something was said there."""
    return [
        {"step": part.step, "href": place_of(talk, part.step), "said": bool(part.said)} for part in talks.parts_of(talk)
    ]


def overview(
    request: TeamRequest,
    household: Household,
    talk: Conversation,
    *,
    end_form: EndForm | None = None,
    status: int = 200,
) -> HttpResponse:
    told = story_of(household)
    context = {
        "household": household,
        "talk": talk,
        "parts": talks.parts_of(talk),
        "steps": steps_of(talk),
        "story": told,
        "end_form": end_form or EndForm(talk=talk, told=told),
        "no_question_behind": not talk.rows().get("behind"),
    }
    return render(request, "households/talk/talk.html", context, status=status)


def keep(request: TeamRequest, talk: Conversation, form: StepForm) -> actions.Kept | None:
    """Keep what was typed. What could not be kept is said in the form; None when the talk ended meanwhile."""
    try:
        kept = actions.write_in_conversation(
            conversation=talk, typed=form.typed(), by=request.user, window=form.window, turn=form.turn
        )
    except actions.TalkEnded:
        form.add_error(None, _("This talk was ended meanwhile. Copy your words, and correct the talk with them."))
        return None
    form.clash(kept.clashes)
    for place in kept.clashes:
        form.add_error(
            place, _("Somebody else wrote here meanwhile. Both texts stand below: choose, or put them together.")
        )
    for place in kept.closed:
        form.add_error(place, _("First the words of the resident. Then this can be saved."))
    return kept


def said_to_script(form: StepForm, kept: actions.Kept | None) -> dict:
    """What the script needs to know: the versions, and what was not kept with the reason."""
    if kept is None:
        return {"wrong": {"": str(form.non_field_errors()[0])}}
    waiting = [place.after for place in form.step.places if place.after]
    return {
        "versions": kept.versions,
        "opens": any(kept.versions.get(place) and form.cleaned_data.get(place, "").strip() for place in waiting),
        "clashes": {place: said_by(row) for place, row in kept.clashes.items()},
        "wrong": {place: str(form.errors[place][0]) for place in kept.closed},
    }


def said_by(row: Written) -> dict:
    return {"version": row.version, "value": row.value, "text": row.shown, "who": str(row.written_by)}
