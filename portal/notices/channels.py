"""The ways out of the house: e-mail by EMAIL_URL, text messages by SMS_URL.

    console:                               printed, one readable block a message
    file:///folder                         one JSON file a message
    smtp://user:password@host:587          a mail server; STARTTLS unless it is this machine or `?tls=no` says otherwise
    smtps://user:password@host:465         the same, over TLS from the first byte
    https://host/path#key                  a webhook, signed with the key (or https://:key@host/path)
    twilio://SID:TOKEN@/+15550100          Twilio, or a service that speaks as it does: `?base=https://host`

Both senders raise `CannotSend` with a sentence that holds no address, no text and no secret.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.client
import json
import smtplib
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from email.utils import formataddr, parseaddr
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, parse_qs, unquote, urlencode, urlsplit

from django.conf import settings
from django.core.mail import BadHeaderError, EmailMultiAlternatives
from django.core.mail.backends.smtp import EmailBackend

TIMEOUT = 10  # seconds a server may keep us waiting, at each step
SENDER = "Porch"  # says nothing on a lock screen
TWILIO = "https://api.twilio.com"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class CannotSend(Exception):
    """It did not go out, as far as we know. The sentence may be kept and shown."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    channel: Literal["email", "sms"]
    to: str
    text: str
    subject: str = ""
    html: str = ""


def send_email(to: str, subject: str, text: str, html: str = "") -> None:
    _send(EMAIL_WAYS, settings.EMAIL_URL, Outgoing("email", to, text, subject, html))


def send_sms(to: str, text: str) -> None:
    _send(SMS_WAYS, settings.SMS_URL, Outgoing("sms", to, text))


def signature(key: str, timestamp: str, body: bytes) -> str:
    """What `X-Porchlight-Signature` holds: HMAC-SHA256 over the time, a full stop and the body, so neither can be changed."""
    return "sha256=" + hmac.new(key.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()


def twilio_signature(token: str, url: str, fields: Mapping[str, str]) -> str:
    """What `X-Twilio-Signature` holds: HMAC-SHA1 over the address and the sorted fields, in base64. Their rule, not ours."""
    whole = url + "".join(name + fields[name] for name in sorted(fields))
    return base64.b64encode(hmac.new(token.encode(), whole.encode(), hashlib.sha1).digest()).decode()


def webhook_key(parts: SplitResult) -> str:
    """The shared secret of a webhook's address: after the #, or as its password, or as its user."""
    return unquote(parts.fragment or parts.password or parts.username or "")


def what_is_wrong(name: str, url: str) -> str:
    """One sentence about a setting nothing could leave by, or "" where it is fine. Never repeats the address."""
    ways = EMAIL_WAYS if name == "EMAIL_URL" else SMS_WAYS
    starts = ", ".join(f"{scheme}:" for scheme in ways if scheme != "http")
    try:
        parts = urlsplit(url)
        is_port_fine = parts.port is None or parts.port > 0
    except ValueError:
        return f"{name} is not an address this program can read: check its brackets and its port."
    if parts.scheme not in ways:
        return f"{name} must begin with one of {starts}"
    if not is_port_fine or not _IS_COMPLETE[parts.scheme](parts):
        return f"{name} ({parts.scheme}) is not complete: {_NEEDS[parts.scheme]}."
    return ""


def _is_safe_http(parts: SplitResult) -> bool:
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


def _is_twilio(parts: SplitResult) -> bool:
    return bool(parts.username and parts.password and parts.path.strip("/")) and _is_safe_http(_twilio_base(parts))


_IS_COMPLETE: dict[str, Callable[[SplitResult], bool]] = {
    "console": lambda _parts: True,
    "file": lambda parts: len(parts.path) > 1 and parts.netloc in {"", "localhost"},
    "smtp": lambda parts: bool(parts.hostname),
    "smtps": lambda parts: bool(parts.hostname),
    "https": lambda parts: bool(parts.hostname and webhook_key(parts)),
    "http": lambda parts: bool(webhook_key(parts)) and _is_safe_http(parts),
    "twilio": _is_twilio,
}
_NEEDS = {
    "file": "write file:/// and a folder",
    "smtp": "it needs the name of the mail server",
    "smtps": "it needs the name of the mail server",
    "https": "it needs a host, and a key after a # to sign with",
    "http": "it needs a key after a # to sign with, and may only go to this machine; use https",
    "twilio": "it needs SID:TOKEN@/ and the number it sends from, and may only go by https",
}


def _send(ways: Mapping[str, Callable[[SplitResult, Outgoing], None]], url: str, message: Outgoing) -> None:
    name = "EMAIL_URL" if ways is EMAIL_WAYS else "SMS_URL"
    if problem := what_is_wrong(name, url):
        raise CannotSend(problem)
    parts = urlsplit(url)
    try:
        ways[parts.scheme](parts, message)
    except BadHeaderError as error:
        raise CannotSend("The address or the subject holds a line break, so it was not sent.") from error
    except (OSError, smtplib.SMTPException, http.client.HTTPException) as error:
        raise CannotSend(f"{name} ({parts.scheme}) did not take the message: {type(error).__name__}.") from error


def _to_console(_parts: SplitResult, message: Outgoing) -> None:
    way = "e-mail" if message.channel == "email" else "text message"
    head = [f"-- {way} to {message.to} ".ljust(72, "-")] + (
        [f"Subject: {message.subject}", ""] if message.subject else []
    )
    print("\n".join([*head, message.text, "-" * 72]), flush=True)


def _to_file(parts: SplitResult, message: Outgoing) -> None:
    """Whole or not at all, readable by its owner only: it may hold a sign-in code."""
    folder = Path(unquote(parts.path))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{time.time_ns()}-{uuid.uuid4().hex}.json"
    part = path.with_suffix(".part")
    part.touch(mode=0o600)
    part.write_text(json.dumps(asdict(message), ensure_ascii=False), encoding="utf-8")
    part.rename(path)


def _to_smtp(parts: SplitResult, message: Outgoing) -> None:
    is_tls_off = parts.hostname in LOOPBACK or parse_qs(parts.query).get("tls") == ["no"]
    server = EmailBackend(
        host=parts.hostname,
        port=parts.port or (465 if parts.scheme == "smtps" else 587),
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_ssl=parts.scheme == "smtps",
        use_tls=parts.scheme == "smtp" and not is_tls_off,
        timeout=TIMEOUT,
    )
    sender = formataddr((SENDER, parseaddr(settings.MAIL_FROM)[1]))
    mail = EmailMultiAlternatives(message.subject, message.text, sender, [message.to], connection=server)
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    mail.send()


def _to_webhook(parts: SplitResult, message: Outgoing) -> None:
    body = json.dumps(asdict(message)).encode()
    timestamp = str(int(time.time()))
    headers = {
        "Content-Type": "application/json",
        "X-Porchlight-Timestamp": timestamp,
        "X-Porchlight-Signature": signature(webhook_key(parts), timestamp, body),
    }
    _post(parts, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""), body, headers)


