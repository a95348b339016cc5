"""The usual way: a Channels consumer that creates a row through the ORM and calls `group_send` on the in-memory layer.

As the tutorials write it, with Django's defaults, but on the same kind of database as the product (SQLite, WAL, every commit on
the disk) and in its favour: nobody signs in, nothing is checked, encrypted or numbered without gaps (the row's id serves).
The address names who is there: /ws/<conversation>/<person>/. It speaks the frames that the drivers count.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import django
from django.conf import settings

FOLDER = Path(os.environ["BASELINE_FOLDER"])

settings.configure(
    SECRET_KEY="only for a measurement on this machine",
    ALLOWED_HOSTS=["*"],
    INSTALLED_APPS=["channels"],
    ROOT_URLCONF=__name__,
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": FOLDER / "baseline.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
            },
        }
    },
    CHANNEL_LAYERS={"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
)
django.setup()

from channels.db import database_sync_to_async  # noqa: E402
from channels.generic.websocket import AsyncJsonWebsocketConsumer  # noqa: E402
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402
from django.core.asgi import get_asgi_application  # noqa: E402
from django.db import connection, models  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402


class Message(models.Model):
    conversation = models.CharField(max_length=36, db_index=True)
    author = models.CharField(max_length=36)
    body = models.TextField()
    sent_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        app_label = "baseline"

    def __str__(self) -> str:
        return f"{self.conversation}/{self.pk}"


class Chat(AsyncJsonWebsocketConsumer):
    async def connect(self) -> None:
        route = self.scope["url_route"]["kwargs"]
        self.conversation, self.person = route["conversation"], route["person"]
        await self.channel_layer.group_add(self.conversation, self.channel_name)
        await self.accept()

    async def disconnect(self, code: int) -> None:
        await self.channel_layer.group_discard(self.conversation, self.channel_name)

    async def receive_json(self, content: dict[str, Any], **kwargs: Any) -> None:
        if content["type"] == "hello":
            await self.send_json({"type": "welcome"})
            return
        message = await self.store(content["body"])
        frame = {
            "conversation": self.conversation,
            "seq": message.pk,
            "key": content["key"],
            "sent_at": message.sent_at.isoformat(),
        }
        await self.send_json({"type": "stored", **frame})
        await self.channel_layer.group_send(
            self.conversation,
            {"type": "chat.message", "frame": {**frame, "author": self.person, "body": content["body"]}},
        )

    async def chat_message(self, event: dict[str, Any]) -> None:
        if event["frame"]["author"] != self.person:
            await self.send_json({"type": "message", **event["frame"]})

    @database_sync_to_async
    def store(self, body: str) -> Message:
        return Message.objects.create(conversation=self.conversation, author=self.person, body=body)


def front(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("", front)]
with connection.schema_editor() as editor:
    editor.create_model(Message)
connection.close()
application = ProtocolTypeRouter(
    {
        "http": get_asgi_application(),
        "websocket": URLRouter([path("ws/<str:conversation>/<str:person>/", Chat.as_asgi())]),
    }
)
