from __future__ import annotations

from django.urls import path

from portal.voice.views import finals, priorities, proposals

urlpatterns = [
    path("plans/<uuid:plan_id>/suggestions/<uuid:item_id>/", proposals.proposal_answer, name="proposal_answer"),
    path("plans/<uuid:plan_id>/deciding/", finals.deciding_show, name="deciding_show"),
    path("plans/<uuid:plan_id>/go-ahead/", finals.go_ahead_say, name="go_ahead_say"),
    path("plans/<uuid:plan_id>/final/", finals.plan_finish, name="plan_finish"),
    path("plans/<uuid:plan_id>/needs/<uuid:item_id>/why/", finals.need_explain, name="need_explain"),
    path("plans/<uuid:plan_id>/objections/new/", finals.objection_add, name="objection_add"),
    path("plans/<uuid:plan_id>/objections/<uuid:objection_id>/", finals.objection_answer, name="objection_answer"),
    path("plans/<uuid:plan_id>/decisions/", finals.decision_list, name="decision_list"),
    path("plans/<uuid:plan_id>/order/", priorities.ranking_show, name="ranking_show"),
    path("plans/<uuid:plan_id>/preferences/", priorities.preference_list, name="preference_list"),
    path(
        "plans/<uuid:plan_id>/preferences/<uuid:preference_id>/end/", priorities.preference_end, name="preference_end"
    ),
    path("plans/<uuid:plan_id>/phases/", priorities.phase_list, name="phase_list"),
    path("plans/<uuid:plan_id>/phases/end/", priorities.phase_end, name="phase_end"),
]
