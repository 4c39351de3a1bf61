"""How the login library behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.urls import reverse

from config import mail
from config.addresses import client_address


class AccountAdapter(DefaultAccountAdapter):
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

    def send_mail(self, template_prefix, email, context):
        """Mails of the login go through the same outbox as all others."""
        message = self.render_mail(template_prefix, email, context)
        mail.queue(to=email, subject=message.subject, body=message.body)

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address in a mail is ours, whatever host the request named."""
        uidb36, _, token = key.partition("-")
        return settings.BASE_URL + reverse("account_reset_password_from_key", kwargs={"uidb36": uidb36, "key": token})
