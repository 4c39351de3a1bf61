from allauth.account import views
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.conf import settings
from django.urls import path, re_path

from partners import oidc
from partners.views import add_passkey, authenticate, confirm_login_code

urlpatterns = [
    path("inloggen/", oidc.login, name="account_login"),
    path("inloggen/gemeente/", oidc.municipal_login, name="municipal_login"),
    path("inloggen/gemeente/terug/", oidc.municipal_callback, name="municipal_callback"),
    path("inloggen/code/", views.request_login_code, name="account_request_login_code"),
    path("inloggen/code/invullen/", confirm_login_code, name="account_confirm_login_code"),
    path("inloggen/tweede-stap/", authenticate, name="mfa_authenticate"),
    path("uitloggen/", views.logout, name="account_logout"),
    path("inloggen/gesloten/", views.account_inactive, name="account_inactive"),
    path("mijn-account/", second.index, name="mfa_index"),
    path("mijn-account/bevestigen/", views.reauthenticate, name="account_reauthenticate"),
    path("mijn-account/bevestigen/code/", second.reauthenticate, name="mfa_reauthenticate"),
    path("mijn-account/bevestigen/passkey/", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("mijn-account/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("mijn-account/app/weg/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("mijn-account/herstelcodes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("mijn-account/herstelcodes/nieuw/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("mijn-account/passkeys/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("mijn-account/passkeys/nieuw/", add_passkey, name="mfa_add_webauthn"),
    path("mijn-account/passkeys/<int:pk>/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("mijn-account/passkeys/<int:pk>/weg/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
]
if settings.LOCAL_LOGIN:
    urlpatterns += [
        path("inloggen/passkey/", webauthn.login_webauthn, name="mfa_login_webauthn"),
        path("wachtwoord/", views.password_reset, name="account_reset_password"),
        path("wachtwoord/verstuurd/", views.password_reset_done, name="account_reset_password_done"),
        re_path(
            r"^wachtwoord/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
            views.password_reset_from_key,
            name="account_reset_password_from_key",
        ),
        path("wachtwoord/gewijzigd/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    ]
