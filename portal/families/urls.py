from __future__ import annotations

from django.urls import path

from portal.families import views

urlpatterns = [
    path("families/", views.family_list, name="family_list"),
    path("families/new/", views.family_add, name="family_add"),
    path("families/<uuid:family_id>/", views.family_show, name="family_show"),
    path("families/<uuid:family_id>/people/new/", views.member_add, name="member_add"),
    path("families/<uuid:family_id>/people/<uuid:person_id>/invite/", views.invitation_add, name="invitation_add"),
    path("families/<uuid:family_id>/authority/new/", views.authority_add, name="authority_add"),
    path("families/<uuid:family_id>/no-contact/new/", views.no_contact_add, name="no_contact_add"),
    path("families/<uuid:family_id>/no-contact/<int:flag_id>/end/", views.no_contact_end, name="no_contact_end"),
    path("holds/", views.hold_list, name="hold_list"),
    path("holds/<uuid:hold_id>/lift/", views.hold_lift, name="hold_lift"),
    path("record/", views.record_show, name="record_show"),
]
