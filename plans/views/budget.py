"""The money of a household, over all laws: what was asked, granted and paid. For its coordinator, and of one amount for who
decides about it."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.db import transaction
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config.money import in_euros
from households import access
from partners.permissions import Permission
from partners.requests import TeamRequest, needs
from plans import actions
from plans.budget import COUNTS, BudgetStatus, Frame, mandates_in_words
from plans.forms.budget import BudgetForm, DecideForm, PaidForm, WithdrawForm
from plans.models import BudgetLine
from plans.workflow import NotAllowed

LINES = BudgetLine.objects.in_full()


@require_GET
def money(request: TeamRequest, number: str) -> HttpResponse:
    """Everything, newest first, and the totals of each year and each law."""
    household = access.load_household(request, number, rule="coordinated_by", event="money")
    lines = BudgetLine.objects.filter(household=household)
    years = [
        {
            "year": row["year"],
            "cells": [(frame.label, in_euros(row[f"total_{frame.value}"])) for frame in Frame],
            "together": in_euros(row["total_amount"]),
        }
        for row in lines.totals()
    ]
    context = {
        "household": household,
        "lines": lines.in_full(),
        "years": years,
        "frames": [frame.label for frame in Frame],
    }
    return render(request, "plans/budget/money.html", context)


@require_http_methods(["GET", "POST"])
def ask_budget(request: TeamRequest, number: str) -> HttpResponse:
    household = access.work_on_household(request, number, event="money")
    form = BudgetForm(request.POST or None, household=household, by=request.user)
    if request.method == "POST" and form.is_valid():
        line = actions.ask_budget(household=household, by=request.user, **form.facts())
        messages.success(request, _("Asked. %(name)s finds it in My day.") % {"name": line.decider})
        return redirect("plans:budget", number, line.pk)
    mandates = [f"{role}: {in_euros(limit)}" for role, limit in mandates_in_words(household.team)]
    context = {"household": household, "form": form, "mandates": mandates}
    return render(request, "plans/budget/ask.html", context, status=422 if form.errors else 200)


@require_GET
def budget(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    return page(request, access.load(request, LINES, pk=pk, household__number=number, event="money"))


@require_POST
def pay_budget(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    line = work_on(request, number, pk)
    form = PaidForm(request.POST, line=line)
    if not form.is_valid():
        return page(request, line, paid_form=form)
    once(request, partial(actions.pay_budget, line=line, by=request.user, **form.cleaned_data), _("Saved."))
    return redirect("plans:budget", number, pk)


@require_POST
def withdraw_budget(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    line = work_on(request, number, pk)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return page(request, line, withdraw_form=form)
    once(request, partial(actions.withdraw_budget, line=line, by=request.user, **form.cleaned_data), _("Withdrawn."))
    return redirect("plans:budget", number, pk)


@require_POST
def tell_budget(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """Today they heard what was decided."""
    line = work_on(request, number, pk)
    if not line.waits and line.status != BudgetStatus.WITHDRAWN:
        actions.tell_budget(line=line, told_on=timezone.localdate(), by=request.user)
        messages.success(request, _("Saved."))
    return redirect("plans:budget", number, pk)


@needs(Permission.DECIDE_BUDGET)
@require_http_methods(["GET", "POST"])
def decide_budget(request: TeamRequest, pk: int) -> HttpResponse:
    """One amount, for who decides about it: only this, not the household."""
    line = access.load(request, LINES, rule="judged_by", pk=pk, event="read budget")
    form = DecideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {"granted": form.cleaned_data["decision"] == "yes", "reason": form.cleaned_data["reason"]}
        said = _("Saved. %(name)s reads what you decided.") % {"name": line.proposed_by}
        once(request, partial(actions.decide_budget, line=line, by=request.user, **facts), said)
        return redirect("budget:decide", pk)
    context = {"line": line, "form": form if asked_now(line, request) else None}
    return render(request, "plans/budget/decide.html", context, status=422 if form.errors else 200)


# ---- what the views share


def once(request: TeamRequest, deed: Callable[[], None], said: str) -> None:
    """Do it, and say so; or say that somebody was just first."""
    try:
        with transaction.atomic():
            deed()
        messages.success(request, said)
    except (NotAllowed, actions.NotAskedOfYou):
        messages.warning(request, _("This has changed in the meantime."))


def asked_now(line: BudgetLine, request: TeamRequest) -> bool:
    asked = line.second_id if line.status == BudgetStatus.AGREED else line.decider_id
    return line.waits and asked == request.user.pk


def work_on(request: TeamRequest, number: str, pk: int) -> BudgetLine:
    return access.load(request, LINES, rule="changeable_by", pk=pk, household__number=number, event="money")


def page(request: TeamRequest, line: BudgetLine, **forms: Form) -> HttpResponse:
    context = {
        "household": line.household,
        "line": line,
        "paid_form": PaidForm(line=line, initial={"paid_on": timezone.localdate()}),
        "withdraw_form": WithdrawForm(),
        "can_pay": line.status == BudgetStatus.GRANTED,
        "can_withdraw": line.waits or line.status == BudgetStatus.GRANTED,
        "to_tell": line.told_on is None and line.status in {*COUNTS, BudgetStatus.REFUSED},
    }
    return render(request, "plans/budget/budget.html", context | forms, status=422 if forms else 200)
