from __future__ import annotations

from django.urls import path

from rights_grievances import views

urlpatterns = [
    path("rights/", views.rights_show, name="rights_show"),
    path("rights/booklet/", views.rights_booklet, name="rights_booklet"),
    path("rights/answer/", views.right_answer, name="right_answer"),
    path("rights/seen/", views.rights_seen, name="rights_seen"),
]