def _to_twilio(parts: SplitResult, message: Outgoing) -> None:
    account, sender = unquote(parts.username or ""), unquote(parts.path).strip("/")
    # A messaging service's own id stands for the numbers it sends from.
    from_field = "MessagingServiceSid" if sender.startswith("MG") else "From"
    login = base64.b64encode(f"{account}:{unquote(parts.password or '')}".encode()).decode()
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Authorization": f"Basic {login}"}
    body = urlencode({from_field: sender, "To": message.to, "Body": message.text}).encode()
    base = _twilio_base(parts)
    _post(base, f"{base.path.rstrip('/')}/2010-04-01/Accounts/{account}/Messages.json", body, headers)


def _twilio_base(parts: SplitResult) -> SplitResult:
    return urlsplit(parse_qs(parts.query).get("base", [TWILIO])[0])


def _post(parts: SplitResult, target: str, body: bytes, headers: Mapping[str, str]) -> None:
    """One POST straight to that host: no redirect is followed, so what is signed or secret goes nowhere else."""
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=TIMEOUT)
    try:
        connection.request("POST", target, body, dict(headers))
        status = connection.getresponse().status
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise CannotSend(f"The service that sends our messages answered {status}.")


EMAIL_WAYS: dict[str, Callable[[SplitResult, Outgoing], None]] = {
    "console": _to_console,
    "file": _to_file,
    "smtp": _to_smtp,
    "smtps": _to_smtp,
    "https": _to_webhook,
    "http": _to_webhook,
}
SMS_WAYS: dict[str, Callable[[SplitResult, Outgoing], None]] = {
    "console": _to_console,
    "file": _to_file,
    "https": _to_webhook,
    "http": _to_webhook,
    "twilio": _to_twilio,
}
