from __future__ import annotations

from django.urls import path

from portal.language import views

urlpatterns = [
    path("translations/", views.translation_list, name="translation_list"),
    path("translations/review/", views.translation_review, name="translation_review"),
]
