from django.urls import path

from plans.views import aims

app_name = "aims"
urlpatterns = [
    path("", aims.aims, name="aims"),
    path("<int:pk>/weg/", aims.remove, name="remove"),
]
