"""Writing down a contact: a card on the page of the household, and correcting one on the timeline."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from config.fragments import done, show
from households import access, actions
from households.forms.notes import NoteForm
from households.models import Household, Note
from partners.requests import TeamRequest


@require_GET
def notes(request: TeamRequest, number: str) -> HttpResponse:
    household = access.load_household(request, number, event="household")
    return show(request, "households/notes.html", {"household": household, "notes": latest(household)})


@require_http_methods(["GET", "POST"])
def add_note(request: TeamRequest, number: str) -> HttpResponse:
    household = access.work_on_household(request, number, event="household")
    form = NoteForm(request.POST or None, auto_id="contact-%s", household=household)
    if request.method == "POST" and form.is_valid():
        actions.write_note(household=household, by=request.user, **form.cleaned_data)
        context = {"household": household, "notes": latest(household)}
        back_to = f"{reverse('desk:household', args=[number])}#contacten"
        return done(request, "households/notes.html", context, back_to=back_to)
    context = {"household": household, "notes": latest(household), "note_form": form}
    return show(request, "households/notes.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def correct_note(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """The new text comes in the place of the old one, which can still be read."""
    household = access.work_on_household(request, number, event="household")
    note = get_object_or_404(household.notes.prefetch_related("about"), pk=pk)
    known = {name: getattr(note, name) for name in ("occasion", "happened_on", "text", "kind", "said_by")}
    known["about"] = [str(resident.pk) for resident in note.about.all()]
    form = NoteForm(request.POST or None, auto_id="contact-%s", household=household, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_note(household=household, by=request.user, corrects=note, **form.cleaned_data)
            messages.success(request, _("Corrected. What stood there before can still be read."))
            return redirect("desk:timeline", number=number)
        except actions.CorrectedAlready:
            form.add_error(None, _("This was corrected in the meantime. Look at the timeline first."))
    context = {"household": household, "note_form": form, "correcting": note}
    return show(request, "households/notes.html", context, status=422 if form.errors else 200)


def latest(household: Household) -> list[Note]:
    return list(household.notes.current().in_full()[:3])
