from __future__ import annotations

from django.urls import path

from portal.safety.views import rota

urlpatterns = [
    path("on-call/", rota.rota_show, name="rota_show"),
    path("on-call/add/", rota.shift_add, name="shift_add"),
    path("on-call/fill/", rota.shift_fill, name="shift_fill"),
    path("on-call/number/", rota.line_set, name="line_set"),
    path("on-call/<uuid:shift_id>/cancel/", rota.shift_cancel, name="shift_cancel"),
    path("me/duty-hours/", rota.duty_hours_set, name="duty_hours_set"),
    path("me/duty-hours/<uuid:hours_id>/remove/", rota.duty_hours_remove, name="duty_hours_remove"),
]
