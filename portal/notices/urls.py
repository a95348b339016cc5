from __future__ import annotations

from django.urls import path

from portal.notices import views

urlpatterns = [
    path("notices/", views.notice_list, name="notice_list"),
    path("sms/incoming/", views.sms_incoming, name="sms_incoming"),
]
