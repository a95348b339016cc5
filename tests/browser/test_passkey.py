"""The door in a real browser: a passkey made and used on a phone, and every page of it looked at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.checks import check_page, watch
from tests.browser.conftest import PHONE, Stage

pytestmark = pytest.mark.browser

OpenPhone = Callable[..., Page]


@pytest.fixture
def stranger(browser: Browser) -> Iterator[Page]:
    """A phone on which nobody is signed in."""
    context = browser.new_context(**PHONE)
    yield watch(context.new_page())
    context.close()


def give_passkeys(page: Page) -> None:
    """The page's phone gets a fingerprint reader with its owner's finger on it."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_made_on_a_phone_signs_in_on_it(stage: Stage, phone: OpenPhone) -> None:
    page = phone("second_caregiver")
    give_passkeys(page)
    page.goto(f"{stage.url}/me/passkeys/")
    page.get_by_role("button", name="Add a passkey on this phone").click()
    expect(page.get_by_text("Your passkey is kept.")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Take it away"))).to_be_visible()

    page.goto(f"{stage.url}/me/")
    page.get_by_role("button", name="Someone else wants to sign in").click()
    expect(page.get_by_role("heading", name="Who is here now?")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(f"{stage.url}/")
    page.goto(f"{stage.url}/me/passkeys/")
    expect(page.get_by_text("Last used:")).to_be_visible()
    check_page(page)


def test_without_a_passkey_on_the_phone_the_page_says_so_and_a_code_still_works(stage: Stage, stranger: Page) -> None:
    give_passkeys(stranger)
    stranger.goto(f"{stage.url}/sign-in/")
    stranger.get_by_role("button", name="Use a passkey").click()
    expect(stranger.get_by_role("alert")).to_contain_text("use a code", timeout=15_000)
    stranger.get_by_label("E-mail or phone number").fill("(504) 555-0100")
    stranger.get_by_role("button", name="Send me a code").click()
    expect(stranger.get_by_role("heading", name="Type the code we sent you")).to_be_visible()
    check_page(stranger)
    stranger.get_by_label("Your code").fill("000000")
    stranger.get_by_role("button", name="Sign in", exact=True).click()
    expect(stranger.get_by_text("This code does not match the one we sent.")).to_be_visible()


@pytest.mark.parametrize("path", ["/sign-in/", "/sign-in/?who", "/come-in/nobody/"])
def test_the_pages_before_signing_in_are_open_to_everybody(stage: Stage, stranger: Page, path: str) -> None:
    answer = stranger.goto(stage.url + path)
    assert answer is not None
    if answer.status == 404:  # the browser itself writes that down
        stranger.porch_complaints.clear()  # type: ignore[attr-defined]
    check_page(stranger)


@pytest.mark.parametrize(
    ("person", "path"),
    [
        ("caregiver", "/me/"),
        ("stranger_caregiver", "/me/"),
        ("caregiver", "/me/passkeys/"),
        ("facilitator", "/second-step/set-up/"),
    ],
)
def test_ones_own_pages_are_open_to_everybody(stage: Stage, phone: OpenPhone, person: str, path: str) -> None:
    page = phone(person)
    page.goto(stage.url + path)
    assert page.url == stage.url + path
    check_page(page)
