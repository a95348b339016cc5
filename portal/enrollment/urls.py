from __future__ import annotations

from django.urls import path

from portal.enrollment import views
from portal.enrollment.views import decisions, discharges, ending, keeping

urlpatterns = [
    path("cases/", views.case_list, name="case_list"),
    path("cases/<uuid:case_id>/owner/", keeping.owner_give, name="owner_give"),
    path("cases/<uuid:case_id>/basis/", keeping.case_basis, name="case_basis"),
    path("cases/<uuid:case_id>/basis/undo/", keeping.case_basis_undo, name="case_basis_undo"),
    path("families/<uuid:family_id>/decisions/new/", decisions.decision_open, name="decision_open"),
    path("decisions/<uuid:decision_id>/", decisions.decision_show, name="decision_show"),
    path("decisions/<uuid:decision_id>/positions/new/", decisions.position_add, name="position_add"),
    path("decisions/<uuid:decision_id>/meeting/", decisions.meeting_set, name="meeting_set"),
    path("decisions/<uuid:decision_id>/met/", decisions.meeting_close, name="meeting_close"),
    path("decisions/<uuid:decision_id>/reject/", decisions.decision_reject, name="decision_reject"),
    path("families/<uuid:family_id>/enrollments/new/", keeping.enrollment_add, name="enrollment_add"),
    path("enrollments/<uuid:enrollment_id>/", views.enrollment_show, name="enrollment_show"),
    path("enrollments/<uuid:enrollment_id>/met-family/", keeping.family_met_add, name="family_met_add"),
    path("enrollments/<uuid:enrollment_id>/assessment/", keeping.assessment_add, name="assessment_add"),
    path("enrollments/<uuid:enrollment_id>/plan/", keeping.plan_add, name="plan_add"),
    path("enrollments/<uuid:enrollment_id>/review/", keeping.review_add, name="review_add"),
    path("enrollments/<uuid:enrollment_id>/goals/new/", keeping.objective_add, name="objective_add"),
    path("goals/<uuid:objective_id>/met/", keeping.objective_meet, name="objective_meet"),
    path("enrollments/<uuid:enrollment_id>/more-time/ask/", keeping.extension_ask, name="extension_ask"),
    path("enrollments/<uuid:enrollment_id>/more-time/", keeping.extension_give, name="extension_give"),
    path("enrollments/<uuid:enrollment_id>/ending/", ending.recommendation_add, name="recommendation_add"),
    path("enrollments/<uuid:enrollment_id>/ending/answer/", ending.ending_answer, name="ending_answer"),
    path("enrollments/<uuid:enrollment_id>/ending/withdraw/", ending.ending_withdraw, name="ending_withdraw"),
    path("enrollments/<uuid:enrollment_id>/end/", ending.enrollment_end, name="enrollment_end"),
    path("enrollments/<uuid:enrollment_id>/eject/", ending.enrollment_eject, name="enrollment_eject"),
    path("enrollments/<uuid:enrollment_id>/discharges/new/", discharges.discharge_add, name="discharge_add"),
    path("discharges/<uuid:discharge_id>/linked/", discharges.psychiatry_link, name="psychiatry_link"),
    path("discharges/<uuid:discharge_id>/reason/", discharges.psychiatry_excuse, name="psychiatry_excuse"),
]
