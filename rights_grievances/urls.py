from __future__ import annotations

from django.urls import path

from rights_grievances.acts import ACTS
from rights_grievances.views import cases, desk, reports, rights, watches

urlpatterns = [
    path("rights/", rights.rights_show, name="rights_show"),
    path("rights/booklet/", rights.rights_booklet, name="rights_booklet"),
    path("rights/answer/", rights.right_answer, name="right_answer"),
    path("rights/seen/", rights.rights_seen, name="rights_seen"),
    path("desk/", desk.desk_show, name="desk_show"),
    path("cases/yours/", cases.case_yours, name="case_yours"),
    path("cases/<uuid:case_id>/", cases.case_show, name="case_show"),
    path("cases/<uuid:case_id>/close/", cases.case_close, name="case_close"),
    path("cases/<uuid:case_id>/reopen/", cases.case_reopen, name="case_reopen"),
    path("cases/<uuid:case_id>/fixed/", cases.case_fixed, name="case_fixed"),
    *(path(f"cases/<uuid:case_id>/{act.slug}/", cases.case_act, {"name": act.name}, name=act.name) for act in ACTS),
    path("watch/", watches.watch_list, name="watch_list"),
    path("watch/<uuid:watch_id>/", watches.watch_show, name="watch_show"),
    path("watch/<uuid:watch_id>/ask/", watches.watch_ask, name="watch_ask"),
    path("watch/<uuid:watch_id>/note/", watches.watch_note, name="watch_note"),
    path("watch/<uuid:watch_id>/close/", watches.watch_close, name="watch_close"),
    path("watch/<uuid:watch_id>/answer/", watches.watch_answer, name="watch_answer"),
    path("reports/concerns/", reports.concern_report, name="concern_report"),
    path("reports/concerns/lessons/<uuid:lesson_id>/withdraw/", reports.lesson_withdraw, name="lesson_withdraw"),
]
