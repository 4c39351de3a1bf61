"""Every address, by room."""

from django.urls import include, path, register_converter

from config import views
from config.numbers import NumberConverter
from config.watching import views as watching

register_converter(NumberConverter, "number")

urlpatterns = [
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path("gezond/", watching.health, name="health"),
    path("gezond/leeft/", watching.lives, name="lives"),
    path("gezond/klaar/", watching.ready, name="ready"),
    path("gezond/cijfers/", watching.numbers, name="numbers"),
    path("robots.txt", views.robots_txt, name="robots_txt"),
    path("", include("desk.urls")),
    path("", include("partners.urls")),
    path("", include("signals.urls")),
    path("", include("households.urls")),
    path("huishoudens/<number:number>/", include("plans.urls")),
    path("voorbeelddoelen/", include("plans.urls_of_examples")),
    path("regelingen/", include("plans.urls_of_schemes")),
    path("maatwerk/", include("plans.urls_of_budget")),
    path("wat-niet-samengaat/", include("plans.urls_of_team")),
]
handler403 = "desk.views.pages.not_yours"
handler404 = "desk.views.pages.not_here"
handler500 = "desk.views.pages.broken"
