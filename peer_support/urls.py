from __future__ import annotations

from django.urls import path

from peer_support.views import contacts, pairings

urlpatterns = [
    path("pairings/", pairings.pairing_list, name="pairing_list"),
    path("pairings/<uuid:pairing_id>/", pairings.pairing_show, name="pairing_show"),
    path("pairings/<uuid:pairing_id>/accept/", pairings.pairing_accept, name="pairing_accept"),
    path("pairings/<uuid:pairing_id>/decline/", pairings.pairing_decline, name="pairing_decline"),
    path("pairings/<uuid:pairing_id>/end/", pairings.pairing_end, name="pairing_end"),
    path("families/<uuid:family_id>/propose/", pairings.pairing_propose, name="pairing_propose"),
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
