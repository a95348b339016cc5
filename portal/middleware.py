"""Headers every answer carries, and the one place where a refusal becomes "not found"."""

from __future__ import annotations

import secrets
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

from portal.access import Refused

_POLICY = (
    "default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self'{media}; media-src 'self'{media}; "
    "font-src 'self'; connect-src 'self'{sockets}; manifest-src 'self'; worker-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)


def allow_media(response: HttpResponse, *sources: str) -> HttpResponse:
    """On this page, pictures and sound may also come from there ("blob:", "data:"): from the page itself, never from outside."""
    response.media_sources = sources  # type: ignore[attr-defined]
    return response


class Gzip(GZipMiddleware):
    """What is small already stays as it is: a part of a sound that a player asked for must be that part."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.headers.get("Content-Type", "").startswith(("image/jpeg", "audio/")):
            return response
        return super().process_response(request, response)


class SafeHeaders:
    """Strict content policy with a nonce per answer; nothing a signed-in person saw stays in a cache."""

    sync_capable = True
    async_capable = False

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.get_host()  # raises DisallowedHost: a name we do not answer to gets no page at all, also where nothing else asks
        nonce = secrets.token_urlsafe(16)
        request.csp_nonce = nonce  # type: ignore[attr-defined]
        response = self.get_response(request)
        # Older Safari does not take 'self' to cover the socket's own scheme.
        scheme = "wss" if request.is_secure() else "ws"
        host = request.META.get("HTTP_HOST", "")
        sockets = f" {scheme}://{host}" if host.replace(".", "").replace(":", "").replace("-", "").isalnum() else ""
        media = "".join(f" {source}" for source in getattr(response, "media_sources", ()))
        policy = _POLICY.format(nonce=nonce, sockets=sockets, media=media)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """An action refused: the answer is the same as for a thing that does not exist."""
        if isinstance(exception, Refused):
            raise Http404 from exception
