"""What every answer has in common."""

import uuid

from pghistory.middleware import HistoryMiddleware

from config.addresses import coarse_address
from config.current import Origin, origin
from config.logs import without_secrets

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


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
