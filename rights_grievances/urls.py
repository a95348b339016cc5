from __future__ import annotations

from django.urls import include, path

from rights_grievances.views import cases, rights

urlpatterns = [
    path("", include("rights_grievances.appeal_urls")),
    path("rights/", rights.rights_show, name="rights_show"),
    path("cases/", cases.case_list, name="case_list"),
    path("cases/<uuid:case_id>/", cases.case_show, name="case_show"),
]
