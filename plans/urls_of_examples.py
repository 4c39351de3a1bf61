from django.urls import path

from plans.views import examples

app_name = "examples"
urlpatterns = [
    path("", examples.examples, name="examples"),
    path("nieuw/", examples.add_example, name="add_example"),
    path("<slug:key>/", examples.change_example, name="change_example"),
    path("<slug:key>/stand/", examples.put_example, name="put_example"),
]
