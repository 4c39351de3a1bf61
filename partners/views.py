"""The doors of the login library, where its own views need a word from us."""

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal.auth import begin_registration


class ConfirmLoginCodeView(account.ConfirmLoginCodeView):
    def get_form_kwargs(self) -> dict:
        """The form counts wrong codes for the address they belong to."""
        return super().get_form_kwargs() | {"email": self._process.state["email"]}


class AuthenticateView(second.AuthenticateView):
    def get_context_data(self, **kwargs) -> dict:
        """The page offers only what this person has."""
        found = Authenticator.objects.filter(user=self.stage.login.user).values_list("type", flat=True)
        return super().get_context_data(**kwargs) | {"has": set(found)}


class AddPasskeyView(webauthn.AddWebAuthnView):
    def get_context_data(self, **kwargs) -> dict:
        """A passkey is enough to log in, so the device must look who uses it: with a pin, a finger or a face."""
        context = super().get_context_data(**kwargs)
        options = begin_registration(self.request.user, passwordless=True)  # after the one that it takes the place of
        return context | {"js_data": {"creation_options": options}}


confirm_login_code = ConfirmLoginCodeView.as_view()
authenticate = AuthenticateView.as_view()
add_passkey = AddPasskeyView.as_view()
