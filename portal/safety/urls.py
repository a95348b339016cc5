from __future__ import annotations

from django.urls import path

from portal.safety.views import reports, rota

urlpatterns = [
    path("on-call/", rota.rota_show, name="rota_show"),
    path("on-call/add/", rota.shift_add, name="shift_add"),
    path("on-call/fill/", rota.shift_fill, name="shift_fill"),
    path("on-call/number/", rota.line_set, name="line_set"),
    path("on-call/<uuid:shift_id>/cancel/", rota.shift_cancel, name="shift_cancel"),
    path("me/duty-hours/", rota.duty_hours_set, name="duty_hours_set"),
    path("me/duty-hours/<uuid:hours_id>/remove/", rota.duty_hours_remove, name="duty_hours_remove"),
    path("reports/", reports.report_list, name="report_list"),
    path("reports/new/", reports.report_add, name="report_add"),
    path("reports/save/", reports.report_save, name="report_save"),
    path("reports/<uuid:report_id>/", reports.report_show, name="report_show"),
    path("reports/<uuid:report_id>/write/", reports.report_write, name="report_write"),
    path("reports/<uuid:report_id>/drop/", reports.report_drop, name="report_drop"),
    path("reports/<uuid:report_id>/call/", reports.report_call, name="report_call"),
    path("reports/<uuid:report_id>/number/", reports.report_reference, name="report_reference"),
    path("reports/<uuid:report_id>/family/", reports.report_family, name="report_family"),
    path("reports/<uuid:report_id>/named/", reports.report_name, name="report_name"),
    path("reports/<uuid:report_id>/share/", reports.report_share, name="report_share"),
    path("reports/<uuid:report_id>/facts/", reports.report_facts, name="report_facts"),
]
