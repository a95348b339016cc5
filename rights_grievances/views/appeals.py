from __future__ import annotations
from uuid import UUID
from django.http import HttpRequest, HttpResponse


def adverse_show(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    return HttpResponse()
