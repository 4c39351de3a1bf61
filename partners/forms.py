"""The forms of the doors: those of the login library, with our words and our rules."""

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.core import context, ratelimit
from django import forms
from django.utils.translation import gettext_lazy as _

from partners.models import Professional


class PlainLabels(forms.Form):
    """The labels say what the fields are; nothing stands in a field or under it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)


class CodeForm(PlainLabels):
    """A form with a code that somebody copies from a mail or a phone."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"autocomplete": "one-time-code", "inputmode": "numeric"}


class LoginForm(PlainLabels, account.LoginForm):
    pass


class ResetPasswordForm(account.ResetPasswordForm):
    """A new password is only for who has one: a name in a plan does not become a login by asking."""

    users: list[Professional]

    def clean_email(self) -> str:
        email = super().clean_email()
        self.users = [user for user in self.users if user.has_usable_password()]
        return email


class RequestLoginCodeForm(PlainLabels, account.RequestLoginCodeForm):
    """A code by mail, for who is in no team. An address of the team, or of nobody, gets the same answer and no mail."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail of your work")

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        request = context.request
        if not ratelimit.consume(request, action="login_failed", key=attempts_of(email), dry_run=True):
            raise get_adapter().validation_error("too_many_login_attempts")
        if not ratelimit.consume(request, action="request_login_code", key=email):
            raise get_adapter().validation_error("many_codes")
        self._user = Professional.objects.coming_by_code().filter(email__iexact=email).first()
        return email


class ConfirmLoginCodeForm(CodeForm, account.ConfirmLoginCodeForm):
    """The code from the mail. Wrong ones count for the address, whoever asks, known or not."""

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email
        self.fields["code"].label = _("Code of six digits")

    def clean_code(self) -> str:
        if not ratelimit.consume(context.request, action="login_failed", key=attempts_of(self.email)):
            raise get_adapter().validation_error("too_many_login_attempts")
        code = super().clean_code()
        ratelimit.clear(context.request, action="login_failed", key=attempts_of(self.email))
        return code


def attempts_of(email: str) -> str:
    """Under which key the wrong codes of an address are counted."""
    return f"code:{email.lower()}"
