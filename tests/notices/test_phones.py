"""Notices on a phone's screen: asked for there, encrypted for it alone, and gone when its person leaves it."""

from __future__ import annotations

import base64
import datetime as dt
import json
import socket
import ssl
from typing import Any

import http_ece
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings as site
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from py_vapid import Vapid02
from pytest_django import Settings

from portal import live
from portal.accounts import actions as accounts
from portal.accounts.models import Person
from portal.notices import actions, checks, decide, device, phones, push
from portal.notices.channels import CannotSend
from portal.notices.models import Delivery, Notice, PushSubscription
from tests.notices.conftest import Mailbox, Service
from tests.world import World, signed_in

State = Delivery.State
KEY = base64.urlsafe_b64encode(bytes(range(32))).decode()


class Phone:
    """What a browser has: a key of its own, and an address at a push service."""

    def __init__(self, service: Service, name: str = "phone") -> None:
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.auth = b"sixteen bytes ok"
        self.path = f"/send/{name}"
        self.where = {
            "endpoint": f"{service.url}{self.path}",
            "p256dh": text(self.key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)),
            "auth": text(self.auth),
        }

    def read(self, body: bytes) -> Any:
        return json.loads(http_ece.decrypt(body, private_key=self.key, auth_secret=self.auth))


def text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@pytest.fixture(autouse=True)
def _push_is_on(settings: Settings, service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VAPID_PRIVATE_KEY = KEY
    settings.SITE_URL = "https://porch.example.org/"
    monkeypatch.setattr(push, "LOCAL_SERVICES", {service.url})
    monkeypatch.setattr(decide, "is_quiet", lambda _local: False)


@pytest.fixture
def rosa(db: None) -> Person:
    return accounts.create_person(
        display_name="Rosa Delgado", language="es", email="rosa@example.org", is_adult_confirmed=True
    )


def tell(person: Person, kind: str = Notice.Kind.CLOCK_NEAR) -> None:
    actions.notify(person=person, kind=kind, path="/", about="clock:1")


def states() -> dict[str, str]:
    return dict(Delivery.objects.values_list("channel", "state"))


# -- what leaves -----------------------------------------------------------------------------------------------------------


def test_a_phone_reads_a_generic_sentence_in_its_persons_language_and_nobody_between_reads_it(
    rosa: Person, service: Service
) -> None:
    phone = Phone(service)
    phones.subscribe(person=rosa, device="d", where=phone.where)
    tell(rosa, Notice.Kind.MESSAGE)
    assert actions.deliver_due() == 1
    ((path, headers, body),) = service.posts
    assert path == phone.path
    assert b"Porch" not in body
    said = phone.read(body)
    assert said == {
        "web_push": 8030,
        "notification": {
            "title": "Porch",
            "body": said["notification"]["body"],
            "lang": "es",
            "dir": "ltr",
            "tag": "porch",
            "silent": False,
            "navigate": "https://porch.example.org/",
        },
    }
    assert "Rosa" not in str(said)
    assert (headers["Content-Encoding"], headers["Urgency"], headers["Topic"]) == ("aes128gcm", "high", "porch")
    assert int(headers["TTL"]) == 86_400


def test_what_leaves_is_signed_by_us_for_that_service_with_an_https_contact(rosa: Person, service: Service) -> None:
    phones.subscribe(person=rosa, device="d", where=Phone(service).where)
    tell(rosa)
    actions.deliver_due()
    authorization = service.posts[0][1]["Authorization"]
    assert Vapid02.verify(authorization)
    claims = authorization.partition("t=")[2].split(".")[1]
    said = json.loads(base64.urlsafe_b64decode(claims + "=="))
    assert said["sub"] == "https://porch.example.org"
    assert said["aud"] == service.url
    assert 0 < said["exp"] - timezone.now().timestamp() < 86_400
    assert authorization.endswith(f"k={push.public_key()}")


def test_the_screen_says_you_have_a_message_sign_in(rosa: Person, service: Service) -> None:
    Person.objects.filter(pk=rosa.pk).update(language="en")
    phone = Phone(service)
    phones.subscribe(person=rosa, device="d", where=phone.where)
    tell(rosa, Notice.Kind.MESSAGE)
    actions.deliver_due()
    assert phone.read(service.posts[0][2])["notification"]["body"] == "You have a message. Sign in."


@pytest.mark.parametrize(("kind", "is_silent"), [("message", True), ("message_waits", False)])
def test_at_night_a_screen_makes_no_sound_except_for_who_is_on_call(
    rosa: Person, service: Service, monkeypatch: pytest.MonkeyPatch, kind: str, is_silent: bool
) -> None:
    monkeypatch.setattr(decide, "is_quiet", lambda _local: True)
    phone = Phone(service)
    phones.subscribe(person=rosa, device="d", where=phone.where)
    tell(rosa, kind)
    assert actions.deliver_due() == 1
    assert phone.read(service.posts[0][2])["notification"]["silent"] is is_silent


def test_a_mail_follows_only_if_nobody_looked(rosa: Person, service: Service, mailbox: Mailbox) -> None:
    phones.subscribe(person=rosa, device="d", where=Phone(service).where)
    tell(rosa)
    waits = dict(Delivery.objects.values_list("channel", "due_at"))
    assert waits["email"] - waits["push"] == dt.timedelta(minutes=15)
    assert actions.deliver_due() == 1
    assert states() == {"push": "sent", "email": "waiting"}
    actions.mark_read(person=rosa, about="clock:1")
    assert states() == {"push": "sent", "email": "dropped"}


def test_who_has_the_page_open_gets_no_push_until_it_stays_unread(
    rosa: Person, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    phones.subscribe(person=rosa, device="d", where=Phone(service).where)
    monkeypatch.setattr(live, "has_open_page", lambda pk: pk == rosa.pk)
    tell(rosa)
    waits = dict(Delivery.objects.values_list("channel", "due_at"))
    created = Notice.objects.get().created_at
    assert waits["push"] - created == actions.OPEN_PAGE_WAIT
    assert waits["email"] - created == actions.OPEN_PAGE_WAIT + actions.BEHIND_PUSH


def test_every_phone_of_a_person_is_told_and_one_that_took_it_is_enough(rosa: Person, service: Service) -> None:
    mine, other = Phone(service), Phone(service, "tablet")
    phones.subscribe(person=rosa, device="d", where=mine.where)
    phones.subscribe(person=rosa, device="e", where=other.where | {"endpoint": "http://127.0.0.1:1/nobody"})
    tell(rosa)
    assert actions.deliver_due() == 1
    assert [path for path, _headers, _body in service.posts] == [mine.path]
    assert PushSubscription.objects.exclude(last_ok_at=None).count() == 1


# -- what goes wrong ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [404, 410])
def test_a_phone_its_service_does_not_know_any_more_is_forgotten_and_the_mail_goes_at_once(
    rosa: Person, service: Service, mailbox: Mailbox, status: int
) -> None:
    phones.subscribe(person=rosa, device="d", where=Phone(service).where)
    service.status = status
    tell(rosa)
    assert actions.deliver_due() == 0
    assert not PushSubscription.objects.exists()
    assert states() == {"push": "failed", "email": "waiting"}
    assert actions.deliver_due() == 1
    assert len(mailbox.mails) == 1


def test_of_a_ladder_that_sent_only_a_push_the_mail_goes_at_once_too(
    rosa: Person, service: Service, mailbox: Mailbox
) -> None:
    phones.subscribe(person=rosa, device="d", where=Phone(service).where)
    service.status = 410
    actions.show(person=rosa, kind=Notice.Kind.MESSAGE, path="/", about="conversation:1")
    assert actions.send(person=rosa, about="conversation:1", ways=[decide.Channel.PUSH]) == {"push"}
    actions.deliver_due()
    assert states() == {"push": "failed", "email": "waiting"}
    assert actions.send(person=rosa, about="conversation:1", ways=[decide.Channel.EMAIL]) == {"email"}
    assert actions.deliver_due() == 1
    assert actions.send(person=rosa, about="conversation:2", ways=[decide.Channel.EMAIL]) == set()
    actions.show(person=rosa, kind=Notice.Kind.MESSAGE, path="/", about="conversation:1")
    assert Notice.objects.count() == 1


@pytest.mark.parametrize("status", [307, 403, 429, 500])
def test_a_service_that_refuses_is_asked_again_later_and_at_last_the_mail_goes(
    rosa: Person, service: Service, mailbox: Mailbox, status: int
) -> None:
    phones.subscribe(person=rosa, device="d", where=Phone(service).where)
    service.status = status
    tell(rosa)
    for wait in actions.BACK_OFF:
        assert actions.deliver_due() == 0
        delivery = Delivery.objects.get(channel="push")
        assert delivery.state == State.WAITING
        assert delivery.problem == f"The phone's push service answered {status}."
        assert wait - dt.timedelta(seconds=30) < delivery.due_at - timezone.now() <= wait
        Delivery.objects.filter(channel="push").update(due_at=timezone.now())
    assert PushSubscription.objects.exists()
    assert actions.deliver_due() == 0
    assert states() == {"push": "failed", "email": "waiting"}
    assert actions.deliver_due() == 1
    assert len(service.posts) == 4  # no redirect was followed


def test_a_service_that_does_not_answer_is_asked_again(
    rosa: Person, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}"
        monkeypatch.setattr(push, "LOCAL_SERVICES", {url})
        monkeypatch.setattr(push, "TIMEOUT", 0.2)
        phones.subscribe(person=rosa, device="d", where=Phone(service).where | {"endpoint": f"{url}/x"})
        tell(rosa)
        assert actions.deliver_due() == 0
    assert Delivery.objects.get(channel="push").problem == "The phone's push service did not take it: TimeoutError."
    assert states() == {"push": "waiting", "email": "waiting"}


def test_without_a_phone_or_a_key_nothing_is_pushed(rosa: Person, settings: Settings, service: Service) -> None:
    tell(rosa)
    assert states() == {"email": "waiting"}
    Notice.objects.all().delete()
    phones.subscribe(person=rosa, device="d", where=Phone(service).where)
    settings.VAPID_PRIVATE_KEY = ""
    tell(rosa)
    assert states() == {"email": "waiting"}


# -- where it may go -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://push.example.org/x",
        "https://localhost/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://0x7f000001/x",
        "https://2130706433/x",
        "https://10.0.0.8/x",
        "https://169.254.169.254/latest",
        "https://printer.local/x",
        "https://db.internal./x",
        "https://push/x",
        "https://push.example.org:8443/x",
        "https://push.example.org:x/",
        "https://me@push.example.org/x",
        "https://push.example.org/x#y",
        "https://push.example.org/ x",
        "https://pösh.example.org/x",
        "https://[push.example.org/x",
        "ftp://push.example.org/x",
        "https:///x",
        "",
        "https://push.example.org/" + "x" * 1_000,
    ],
)
def test_an_address_that_is_no_public_services_is_not_taken(endpoint: str) -> None:
    assert not push.may_be_endpoint(endpoint)


