"""Texts that people send to our number: who says so is checked before anything is read."""

from __future__ import annotations

import hmac
import json
import time
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit
from xml.sax.saxutils import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from portal.notices import channels

# A signed request older than this is somebody playing it back.
MINUTES_5 = 300


class Text(NamedTuple):
    phone: str
    text: str


def read(request: HttpRequest) -> Text | None:
    """The text, if SMS_URL's own service signed it; None for anything else, also where nothing could have signed it."""
    if channels.what_is_wrong("SMS_URL", settings.SMS_URL):
        return None  # without a secret anybody could sign
    parts = urlsplit(settings.SMS_URL)
    reader = {"twilio": _from_twilio, "https": _from_webhook, "http": _from_webhook}.get(parts.scheme)
    return reader(request, parts) if reader else None


def answer(reply: str) -> HttpResponse:
    """The reply in the form SMS_URL's service reads."""
    if urlsplit(settings.SMS_URL).scheme == "twilio":
        return HttpResponse(f"<Response><Message>{escape(reply)}</Message></Response>", content_type="text/xml")
    return JsonResponse({"reply": reply})


def _from_twilio(request: HttpRequest, parts: SplitResult) -> Text | None:
    fields = {name: str(value) for name, value in request.POST.items()}
    signed = channels.twilio_signature(unquote(parts.password or ""), request.build_absolute_uri(), fields)
    if not _is_same(signed, request.headers.get("X-Twilio-Signature", "")):
        return None
    return Text(fields.get("From", ""), fields.get("Body", ""))


def _from_webhook(request: HttpRequest, parts: SplitResult) -> Text | None:
    timestamp = request.headers.get("X-Porchlight-Timestamp", "")
    if not timestamp.isdecimal() or len(timestamp) > 12 or abs(time.time() - int(timestamp)) > MINUTES_5:
        return None
    signed = channels.signature(channels.webhook_key(parts), timestamp, request.body)
    if not _is_same(signed, request.headers.get("X-Porchlight-Signature", "")):
        return None
    try:
        fields = json.loads(request.body)
        return Text(str(fields["from"]), str(fields["text"]))
    except (ValueError, KeyError, TypeError):
        return None


def _is_same(ours: str, theirs: str) -> bool:
    return hmac.compare_digest(ours.encode(), theirs.encode())
