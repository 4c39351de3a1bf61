"""A resident says on the own page whether the plan is right."""

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from desk.views.own_page import behind_the_door, context_of
from households import access
from households.models import OwnPage
from plans import actions
from plans.agreeing import own_signature
from plans.forms.sign import OwnSignForm


@login_not_required
@require_http_methods(["GET", "POST"])
@behind_the_door
def own_agreement(request: HttpRequest, page: OwnPage) -> HttpResponse:
    """Only about the plan that stands on the own page: when it changed since, they are asked again first."""
    household = access.read_own_page(page, event="own agreement")
    plan = household.plans.open().in_full().first()
    asked = own_signature(plan, page.member.resident)
    if asked is None or not asked.can_be_said:
        return redirect("desk:own_page", token=page.token)
    form = OwnSignForm(request.POST or None, auto_id="akkoord-%s")
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                actions.sign_on_own_page(page=page, signature=asked.signature, **form.facts())
            return redirect(f"{reverse('desk:own_page', args=[page.token])}#akkoord")
        except actions.ClashesOpen:
            form.add_error(None, _("We are still changing something in the plan. You can say yes when that is ready."))
        except actions.NewerVersion:
            return redirect("desk:own_page", token=page.token)
    context = context_of(page) | {"form": form, "asked": asked}
    return render(request, "desk/own_page/agreement.html", context, status=422 if form.errors else 200)
