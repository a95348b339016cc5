from __future__ import annotations

from django.urls import include, path

from rights_grievances.acts import ACTS
from rights_grievances.views import cases, desk, letters, reports, rights, taken_down, telling, told, watches

urlpatterns = [
    path("", include("rights_grievances.appeal_urls")),
    path("rights/", rights.rights_show, name="rights_show"),
    path("rights/booklet/", rights.rights_booklet, name="rights_booklet"),
    path("rights/answer/", rights.right_answer, name="right_answer"),
    path("rights/seen/", rights.rights_seen, name="rights_seen"),
    path("desk/", desk.desk_show, name="desk_show"),
    path("cases/yours/", cases.case_yours, name="case_yours"),
    path("cases/<uuid:case_id>/", cases.case_show, name="case_show"),
    path("cases/<uuid:case_id>/letters/<slug:kind>/", letters.letter_write, name="letter_write"),
    path("letters/<uuid:letter_id>/", letters.letter_show, name="letter_show"),
    path("letters/<uuid:letter_id>/send/", letters.letter_send, name="letter_send"),
    path("letters/<uuid:letter_id>/pdf/", letters.letter_pdf, name="letter_pdf"),
    path("letters/<uuid:letter_id>/returned/", letters.letter_return, name="letter_return"),
    path("letters/<uuid:letter_id>/again/", letters.letter_replace, name="letter_replace"),
    path("cases/<uuid:case_id>/close/", cases.case_close, name="case_close"),
    path("cases/<uuid:case_id>/reopen/", cases.case_reopen, name="case_reopen"),
    path("cases/<uuid:case_id>/fixed/", cases.case_fixed, name="case_fixed"),
    *(path(f"cases/<uuid:case_id>/{act.slug}/", cases.case_act, {"name": act.name}, name=act.name) for act in ACTS),
    path("tell/", telling.tell_start, name="tell_start"),
    path("tell/code/", told.tell_resume, name="tell_resume"),
    path("tell/close/", told.tell_close, name="tell_close"),
    path("tell/<uuid:draft_id>/", telling.tell_show, name="tell_show"),
    path("tell/<uuid:draft_id>/save/", telling.tell_save, name="tell_save"),
    path("tell/<uuid:draft_id>/file/", told.tell_file, name="tell_file"),
    path("tell/<uuid:draft_id>/send/", telling.tell_send, name="tell_send"),
    path("tell/<uuid:draft_id>/drop/", told.tell_drop, name="tell_drop"),
    path("tell/<uuid:draft_id>/receipt/", told.tell_receipt, name="tell_receipt"),
    path("tell/<uuid:draft_id>/letters/<uuid:letter_id>/", told.tell_letter, name="tell_letter"),
    path("told/files/<uuid:file_id>/", told.told_file, name="told_file"),
    path("desk/phone/", taken_down.tell_phone, name="tell_phone"),
    path("desk/phone/save/", taken_down.call_save, name="call_save"),
    path(
        "conversations/<uuid:conversation_id>/messages/<int:seq>/tell/",
        taken_down.tell_message,
        name="tell_message",
    ),
    path("watch/", watches.watch_list, name="watch_list"),
    path("watch/<uuid:watch_id>/", watches.watch_show, name="watch_show"),
    path("watch/<uuid:watch_id>/ask/", watches.watch_ask, name="watch_ask"),
    path("watch/<uuid:watch_id>/note/", watches.watch_note, name="watch_note"),
    path("watch/<uuid:watch_id>/close/", watches.watch_close, name="watch_close"),
    path("watch/<uuid:watch_id>/answer/", watches.watch_answer, name="watch_answer"),
    path("reports/concerns/", reports.concern_report, name="concern_report"),
    path("reports/concerns/lessons/<uuid:lesson_id>/withdraw/", reports.lesson_withdraw, name="lesson_withdraw"),
]
