from __future__ import annotations

from django.urls import path

from portal.growing import views

urlpatterns = [
    path("growing-up/", views.growing_show, name="growing_show"),
    path("growing-up/<uuid:member_id>/", views.growing_let, name="growing_let"),
]
