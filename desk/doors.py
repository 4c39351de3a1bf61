"""What happens at the doors, written down: who came in and how, who left, and who was refused.

Never with the address that somebody typed: of an unknown one the log keeps that it happened, and where from."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from households import access
from partners.adapter import AccountAdapter
from partners.models import Professional

MEANS = {"webauthn": "passkey", "recovery_codes": "recovery code"}  # what the library calls otherwise


class Doors(AccountAdapter):
    def login(self, request, user):
        how = means(request, user)
        super().login(request, user)
        write("log in", by=user, reason=how)

    def logout(self, request):
        write("log out", by=request.user)
        super().logout(request)

    def pre_authenticate(self, request, **credentials):
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            write("locked out", by=known(credentials))
            raise

    def authentication_failed(self, request, **credentials):
        write("wrong password", by=known(credentials))

    def respond_user_inactive(self, request, user):
        write("closed account", by=user)
        return super().respond_user_inactive(request, user)

    def refused(self, event: str, user: Professional | None) -> None:
        write(event, by=user)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        super().send_notification_mail(template_prefix, user, context, email)
        write("change security", by=user)


@transaction.atomic
def forget_second_factor(*, professional: Professional, by: Professional | None = None) -> None:
    """For who lost phone, key and recovery codes: the next time the password is enough, and a new second factor must be
    set up. Who asks for this is who it says: look that up before. Without `by` it is the technical manager."""
    Authenticator.objects.filter(user=professional).delete()
    AccountAdapter().send_notification_mail("forgotten", professional)
    access.record(
        action=access.Action.LOGIN,
        event="forget second factor",
        about=professional,
        by=by,
        role="" if by else "TECHNICAL_MANAGER",
    )


def write(event: str, *, by: Professional | None, reason: str = "") -> None:
    access.record(action=access.Action.LOGIN, event=event, by=by, reason=reason)


def known(credentials: dict) -> Professional | None:
    return Professional.objects.with_address(credentials.get("email", ""))


def means(request: HttpRequest, user: Professional) -> str:
    """How somebody showed who it is: password + totp, passkey, code."""
    records = get_authentication_records(request, user)
    names = [record.get("type", record["method"]) for record in records]
    return " + ".join(dict.fromkeys(MEANS.get(name, name) for name in names))
