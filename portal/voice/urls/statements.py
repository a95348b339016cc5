"""My say, a child's cards, and the answers that are owed."""

from __future__ import annotations

from django.urls import path

from portal.voice.views import answers, cards, saying, statements

urlpatterns = [
    path("say/", statements.say_list, name="say_list"),
    path("say/new/", saying.say_new, name="say_new"),
    path("say/speak/", saying.say_speak, name="say_speak"),
    path("say/cards/", cards.say_cards_list, name="say_cards_list"),
    path("say/cards/<uuid:person_id>/", cards.say_cards_start, name="say_cards_start"),
    path("say/cards/<uuid:person_id>/pick/", cards.say_cards_pick, name="say_cards_pick"),
    path("say/cards/<uuid:person_id>/done/", cards.say_cards_done, name="say_cards_done"),
    path("say/<uuid:statement_id>/", statements.say_show, name="say_show"),
    path("say/<uuid:statement_id>/voice/", statements.say_voice, name="say_voice"),
    path("say/<uuid:statement_id>/open/", statements.say_widen, name="say_widen"),
    path("say/<uuid:statement_id>/take-back/", statements.say_take_back, name="say_take_back"),
    path("say/<uuid:statement_id>/answer/", statements.say_judge, name="say_judge"),
    path("say/<uuid:statement_id>/text/", statements.say_text, name="say_text"),
    path("say/<uuid:statement_id>/text/right/", statements.say_text_right, name="say_text_right"),
    path("conversations/<uuid:conversation_id>/messages/<int:seq>/say/", saying.say_message, name="say_message"),
    path("answers/", answers.answer_list, name="answer_list"),
    path("answers/<uuid:statement_id>/", answers.answer_give, name="answer_give"),
    path("answers/<uuid:statement_id>/interpreter/", answers.answer_interpreter, name="answer_interpreter"),
]
