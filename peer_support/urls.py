from __future__ import annotations

from django.urls import path

from peer_support.views import coordination, hand_offs, lives, pairings

urlpatterns = [
    path("pairings/", pairings.pairing_list, name="pairing_list"),
    path("pairings/<uuid:pairing_id>/", pairings.pairing_show, name="pairing_show"),
    path("pairings/<uuid:pairing_id>/accept/", pairings.pairing_accept, name="pairing_accept"),
    path("pairings/<uuid:pairing_id>/decline/", pairings.pairing_decline, name="pairing_decline"),
    path("pairings/<uuid:pairing_id>/end/", pairings.pairing_end, name="pairing_end"),
    path("pairings/<uuid:pairing_id>/begin/", lives.pairing_begin, name="pairing_begin"),
    path("pairings/<uuid:pairing_id>/pause/", lives.pairing_pause, name="pairing_pause"),
    path("pairings/<uuid:pairing_id>/resume/", lives.pairing_resume, name="pairing_resume"),
    path("pairings/<uuid:pairing_id>/goodbye/", lives.pairing_goodbye, name="pairing_goodbye"),
    path("pairings/<uuid:pairing_id>/stay/", lives.pairing_stay, name="pairing_stay"),
    path("pairings/<uuid:pairing_id>/next/", lives.pairing_next, name="pairing_next"),
    path("pairings/<uuid:pairing_id>/share/", lives.pairing_share, name="pairing_share"),
    path("pairings/<uuid:pairing_id>/hand-off/", hand_offs.hand_off_plan_peer, name="hand_off_plan_peer"),
    path("pairings/<uuid:pairing_id>/no-hand-off/", hand_offs.hand_off_skip, name="hand_off_skip"),
    path("hand-offs/<uuid:hand_off_id>/", hand_offs.hand_off_show, name="hand_off_show"),
    path("hand-offs/<uuid:hand_off_id>/confirm/", hand_offs.hand_off_confirm, name="hand_off_confirm"),
    path("hand-offs/<uuid:hand_off_id>/answer/", hand_offs.hand_off_answer, name="hand_off_answer"),
    path("hand-offs/<uuid:hand_off_id>/words/", hand_offs.hand_off_words, name="hand_off_words"),
    path("coordination/", coordination.coordination_list, name="coordination_list"),
    path("families/<uuid:family_id>/coordinator/", coordination.coordinator_show, name="coordinator_show"),
    path("families/<uuid:family_id>/coordinator/give/", coordination.coordinator_give, name="coordinator_give"),
    path(
        "families/<uuid:family_id>/coordinator/override/",
        coordination.coordinator_override,
        name="coordinator_override",
    ),
    path("families/<uuid:family_id>/hand-off/", hand_offs.hand_off_plan, name="hand_off_plan"),
    path("families/<uuid:family_id>/propose/", pairings.pairing_propose, name="pairing_propose"),
]
