"""What a proxy, a cluster and a watch ask."""

import hmac

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from config.watching import metrics, state


@login_not_required
@require_safe
def lives(request: HttpRequest) -> HttpResponse:
    """This process answers. It does not ask the database: a restart would not mend that."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """People can be sent here. Not when the broker is away: then everything works but the mail waits."""
    return answer(state.asked(state.READY))


@login_not_required
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """All parts, for who holds the token."""
    only_with_token(request)
    return answer(state.asked(state.ALL))


@login_not_required
@require_safe
def numbers(request: HttpRequest) -> HttpResponse:
    """For Prometheus, which sends the token."""
    only_with_token(request)
    return HttpResponse(metrics.text(), content_type="text/plain; version=0.0.4; charset=utf-8")


def only_with_token(request: HttpRequest) -> None:
    """For anybody else it does not exist. Raises Http404."""
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    if not settings.WATCH_TOKEN or not hmac.compare_digest(sent.encode(), settings.WATCH_TOKEN.encode()):
        raise Http404


def answer(found: dict[str, bool]) -> JsonResponse:
    return JsonResponse(found, status=200 if all(found.values()) else 503)
