from __future__ import annotations

from django.urls import path

from peer_support.views import contacts, pairings, peers, suggestions, wishes

urlpatterns = [
    path("pairings/", pairings.pairing_list, name="pairing_list"),
    path("pairings/<uuid:pairing_id>/", pairings.pairing_show, name="pairing_show"),
    path("pairings/<uuid:pairing_id>/accept/", pairings.pairing_accept, name="pairing_accept"),
    path("pairings/<uuid:pairing_id>/decline/", pairings.pairing_decline, name="pairing_decline"),
    path("pairings/<uuid:pairing_id>/end/", pairings.pairing_end, name="pairing_end"),
    path("families/<uuid:family_id>/propose/", pairings.pairing_propose, name="pairing_propose"),
    path("peers/", peers.peer_list, name="peer_list"),
    path("peers/<uuid:role_id>/", peers.peer_show, name="peer_show"),
    path("peers/<uuid:role_id>/about/", peers.peer_keep, name="peer_keep"),
    path("peers/<uuid:role_id>/true/", peers.peer_attest, name="peer_attest"),
    path("peers/<uuid:role_id>/check/", peers.peer_verify, name="peer_verify"),
    path("peers/<uuid:role_id>/lived/new/", peers.lived_system_add, name="lived_system_add"),
    path("peers/<uuid:role_id>/lived/<uuid:system_id>/end/", peers.lived_system_end, name="lived_system_end"),
    path("peers/<uuid:role_id>/lived/<uuid:system_id>/remove/", peers.lived_system_remove, name="lived_system_remove"),
    path("peers/<uuid:role_id>/papers/new/", peers.credential_add, name="credential_add"),
    path(
        "peers/<uuid:role_id>/papers/<uuid:credential_id>/end/", peers.credential_withdraw, name="credential_withdraw"
    ),
    path("wishes/", wishes.wish_list, name="wish_list"),
    path("wishes/choose/", wishes.choice_show, name="choice_show"),
    path("wishes/others/", wishes.choice_others, name="choice_others"),
    path("wishes/wait/", wishes.choice_wait, name="choice_wait"),
    path("families/<uuid:family_id>/wishes/<uuid:person_id>/", wishes.wish_set, name="wish_set"),
    path("families/<uuid:family_id>/wishes/<uuid:person_id>/end/", wishes.wish_end, name="wish_end"),
    path("families/<uuid:family_id>/wishes/<uuid:person_id>/again/", wishes.wish_again, name="wish_again"),
    path("pairings/<uuid:pairing_id>/known/", wishes.pairing_known, name="pairing_known"),
    path("suggestions/", suggestions.suggestion_list, name="suggestion_list"),
    path(
        "families/<uuid:family_id>/suggestions/<uuid:person_id>/",
        suggestions.suggestion_confirm,
        name="suggestion_confirm",
    ),
    path("families/<uuid:family_id>/conflicts/", suggestions.conflict_list, name="conflict_list"),
    path("conflicts/<uuid:conflict_id>/end/", suggestions.conflict_end, name="conflict_end"),
    path("contacts/", contacts.contact_list, name="contact_list"),
    path("contacts/with/<uuid:family_id>/<uuid:person_id>/", contacts.contact_show, name="contact_show"),
    path("contacts/with/<uuid:family_id>/<uuid:person_id>/add/", contacts.contact_add, name="contact_add"),
    path("contacts/with/<uuid:family_id>/<uuid:person_id>/plan/", contacts.contact_plan, name="contact_plan"),
    path("contacts/with/<uuid:family_id>/<uuid:person_id>/begin/", contacts.rhythm_begin, name="rhythm_begin"),
    path("contacts/planned/<uuid:plan_id>/call-off/", contacts.contact_call_off, name="contact_call_off"),
    path("contacts/<uuid:contact_id>/felt/", contacts.contact_felt, name="contact_felt"),
    path("contacts/not-now/<uuid:family_id>/", contacts.pause_add, name="pause_add"),
    path("contacts/pauses/<uuid:pause_id>/end/", contacts.pause_end, name="pause_end"),
]
