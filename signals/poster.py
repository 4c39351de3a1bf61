"""The address of a link on paper, for the wall of a partner: A4, or A5 beside the coffee machine."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override
from weasyprint import Document

from config import printing
from partners.models import PartnerLink

SIZES = {"a4": 12.0, "a5": 8.48}  # how large a letter is in points; all other measures follow
SMALLER = (1, 0.94, 0.88, 0.82, 0.75, 0.65, 0.5)  # until long names fit on one page
GROUPS_OF = 4


def address_of(link: PartnerLink) -> str:
    """The whole secret address. Who shows it writes that in the log."""
    return settings.BASE_URL + reverse("signals:post", args=[link.token])


def qr_of(link: PartnerLink) -> SafeString:
    return printing.qr(address_of(link))


def typed_address(link: PartnerLink) -> list[str]:
    """The address as somebody types it over: in groups, without what a browser adds itself. Each part on a line of its
    own when it must break."""
    front = reverse("signals:post", args=["X"]).partition("X")[0]
    groups = [link.token[start : start + GROUPS_OF] for start in range(0, len(link.token), GROUPS_OF)]
    return [settings.BASE_URL.partition("://")[2] + front, "-".join(groups)]


@override("nl")
def poster(link: PartnerLink, *, size: str) -> bytes:
    """One page as a PDF. `size` is one of SIZES."""
    facts = {
        "link": link,
        "team": link.team,
        "size": size,
        "code": qr_of(link),
        "typed": typed_address(link),
        "days": settings.FEEDBACK_WITHIN_WORKING_DAYS,
        "safe_home": settings.SAFE_HOME_PHONE,
        "municipality": settings.MUNICIPALITY,
        "phone_picture": printing.picture("phone", _("Phone")),
        "danger_picture": printing.picture("alert-octagon", _("Danger")),
        "demo": settings.DEMO,
    }
    return printing.pdf(on_one_page(facts, SIZES[size]))


def on_one_page(facts: dict, letters: float) -> Document:
    """As large as it fits: long names make all of it smaller, and nothing is ever cut away."""
    for smaller in SMALLER:
        html = render_to_string("signals/poster.html", facts | {"letters": f"{letters * smaller:.2f}"})
        document = printing.layout(html)
        if len(document.pages) == 1:
            break
    return document
