"""Who works in a team has a second factor before anything else."""

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

from partners.models import Professional

SET_UP_HERE = "second_factor_set_up"  # in the session in which somebody did


class SecondFactor:
    """Leads to setting one up. Logging out stays possible, and so do the pages that are open to everybody."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not getattr(view, "login_required", True):
            return None
        if waits_for_a_factor_of_somebody_else(request):
            logout(request)
            return away(request, "account_login")
        setting_it_up = (request.resolver_match.url_name or "").startswith(("account_", "mfa_"))
        return None if setting_it_up or not lacks_second_factor(request) else away(request, "mfa_index")


def away(request: HttpRequest, name: str) -> HttpResponse:
    there = reverse(name)
    return HttpResponseClientRedirect(there) if "HX-Request" in request.headers else redirect(there)


def must_show_one(request: HttpRequest) -> bool:
    """Is this somebody of a team, who did not come through the own organisation and showed a second factor there?"""
    user = request.user
    if not settings.SECOND_FACTOR_REQUIRED or not user.is_authenticated:
        return False
    if any(record["method"] == "socialaccount" for record in get_authentication_records(request, user)):
        return False
    return bool(user.held)


def has_one(user: Professional | AnonymousUser) -> bool:
    """Known from the start of the request: see `partners.backend`."""
    return bool(getattr(user, "has_second_factor", False))


def lacks_second_factor(request: HttpRequest) -> bool:
    """Must this person set up a second factor first?"""
    return must_show_one(request) and not has_one(request.user)


def waits_for_a_factor_of_somebody_else(request: HttpRequest) -> bool:
    """Came in with a password before there was a second factor, and did not set it up: whoever stole a password can not
    wait until its owner does."""
    if not must_show_one(request) or not has_one(request.user):
        return False
    shown = any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))
    return not shown and SET_UP_HERE not in request.session
