from django.urls import path

from households.views import (
    adulthood,
    cards,
    consent,
    conversation,
    levels,
    new,
    notes,
    own_page,
    question_cards,
    story,
)

app_name = "households"
urlpatterns = [
    path("huishoudens/nieuw/", new.new_household, name="new_household"),
    path("huishoudens/<number:number>/gegevens/", cards.facts, name="facts"),
    path("huishoudens/<number:number>/bewoners/", cards.people, name="people"),
    path("huishoudens/<number:number>/bewoners/nieuw/", cards.add_resident, name="add_resident"),
    path("huishoudens/<number:number>/bewoners/<int:pk>/", cards.change_resident, name="change_resident"),
    path("huishoudens/<number:number>/bewoners/<int:pk>/wie-keek-mee/", cards.who_looked, name="who_looked"),
    path(
        "huishoudens/<number:number>/bewoners/<int:pk>/wie-keek-mee.pdf",
        cards.print_who_looked,
        name="print_who_looked",
    ),
    path("huishoudens/<number:number>/bewoners/<int:pk>/eigen-pagina/", own_page.own_page, name="own_page"),
    path(
        "huishoudens/<number:number>/bewoners/<int:pk>/eigen-pagina/einde/", own_page.end_own_page, name="end_own_page"
    ),
    path("huishoudens/<number:number>/bewoners/<int:pk>/18-plus/", adulthood.adulthood, name="adulthood"),
    path("huishoudens/<number:number>/naasten/", cards.network, name="network"),
    path("huishoudens/<number:number>/naasten/nieuw/", cards.add_contact, name="add_contact"),
    path("huishoudens/<number:number>/naasten/<int:pk>/", cards.change_contact, name="change_contact"),
    path("huishoudens/<number:number>/eigen-woorden/", cards.own_words, name="own_words"),
    path("huishoudens/<number:number>/eigen-woorden/wijzigen/", cards.change_own_words, name="change_own_words"),
    path("huishoudens/<number:number>/contacten/", notes.notes, name="notes"),
    path("huishoudens/<number:number>/contacten/nieuw/", notes.add_note, name="add_note"),
    path("huishoudens/<number:number>/contacten/<int:pk>/", notes.correct_note, name="correct_note"),
    path("huishoudens/<number:number>/gesprek/", conversation.begin, name="talks"),
    path("huishoudens/<number:number>/gesprek/gids.pdf", conversation.print_guide, name="print_guide"),
    path("huishoudens/<number:number>/gesprek/<int:pk>/", conversation.talk, name="talk"),
    path("huishoudens/<number:number>/gesprek/<int:pk>/begin/", conversation.change, name="change_talk"),
    path("huishoudens/<number:number>/gesprek/<int:pk>/afronden/", conversation.end, name="end_talk"),
    path(
        "huishoudens/<number:number>/gesprek/<int:pk>/verbeteren/<str:place>/", conversation.correct, name="correct_talk"
    ),
    path("huishoudens/<number:number>/gesprek/<int:pk>/<slug:slug>/", conversation.step, name="talk_step"),
    path("huishoudens/<number:number>/verhaal/", story.versions, name="story"),
    path("huishoudens/<number:number>/verloop/", levels.levels, name="levels"),
    path("gesprekskaarten/", question_cards.question_cards, name="question_cards"),
    path("huishoudens/<number:number>/volgende-stap/", cards.next_step, name="next_step"),
    path("huishoudens/<number:number>/volgende-stap/wijzigen/", cards.change_next_step, name="change_next_step"),
    path("huishoudens/<number:number>/toestemming/", consent.consents, name="consents"),
    path("huishoudens/<number:number>/toestemming/<int:pk>/stem/", consent.voice, name="voice"),
    path("huishoudens/<number:number>/toestemming/<int:pk>/intrekken/", consent.withdraw, name="withdraw"),
    path("huishoudens/<number:number>/gezag/", consent.custody, name="custody"),
    path("huishoudens/<number:number>/gezag/<int:pk>/einde/", consent.end_custody, name="end_custody"),
    path("huishoudens/<number:number>/wie-mag-wat-weten.pdf", consent.consent_card, name="consent_card"),
    path("huishoudens/<number:number>/zonder-toestemming/", consent.override, name="override"),
    path("zonder-toestemming/<int:pk>/", consent.judge_override, name="judge_override"),
]
