from __future__ import annotations

from django.urls import path

from portal.directory import views

urlpatterns = [
    path("directory/", views.directory_list, name="directory_list"),
    path("directory/<uuid:entry_id>/", views.entry_show, name="entry_show"),
    path("directory/<uuid:entry_id>/note/", views.entry_note, name="entry_note"),
]
