"""The page that is there as long as nobody is, for who has the code of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from desk import setting_up
from desk.forms.setting_up import SetUpForm


@login_not_required
@require_http_methods(["GET", "POST"])
def set_up(request: HttpRequest, code: str) -> HttpResponse:
    """The first team and its functional manager, who then logs in like everybody, and sets up a second factor."""
    if not setting_up.opens(code):
        raise Http404
    form = SetUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not setting_up.begin_as_first(**form.cleaned_data):
            raise Http404
        messages.success(request, _("The team is there. Log in now; after that you bring in the others."))
        return redirect("account_login")
    return render(request, "desk/set_up.html", {"form": form}, status=422 if form.errors else 200)
