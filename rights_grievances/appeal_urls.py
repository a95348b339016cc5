from __future__ import annotations

from django.urls import path

from rights_grievances.views import appeals as views

urlpatterns = [
    path("decisions/<uuid:notice_id>/", views.adverse_show, name="adverse_show"),
]
