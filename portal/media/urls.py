from __future__ import annotations

from django.urls import path

from portal.media import views

urlpatterns = [
    path("conversations/<uuid:conversation_id>/media/", views.media_add, name="media_add"),
    path("media/<uuid:media_id>/", views.media_show, name="media_show"),
]
