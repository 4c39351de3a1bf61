"""Errors, told to a server that speaks the language of Sentry (GlitchTip, Sentry of one's own), only where somebody asked
for it. What goes out is rebuilt from what is known to be safe: kinds of errors and places in our code. Never words, values,
addresses or who it was; so what this library learns to send later does not go out either."""

from typing import Any

import sentry_sdk
from sentry_sdk.integrations.celery import CeleryIntegration
from sentry_sdk.integrations.django import DjangoIntegration

KEPT = ("event_id", "timestamp", "platform", "level", "release", "environment", "sdk")
OF_A_FRAME = ("filename", "module", "function", "lineno", "in_app")


def begin(dsn: str, *, release: str) -> None:
    sentry_sdk.init(
        dsn=dsn,
        release=release,
        environment="production",
        before_send=without_people,  # type: ignore[arg-type]  # of any event
        before_send_transaction=lambda _event, _hint: None,
        before_breadcrumb=lambda _crumb, _hint: None,
        send_default_pii=False,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        server_name="",
        send_client_reports=False,
        auto_session_tracking=False,
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[DjangoIntegration(signals_spans=False, cache_spans=False), CeleryIntegration()],
    )


def without_people(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any]:
    from config.current import origin  # after the settings were read

    safe = {name: event[name] for name in KEPT if name in event}
    safe["exception"] = {"values": [bare(one) for one in (event.get("exception") or {}).get("values", [])]}
    safe["tags"] = {"request_id": str(origin.get().request_id)}
    return safe


def bare(error: dict[str, Any]) -> dict[str, Any]:
    """The kind and the places. What it says can quote a row of the database."""
    frames = (error.get("stacktrace") or {}).get("frames", [])
    places = [{name: frame[name] for name in OF_A_FRAME if name in frame} for frame in frames]
    return {"type": error.get("type"), "module": error.get("module"), "stacktrace": {"frames": places}}
