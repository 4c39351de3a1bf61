"""The list of what is arranged before somebody becomes 18."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from households import access, actions
from households.adulthood import waits_since
from households.forms.adulthood import AdulthoodForm
from households.models.people import ADULT
from households.views.cards import member_of
from partners.requests import TeamRequest


@require_http_methods(["GET", "POST"])
def adulthood(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """The five parts, of somebody who is on the way to eighteen."""
    household = access.work_on_household(request, number, event="people")
    member = member_of(household, pk)
    if not member.on_the_way:
        raise Http404
    form = AdulthoodForm(request.POST or None, member=member)
    if request.method == "POST" and form.is_valid():
        actions.walk_through(member=member, by=request.user, parts=form.facts())
        messages.success(request, _("Saved."))
        return redirect(f"{reverse('desk:household', args=[number])}#bewoners")
    context = {
        "household": household,
        "member": member,
        "form": form,
        "moments": member.resident.moments,
        "birthday": member.resident.birthday(ADULT),
        "waits_since": waits_since(member),
    }
    return render(request, "households/adulthood.html", context, status=422 if form.errors else 200)
