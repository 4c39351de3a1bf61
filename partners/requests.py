"""A request of somebody who is logged in, as every view behind the login gets it."""

from collections.abc import Callable
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from partners.models import Professional
from partners.permissions import Permission


class TeamRequest(HttpRequest):
    user: Professional  # the middleware lets nobody else through
    htmx: HtmxDetails


View = Callable[..., HttpResponse]


def needs(permission: Permission) -> Callable[[View], View]:
    """Only for who holds this permission in some team; others get 403."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: TeamRequest, *args, **kwargs) -> HttpResponse:
            if not request.user.can(permission):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return guard
