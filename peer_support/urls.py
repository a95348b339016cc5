from __future__ import annotations

from django.urls import path

from peer_support import views

urlpatterns = [
    path("pairings/", views.pairing_list, name="pairing_list"),
    path("pairings/<uuid:pairing_id>/", views.pairing_show, name="pairing_show"),
    path("pairings/<uuid:pairing_id>/accept/", views.pairing_accept, name="pairing_accept"),
    path("pairings/<uuid:pairing_id>/decline/", views.pairing_decline, name="pairing_decline"),
    path("pairings/<uuid:pairing_id>/end/", views.pairing_end, name="pairing_end"),
    path("families/<uuid:family_id>/propose/", views.pairing_propose, name="pairing_propose"),
]
