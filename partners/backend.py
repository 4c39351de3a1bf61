"""Who is at the browser, found again at each request."""

from allauth.account.auth_backends import AuthenticationBackend

from partners.models import Professional


class Backend(AuthenticationBackend):
    """As allauth does it, and the roles come along. A deactivated person is nobody."""

    def get_user(self, user_id: int) -> Professional | None:
        return Professional.objects.active().with_roles().filter(pk=user_id).first()