@pytest.mark.parametrize(
    "endpoint",
    ["https://fcm.googleapis.com/fcm/send/a:b", "https://push.example.org:443/x?y=1", "https://PUSH.example.org/x"],
)
def test_an_address_of_a_public_service_is_taken(endpoint: str) -> None:
    assert push.may_be_endpoint(endpoint)


@pytest.mark.parametrize(
    "answers",
    [
        ["127.0.0.1"],
        ["10.1.2.3"],
        ["93.184.216.34", "192.168.0.1"],
        ["::1"],
        ["fe80::1%eth0"],
        ["::ffff:127.0.0.1"],
        ["224.0.0.1"],
        [],
    ],
)
def test_a_name_that_leads_into_a_house_is_not_called(monkeypatch: pytest.MonkeyPatch, answers: list[str]) -> None:
    found = [(0, 0, 0, "", (address, 443)) for address in answers]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: found)
    with pytest.raises(CannotSend, match="not on the public network"):
        push.send({"endpoint": "https://push.example.org/x", "p256dh": PUBLIC, "auth": text(b"a" * 16)}, {"a": 1})


PUBLIC = text(
    ec.derive_private_key(7, ec.SECP256R1()).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
)


def test_the_call_goes_to_the_very_address_that_was_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[Any] = []
    found = [(0, 0, 0, "", ("93.184.216.34", 443)), (0, 0, 0, "", ("2606:2800:220:1::1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: found)

    def refuse(address: Any, timeout: float) -> Any:
        called.append((address, timeout))
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", refuse)
    with pytest.raises(CannotSend, match="ConnectionRefusedError"):
        push.send({"endpoint": "https://push.example.org/x", "p256dh": PUBLIC, "auth": text(b"a" * 16)}, {"a": 1})
    assert called == [(("93.184.216.34", 443), push.TIMEOUT)]


def test_the_certificate_asked_for_is_that_of_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_kwargs: [(0, 0, 0, "", ("93.184.216.34", 443))])
    monkeypatch.setattr(socket, "create_connection", lambda *_args, **_kwargs: None)

    def refuse(_context: Any, _plain: Any, server_hostname: str) -> Any:
        asked.append(server_hostname)
        raise ssl.SSLCertVerificationError

    monkeypatch.setattr(ssl.SSLContext, "wrap_socket", refuse)
    with pytest.raises(CannotSend, match="SSLCertVerificationError"):
        push.send({"endpoint": "https://push.example.org/x", "p256dh": PUBLIC, "auth": text(b"a" * 16)}, {"a": 1})
    assert asked == ["push.example.org"]


@pytest.mark.parametrize(
    ("p256dh", "auth"),
    [
        ("", ""),
        (PUBLIC, text(b"short")),
        (text(b"\x04" + b"a" * 64), text(b"a" * 16)),
        (PUBLIC, "%%"),
        ("ü", text(b"a" * 16)),
    ],
)
def test_keys_that_nothing_can_be_encrypted_to_are_not_taken(p256dh: str, auth: str) -> None:
    assert not push.may_be_keys(p256dh, auth)


@pytest.mark.parametrize("key", ["short", "%%%", text(b"short"), text(b"\0" * 32), text(b"\xff" * 32)])
def test_a_key_of_ours_that_cannot_sign_is_told_at_the_start(settings: Settings, key: str) -> None:
    settings.VAPID_PRIVATE_KEY = key
    assert any("VAPID_PRIVATE_KEY is not a key" in str(error.msg) for error in checks.check_ways_out())
    assert key not in str(checks.check_ways_out())


# -- the pages -----------------------------------------------------------------------------------------------------------------


def add(browser: Client, phone: Phone, **fields: str) -> Any:
    return browser.post("/me/phone/add/", phone.where | fields)


def on_this_phone(world: World, service: Service, person: str = "caregiver") -> tuple[Client, Phone]:
    browser, phone = signed_in(None, getattr(world, person)), Phone(service, person)
    assert add(browser, phone).status_code == 201
    return browser, phone


def test_a_phone_is_asked_on_its_own_page_which_says_what_it_will_show(world: World, service: Service) -> None:
    browser = signed_in(None, world.caregiver)
    assert "/me/phone/" in browser.get("/me/").content.decode()
    page = browser.get("/me/phone/").content.decode()
    for words in ("You have a message. Sign in.", "Tell me on this phone", "save power", push.public_key()):
        assert words in page
    add(browser, Phone(service))
    page = browser.get("/me/phone/").content.decode()
    for words in ("It is on.", "Send me a test", "Turn it off here"):
        assert words in page
    assert PushSubscription.objects.get().person == world.caregiver


def test_without_a_key_no_page_speaks_of_it(world: World, settings: Settings, service: Service) -> None:
    settings.VAPID_PRIVATE_KEY = ""
    browser = signed_in(None, world.caregiver)
    assert "/me/phone/" not in browser.get("/me/").content.decode()
    assert browser.get("/me/phone/").status_code == 404
    assert add(browser, Phone(service)).status_code == 404


@pytest.mark.parametrize("wrong", [{"endpoint": "https://127.0.0.1/x"}, {"auth": "x"}, {"p256dh": ""}])
def test_what_no_browser_would_send_is_refused(world: World, service: Service, wrong: dict[str, str]) -> None:
    assert add(signed_in(None, world.caregiver), Phone(service), **wrong).status_code == 422
    assert not PushSubscription.objects.exists()


def test_a_test_reaches_this_phone_alone(world: World, service: Service) -> None:
    browser, phone = on_this_phone(world, service)
    phones.subscribe(person=world.caregiver, device="another", where=Phone(service, "another").where)
    answer = browser.post("/me/phone/test/", follow=True)
    assert "We sent it." in answer.content.decode()
    assert [path for path, _headers, _body in service.posts] == [phone.path]
    service.status = 410
    answer = browser.post("/me/phone/test/", follow=True)
    assert "It did not get through." in answer.content.decode()
    assert PushSubscription.objects.count() == 1
    for _try in range(5):
        answer = browser.post("/me/phone/test/", follow=True)
    assert "many tries" in answer.content.decode()


def test_a_phone_can_be_turned_off_there_and_from_afar(world: World, service: Service) -> None:
    browser, _phone = on_this_phone(world, service)
    phones.subscribe(person=world.caregiver, device="lost", where=Phone(service, "lost").where)
    assert "On other phones and computers" in browser.get("/me/phone/").content.decode()
    lost = PushSubscription.objects.get(device_hash=PushSubscription.hash_of("lost"))
    assert signed_in(None, world.peer).post("/me/phone/remove/", {"phone": lost.public_id}).status_code == 302
    assert PushSubscription.objects.count() == 2  # not somebody else's
    assert browser.post("/me/phone/remove/", {"phone": "no id"}).status_code == 404
    browser.post("/me/phone/remove/", {"phone": lost.public_id})
    assert PushSubscription.objects.count() == 1
    answer = browser.post("/me/phone/remove/", follow=True)
    assert "Done." in answer.content.decode()
    assert not PushSubscription.objects.exists()
    assert browser.post("/me/phone/look/").json()["is_wanted"] is False


def test_a_phone_that_got_another_address_asks_for_it_anew(world: World, service: Service) -> None:
    browser, phone = on_this_phone(world, service)
    look = {"endpoint": phone.where["endpoint"]}
    assert browser.post("/me/phone/look/", look).json() == {
        "is_wanted": True,
        "is_known": True,
        "key": push.public_key(),
    }
    assert "data-phone" in browser.get("/").content.decode()
    PushSubscription.objects.all().delete()  # its service answered 410
    assert browser.post("/me/phone/look/", look).json()["is_known"] is False
    assert add(browser, Phone(service, "new")).status_code == 201
    assert add(browser, Phone(service, "newer")).status_code == 201
    assert PushSubscription.objects.count() == 1  # one device, one address


@pytest.mark.parametrize("path", ["/sign-out/", "/switch/", "/this-phone/"])
def test_who_leaves_or_shares_a_phone_is_shown_nothing_there_any_more(
    world: World, service: Service, path: str
) -> None:
    browser, _phone = on_this_phone(world, service)
    browser.post(path, {"shared": "yes"})
    assert not PushSubscription.objects.exists()
    assert not browser.cookies[device.COOKIE].value


def test_a_phone_that_was_signed_out_by_time_still_shows_notices_until_somebody_leaves_it(
    world: World, service: Service
) -> None:
    browser, _phone = on_this_phone(world, service)
    session = browser.session
    session["seen_at"] = 0
    session.save()
    assert browser.get("/messages/").status_code == 302
    assert PushSubscription.objects.count() == 1
    browser.post("/sign-out/", {"fast": "1"})
    assert not PushSubscription.objects.exists()


def test_the_next_person_on_the_phone_does_not_see_the_last_ones_notices(world: World, service: Service) -> None:
    browser, _phone = on_this_phone(world, service)
    browser.cookies.pop(site.SESSION_COOKIE_NAME)  # time signed her out
    token = accounts.invite(actor=world.liaison, person=world.second_caregiver)
    assert browser.post(f"/come-in/{token}/").status_code == 302
    assert not PushSubscription.objects.exists()
    assert not browser.cookies[device.COOKIE].value


def test_who_comes_back_to_their_own_phone_keeps_its_notices_unless_they_say_it_is_shared(
    world: World, service: Service
) -> None:
    browser, _phone = on_this_phone(world, service)
    for form, kept in (({}, 1), ({"shared": "on"}, 0)):
        browser.cookies.pop(site.SESSION_COOKIE_NAME)
        Person.objects.filter(pk=world.caregiver.pk).update(last_login=None)
        world.caregiver.refresh_from_db()
        token = accounts.invite(actor=world.liaison, person=world.caregiver)
        assert browser.post(f"/come-in/{token}/", form).status_code == 302
        assert PushSubscription.objects.count() == kept


def test_a_shared_phone_never_subscribes(world: World, service: Service) -> None:
    browser = signed_in(None, world.caregiver)
    browser.post("/this-phone/", {"shared": "yes"})
    assert add(browser, Phone(service)).status_code == 404
    page = browser.get("/me/phone/").content.decode()
    assert "This is a shared phone" in page
    assert "Tell me on this phone" not in page


def test_an_address_that_somebody_else_had_is_theirs_no_more(world: World, service: Service) -> None:
    _browser, phone = on_this_phone(world, service)
    add(signed_in(None, world.second_caregiver), phone)
    assert PushSubscription.objects.get().person == world.second_caregiver


def test_the_same_page_that_asks_twice_at_once_is_kept_once(
    world: World, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    phone = Phone(service)
    phones.subscribe(person=world.caregiver, device="d", where=phone.where)
    found = PushSubscription.objects.none()
    with monkeypatch.context() as unseen:
        unseen.setattr(PushSubscription.objects, "filter", lambda **_fields: found)
        phones.subscribe(person=world.caregiver, device="d", where=phone.where)
    assert PushSubscription.objects.count() == 1


def test_a_person_has_five_screens_at_the_most(world: World, service: Service) -> None:
    for number in range(7):
        phones.subscribe(person=world.caregiver, device=f"d{number}", where=Phone(service, str(number)).where)
    kept = {phone.where["endpoint"].rpartition("/")[2] for phone in PushSubscription.objects.all()}
    assert kept == {"2", "3", "4", "5", "6"}


def test_the_database_alone_tells_no_address(world: World, service: Service) -> None:
    _browser, phone = on_this_phone(world, service)
    row = PushSubscription.objects.get()
    for secret in (service.url, phone.path, phone.where["auth"], phone.where["p256dh"]):
        assert secret.encode() not in bytes(row.sealed)
    assert row.where == phone.where
    sealed = bytes(row.sealed)
    call_command("rotate_keys")
    row.refresh_from_db()
    assert bytes(row.sealed) != sealed
    assert row.where == phone.where
    assert str(row) == f"a screen of {world.caregiver.pk}"


def test_the_service_worker_stands_at_the_top_and_keeps_nothing(db: None) -> None:
    answer = Client().get("/sw.js")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    words = answer.content.decode()
    assert "showNotification" in words
    assert "fetch" not in words
    assert "caches" not in words
    page = Client().get("/")
    assert "worker-src 'self'" in page.headers["Content-Security-Policy"]
