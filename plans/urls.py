from django.urls import path

from plans.views import action, clash, goal, paper, plan

app_name = "plans"
urlpatterns = [
    path("plan/", plan.plan, name="plan"),
    path("plan/maken/", plan.make, name="make"),
    path("plan/lichte-route/", plan.light, name="light"),
    path("plan.pdf", plan.pdf, name="pdf"),
    path("plan/papier/", paper.from_paper, name="from_paper"),
    path("plan/papier/bewaren/", paper.keep_scan, name="keep_scan"),
    path("plan/papier/<int:pk>/", paper.scan, name="scan"),
    path("plan/papier/<int:pk>/weg/", paper.remove_scan, name="remove_scan"),
    path("plan/doelen/nieuw/", goal.add_goal, name="add_goal"),
    path("plan/doelen/<int:pk>/", goal.goal, name="goal"),
    path("plan/doelen/<int:pk>/wijzigen/", goal.change_goal, name="change_goal"),
    path("plan/doelen/<int:pk>/acties/nieuw/", action.add_action, name="add_action"),
    path("plan/acties/<int:pk>/", action.change_action, name="change_action"),
    path("plan/acties/<int:pk>/stand/", action.move_action, name="move_action"),
    path("plan/acties/<int:pk>/plaats/", action.order_action, name="order_action"),
    path("plan/botsingen/", clash.clashes, name="clashes"),
    path("plan/botsingen/nieuw/", clash.raise_clash, name="raise_clash"),
    path("plan/botsingen/<int:pk>/", clash.clash, name="clash"),
    path("plan/botsingen/<int:pk>/reden/", clash.settle, name="settle_clash"),
    path("plan/botsingen/<int:pk>/<int:side>/vervalt/", clash.drop, name="drop_side"),
    path("plan/botsingen/<int:pk>/<int:side>/eerst/", clash.first, name="put_first"),
]
