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

from channels.routing import ProtocolTypeRouter  # noqa: E402
from channels.security.websocket import AllowedHostsOriginValidator  # noqa: E402

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


async def _sockets(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """There is one address; at any other the handshake is refused."""
    if scope["path"] == "/ws/":
        await socket(scope, receive, send)
    else:
        await send({"type": "websocket.close"})


application = ProtocolTypeRouter(
    {
        "http": Pages(),
        "websocket": AllowedHostsOriginValidator(_sockets),
        "lifespan": _lifespan,
    }
)
