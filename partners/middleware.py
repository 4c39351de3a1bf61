"""Who works in a team has a second factor before anything else."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class SecondFactor:
    """Leads to setting one up. Logging out stays possible, and so do the pages that are open to everybody."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        setting_it_up = (request.resolver_match.url_name or "").startswith(("account_", "mfa_"))
        if setting_it_up or not getattr(view, "login_required", True) or not lacks_second_factor(request):
            return None
        return (
            HttpResponseClientRedirect(reverse("mfa_index"))
            if "HX-Request" in request.headers
            else redirect("mfa_index")
        )


def lacks_second_factor(request: HttpRequest) -> bool:
    """Must this person set up a second factor first? Who came through the own organisation showed one there."""
    user = request.user
    if not settings.SECOND_FACTOR_REQUIRED or not user.is_authenticated:
        return False
    if any(record["method"] == "socialaccount" for record in get_authentication_records(request, user)):
        return False
    return not Authenticator.objects.filter(user=user, type__in=FACTORS).exists() and user.memberships.exists()
