"""How the login library behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from config import mail
from config.addresses import client_address

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


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": TOO_MANY,
        "rate_limited": TOO_MANY,
        "many_codes": _("You asked for many codes. Wait one minute, then try again."),
        "incorrect_code": _("This code is not right, or too old."),
    }

    def is_open_for_signup(self, request):
        """People are added by their team; nobody signs up."""
        return False

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

    def add_message(self, request, level, message_template=None, message_context=None, extra_tags="", message=None):
        """The pages themselves say what happened; the library only adds what went wrong."""
        if message:
            messages.add_message(request, level, message, extra_tags=extra_tags)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address in a mail is ours, whatever host the request named."""
        uidb36, _dash, token = key.partition("-")
        return settings.BASE_URL + reverse("account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": token})
