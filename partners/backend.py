"""Who is at the browser, found again at each request."""

from allauth.account.auth_backends import AuthenticationBackend
from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from config.prepared import Key, Prepared
from partners.models import Professional

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


class Backend(AuthenticationBackend):
    """As allauth does it. What every page asks of this person comes along in the same statement: the roles, and whether
    there is a second factor. A deactivated person is nobody."""

    def get_user(self, user_id: int) -> Professional | None:
        return next(iter(who(Key(int(user_id)))["found"]), None)


@Prepared
def who(key: int) -> dict[str, QuerySet[Professional]]:
    factors = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FACTORS)
    known = Professional.objects.active().with_roles().annotate(has_second_factor=Exists(factors))
    return {"found": known.filter(pk=key)}
