from __future__ import annotations

from django.urls import path

from rights_grievances.views import cases, letters, rights

urlpatterns = [
    path("rights/", rights.rights_show, name="rights_show"),
    path("cases/", cases.case_list, name="case_list"),
    path("cases/<uuid:case_id>/", cases.case_show, name="case_show"),
    path("cases/<uuid:case_id>/letters/<slug:kind>/", letters.letter_write, name="letter_write"),
    path("letters/<uuid:letter_id>/", letters.letter_show, name="letter_show"),
    path("letters/<uuid:letter_id>/send/", letters.letter_send, name="letter_send"),
    path("letters/<uuid:letter_id>/pdf/", letters.letter_pdf, name="letter_pdf"),
    path("letters/<uuid:letter_id>/returned/", letters.letter_return, name="letter_return"),
    path("letters/<uuid:letter_id>/again/", letters.letter_replace, name="letter_replace"),
]
