from __future__ import annotations

from django.urls import path

from portal.referrals import staff_views, views, write_views

urlpatterns = [
    path("refer/", views.referral_begin, name="referral_begin"),
    path("refer/fit/", views.referral_fit, name="referral_fit"),
    path("refer/code/", views.referral_code, name="referral_code"),
    path("refer/text/", views.referral_text, name="referral_text"),
    path("refer/write/", write_views.referral_write, name="referral_write"),
    path("refer/save/", write_views.referral_save, name="referral_save"),
    path("refer/send/", write_views.referral_send, name="referral_send"),
    path("refer/where/", views.referral_where, name="referral_where"),
    path("refer/answer/", views.referral_answer, name="referral_answer"),
    path("refer/ask/", views.referral_ask, name="referral_ask"),
    path("refer/return/", views.referral_return, name="referral_return"),
    path("refer/close/", views.referral_close, name="referral_close"),
    path("referrals/", staff_views.referral_list, name="referral_list"),
    path("referrals/find/", staff_views.referral_find, name="referral_find"),
    path("referrals/add/", staff_views.referral_add, name="referral_add"),
    path("referrals/<uuid:referral_id>/", staff_views.referral_show, name="referral_show"),
    path("referrals/<uuid:referral_id>/take/", staff_views.referral_take, name="referral_take"),
    path("referrals/<uuid:referral_id>/step/", staff_views.referral_step, name="referral_step"),
    path("referrals/<uuid:referral_id>/consent/", staff_views.referral_consent, name="referral_consent"),
    path("referrals/<uuid:referral_id>/finding/", staff_views.referral_finding, name="referral_finding"),
    path("referrals/<uuid:referral_id>/code/", staff_views.referral_recode, name="referral_recode"),
    path("referrals/<uuid:referral_id>/family/", staff_views.referral_join, name="referral_join"),
    path(
        "referrals/<uuid:referral_id>/questions/<uuid:question_id>/",
        staff_views.referral_reply,
        name="referral_reply",
    ),
]
