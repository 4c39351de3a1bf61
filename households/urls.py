from django.urls import path

from households import views

app_name = "households"
urlpatterns = [
    path("gegevens/", views.facts, name="facts"),
    path("bewoners/", views.people, name="people"),
    path("bewoners/nieuw/", views.add_resident, name="add_resident"),
    path("bewoners/<int:pk>/", views.change_resident, name="change_resident"),
    path("bewoners/<int:pk>/wie-keek-mee/", views.who_looked, name="who_looked"),
    path("bewoners/<int:pk>/wie-keek-mee.pdf", views.print_who_looked, name="print_who_looked"),
    path("naasten/", views.network, name="network"),
    path("naasten/nieuw/", views.add_contact, name="add_contact"),
    path("eigen-woorden/", views.own_words, name="own_words"),
    path("eigen-woorden/wijzigen/", views.change_own_words, name="change_own_words"),
    path("volgende-stap/", views.next_step, name="next_step"),
    path("volgende-stap/wijzigen/", views.change_next_step, name="change_next_step"),
]
