from __future__ import annotations

from django.urls import path

from portal.voice.views import rounds

urlpatterns = [
    path("plans/<uuid:plan_id>/rounds/", rounds.round_list, name="round_list"),
    path("plans/<uuid:plan_id>/rounds/new/", rounds.round_open, name="round_open"),
    path("rounds/<uuid:round_id>/", rounds.round_show, name="round_show"),
    path("rounds/<uuid:round_id>/position/", rounds.round_position, name="round_position"),
    path("rounds/<uuid:round_id>/ask/", rounds.round_ask, name="round_ask"),
    path("rounds/<uuid:round_id>/questions/<uuid:question_id>/", rounds.round_answer, name="round_answer"),
    path("rounds/<uuid:round_id>/amend/", rounds.round_amend, name="round_amend"),
    path("rounds/<uuid:round_id>/objections/<uuid:position_id>/", rounds.round_reason, name="round_reason"),
    path("rounds/<uuid:round_id>/close/", rounds.round_close, name="round_close"),
]
