from __future__ import annotations

from django.urls import path

from portal.notices import phone_views, views

urlpatterns = [
    path("notices/", views.notice_list, name="notice_list"),
    path("sw.js", phone_views.service_worker, name="service_worker"),
    path("me/phone/", phone_views.phone_show, name="phone_show"),
    path("me/phone/add/", phone_views.phone_add, name="phone_add"),
    path("me/phone/look/", phone_views.phone_look, name="phone_look"),
    path("me/phone/remove/", phone_views.phone_remove, name="phone_remove"),
    path("me/phone/test/", phone_views.phone_test, name="phone_test"),
    path("sms/incoming/", views.sms_incoming, name="sms_incoming"),
]
