"""Who is at the browser, found again at each request."""

from functools import cache

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from partners.models import Professional

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class Backend(AuthenticationBackend):
    """As allauth does it. What every page asks of this person comes along in the same statement: the roles, and whether
    there is a second factor. A deactivated person is nobody."""

    def get_user(self, user_id: int) -> Professional | None:
        return known().filter(pk=user_id).first()


@cache
def known() -> QuerySet[Professional]:
    """Put together once, because every request asks for it."""
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
    return Professional.objects.active().with_roles().annotate(has_second_factor=Exists(factors))
