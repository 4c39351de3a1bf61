"""How the login library behaves here."""

from allauth.account.adapter import DefaultAccountAdapter

from config import mail


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request):
        """People are added by their team; nobody signs up."""
        return False

    def send_mail(self, template_prefix, email, context):
        """Mails of the login go through the same outbox as all others."""
        message = self.render_mail(template_prefix, email, context)
        mail.queue(to=email, subject=message.subject, body=message.body)
