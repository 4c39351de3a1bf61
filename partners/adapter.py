"""How the login library behaves here."""

import time

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config import mail
from config.addresses import client_address
from config.crypto import seal, unseal
from partners.models import Professional

TOO_MANY = _("Something wrong was filled in too often. Wait 15 minutes, then try again.")
MAILS = {  # subject and text, for each kind of mail that the library sends
    "account/email/login_code": (
        _("Your code for Huisplan"),
        _(
            "Your code is %(code)s. It works once, for ten minutes. Did you not ask for a code? Then you need not do anything."
        ),
    ),
    "account/email/password_reset_key": (
        _("A new password for Huisplan"),
        _(
            "You choose a new password here:\n%(password_reset_url)s\n\n"
            "Did you not ask for this? Then you need not do anything."
        ),
    ),
}
SECURITY_CHANGED = _(
    "Something changed in how you log in to Huisplan: an app with codes, a passkey or your recovery codes.\n\n"
    "Was it you? Then you need not do anything. Was it not you? Then call your functional manager now."
)
WRONG_CODE = _("This code is not right, or too old.")


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "many_codes": _("You asked for many codes. Wait one minute, then try again."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("This password is not right."),
    }

    def is_open_for_signup(self, request):
        """People are added by their team; nobody signs up."""
        return False

    def get_login_stages(self):
        """Who came through the municipality has shown two factors there, and is not asked for ours."""
        methods = self.request.session.get(AUTHENTICATION_METHODS_SESSION_KEY) or [{}]
        stages = super().get_login_stages()
        through_municipality = methods[-1].get("method") == "socialaccount"
        return [one for one in stages if not (through_municipality and one.startswith("allauth.mfa."))]

    def get_client_ip(self, request):
        """Behind our own proxies too, so that the limits count each visitor apart."""
        return client_address(request)

    def _get_login_attempts_cache_key(self, request, **credentials):
        """Wrong passwords count for the address, whatever host the request names."""
        return credentials.get("email", "").lower()

    def send_mail(self, template_prefix, email, context):
        """Mails of the login go through the same outbox as all others. KeyError when there is no text for one."""
        subject, body = MAILS[template_prefix]
        mail.queue(to=email, subject=str(subject), body=str(body) % context)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """Whose security changed hears so by mail, in case somebody else did it."""
        if user.email:
            mail.queue(to=user.email, subject=str(_("Your security was changed")), body=str(SECURITY_CHANGED))

    def refused(self, event: str, user: Professional | None) -> None:
        """Somebody gave a wrong code or passkey. `desk.doors` writes it down."""

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Not of who came in just now: a new colleague does not type the password twice to set up a second factor."""
        records = get_authentication_records(self.request, self.request.user)
        just_now = bool(records) and time.time() - records[-1]["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return not just_now and super().is_reauthentication_required(app=app, **kwargs)

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        """The pages themselves say what happened; the library only adds what went wrong."""
        if message:
            messages.add_message(request, level, message, extra_tags=extra_tags)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address in a mail is ours, whatever host the request named."""
        uidb36, _dash, token = key.partition("-")
        return settings.BASE_URL + reverse("account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": token})


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        """The secrets behind the codes: with the database alone nobody can make one."""
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return unseal(encrypted_text)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """For which site a passkey is, in the words that the browser shows."""
        return {"id": context.request.get_host().partition(":")[0], "name": settings.MFA_TOTP_ISSUER}

    def generate_authenticator_name(self, user, type) -> str:
        return ""  # somebody gives a passkey a name, or none
