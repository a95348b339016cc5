from __future__ import annotations

from django.urls import path

from messaging import ladder_views, views

urlpatterns = [
    path("messages/", views.conversation_list, name="conversation_list"),
    path("conversations/<uuid:conversation_id>/", views.conversation_show, name="conversation_show"),
    path("conversations/<uuid:conversation_id>/messages/", views.message_list_or_post, name="message_list_or_post"),
    path("conversations/<uuid:conversation_id>/draft/", views.draft_save, name="draft_save"),
    path("conversations/<uuid:conversation_id>/search/", views.conversation_search, name="conversation_search"),
    path("conversations/<uuid:conversation_id>/read/", views.read_mark, name="read_mark"),
    path("conversations/<uuid:conversation_id>/ladder/", ladder_views.ladder_show, name="ladder_show"),
    path("waiting/<uuid:stretch_id>/", ladder_views.waiting_show, name="waiting_show"),
    path("waiting/<uuid:stretch_id>/called/", ladder_views.waiting_called, name="waiting_called"),
]
