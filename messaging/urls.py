from __future__ import annotations

from django.urls import path

from messaging import beside_views, card_views, ladder_views, views

urlpatterns = [
    path("messages/", views.conversation_list, name="conversation_list"),
    path("conversations/<uuid:conversation_id>/", views.conversation_show, name="conversation_show"),
    path("conversations/<uuid:conversation_id>/messages/", views.message_list_or_post, name="message_list_or_post"),
    path("conversations/<uuid:conversation_id>/draft/", views.draft_save, name="draft_save"),
    path("conversations/<uuid:conversation_id>/search/", views.conversation_search, name="conversation_search"),
    path("conversations/<uuid:conversation_id>/read/", views.read_mark, name="read_mark"),
    path("conversations/<uuid:conversation_id>/ladder/", ladder_views.ladder_show, name="ladder_show"),
    path("conversations/<uuid:conversation_id>/now/", beside_views.conversation_now, name="conversation_now"),
    path("conversations/<uuid:conversation_id>/looks/", beside_views.look_list, name="look_list"),
    path("conversations/<uuid:conversation_id>/card/", beside_views.card_put_away, name="card_put_away"),
    path(
        "conversations/<uuid:conversation_id>/messages/<int:seq>/change/",
        beside_views.message_change,
        name="message_change",
    ),
    path(
        "conversations/<uuid:conversation_id>/messages/<int:seq>/before/",
        beside_views.message_before,
        name="message_before",
    ),
    path("directory/<uuid:entry_id>/share/", card_views.entry_share, name="entry_share"),
    path("shared/<uuid:card_id>/answer/", card_views.card_answer, name="card_answer"),
    path("waiting/<uuid:stretch_id>/", ladder_views.waiting_show, name="waiting_show"),
    path("waiting/<uuid:stretch_id>/called/", ladder_views.waiting_called, name="waiting_called"),
]
