from allauth.account.forms import LoginForm as AnybodysLoginForm
from allauth.account.forms import ResetPasswordForm as AnybodysResetPasswordForm

from partners.models import Professional


class LoginForm(AnybodysLoginForm):
    """Two fields and nothing between them: the labels say what they are, and the page has the link for who forgot."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class ResetPasswordForm(AnybodysResetPasswordForm):
    """A new password is only for who has one: a name in a plan does not become a login by asking."""

    users: list[Professional]

    def clean_email(self) -> str:
        email = super().clean_email()
        self.users = [user for user in self.users if user.has_usable_password()]
        return email
