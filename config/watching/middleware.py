"""Around each request: a number by which what it logged can be found, and a count of its answer."""

import logging
import time

from config.current import origin
from config.watching import metrics

requests = logging.getLogger("huisplan.requests")


class Counted:
    """Stands inside `RequestOrigin`, which gives the request its number."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        route = match.view_name if match and match.view_name else "none"
        metrics.count(route=route, method=request.method, status=response.status_code, began=began)
        milliseconds = round((time.perf_counter() - began) * 1000)
        facts = {"route": route, "method": request.method, "status": response.status_code, "ms": milliseconds}
        requests.info("answered", extra={"facts": facts})
        response.headers["X-Request-Id"] = str(origin.get().request_id)
        return response
