from __future__ import annotations

from django.urls import path

from peer_support.views import pairings

urlpatterns = [
    path("pairings/", pairings.pairing_list, name="pairing_list"),
    path("pairings/<uuid:pairing_id>/", pairings.pairing_show, name="pairing_show"),
    path("pairings/<uuid:pairing_id>/accept/", pairings.pairing_accept, name="pairing_accept"),
    path("pairings/<uuid:pairing_id>/decline/", pairings.pairing_decline, name="pairing_decline"),
    path("pairings/<uuid:pairing_id>/end/", pairings.pairing_end, name="pairing_end"),
    path("families/<uuid:family_id>/propose/", pairings.pairing_propose, name="pairing_propose"),
]
