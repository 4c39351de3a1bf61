from django.urls import path

from signals.views import inbox, reporter

app_name = "signals"
urlpatterns = [
    path("s/<str:token>/", reporter.post, name="post"),
    path("s/<str:token>/ontvangen/", reporter.received, name="received"),
    path("volg/", reporter.find, name="find"),
    path("volg/<str:code>/", reporter.follow, name="follow"),
    path("volg/<str:code>/code/", reporter.ask_code, name="ask_code"),
    path("volg/<str:code>/antwoord/", reporter.answer, name="answer"),
    path("volg/<str:code>/klaar/", reporter.leave, name="leave"),
    path("signalen/", inbox.inbox, name="inbox"),
    path("signalen/<number:number>/", inbox.signal, name="signal"),
    path("signalen/<number:number>/oppakken/", inbox.take_up, name="take_up"),
    path("signalen/<number:number>/niet-oppakken/", inbox.decline, name="decline"),
    path("signalen/<number:number>/koppelen/", inbox.link, name="link"),
    path("signalen/<number:number>/toestemming/", inbox.consent, name="consent"),
    path("signalen/<number:number>/toestemming/intrekken/", inbox.withdraw, name="withdraw"),
    path("signalen/<number:number>/antwoorden/", inbox.feedback, name="feedback"),
    path("signalen/<number:number>/afronden/", inbox.close, name="close"),
]
