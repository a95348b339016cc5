from __future__ import annotations

from django.urls import path

from portal.safety.views import reports, rota, supervision

urlpatterns = [
    path("on-call/", rota.rota_show, name="rota_show"),
    path("on-call/add/", rota.shift_add, name="shift_add"),
    path("on-call/fill/", rota.shift_fill, name="shift_fill"),
    path("on-call/number/", rota.line_set, name="line_set"),
    path("on-call/<uuid:shift_id>/cancel/", rota.shift_cancel, name="shift_cancel"),
    path("me/duty-hours/", rota.duty_hours_set, name="duty_hours_set"),
    path("me/duty-hours/<uuid:hours_id>/remove/", rota.duty_hours_remove, name="duty_hours_remove"),
    path("supervision/", supervision.supervision_list, name="supervision_list"),
    path("supervision/ties/add/", supervision.tie_add, name="tie_add"),
    path("supervision/ties/<uuid:tie_id>/end/", supervision.tie_end, name="tie_end"),
    path("supervision/held/<uuid:held_id>/look/", supervision.held_look, name="held_look"),
    path("supervision/held/<uuid:held_id>/settle/", supervision.held_settle, name="held_settle"),
    path("supervision/law/<uuid:exception_id>/agree/", supervision.exception_agree, name="exception_agree"),
    path("supervision/law/<uuid:exception_id>/look/", supervision.exception_look, name="exception_look"),
    path("supervision/<uuid:conversation_id>/", supervision.supervision_show, name="supervision_show"),
    path("supervision/<uuid:conversation_id>/look/", supervision.supervision_look, name="supervision_look"),
    path("supervision/<uuid:conversation_id>/stop/", supervision.talk_freeze, name="talk_freeze"),
    path("supervision/<uuid:conversation_id>/go-on/", supervision.talk_lift, name="talk_lift"),
    path("supervision/<uuid:conversation_id>/second/", supervision.helper_bring_in, name="helper_bring_in"),
    path(
        "supervision/<uuid:conversation_id>/second/<uuid:role_id>/leave/",
        supervision.helper_let_go,
        name="helper_let_go",
    ),
    path("supervision/<uuid:conversation_id>/name/", supervision.supervisor_name, name="supervisor_name"),
    path("supervision/<uuid:conversation_id>/law/", supervision.exception_ask, name="exception_ask"),
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
