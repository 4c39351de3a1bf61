from allauth.account import views
from django.conf import settings
from django.urls import path, re_path

from partners import oidc

urlpatterns = [
    path("inloggen/", oidc.login, name="account_login"),
    path("inloggen/gemeente/", oidc.municipal_login, name="municipal_login"),
    path("inloggen/gemeente/terug/", oidc.municipal_callback, name="municipal_callback"),
    path("uitloggen/", views.logout, name="account_logout"),
    path("inloggen/gesloten/", views.account_inactive, name="account_inactive"),
]
if settings.LOCAL_LOGIN:
    urlpatterns += [
        path("wachtwoord/", views.password_reset, name="account_reset_password"),
        path("wachtwoord/verstuurd/", views.password_reset_done, name="account_reset_password_done"),
        re_path(
            r"^wachtwoord/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
            views.password_reset_from_key,
            name="account_reset_password_from_key",
        ),
        path("wachtwoord/gewijzigd/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    ]
