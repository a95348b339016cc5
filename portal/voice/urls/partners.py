from __future__ import annotations

from django.urls import path

from portal.voice.views import partners

urlpatterns = [
    path("partner/", partners.partner_show, name="partner_show"),
    path("partner/name/", partners.partner_name, name="partner_name"),
    path("partner/ask/", partners.partner_ask, name="partner_ask"),
    path("partner/requests/", partners.partner_request_list, name="partner_request_list"),
    path("partner/requests/<uuid:request_id>/", partners.partner_request_show, name="partner_request_show"),
    path("partner/requests/<uuid:request_id>/take/", partners.partner_request_take, name="partner_request_take"),
    path("partner/requests/<uuid:request_id>/end/", partners.partner_request_end, name="partner_request_end"),
]
