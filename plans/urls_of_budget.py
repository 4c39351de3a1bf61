from django.urls import path

from plans.views import budget

app_name = "budget"
urlpatterns = [path("<int:pk>/", budget.decide_budget, name="decide")]
