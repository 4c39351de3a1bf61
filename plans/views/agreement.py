"""Who agrees with the plan, what changed since, and laying it before everybody again."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from households import access
from households.models import Household
from partners.requests import TeamRequest
from plans import actions
from plans.agreeing import Standing, agreement_of, signers
from plans.changes import in_words, told
from plans.forms.sign import SignForm
from plans.models import PlanVersion, Signature, SupportPlan
from plans.views.shared import home
from plans.whole import open_clashes, open_plan

SIGNATURES = Signature.objects.in_full().select_related("version__plan__household__coordinator")
VERSIONS = PlanVersion.objects.select_related("plan__household__coordinator", "made_by")


@require_GET
def agreement(request: TeamRequest, number: str) -> HttpResponse:
    household = access.load_household(request, number, event="agreement")
    plan = open_plan(household)
    if plan is None or plan.light:
        messages.warning(request, _("There is no plan yet. Make the plan first."))
        return redirect(f"{home(household)}#plan")
    found, asked = agreement_of(plan), signers(plan)
    rows = {one.resident_id for one in found.signatures}
    context = {
        "household": household,
        "plan": plan,
        "agreement": found,
        "clashes": open_clashes(household).select_related("resident"),
        "nobody_for": asked.nobody_for,
        "not_in_it": [person for person in asked.people if person.pk not in rows] if found.version else [],
        "will_be_asked": list(asked.people) if not found.version else [],
        "older": plan.versions.newest_first()[1:] if found.version else [],
    }
    return render(request, "plans/agreement.html", context)


@require_POST
def put_forward(request: TeamRequest, number: str) -> HttpResponse:
    """Keep it word for word, and ask everybody."""
    household = access.work_on_household(request, number, event="agreement")
    plan = open_plan(household)
    if plan is None or plan.light:
        return redirect(f"{home(household)}#plan")
    try:
        with transaction.atomic():
            version = actions.put_forward(plan=plan, by=request.user)
        messages.success(request, _("This is version %(number)s now. Ask each of them.") % {"number": version.number})
    except actions.ClashesOpen:
        messages.warning(request, _("First solve what does not fit together, or write down why it stays."))
    except actions.NothingToAgreeOn:
        messages.warning(request, _("There is nothing to agree on yet: add a goal, and who does what."))
    return redirect("plans:agreement", number)


@require_http_methods(["GET", "POST"])
def sign(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """Write down what one person said."""
    signature = access.load(
        request, SIGNATURES, rule="changeable_by", pk=pk, version__plan__household__number=number, event="agreement"
    )
    form = SignForm(request.POST or None, signature=signature)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                actions.sign(signature=signature, by=request.user, **form.facts())
            messages.success(request, _("Saved."))
            return redirect("plans:agreement", number)
        except actions.ClashesOpen:
            form.add_error("stand", _("Something in the plan does not fit together. First that, then agreeing."))
        except actions.NewerVersion:
            messages.warning(request, _("There is a newer version of the plan. Ask for that one."))
            return redirect("plans:agreement", number)
    context = {"household": signature.household, "signature": signature, "form": form}
    return render(request, "plans/sign.html", context, status=422 if form.errors else 200)


@require_GET
def version(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """One version as it was, and who agreed with it."""
    found = access.load(request, VERSIONS, pk=pk, plan__household__number=number, event="agreement")
    context = {
        "household": found.household,
        "version": found,
        "goals": told(found.facts),
        "agreements": [in_words("agreements", one) for one in found.facts.get("agreements", [])],
        "signatures": found.signatures.in_full(),
    }
    return render(request, "plans/version.html", context)


def agreement_card(household: Household, plan: SupportPlan | None) -> Standing | None:
    """For the page of a household: two queries."""
    return agreement_of(plan) if plan and not plan.light else None
