from __future__ import annotations

from django.urls import URLPattern, path

from portal.voice.views import agenda, preparing, pulse, results

urlpatterns: list[URLPattern] = [
    path("meetings/<uuid:meeting_id>/agenda/", agenda.agenda_show, name="agenda_show"),
    path("meetings/<uuid:meeting_id>/agenda/confirm/", agenda.agenda_confirm, name="agenda_confirm"),
    path("meetings/<uuid:meeting_id>/agenda/<uuid:item_id>/move/", agenda.agenda_move, name="agenda_move"),
    path("meetings/<uuid:meeting_id>/agenda/<uuid:item_id>/off/", agenda.agenda_remove, name="agenda_remove"),
    path("meetings/<uuid:meeting_id>/notes/add/", agenda.note_add, name="note_add"),
    path("meetings/<uuid:meeting_id>/prepare/", preparing.prep_show, name="prep_show"),
    path("meetings/<uuid:meeting_id>/prepare/print/", preparing.prep_print, name="prep_print"),
    path("meetings/<uuid:meeting_id>/prepare/bring/", preparing.prep_bring, name="prep_bring"),
    path("prepared/<uuid:point_id>/", preparing.prep_point, name="prep_point"),
    path("prepared/<uuid:point_id>/off/", preparing.prep_drop, name="prep_drop"),
    path("given/", preparing.given_list, name="given_list"),
    path("given/<uuid:point_id>/", preparing.given_note, name="given_note"),
    path("how-was-it/<uuid:pulse_id>/", pulse.pulse_show, name="pulse_show"),
    path("how-was-it/<uuid:pulse_id>/skip/", pulse.pulse_skip, name="pulse_skip"),
    path("meeting-results/", results.result_list, name="result_list"),
    path("meeting-results/publish/", results.result_publish, name="result_publish"),
    path("how-meetings-go/", results.result_show, name="result_show"),
]
