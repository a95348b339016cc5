from __future__ import annotations

from django.urls import path

from portal.accounts import views

# allauth's own pages (signing up, passwords, e-mail management) are not routed: nothing here redirects to them.
urlpatterns = [
    path("sign-in/", views.signin_show, name="signin_show"),
    path("sign-in/code/", views.signin_code, name="signin_code"),
    path("sign-in/passkey/", views.signin_passkey, name="signin_passkey"),
    path("sign-out/", views.signout, name="signout"),
    path("switch/", views.switch_person, name="switch_person"),
    path("lock/", views.phone_lock, name="phone_lock"),
    path("this-phone/", views.phone_share, name="phone_share"),
    path("come-in/<str:token>/", views.invitation_show, name="invitation_show"),
    path("second-step/", views.second_step_show, name="second_step_show"),
    path("second-step/set-up/", views.second_step_setup, name="second_step_setup"),
    path("second-step/codes/", views.recovery_codes_renew, name="recovery_codes_renew"),
    path("me/", views.account_show, name="account_show"),
    path("me/passkeys/", views.passkey_list, name="passkey_list"),
    path("me/passkeys/add/", views.passkey_add, name="passkey_add"),
    path("me/passkeys/remove/", views.passkey_remove, name="passkey_remove"),
]
