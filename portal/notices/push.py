"""The way out to phones: Web Push (RFC 8030), encrypted for one browser (RFC 8291) and signed by us (RFC 8292).

The address is given by whoever subscribes, so it is not believed: only https, only by the name of a host, and only to
addresses that are everybody's. The connection goes to the very address that was looked at, and follows no redirect.
"""

from __future__ import annotations

import base64
import binascii
import http.client
import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import SplitResult, urlsplit

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from portal.notices.channels import CannotSend

TIMEOUT = 10  # seconds the service may keep us waiting, at each step
LONGEST_ENDPOINT = 1_000
KEEPS_FOR = 86_400  # seconds a service keeps it for a phone that is off: by then other ways have told the person
SIGNED_FOR = 43_200  # seconds; services take a day at the most
CURVE = ec.SECP256R1()
# Names that lead nowhere but into a house, whatever its own resolver says.
NOT_PUBLIC = (".localhost", ".local", ".internal", ".lan", ".home", ".corp", ".home.arpa", ".onion")
# Services on this machine, as "http://127.0.0.1:8080": for tests alone, which reach no other.
LOCAL_SERVICES: set[str] = set()


class Gone(CannotSend):
    """The service knows no such phone any more: nobody tries it again."""


def is_on() -> bool:
    return bool(settings.VAPID_PRIVATE_KEY)


def public_key() -> str:
    """What a browser asks its service to let in: the other half of our key, in URL-safe base64."""
    return _public_key(settings.VAPID_PRIVATE_KEY)


@lru_cache(maxsize=4)
def _public_key(private: str) -> str:
    form = serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    return _text(_private_key(private).public_key().public_bytes(*form))


def what_is_wrong(key: str) -> str:
    """One sentence about a key that cannot sign, or "" where it is fine or absent. Never repeats the key."""
    try:
        if key:
            _private_key(key)
    except ValueError:
        return "VAPID_PRIVATE_KEY is not a key: write 32 random bytes in URL-safe base64 (.env.example shows how)."
    return ""


@lru_cache(maxsize=4)
def _private_key(text: str) -> ec.EllipticCurvePrivateKey:
    raw = _bytes(text)
    if len(raw) != 32:
        raise ValueError("not 32 bytes")
    return ec.derive_private_key(int.from_bytes(raw, "big"), CURVE)


def may_be_endpoint(endpoint: str) -> bool:
    """Whether that looks like a push service's address. Where its name leads is looked at each time something is sent."""
    if len(endpoint) > LONGEST_ENDPOINT or not endpoint.isascii() or not endpoint.isprintable() or " " in endpoint:
        return False
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return False
    if _origin(parts) in LOCAL_SERVICES:
        return True
    is_plain = parts.scheme == "https" and port in {None, 443} and "@" not in parts.netloc and not parts.fragment
    return is_plain and _is_public_name(parts.hostname or "")


def _is_public_name(host: str) -> bool:
    """A name with a dot that is no number in disguise: the last part of a real name begins with a letter."""
    host = host.removesuffix(".")
    last = host.rpartition(".")[2]
    return "." in host.strip(".") and last[:1].isalpha() and ":" not in host and not host.endswith(NOT_PUBLIC)


def may_be_keys(p256dh: str, auth: str) -> bool:
    """A point on the curve and 16 bytes, as RFC 8291 asks; anything else could not be encrypted to."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, _bytes(p256dh))
        return len(_bytes(auth)) == 16
    except ValueError:
        return False


def send(where: Mapping[str, str], said: Mapping[str, object]) -> None:
    """One push to one phone. Raises Gone, or CannotSend with a sentence that holds no address and no secret."""
    from pywebpush import WebPusher  # half a second to load, and only what sends needs it

    parts = urlsplit(where["endpoint"])
    keys = {"p256dh": where["p256dh"], "auth": where["auth"]}
    body = WebPusher({"endpoint": where["endpoint"], "keys": keys}).encode(json.dumps(said).encode())["body"]
    headers = {
        "Content-Type": "application/octet-stream",
        "Content-Encoding": "aes128gcm",
        "TTL": str(KEEPS_FOR),
        "Urgency": "high",  # phones that save power hold back the rest
        "Topic": "porch",  # of several that wait for a phone that is off, the last one
        **_signature(_origin(parts)),
    }
    try:
        status = _post(parts, body, headers)
    except (OSError, http.client.HTTPException) as error:
        raise CannotSend(f"The phone's push service did not take it: {type(error).__name__}.") from error
    if status in {404, 410}:
        raise Gone("The phone's push service does not know it any more.")
    if not 200 <= status < 300:
        raise CannotSend(f"The phone's push service answered {status}.")


def _signature(audience: str) -> dict[str, str]:
    from py_vapid import Vapid02

    claims = {"aud": audience, "exp": int(time.time()) + SIGNED_FOR, "sub": contact()}
    signed: dict[str, str] = Vapid02(_private_key(settings.VAPID_PRIVATE_KEY)).sign(claims)
    return signed


def contact() -> str:
    """Whom a push service may turn to: this site, by an https address without a path, which Apple's refuses otherwise."""
    return f"https://{urlsplit(settings.SITE_URL).hostname or 'localhost'}"


def _origin(parts: SplitResult) -> str:
    return f"{parts.scheme}://{parts.netloc}"


def _post(parts: SplitResult, body: bytes, headers: Mapping[str, str]) -> int:
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection = _connection(parts)
    try:
        connection.request("POST", target, body, dict(headers))
        return connection.getresponse().status
    finally:
        connection.close()


def _connection(parts: SplitResult) -> http.client.HTTPConnection:
    host = parts.hostname or ""
    if _origin(parts) in LOCAL_SERVICES:
        return http.client.HTTPConnection(host, parts.port, timeout=TIMEOUT)
    return _Pinned(host, _public_address(host))


def _public_address(host: str) -> str:
    """Where that name leads now. Raises CannotSend where any of its answers is not everybody's."""
    found = {str(answer[4][0]) for answer in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)}
    if not found or not all(_is_everybodys(address) for address in found):
        raise CannotSend("The phone's push service is not on the public network.")
    return min(found, key=lambda address: (":" in address, address))


def _is_everybodys(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    ip = getattr(ip, "ipv4_mapped", None) or ip
    return ip.is_global and not ip.is_multicast


class _Pinned(http.client.HTTPSConnection):
    """TLS to the address that was looked at, by the certificate of the name: asking twice could get two answers."""

    def __init__(self, host: str, address: str) -> None:
        self._context_for_name = ssl.create_default_context()
        super().__init__(host, 443, timeout=TIMEOUT, context=self._context_for_name)
        self.address = address

    def connect(self) -> None:
        plain = socket.create_connection((self.address, 443), timeout=TIMEOUT)
        self.sock = self._context_for_name.wrap_socket(plain, server_hostname=self.host)


def _bytes(text: str) -> bytes:
    """Raises ValueError."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("not base64") from error


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
