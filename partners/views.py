"""The doors of the login library, where its own views need a word from us."""

from allauth.account import views as account


class ConfirmLoginCodeView(account.ConfirmLoginCodeView):
    def get_form_kwargs(self) -> dict:
        """The form counts wrong codes for the address they belong to."""
        return super().get_form_kwargs() | {"email": self._process.state["email"]}


confirm_login_code = ConfirmLoginCodeView.as_view()
