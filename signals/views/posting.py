"""Where a partner posts a signal. Open to the world, for who has a link."""

from contextlib import suppress
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from config.crypto import normal_token, token_hash
from config.limits import too_many
from config.prepared import Key, Prepared
from partners.models import PartnerLink
from signals import actions
from signals.forms import PostForm
from signals.models import Signal

RECEIPT = "sent"  # cookie, signed: the signal just sent, so that its code can be shown
SHOW_RECEIPT_FOR = 15 * 60  # seconds; a browser may be shared
TICKET = (
    "bon"  # in the address, signed: the same for a browser that keeps no cookies. Works only behind the link itself
)
TICKET_LASTS = 5 * 60  # seconds: an address stays in the history of a browser
ticket = signing.TimestampSigner(salt="signals.receipt")


@csrf_exempt
@login_not_required
@require_http_methods(["GET", "POST"])
def post(request: HttpRequest, token: str) -> HttpResponse:
    """The one page on which a partner says what was seen.

    Without a CSRF token: nothing here rests on who is logged in or on a cookie, the secret address alone lets a form in,
    and a page of a stranger does not know it. So a form that stood open for days is still taken."""
    link = open_link(token)
    if link is None:
        return no_link(request)
    form = PostForm(request.POST or None, link=link)
    context = {
        "form": form,
        "link": link,
        "team": link.team,
        "safe_home": settings.SAFE_HOME_PHONE,
        "draft": draft_of(link),
    }
    if request.method == "POST":
        if too_many(request, what="post", rate=settings.POSTS["address"]) or (
            form.is_valid() and too_busy(request, link, form)
        ):
            response = render(request, "signals/post.html", context | {"slow_down": True}, status=429)
            response.headers["Retry-After"] = "60"
            return response
        if form.is_valid():
            return with_receipt(token, actions.receive(link=link, **form.cleaned_data))
    return render(request, "signals/post.html", context, status=422 if form.errors else 200)


@login_not_required
@require_GET
def received(request: HttpRequest, token: str) -> HttpResponse:
    """The number and the personal code, for whoever just sent the signal in this browser."""
    link = open_link(token)
    if link is None:
        return no_link(request)
    sent = sent_in(request)
    if sent is None and TICKET in request.GET:
        return render(request, "signals/receipt_over.html", {"team": link.team, "draft": draft_of(link)}, status=410)
    signal = link.signals.select_related("team").filter(pk=sent or 0).first()
    if signal is None:
        return redirect("signals:post", token=token)
    context = {
        "signal": signal,
        "team": signal.team,
        "pin": actions.pin_of(signal),
        "address": settings.BASE_URL + reverse("signals:find"),
        "draft": draft_of(link),
        "safe_home": settings.SAFE_HOME_PHONE,
    }
    return render(request, "signals/received.html", context)


def with_receipt(token: str, signal: Signal) -> HttpResponse:
    """To the receipt. The browser remembers what it just sent in a cookie, or for a shorter time in the address."""
    receipt = reverse("signals:received", args=[token])
    response = redirect(f"{receipt}?{urlencode({TICKET: ticket.sign(str(signal.pk))})}")
    response.set_signed_cookie(
        RECEIPT,
        str(signal.pk),
        salt=RECEIPT,
        max_age=SHOW_RECEIPT_FOR,
        path=receipt,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response


def sent_in(request: HttpRequest) -> int | None:
    """The key of the signal that this browser just sent."""
    with suppress(signing.BadSignature):  # also of one that is too old
        return int(ticket.unsign(request.GET.get(TICKET, ""), max_age=TICKET_LASTS))
    sent = request.get_signed_cookie(RECEIPT, default="", salt=RECEIPT, max_age=SHOW_RECEIPT_FOR)
    return int(sent) if sent else None


def too_busy(request: HttpRequest, link: PartnerLink, form: PostForm) -> bool:
    """More good signals than a link or a mailbox can bear. What is not filled in well does not count against others."""
    email = form.cleaned_data["reporter_email"].lower()
    return too_many(request, what="post-link", rate=settings.POSTS["link"], of=str(link.pk)) or bool(
        email and too_many(request, what="post-mail", rate=settings.POSTS["mail"], of=token_hash(email))
    )


def draft_of(link: PartnerLink) -> str:
    """Under which name a browser keeps what was typed behind this link. Who finds it can not make the address from it."""
    return salted_hmac("signals.draft", link.token_hash).hexdigest()[:16]


def open_link(token: str) -> PartnerLink | None:
    return next(iter(links_with(Key(token_hash(normal_token(token))))["links"]), None)


@Prepared
def links_with(hashed: str) -> dict[str, QuerySet]:
    return {
        "links": PartnerLink.objects.open().filter(token_hash=hashed).select_related("organisation", "team").order_by()
    }


def no_link(request: HttpRequest) -> HttpResponse:
    """One and the same page for a link that is unknown, ended or revoked."""
    return render(
        request, "signals/no_link.html", {"phone": settings.PHONE, "safe_home": settings.SAFE_HOME_PHONE}, status=404
    )
