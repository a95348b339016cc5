"""A photo and a voice note go from one phone to another: live, without JavaScript, on a small screen, and from a microphone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.checks import check_page
from tests.browser.conftest import Stage
from tests.browser.test_chat import open_talk
from tests.media.files import from_a_phone, voice

pytestmark = pytest.mark.browser

SCENE = "at_home"
SMALL = {"viewport": {"width": 320, "height": 640}}

# A tone where the browser of the tests has no microphone.
MICROPHONE = """navigator.mediaDevices.getUserMedia = async () => {
  const room = new AudioContext(), tone = room.createOscillator(), line = room.createMediaStreamDestination();
  tone.connect(line);
  tone.start();
  return line.stream;
}"""
PLAY = """(one) => new Promise((yes, no) => {
  one.muted = true;
  one.addEventListener("playing", yes);
  one.addEventListener("error", () => no(one.error.message));
  one.play().catch(no);
})"""

OpenPhone = Callable[..., Page]


def choose(page: Page, data: bytes, words: str = "") -> None:
    page.get_by_role("link", name="Add a photo or voice note").click()
    page.locator("#file").set_input_files({"name": "IMG_1.txt", "mimeType": "text/plain", "buffer": data})
    page.locator("#words").fill(words)


def is_drawn(picture: Locator) -> bool:
    picture.scroll_into_view_if_needed()
    drawn: bool = picture.evaluate("(one) => one.decode().then(() => one.naturalWidth > 0)")
    return drawn


def test_a_young_person_sends_a_photo_and_the_other_sees_it_at_once(stage: Stage, phone: OpenPhone) -> None:
    mine = phone("youth", **SMALL)
    theirs = open_talk(phone("caregiver"), stage, "home")
    mine.goto(stage.talk("home"))
    choose(mine, from_a_phone(orientation=6), "My first bus pass")
    check_page(mine)
    mine.get_by_role("button", name="Send it").click()
    for page in (mine, theirs):
        picture = page.get_by_role("img", name="My first bus pass")
        expect(picture).to_be_visible()
        assert is_drawn(picture)
        assert picture.get_attribute("height") == "640"
        check_page(page)
    expect(theirs.locator("[data-live]")).to_contain_text("My first bus pass")
    theirs.reload()
    assert is_drawn(theirs.get_by_role("img", name="My first bus pass"))


def test_it_goes_without_javascript_too(stage: Stage, phone: OpenPhone) -> None:
    mine = phone("youth", java_script_enabled=False, **SMALL)
    mine.goto(stage.talk("home"))
    choose(mine, b"<svg xmlns='http://www.w3.org/2000/svg'/>", "A song")
    mine.get_by_role("button", name="Send it").click()
    expect(mine.locator("#file-error")).to_contain_text("This is not a photo or a voice note")
    expect(mine.locator("#words")).to_have_value("A song")
    mine.locator("#file").set_input_files({"name": "x", "mimeType": "image/png", "buffer": voice()})
    mine.get_by_role("button", name="Send it").click()
    player = mine.locator("audio[data-media]").last
    expect(player).to_be_visible()
    expect(player).to_have_attribute("aria-label", "A song")
    expect(player).to_have_attribute("preload", "none")


def test_without_a_network_it_says_so_and_what_was_chosen_stays(stage: Stage, phone: OpenPhone) -> None:
    mine = phone("youth", **SMALL)
    mine.goto(stage.talk("home"))
    choose(mine, from_a_phone(), "Later")
    mine.context.set_offline(True)
    mine.get_by_role("button", name="Send it").click()
    expect(mine.locator("#file-error")).to_contain_text("No connection right now")
    assert mine.locator("#file").evaluate("(one) => one.files.length") == 1
    mine.context.set_offline(False)
    mine.get_by_role("button", name="Send it").click()
    expect(mine.get_by_role("img", name="Later")).to_be_visible()


def test_a_voice_note_is_recorded_heard_and_sent(stage: Stage, phone: OpenPhone) -> None:
    mine = phone("youth", **SMALL)
    mine.add_init_script(MICROPHONE)
    mine.goto(stage.talk("home"))
    answer = mine.goto(stage.talk("home") + "media/")
    assert answer is not None
    assert "microphone=(self)" in answer.headers["permissions-policy"]
    mine.get_by_role("button", name="Record a voice note").click()
    expect(mine.locator("[data-time]")).to_contain_text("0:01")
    mine.get_by_role("button", name="Stop recording").click()
    expect(mine.locator("[data-listen]")).to_be_visible()
    expect(mine.locator("[data-said]")).to_contain_text("Your voice note is ready")
    check_page(mine)
    mine.locator("#words").fill("How it sounds")
    mine.get_by_role("button", name="Send it").click()
    player = mine.locator("audio[data-media][aria-label='How it sounds']")
    expect(player).to_be_visible()
    player.evaluate(PLAY)
    assert player.evaluate("(one) => one.duration") > 0.5
