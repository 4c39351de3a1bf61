from django.conf import settings
from django.urls import path

from desk.views import circle, coordination, own_page, pages, participant, people, privacy, session, timeline

app_name = "desk"
urlpatterns = [
    path("", pages.my_day, name="my_day"),
    path("huishoudens/", pages.households, name="households"),
    path("huishoudens/<number:number>/", pages.household, name="household"),
    path("huishoudens/<number:number>/tijdlijn/", timeline.timeline, name="timeline"),
    path("huishoudens/<number:number>/wie-keek-mee/", pages.log, name="log"),
    path("huishoudens/<number:number>/openen/", coordination.break_glass, name="break_glass"),
    path("huishoudens/<number:number>/overdragen/", coordination.hand_over, name="hand_over"),
    path("huishoudens/<number:number>/kring/", circle.circle, name="circle"),
    path("huishoudens/<number:number>/kring/uitnodigen/", circle.invite, name="invite"),
    path("huishoudens/<number:number>/kring/<int:pk>/delen/", circle.share, name="share"),
    path("huishoudens/<number:number>/kring/<int:pk>/stoppen/", circle.stop, name="stop_sharing"),
    path("huishoudens/<number:number>/kring/<int:pk>/opnieuw/", circle.again, name="invite_again"),
    path("huishoudens/<number:number>/kring/<int:pk>/einde/", circle.end, name="end_participation"),
    path("overdracht/<int:pk>/", coordination.handover, name="handover"),
    path("uitnodiging/<str:token>/", participant.invitation, name="invitation"),
    path("mijn-gezinnen/", participant.my_families, name="my_families"),
    path("mijn-gezinnen/uitnodiging/<int:pk>/", participant.accept, name="accept_invitation"),
    path("mijn-gezinnen/acties/<int:pk>/", participant.own_step, name="own_step"),
    path("mijn-gezinnen/bijdrage/<int:pk>/", participant.contribution, name="contribution"),
    path("mijn-plan/<str:token>/", own_page.own_page, name="own_page"),
    path("mijn-plan/<str:token>/code/", own_page.own_code, name="own_code"),
    path("mijn-plan/<str:token>/wie-keek-mee/", own_page.who_looked, name="own_page_who_looked"),
    path("mijn-plan/<str:token>/klaar/", own_page.leave, name="leave_own_page"),
    path("blijven/", session.stay, name="stay"),
    path("bewaard/", session.kept, name="kept"),
    path("zoeken/", pages.search, name="search"),
    path("privacy/", privacy.privacy, name="privacy"),
    path("cijfers/", pages.figures, name="figures"),
    path("cijfers/team/", pages.team_figures, name="team_figures"),
    path("cijfers/cijfers.csv", pages.figures_csv, name="figures_csv"),
    path("beheer/mensen/", people.people, name="people"),
    path("beheer/mensen/nieuw/", people.add_person, name="add_person"),
    path("beheer/mensen/<int:pk>/", people.person, name="person"),
    path("beheer/mensen/<int:pk>/rollen/", people.give_role, name="give_role"),
    path("beheer/mensen/<int:pk>/rollen/<int:membership>/weg/", people.take_role, name="take_role"),
    path("beheer/mensen/<int:pk>/sluiten/", people.close_account, name="close_account"),
    path("beheer/mensen/<int:pk>/openen/", people.open_account, name="open_account"),
    path("beheer/mensen/<int:pk>/tweede-stap/", people.reset_second_factor, name="reset_second_factor"),
    path("beheer/mensen/<int:pk>/uitnodigen/", people.send_way_in, name="send_way_in"),
]
if settings.DEMO:
    urlpatterns.append(path("demo/postvak/", pages.mailbox, name="mailbox"))
