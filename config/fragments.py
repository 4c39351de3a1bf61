"""A fragment is part of its page: the same view answers with the page, or with one card of it when htmx asks."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render


def show(request: HttpRequest, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """The page, or its part `card` for htmx."""
    return render(request, f"{template}#card" if wants_card(request) else template, context, status=status)


def done(request: HttpRequest, template: str, context: dict[str, Any], *, back_to: str) -> HttpResponse:
    """After a change: the fresh card for htmx, otherwise back to the page that holds it."""
    return render(request, f"{template}#card", context) if wants_card(request) else redirect(back_to)


def wants_card(request: HttpRequest) -> bool:
    return bool(request.htmx) and not request.htmx.history_restore_request  # type: ignore[attr-defined]  # django-htmx
