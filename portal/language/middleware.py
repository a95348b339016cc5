"""Which language a page speaks: the person's own, else the one chosen on this phone, else the one the phone asks for."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation.trans_real import get_supported_language_variant, parse_accept_lang_header

PSEUDO = "en-xa"  # only for who chooses it: no phone asks for it


class SpokenLanguage:
    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = spoken_by(request)
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def spoken_by(request: HttpRequest) -> str:
    offered = dict(settings.LANGUAGES)
    own = _own_language(request) or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return own if own in offered else _asked_for(request.headers.get("Accept-Language", ""))


def _own_language(request: HttpRequest) -> str:
    try:
        return request.user.language if request.user.is_authenticated else ""
    except DatabaseError:  # the page that says so must still come in some language
        return ""


def _asked_for(header: str) -> str:
    for code, _weight in parse_accept_lang_header(header):
        if code in {"*", PSEUDO}:
            continue
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE
