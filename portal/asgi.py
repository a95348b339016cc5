"""Composition root of the server: pages through threads, the socket through the event loop."""

from __future__ import annotations

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django
from django.core.handlers.asgi import ASGIHandler
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

django.setup(set_prefix=False)

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402
from django.urls import re_path  # noqa: E402

from messaging.socket import socket  # noqa: E402
from portal import pool  # noqa: E402


class Pages(ASGIHandler):
    """Django's handler with its whole middleware chain and view in one thread, instead of a thread hop per middleware."""

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        return await pool.run(self._whole, request)

    def _whole(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, FileResponse):  # static files are small: read here, not by a thread hop per piece
            whole = HttpResponse(b"".join(response), status=response.status_code, headers=dict(response.items()))
            response.close()
            return whole
        return response


async def _lifespan(scope: dict[str, Any], receive: Any, send: Any) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


_socket: Any = socket  # Django's types know views only

application = ProtocolTypeRouter(
    {
        "http": Pages(),
        "websocket": AllowedHostsOriginValidator(URLRouter([re_path(r"^ws/$", _socket)])),
        "lifespan": _lifespan,
    }
)
