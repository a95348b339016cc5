"""Each way out of the house, to this machine only."""

from __future__ import annotations

import base64
import email
import email.policy
import hashlib
import hmac
import json
import socket
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from pytest_django import Settings

from portal.notices import channels
from portal.notices.channels import CannotSend, send_email, send_sms
from portal.notices.checks import check_ways_out
from tests.notices.conftest import Mailbox, Service


def test_the_console_shows_one_readable_block(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.EMAIL_URL = settings.SMS_URL = "console:"
    send_email("rosa@example.org", "Your code", "123 456")
    send_sms("+15045550142", "123 456")
    shown = capsys.readouterr().out
    assert "e-mail to rosa@example.org" in shown
    assert "Subject: Your code" in shown
    assert "text message to +15045550142" in shown
    assert shown.count("123 456") == 2


def test_a_folder_gets_one_file_a_message_that_only_its_owner_reads(mailbox: Mailbox) -> None:
    send_email("rosa@example.org", "Código", "señal مرحبا", "<p>señal</p>")
    send_sms("+15045550142", "one")
    send_sms("+15045550142", "two")
    assert mailbox.mails == [
        {
            "channel": "email",
            "to": "rosa@example.org",
            "text": "señal مرحبا",
            "subject": "Código",
            "html": "<p>señal</p>",
        }
    ]
    assert [text["text"] for text in mailbox.texts] == ["one", "two"]
    (path,) = (mailbox.folder / "email").iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_written_is_a_sentence(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings.SMS_URL = f"file://{tmp_path}/file"
    with pytest.raises(CannotSend, match=r"^SMS_URL \(file\) did not take the message: "):
        send_sms("+15045550142", "hello")


def test_a_webhook_is_signed_over_time_and_body(settings: Settings, service: Service) -> None:
    settings.SMS_URL = f"{service.url}/hook?to=us#a%20key"
    send_sms("+15045550142", "héllo")
    ((path, headers, body),) = service.posts
    assert path == "/hook?to=us"
    assert json.loads(body) == {"channel": "sms", "to": "+15045550142", "text": "héllo", "subject": "", "html": ""}
    signed = headers["X-Porchlight-Timestamp"].encode() + b"." + body
    assert headers["X-Porchlight-Signature"] == "sha256=" + hmac.new(b"a key", signed, hashlib.sha256).hexdigest()


@pytest.mark.parametrize("login", ["user-key", ":password-key"])
def test_a_webhooks_key_may_stand_before_the_host(settings: Settings, service: Service, login: str) -> None:
    settings.EMAIL_URL = service.url.replace("//", f"//{login}@")
    send_email("rosa@example.org", "Hello", "text")
    ((_path, headers, body),) = service.posts
    assert headers["X-Porchlight-Signature"] == channels.signature(
        login.strip(":"), headers["X-Porchlight-Timestamp"], body
    )
    assert "Authorization" not in headers


@pytest.mark.parametrize("status", [301, 302, 307, 400, 401, 429, 500])
def test_an_answer_that_is_not_a_yes_is_a_sentence_and_no_redirect_is_followed(
    settings: Settings, service: Service, status: int
) -> None:
    settings.SMS_URL = f"{service.url}/#secret-key"
    service.status = status
    with pytest.raises(CannotSend, match=f"^The service that sends our messages answered {status}\\.$"):
        send_sms("+15045550142", "hello")
    assert len(service.posts) == 1


def test_twilio_gets_a_form_with_its_own_login(settings: Settings, service: Service) -> None:
    settings.SMS_URL = f"twilio://AC1:to%2Fken@/+15045550100?base={service.url}"
    send_sms("+15045550142", "hello & more")
    ((path, headers, body),) = service.posts
    assert path == "/2010-04-01/Accounts/AC1/Messages.json"
    assert base64.b64decode(headers["Authorization"].removeprefix("Basic ")) == b"AC1:to/ken"
    assert parse_qs(body.decode()) == {"From": ["+15045550100"], "To": ["+15045550142"], "Body": ["hello & more"]}


def test_twilio_may_send_from_a_messaging_service(settings: Settings, service: Service) -> None:
    settings.SMS_URL = f"twilio://AC1:token@/MG77?base={service.url}"
    send_sms("+15045550142", "hello")
    assert parse_qs(service.posts[0][2].decode())["MessagingServiceSid"] == ["MG77"]


def test_a_service_that_is_not_there_is_a_sentence_without_secrets(settings: Settings) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings.SMS_URL = f"twilio://AC1:sesame@/+15045550100?base=http://127.0.0.1:{port}"
    with pytest.raises(CannotSend) as caught:
        send_sms("+15045550142", "hello")
    assert str(caught.value) == "SMS_URL (twilio) did not take the message: ConnectionRefusedError."


@pytest.fixture
def mail_server() -> Iterator[tuple[int, list[bytes]]]:
    """The least a mail server must say, and what it was sent."""
    taken: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=_serve_mail, args=(listener, taken))
        thread.start()
        yield listener.getsockname()[1], taken
    thread.join(timeout=5)


def _serve_mail(listener: socket.socket, taken: list[bytes]) -> None:
    connection, _address = listener.accept()
    with connection, connection.makefile("rwb") as stream:

        def say(line: bytes) -> None:
            stream.write(line + b"\r\n")
            stream.flush()

        say(b"220 ready")
        for line in stream:
            taken.append(line)
            word = line[:4].upper()
            if word == b"DATA":
                say(b"354 go on")
                for part in stream:
                    if part == b".\r\n":
                        break
                    taken.append(part)
                say(b"250 taken")
            elif word == b"QUIT":
                say(b"221 bye")
                return
            elif word == b"RCPT" and b"nobody" in line:
                say(b"550 no such box")
            else:
                say(b"250 fine")


def test_a_mail_goes_by_smtp_with_a_neutral_sender(settings: Settings, mail_server: tuple[int, list[bytes]]) -> None:
    port, taken = mail_server
    settings.EMAIL_URL = f"smtp://127.0.0.1:{port}"
    settings.MAIL_FROM = "Bayou Mental Health <care@example.org>"
    send_email("rosa@example.org", "Código", "Hola, señora", "<p>Hola</p>")
    lines = b"".join(taken)
    mail = email.message_from_bytes(lines[lines.index(b"Content-Type") :], policy=email.policy.default)
    assert mail["From"] == "Porch <care@example.org>"
    assert mail["Subject"] == "Código"
    body = mail.get_body(("plain",))
    assert body is not None
    assert body.get_content().strip() == "Hola, señora"


def test_a_mail_the_server_does_not_take_is_a_sentence(
    settings: Settings, mail_server: tuple[int, list[bytes]]
) -> None:
    settings.EMAIL_URL = f"smtp://127.0.0.1:{mail_server[0]}"
    with pytest.raises(CannotSend, match=r"EMAIL_URL \(smtp\) did not take the message: SMTPRecipientsRefused\."):
        send_email("nobody@example.org", "Hello", "text")


def test_a_line_break_in_the_subject_does_not_become_a_header(
    settings: Settings, mail_server: tuple[int, list[bytes]]
) -> None:
    settings.EMAIL_URL = f"smtp://127.0.0.1:{mail_server[0]}"
    with pytest.raises(CannotSend, match="line break"):
        send_email("rosa@example.org", "Hello\nBcc: all@example.org", "text")


@pytest.mark.parametrize(
    ("name", "url", "sentence"),
    [
        ("EMAIL_URL", "console:", ""),
        ("EMAIL_URL", "file:///var/mail", ""),
        ("EMAIL_URL", "smtp://user:pass@mail.example.org:587", ""),
        ("EMAIL_URL", "smtps://mail.example.org", ""),
        ("EMAIL_URL", "https://example.org/hook#key", ""),
        ("SMS_URL", "twilio://AC1:sesame@/+15045550100", ""),
        ("EMAIL_URL", "twilio://AC1:sesame@/+15045550100", "must begin with"),
        ("SMS_URL", "smtp://mail.example.org", "must begin with"),
        ("SMS_URL", "carrier-pigeon:sesame", "must begin with"),
        ("SMS_URL", "", "must begin with"),
        ("EMAIL_URL", "file://", "write file:///"),
        ("EMAIL_URL", "file://elsewhere/mail", "write file:///"),
        ("EMAIL_URL", "smtp:sesame", "name of the mail server"),
        ("EMAIL_URL", "https://example.org/hook", "a key after a #"),
        ("EMAIL_URL", "http://example.org/hook#sesame", "may only go to this machine"),
        ("EMAIL_URL", "smtp://sesame@[mail", "cannot"),
        ("EMAIL_URL", "smtp://mail.example.org:port", "cannot"),
        ("SMS_URL", "twilio://AC1@/+15045550100", "SID:TOKEN@/"),
        ("SMS_URL", "twilio://AC1:sesame@/", "SID:TOKEN@/"),
        ("SMS_URL", "twilio://AC1:sesame@/+15045550100?base=http://example.org", "only go by https"),
    ],
)
def test_what_could_not_work_is_told_at_the_start_and_never_repeats_a_secret(
    settings: Settings, name: str, url: str, sentence: str
) -> None:
    setattr(settings, name, url)
    problems = [problem.msg for problem in check_ways_out()]
    if not sentence:
        assert problems == []
        return
    (problem,) = problems
    assert problem.startswith(name)
    assert sentence.replace("cannot", "this program can read") in problem
    assert "sesame" not in problem
    with pytest.raises(CannotSend) as caught:
        send_email("a@example.org", "s", "t") if name == "EMAIL_URL" else send_sms("+15045550142", "t")
    assert str(caught.value) == problem
