"""Who may know what: consent, authority, and sharing without consent."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from config import printing
from config.forms import key_in
from households import access, actions
from households.consent_card import card
from households.deciding import State, deciders, ends_on_birthday, state, still_to_ask
from households.forms.consent import QUESTIONS, ConsentForm, OverrideForm, VoiceForm, capacity_of
from households.forms.custody import CustodyForm
from households.models import Consent, Custody, Household, OverrideDisclosure, Resident
from households.models.consent import items_in_words
from households.models.people import ADULT
from partners.permissions import Permission
from partners.requests import TeamRequest, needs


@require_http_methods(["GET", "POST"])
def consents(request: TeamRequest, number: str) -> HttpResponse:
    """Who agreed to what, and the form to write down a new answer."""
    if request.method == "GET":
        household = access.load_household(request, number, event="consent page")
        return page(request, household)
    household = access.work_on_household(request, number, event="consent page")
    members = list(household.members.with_deciders())
    form = ConsentForm(request.POST, household=household, members=members)
    if not form.is_valid():
        return page(request, household, consent_form=form)
    actions.record_consent(household=household, kind=Consent.Kind.SHARE_INFO, by=request.user, **form.facts())
    messages.success(request, _("Written down what was said."))
    return redirect("households:consents", number=number)


@require_POST
def voice(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """Somebody else answers to a question that was asked before."""
    _household, consent = of_household(request, number, pk)
    form = VoiceForm(request.POST, consent=consent)
    if form.is_valid():
        giver = form.cleaned_data["giver"]
        actions.add_voice(
            consent=consent,
            giver=giver,
            capacity=capacity_of(consent, giver),
            agreed=form.cleaned_data["answer"] == "ja",
            by=request.user,
        )
        messages.success(request, _("Written down what %(name)s said.") % {"name": giver.first_name})
    else:
        messages.warning(request, _("This person does not decide about this. Nothing was changed."))
    return redirect("households:consents", number=number)


@require_POST
def withdraw(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    """Somebody takes the consent back. What was shared on it is gone at once."""
    _household, consent = of_household(request, number, pk)
    giver = consent.voices.filter(giver=giver_of(request), withdrawn_at=None).first()
    if consent.withdrawn_at is None and giver is not None:
        actions.withdraw_consent(consent=consent, giver=giver.giver, by=request.user)
        messages.success(
            request,
            _(
                "%(name)s took it back. %(to)s sees nothing of it any more. What was given on paper is still there: ask to give it back."
            )
            % {"name": giver.giver.first_name, "to": consent.to},
        )
    else:
        messages.warning(request, _("This has changed in the meantime."))
    return redirect("households:consents", number=number)


@require_POST
def custody(request: TeamRequest, number: str) -> HttpResponse:
    """Write down who has authority, and where we know it from."""
    household = access.work_on_household(request, number, event="consent page")
    form = CustodyForm(request.POST, household=household)
    if not form.is_valid():
        return page(request, household, custody_form=form)
    facts = form.facts()
    with transaction.atomic():
        facts["holder"] = facts["holder"] or Resident.objects.create(**form.new_holder())
        actions.record_custody(household=household, by=request.user, **facts)
    messages.success(request, _("Written down who has authority."))
    return redirect("households:consents", number=number)


@require_POST
def end_custody(request: TeamRequest, number: str, pk: int) -> HttpResponse:
    household = access.work_on_household(request, number, event="consent page")
    found = Custody.objects.not_over().filter(pk=pk, resident__memberships__household=household).first()
    if found is None:
        raise Http404
    actions.end_custody(household=household, custody=found, by=request.user)
    return redirect("households:consents", number=number)


@require_GET
def consent_card(request: TeamRequest, number: str) -> HttpResponse:
    """The card “Wie mag wat weten?” on paper."""
    household = access.load_household(request, number, action=access.Action.PRINT, event="print consent card")
    return printing.answer(card(household), f"wie-mag-wat-weten-{household.number}")


@require_http_methods(["GET", "POST"])
def override(request: TeamRequest, number: str) -> HttpResponse:
    """Seven questions before anything is shared without consent."""
    household = access.work_on_household(request, number, event="consent page")
    form = OverrideForm(request.POST or None, household=household, by=request.user)
    if request.method == "POST" and form.is_valid():
        facts = dict(form.cleaned_data)
        actions.write_override(household=household, by=request.user, about=list(facts.pop("about")), **facts)
        messages.success(
            request, _("Written down. %(name)s is asked to agree.") % {"name": form.cleaned_data["second_person"]}
        )
        return redirect("households:consents", number=number)
    return render(
        request,
        "households/override.html",
        {"household": household, "form": form},
        status=422 if form.errors else 200,
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.SECOND_PERSON)
def judge_override(request: TeamRequest, pk: int) -> HttpResponse:
    """The second person reads the seven answers, and agrees or does not. She sees nothing else of the household."""
    overrides = OverrideDisclosure.objects.select_related("household__coordinator", "recipient", "written_by")
    found: OverrideDisclosure = access.load(request, overrides, rule="judged_by", event="read override", pk=pk)
    approved = hasattr(found, "approval")
    if request.method == "POST" and not approved:
        try:
            with transaction.atomic():
                actions.approve_override(override=found, by=request.user)
        except IntegrityError:
            messages.warning(request, _("This has changed in the meantime."))
        else:
            messages.success(request, _("You agreed. %(name)s can share it now.") % {"name": found.written_by})
        return redirect("desk:my_day")
    context = {
        "override": found,
        "items": items_in_words(found.items),
        "about": Resident.objects.filter(pk__in=found.about),
        "answers": [(question, getattr(found, name)) for name, question in QUESTIONS.items()],
        "approved": approved,
    }
    return render(request, "households/judge_override.html", context)


# ---- what the views share


def of_household(request: TeamRequest, number: str, pk: int) -> tuple[Household, Consent]:
    household = access.work_on_household(request, number, event="consent page")
    found = household.consents.filter(kind=Consent.Kind.SHARE_INFO).in_full().filter(pk=pk).first()
    if found is None:
        raise Http404
    return household, found


def giver_of(request: TeamRequest) -> int:
    return key_in(request.POST.get("giver", ""))


def page(request: TeamRequest, household: Household, **forms: object) -> HttpResponse:
    """Everything about who may know what; a refused form stands in the place of the empty one."""
    members = list(household.members.with_deciders())
    asked = list(household.consents.filter(kind=Consent.Kind.SHARE_INFO).in_full().order_by("recipient__name", "-pk"))
    context = {
        "household": household,
        "works": request.user.pk in household.worked_on_by,
        "rows": [row(consent) for consent in asked],
        "children": [
            {
                "resident": member.resident,
                "custody": authority_over(member.resident),
                "child": is_child(member.resident),
            }
            for member in members
            if is_child(member.resident) or authority_over(member.resident)
        ],
        "overrides": household.overrides.select_related("recipient", "second_person", "approval"),
        "consent_form": ConsentForm(household=household, members=members),
        "custody_form": CustodyForm(household=household),
    } | forms
    return render(request, "households/consents.html", context, status=422 if forms else 200)


def is_child(resident: Resident) -> bool:
    age = resident.age()
    return age is not None and age < ADULT


def authority_over(resident: Resident) -> list[Custody]:
    """What is not over. Of who is 18, that of the parents is."""
    child = is_child(resident) or resident.age() is None
    return [one for one in resident.custody.all() if not one.is_over() and (child or not one.is_for_children)]


def row(consent: Consent) -> dict:
    """One question as the page shows it: what it is worth today, and who can still say something."""
    worth = state(consent)
    return {
        "consent": consent,
        "items": items_in_words(consent.items),
        "state": worth,
        "open": worth in (State.COMPLETE, State.INCOMPLETE, State.REFUSED, State.RECONFIRM),
        "birthday": ends_on_birthday(consent),
        "to_ask": still_to_ask(consent) if worth in (State.INCOMPLETE, State.REFUSED) else [],
        "unknown": deciders(consent.resident) is None,
        "voices": list(consent.voices.all()),
    }
