"""A fragment is part of its page: the same view answers with the page, or with one card of it when htmx asks."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from config.sessions import BY_ITSELF


def show(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The page, or its part `card` for htmx."""
    return render(request, f"{template}#card" if wants_card(request) else template, context, status=status)


def done(request: HttpRequest, template: str, context: dict[str, Any], *, back_to: str) -> HttpResponse:
    """After a change: the fresh card for htmx, which says that it was saved, otherwise back to the page that holds it."""
    if wants_card(request):
        return render(request, f"{template}#card", context | {"saved": True})
    messages.success(request, _("Saved."))
    return redirect(back_to)


def asks_by_itself(request: HttpRequest) -> bool:
    """The page that is open asks for its card anew, while nobody does anything."""
    return wants_card(request) and BY_ITSELF in request.headers


def wants_card(request: HttpRequest) -> bool:
    return bool(request.htmx) and not request.htmx.history_restore_request  # type: ignore[attr-defined]  # django-htmx
