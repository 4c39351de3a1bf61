from django.urls import path

from signals.views import (
    feedback,
    following,
    inbox,
    linking,
    observation,
    posting,
    signal,
)

app_name = "signals"
urlpatterns = [
    path("s/<str:token>/", posting.post, name="post"),
    path("s/<str:token>/ontvangen/", posting.received, name="received"),
    path("volg/", following.find, name="find"),
    path("volg/<str:code>/", following.follow, name="follow"),
    path("volg/<str:code>/code/", following.ask_code, name="ask_code"),
    path("volg/<str:code>/antwoord/", following.answer, name="answer"),
    path("volg/<str:code>/afspraak/", following.talk, name="talk"),
    path("volg/<str:code>/cijfer/", following.pulse, name="pulse"),
    path("volg/<str:code>/heropenen/", following.reopen, name="reporter_reopens"),
    path("volg/<str:code>/klaar/", following.leave, name="leave"),
    path("signalen/", inbox.inbox, name="inbox"),
    path("signalen/<number:number>/", signal.signal, name="signal"),
    path("signalen/<number:number>/oppakken/", signal.take_up, name="take_up"),
    path("signalen/<number:number>/niet-oppakken/", signal.decline, name="decline"),
    path("signalen/<number:number>/koppelen/", linking.link, name="link"),
    path("signalen/<number:number>/toestemming/", feedback.consent, name="consent"),
    path("signalen/<number:number>/toestemming/intrekken/", feedback.withdraw, name="withdraw"),
    path("signalen/<number:number>/antwoorden/bekijken/", feedback.preview, name="preview"),
    path("signalen/<number:number>/antwoorden/", feedback.feedback, name="feedback"),
    path("signalen/<number:number>/afronden/", signal.close, name="close"),
    path("signalen/<number:number>/heropenen/", signal.reopen, name="reopen"),
    path("huishoudens/<number:number>/vragen/", observation.observations, name="observations"),
    path("huishoudens/<number:number>/vragen/<int:pk>/gelezen/", observation.keep, name="keep_observation"),
    path("huishoudens/<number:number>/vragen/<int:pk>/stoppen/", observation.stop, name="stop_observation"),
    path("vraag/<str:token>/", observation.observation, name="observation"),
    path("vraag/<str:token>/code/", observation.ask_code, name="observation_code"),
    path("vraag/<str:token>/antwoord/", observation.reply, name="observation_reply"),
    path("vraag/<str:token>/toestemming/", observation.consent, name="observation_consent"),
    path("vraag/<str:token>/klaar/", observation.leave, name="leave_observation"),
]
