"""Every route of this room, a list for each noun."""

from __future__ import annotations

from portal.voice.urls import choices, meetings, partners, proposals, rounds, statements

urlpatterns = [
    *statements.urlpatterns,
    *proposals.urlpatterns,
    *rounds.urlpatterns,
    *meetings.urlpatterns,
    *choices.urlpatterns,
    *partners.urlpatterns,
]
