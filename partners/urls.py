from allauth.account import views
from django.urls import path, re_path

from partners.views import confirm_login_code

urlpatterns = [
    path("inloggen/", views.login, name="account_login"),
    path("inloggen/code/", views.request_login_code, name="account_request_login_code"),
    path("inloggen/code/invullen/", confirm_login_code, name="account_confirm_login_code"),
    path("uitloggen/", views.logout, name="account_logout"),
    path("inloggen/gesloten/", views.account_inactive, name="account_inactive"),
    path("wachtwoord/", views.password_reset, name="account_reset_password"),
    path("wachtwoord/verstuurd/", views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^wachtwoord/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("wachtwoord/gewijzigd/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
]
