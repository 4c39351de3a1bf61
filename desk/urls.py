from django.conf import settings
from django.urls import path

from desk import views

app_name = "desk"
urlpatterns = [
    path("", views.my_day, name="my_day"),
    path("huishoudens/", views.households, name="households"),
    path("huishoudens/<number:number>/", views.household, name="household"),
    path("huishoudens/<number:number>/wie-keek-mee/", views.log, name="log"),
    path("zoeken/", views.search, name="search"),
    path("cijfers/", views.figures, name="figures"),
    path("cijfers/cijfers.csv", views.figures_csv, name="figures_csv"),
]
if settings.DEMO:
    urlpatterns.append(path("demo/postvak/", views.mailbox, name="mailbox"))
