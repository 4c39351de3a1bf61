from django.urls import path

from plans.views import schemes

app_name = "schemes"
urlpatterns = [
    path("", schemes.scheme_list, name="schemes"),
    path("nieuw/", schemes.write_scheme, name="add_scheme"),
    path("<slug:key>/", schemes.write_scheme, name="change_scheme"),
    path("<slug:key>/stand/", schemes.put_scheme, name="put_scheme"),
]
