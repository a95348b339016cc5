from __future__ import annotations

from django.urls import path

from portal.demo import views

urlpatterns = [
    path("", views.demo_show, name="demo_show"),
    path("sign-in/<slug:person>/", views.demo_sign_in, name="demo_sign_in"),
]
