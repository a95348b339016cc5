from __future__ import annotations

from django.urls import path

from portal.safety.views import concerns, rota, unsafe

urlpatterns = [
    path("on-call/", rota.rota_show, name="rota_show"),
    path("on-call/add/", rota.shift_add, name="shift_add"),
    path("on-call/fill/", rota.shift_fill, name="shift_fill"),
    path("on-call/number/", rota.line_set, name="line_set"),
    path("on-call/<uuid:shift_id>/cancel/", rota.shift_cancel, name="shift_cancel"),
    path("me/duty-hours/", rota.duty_hours_set, name="duty_hours_set"),
    path("me/duty-hours/<uuid:hours_id>/remove/", rota.duty_hours_remove, name="duty_hours_remove"),
    path("safety/", concerns.concern_list, name="concern_list"),
    path("safety/<uuid:concern_id>/", concerns.concern_show, name="concern_show"),
    path("safety/<uuid:concern_id>/open/", concerns.concern_open, name="concern_open"),
    path("safety/<uuid:concern_id>/read/", concerns.concern_read, name="concern_read"),
    path("safety/<uuid:concern_id>/note/", concerns.concern_note, name="concern_note"),
    path("safety/<uuid:concern_id>/hand/", concerns.concern_hand, name="concern_hand"),
    path("safety/<uuid:concern_id>/second/", concerns.concern_second, name="concern_second"),
    path("safety/<uuid:concern_id>/close/", concerns.concern_close, name="concern_close"),
    path("safety/looks/<uuid:prompt_id>/read/", concerns.prompt_read, name="prompt_read"),
    path("safety/looks/<uuid:prompt_id>/seen/", concerns.prompt_settle, name="prompt_settle"),
    path("safety/how-are-you/<uuid:debrief_id>/", concerns.debrief_answer, name="debrief_answer"),
    path("safety/how-are-you/<uuid:debrief_id>/talked/", concerns.debrief_talked, name="debrief_talked"),
    path("safety/words/<uuid:repair_id>/read/", concerns.repair_read, name="repair_read"),
    path("unsafe/", unsafe.unsafe_show, name="unsafe_show"),
    path("unsafe/words/", unsafe.unsafe_words, name="unsafe_words"),
    path("unsafe/mistake/", unsafe.unsafe_mistake, name="unsafe_mistake"),
    path("conversations/<uuid:conversation_id>/<int:seq>/tell/", unsafe.concern_raise, name="concern_raise"),
]
