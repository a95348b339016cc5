from __future__ import annotations

from django.urls import path

from rights_grievances.appeal_acts import ACTS
from rights_grievances.views import adverse, appeals, cases, hearings

urlpatterns = [
    path("plan-letters/", adverse.adverse_list, name="adverse_list"),
    path("plan-letters/new/", adverse.adverse_add, name="adverse_add"),
    path("plan-letters/<uuid:notice_id>/", adverse.adverse_show, name="adverse_show"),
    path("plan-letters/<uuid:notice_id>/photos/", adverse.adverse_photos, name="adverse_photos"),
    path("plan-letters/photos/<uuid:file_id>/", adverse.adverse_photo, name="adverse_photo"),
    path("plan-letters/<uuid:notice_id>/appeal/", appeals.appeal_start, name="appeal_start"),
    path("cases/<uuid:case_id>/appeal/", appeals.appeal_show, name="appeal_show"),
    path("cases/<uuid:case_id>/plan-letter/", adverse.case_letter, name="case_letter"),
    path("cases/<uuid:case_id>/appeal/make/", appeals.appeal_make, name="appeal_make"),
    path("cases/<uuid:case_id>/appeal/keep/", appeals.appeal_keep, name="appeal_keep"),
    path("cases/<uuid:case_id>/appeal/done/", appeals.appeal_carried_out, name="appeal_carried_out"),
    path("cases/<uuid:case_id>/hearing/", hearings.hearing_show, name="hearing_show"),
    path("cases/<uuid:case_id>/hearing/form/", hearings.hearing_form, name="hearing_form"),
    *(path(f"cases/<uuid:case_id>/{act.slug}/", cases.case_act, {"name": act.name}, name=act.name) for act in ACTS),
    path("cases/<uuid:case_id>/pack/", hearings.pack_make, name="pack_make"),
]
