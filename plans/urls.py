from django.urls import path

from plans import views

app_name = "plans"
urlpatterns = [
    path("plan/", views.plan, name="plan"),
    path("plan/maken/", views.make, name="make"),
    path("plan/lichte-route/", views.light, name="light"),
    path("plan.pdf", views.pdf, name="pdf"),
    path("plan/doelen/nieuw/", views.add_goal, name="add_goal"),
    path("plan/doelen/<int:pk>/", views.goal, name="goal"),
    path("plan/doelen/<int:pk>/wijzigen/", views.change_goal, name="change_goal"),
    path("plan/doelen/<int:pk>/acties/nieuw/", views.add_action, name="add_action"),
    path("plan/acties/<int:pk>/", views.change_action, name="change_action"),
    path("plan/acties/<int:pk>/stand/", views.move_action, name="move_action"),
]
