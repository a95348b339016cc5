from __future__ import annotations

from django.urls import path

from portal.clocks import views

urlpatterns = [
    path("owed/", views.owed_list, name="owed_list"),
    path("owed/<uuid:clock_id>/", views.owed_show, name="owed_show"),
    path("owed/<uuid:clock_id>/done/", views.owed_act, {"act": "done"}, name="owed_done"),
    path("owed/<uuid:clock_id>/more-time/", views.owed_act, {"act": "more_time"}, name="owed_extend"),
    path("owed/<uuid:clock_id>/pause/", views.owed_act, {"act": "pause"}, name="owed_pause"),
    path("owed/<uuid:clock_id>/go-on/", views.owed_act, {"act": "resume"}, name="owed_resume"),
    path("owed/<uuid:clock_id>/not-now/", views.owed_act, {"act": "not_now"}, name="owed_not_now"),
    path("owed/<uuid:clock_id>/again/", views.owed_act, {"act": "again"}, name="owed_again"),
    path("owed/<uuid:clock_id>/reason/", views.owed_act, {"act": "excuse"}, name="owed_excuse"),
    path("worklist/", views.work_list, name="work_list"),
    path("closures/", views.closure_list, name="closure_list"),
    path("calendar/", views.calendar_show, name="calendar_show"),
    path("calendar/end/", views.calendar_end, name="calendar_end"),
    path("calendar/<str:token>.ics", views.calendar_feed, name="calendar_feed"),
]
