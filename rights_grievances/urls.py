from __future__ import annotations

from django.urls import include, path

from rights_grievances.acts import ACTS
from rights_grievances.views import cases, desk, letters, rights

urlpatterns = [
    path("", include("rights_grievances.appeal_urls")),
    path("rights/", rights.rights_show, name="rights_show"),
    path("desk/", desk.desk_show, name="desk_show"),
    path("cases/yours/", cases.case_yours, name="case_yours"),
    path("cases/<uuid:case_id>/", cases.case_show, name="case_show"),
    path("cases/<uuid:case_id>/letters/<slug:kind>/", letters.letter_write, name="letter_write"),
    path("letters/<uuid:letter_id>/", letters.letter_show, name="letter_show"),
    path("letters/<uuid:letter_id>/send/", letters.letter_send, name="letter_send"),
    path("letters/<uuid:letter_id>/pdf/", letters.letter_pdf, name="letter_pdf"),
    path("letters/<uuid:letter_id>/returned/", letters.letter_return, name="letter_return"),
    path("letters/<uuid:letter_id>/again/", letters.letter_replace, name="letter_replace"),
    path("cases/<uuid:case_id>/close/", cases.case_close, name="case_close"),
    path("cases/<uuid:case_id>/reopen/", cases.case_reopen, name="case_reopen"),
    path("cases/<uuid:case_id>/fixed/", cases.case_fixed, name="case_fixed"),
    *(path(f"cases/<uuid:case_id>/{act.slug}/", cases.case_act, {"name": act.name}, name=act.name) for act in ACTS),
]
