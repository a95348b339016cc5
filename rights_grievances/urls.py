from __future__ import annotations

from django.urls import path

from rights_grievances import views

urlpatterns = [path("rights/", views.rights_show, name="rights_show")]
