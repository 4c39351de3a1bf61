"""The door of the municipality: its own login, with OpenID Connect. Nothing of it is kept, only who came in.

`desk.coming_in` decides whether somebody comes in, because that is written in the log."""

import logging
from dataclasses import dataclass
from typing import Any

from allauth.account import views
from allauth.account.utils import get_next_redirect_url
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods
from requests import RequestException

from partners.models import Team
from partners.permissions import Role

log = logging.getLogger(__name__)


class NotVerified(ValueError):
    """The login server does not say whose e-mail address this is."""


@dataclass(frozen=True)
class Arrival:
    """Who comes, as the login server says it."""

    email: str
    first_name: str
    last_name: str
    groups: frozenset[str]


def arrival(answer: dict[str, Any]) -> Arrival:
    """What the server told in its token and about the user; some tell the groups only in one of the two.

    Raises NotVerified when the e-mail address is missing or not verified, or when the two are not about the same."""
    token, user = answer.get("id_token") or {}, answer.get("userinfo") or {}
    claims = token | user
    email = str(claims.get("email") or "").strip().lower()
    verified = claims.get("email_verified")
    if verified is None:
        verified = email.partition("@")[2] in settings.OIDC_EMAIL_DOMAINS
    if not email or verified not in (True, "true") or (token and user and token.get("sub") != user.get("sub")):
        raise NotVerified
    first_name, _space, last_name = str(claims.get("name") or email.partition("@")[0]).partition(" ")
    groups = claims.get(settings.OIDC_GROUPS_CLAIM) or []
    return Arrival(
        email=email,
        first_name=str(claims.get("given_name") or first_name)[:60],
        last_name=str(claims.get("family_name") or last_name)[:80],
        groups=frozenset([groups] if isinstance(groups, str) else map(str, groups)),  # AD FS says one without a list
    )


def roles_of(groups: frozenset[str]) -> list[tuple[Team, Role]]:
    """Which role in which team these groups give, in the order of the settings."""
    wanted = [(team, role) for group, (role, team) in settings.OIDC_GROUPS.items() if group in groups]
    teams = {team.name: team for team in Team.objects.select_related("organisation")}
    for name in {name for name, _role in wanted} - teams.keys():
        log.error("HUISPLAN_OIDC_GROUPS names a team that does not exist: %s", name)
    return [(teams[name], Role(role)) for name, role in wanted if name in teams]


class Door(OpenIDConnectOAuth2Adapter):
    """Sends people back to our own address, whatever host the request named."""

    def get_callback_url(self, request, app):
        return settings.BASE_URL + reverse("municipal_callback")


def door(request: HttpRequest) -> Door:
    if not settings.OIDC_SERVER:
        raise Http404
    return Door(request, settings.OIDC_PROVIDER_ID)


@login_not_required
def login(request: HttpRequest) -> HttpResponse:
    """The page with every door. Where the municipality's login is the only one, it takes no password."""
    if request.method == "POST" and not settings.LOCAL_LOGIN:
        raise Http404
    return views.login(request)


@login_not_required
@require_http_methods(["GET", "POST"])
def municipal_login(request: HttpRequest) -> HttpResponse:
    """To the login of the municipality. Only from our own form, so that nobody is logged in by a link of somebody else.

    The library's own view would also take what to ask for from the address; this one takes nothing but `next`."""
    provider = door(request).get_provider()
    if request.method == "GET":
        return redirect("account_login")
    provider.oauth2_adapter_class = Door
    try:
        return provider.redirect(request, process=AuthProcess.LOGIN, next_url=get_next_redirect_url(request))
    except RequestException as away:
        return render_authentication_error(request, provider, exception=away)


@login_not_required
@require_GET
def municipal_callback(request: HttpRequest) -> HttpResponse:
    """Back from there, with a code that we change for who it is. The session knows that we asked for it."""
    return OAuth2CallbackView.adapter_view(door(request))(request)
