"""Who comes in through the login of the municipality. Its groups decide about the roles, where it was set up that way."""

import logging

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from households import access
from partners import actions, oidc
from partners.models import Professional

log = logging.getLogger(__name__)
BY_GROUPS = "OIDC"  # who gave a role, in the access log


class MunicipalAdapter(DefaultSocialAccountAdapter):
    def pre_social_login(self, request, sociallogin):
        """The login server knows this person; do we? Nothing is kept of what it told, so it decides each time anew."""
        try:
            arrival = oidc.arrival(sociallogin.account.extra_data)
        except oidc.NotVerified as unknown:
            raise ImmediateHttpResponse(failed(request, "email", status=403)) from unknown
        sociallogin.user = let_in(arrival)
        if sociallogin.user is None:
            raise ImmediateHttpResponse(render(request, "account/no_role.html", status=403))

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        """Somebody stopped half-way, waited too long, or the login server gave no answer."""
        if exception is not None:
            log.warning("The login of the municipality failed: %s", type(exception).__name__)
        raise ImmediateHttpResponse(failed(request, "", status=502 if exception else 403))


def failed(request: HttpRequest, why: str, *, status: int) -> HttpResponse:
    return render(request, "account/municipal_failed.html", {"why": why}, status=status)


@transaction.atomic
def let_in(arrival: oidc.Arrival) -> Professional | None:
    """Whom this is. None for who has no role: nothing is made then. Whose account is closed stays as it is; the library
    shows that it is closed."""
    professional = Professional.objects.filter(email__iexact=arrival.email).first()
    if professional is not None and not professional.is_active:
        return professional
    roles = oidc.roles_of(arrival.groups)
    if professional is None and roles:
        professional = actions.add_arrival(
            first_name=arrival.first_name,
            last_name=arrival.last_name,
            email=arrival.email,
            organisation=roles[0][0].organisation,
        )
        record("add person", professional)
    if professional is None:
        return None
    if settings.OIDC_GROUPS:
        added, taken = actions.follow_groups(professional=professional, roles=roles)
        for _one in range(added):
            record("give role", professional)
        for _one in range(taken):
            record("take role", professional)
    return professional if professional.memberships.exists() else None


def record(event: str, professional: Professional) -> None:
    access.record(action=access.Action.UPDATE, event=event, about=professional, by=None, role=BY_GROUPS)
