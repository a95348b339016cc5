from __future__ import annotations

from django.urls import path

from portal.safety import views

urlpatterns = [
    path("on-call/", views.rota_show, name="rota_show"),
    path("on-call/add/", views.shift_add, name="shift_add"),
    path("on-call/fill/", views.shift_fill, name="shift_fill"),
    path("on-call/number/", views.line_set, name="line_set"),
    path("on-call/<uuid:shift_id>/cancel/", views.shift_cancel, name="shift_cancel"),
    path("me/duty-hours/", views.duty_hours_set, name="duty_hours_set"),
    path("me/duty-hours/<uuid:hours_id>/remove/", views.duty_hours_remove, name="duty_hours_remove"),
]
