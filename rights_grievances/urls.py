from __future__ import annotations

from django.urls import path

from rights_grievances import views

urlpatterns = [
    path("rights/", views.rights_show, name="rights_show"),
    path("rights/booklet/", views.rights_booklet, name="rights_booklet"),
    path("rights/answer/", views.right_answer, name="right_answer"),
    path("rights/seen/", views.rights_seen, name="rights_seen"),
    path("watch/", views.watch_list, name="watch_list"),
    path("watch/<uuid:watch_id>/", views.watch_show, name="watch_show"),
    path("watch/<uuid:watch_id>/ask/", views.watch_ask, name="watch_ask"),
    path("watch/<uuid:watch_id>/note/", views.watch_note, name="watch_note"),
    path("watch/<uuid:watch_id>/close/", views.watch_close, name="watch_close"),
    path("watch/<uuid:watch_id>/answer/", views.watch_answer, name="watch_answer"),
    path("reports/concerns/", views.concern_report, name="concern_report"),
    path("reports/concerns/lessons/<uuid:lesson_id>/withdraw/", views.lesson_withdraw, name="lesson_withdraw"),
]
