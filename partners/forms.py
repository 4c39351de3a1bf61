from allauth.account.forms import ResetPasswordForm as AnybodysResetPasswordForm

from partners.models import Professional


class ResetPasswordForm(AnybodysResetPasswordForm):
    """A new password is only for who has one: a name in a plan does not become a login by asking."""

    users: list[Professional]

    def clean_email(self) -> str:
        email = super().clean_email()
        self.users = [user for user in self.users if user.has_usable_password()]
        return email
