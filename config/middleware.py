"""What every answer has in common."""

import uuid

from django.forms import BaseForm
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.urls import is_valid_path
from pghistory.middleware import HistoryMiddleware

from config.addresses import coarse_address
from config.current import Origin, origin
from config.logs import without_secrets

# Nothing of what a browser can do beyond showing pages. A passkey is asked for by our own pages only.
NEVER = (
    "accelerometer", "ambient-light-sensor", "autoplay", "battery", "bluetooth", "browsing-topics", "camera",
    "display-capture", "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get",
    "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment", "picture-in-picture",
    "screen-wake-lock", "serial", "speaker-selection", "usb", "web-share", "xr-spatial-tracking",
)  # fmt: skip
OURS = ("publickey-credentials-create", "publickey-credentials-get")
PERMISSIONS_POLICY = ", ".join([*(f"{name}=()" for name in NEVER), *(f"{name}=(self)" for name in OURS)])


class Csrf(CsrfViewMiddleware):
    """Without a referrer, browsers post our own forms with "Origin: null", as they do for pages of strangers. Which of the
    two it is, the browser itself says in Sec-Fetch-Site, a header that no page can set. Old browsers do not say it; for
    these the token alone decides. The token is asked of everybody."""

    def _origin_verified(self, request):
        if request.META["HTTP_ORIGIN"] == "null":
            return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
        return super()._origin_verified(request)  # type: ignore[misc]  # the stubs do not know it


class RequestOrigin:
    """Gives each request a number of its own and remembers where it came from, for the log lines it causes."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        token = origin.set(Origin(request_id=uuid.uuid4(), network=coarse_address(request)))
        try:
            return self.get_response(request)
        finally:
            origin.reset(token)


class RefusedForms:
    """A page of the login library with a form that was refused says so in its status, as our own pages do."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_template_response(self, request, response):
        forms = [value for value in (response.context_data or {}).values() if isinstance(value, BaseForm)]
        if response.status_code == 200 and any(form.errors for form in forms):
            response.status_code = 422
        return response


class NotThisWay:
    """An address that only takes forms, asked for as a page: a browser does that with the address of a form that was
    refused, after a restart or from its history. It would show nothing at all; this says so, and leads to the page."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 405 and request.method == "GET" and request.accepts("text/html"):
            allowed = response.headers["Allow"]
            response = render(request, "not_this_way.html", {"above": page_above(request.path)}, status=405)
            response.headers["Allow"] = allowed
        return response


def page_above(path: str) -> str:
    """The nearest address above this one that leads somewhere."""
    above = path.rstrip("/").rpartition("/")[0] + "/"
    return above if above == "/" or is_valid_path(above) else page_above(above)


class PrivatePages:
    """No page is kept by a browser or a proxy, or found by a search engine. Static files pass WhiteNoise before this."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "no-store, private")
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        return response


class History(HistoryMiddleware):
    """What changed, by whom and at which address; a secret address is not kept."""

    def get_context(self, request):
        return super().get_context(request) | {"url": without_secrets(request.path)}
