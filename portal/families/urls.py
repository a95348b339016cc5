from __future__ import annotations

from django.urls import path

from portal.families import sharing_views, views

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
    path("sharing/", sharing_views.sharing_list, name="sharing_list"),
    path("sharing/for/<uuid:youth_id>/", sharing_views.sharing_show, name="sharing_show"),
    path("sharing/for/<uuid:youth_id>/new/", sharing_views.release_add, name="release_add"),
    path("sharing/for/<uuid:youth_id>/shared/", sharing_views.disclosure_list, name="disclosure_list"),
    path("sharing/for/<uuid:youth_id>/share/", sharing_views.disclosure_add, name="disclosure_add"),
    path("sharing/shared/<uuid:disclosure_id>/", sharing_views.disclosure_show, name="disclosure_show"),
    path("sharing/<uuid:release_id>/", sharing_views.release_show, name="release_show"),
    path("sharing/<uuid:release_id>/print/", sharing_views.release_print, name="release_print"),
    path("sharing/<uuid:release_id>/end/", sharing_views.release_revoke, name="release_revoke"),
]
