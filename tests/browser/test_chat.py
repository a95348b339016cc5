"""Two phones talk: live, without a network, without JavaScript, signed out. Everything through a real server and browser."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, WebSocketRoute, expect

from tests.browser.checks import accessibility_of, check_page, overflow_of
from tests.browser.conftest import PATIENCE, Stage
from tests.browser.network import Network
from tests.faults import until

pytestmark = pytest.mark.browser

OpenPhone = Callable[..., Page]
KEPT_HERE = "indexedDB.databases().then((all) => all.map((one) => one.name))"


def open_talk(page: Page, stage: Stage, talk: str = "marchand", url: str = "") -> Page:
    """There when its script runs and its socket is welcomed: what is written from then on is sent and pushed at once."""
    heard = hearing(page)
    page.goto(stage.talk(talk, url))
    wait_for(page, lambda: any("welcome" in frame for frame in heard), "the socket is welcomed")
    page.wait_for_load_state("networkidle")
    return page


def hearing(page: Page) -> list[str]:
    """What its sockets are told from now on; asked for before there is one, so that nothing is missed."""
    heard: list[str] = []
    page.on("websocket", lambda line: line.on("framereceived", lambda frame: heard.append(str(frame))))
    return heard


def without_socket(page: Page) -> list[str]:
    """Every socket of this page is closed. With the first in the list the page's script runs: what is written is its own."""
    tried: list[str] = []

    def close(line: WebSocketRoute) -> None:
        tried.append(line.url)
        line.close()

    page.route_web_socket("**/ws/", close)
    return tried


def wait_for(page: Page, is_so: Callable[[], bool], what: str) -> None:
    """Until it is so, while the browser goes on."""
    deadline = time.monotonic() + PATIENCE / 1000
    while not is_so():
        assert time.monotonic() < deadline, f"it was still not so that {what}"
        page.wait_for_timeout(20)


def draft_of(page: Page, url: str) -> str:
    """What the server has of what this person was writing there."""
    found = re.search(r"<textarea[^>]*>\s*(.*?)\s*</textarea>", page.request.get(url).text(), re.DOTALL)
    assert found is not None
    return found[1]


def write(page: Page, text: str) -> None:
    page.locator("[data-composer] textarea").fill(text)
    page.locator("[data-composer] button").click()


def bubble(page: Page, text: str) -> Locator:
    return page.locator(".talk > li", has_text=text)


def texts(page: Page) -> list[str]:
    """What stands in the conversation, top to bottom."""
    found: list[str] = page.locator(".talk > li .words").all_text_contents()
    return found


def only(texts_of: list[str], start: str) -> list[str]:
    return [text for text in texts_of if text.startswith(start)]


@pytest.mark.parametrize(
    ("talk", "caregiver", "peer", "question", "answer", "seen"),
    [
        ("marchand", "caregiver", "peer", "How was the bus?", "He got on it.", "Seen"),
        ("stranger", "stranger_caregiver", "stranger_peer", "¿Cómo le fue hoy?", "Mejor que ayer, gracias.", ""),
    ],
    ids=["english", "spanish"],
)
def test_caregiver_and_peer_partner_read_each_other_within_a_second(
    stage: Stage, phone: OpenPhone, talk: str, caregiver: str, peer: str, question: str, answer: str, seen: str
) -> None:
    mine, theirs = (open_talk(phone(person), stage, talk) for person in (caregiver, peer))
    for here, there, text in ((mine, theirs, question), (theirs, mine, answer)):
        began = time.monotonic()
        write(here, text)
        expect(bubble(there, text)).to_be_visible()
        assert time.monotonic() - began < 1
    expect(bubble(mine, question).locator("[data-state=seen]")).to_be_visible()
    assert seen in bubble(mine, question).inner_text()
    for page in (mine, theirs):
        assert only(texts(page), question) == [question]
        check_page(page)


def test_the_socket_opens_for_a_browser_with_all_that_it_offers(stage: Stage, phone: OpenPhone) -> None:
    """Every browser offers compression. Without a socket the talk goes on by plain requests, so no other test would notice."""
    mine = phone("caregiver")
    heard = hearing(mine)
    mine.goto(stage.talk("marchand"))
    wait_for(mine, lambda: bool(heard), "the socket is open and says something")
    assert "welcome" in heard[0]


def test_three_messages_written_without_a_network_arrive_once_and_in_order(
    stage: Stage, phone: OpenPhone, network: Network
) -> None:
    mine = open_talk(phone("caregiver"), stage, url=network.url)
    theirs = open_talk(phone("peer"), stage)
    network.cut()
    for number in (1, 2, 3):
        write(mine, f"Offline {number}")
    expect(mine.locator("[data-state=waiting]")).to_have_count(3)
    expect(mine.locator("[data-notice]")).to_contain_text("No connection")
    network.mend()
    mine.evaluate("window.dispatchEvent(new Event('online'))")
    expect(bubble(theirs, "Offline 3")).to_be_visible()
    expect(mine.locator("[data-waiting] li")).to_have_count(0)
    for page in (mine, theirs):
        assert only(texts(page), "Offline") == ["Offline 1", "Offline 2", "Offline 3"]
    theirs.reload()
    assert only(texts(theirs), "Offline") == ["Offline 1", "Offline 2", "Offline 3"]


@pytest.mark.slow
def test_a_network_that_swallows_everything_is_noticed_and_nothing_doubles(
    stage: Stage, phone: OpenPhone, network: Network
) -> None:
    mine = open_talk(phone("caregiver"), stage, url=network.url)
    theirs = open_talk(phone("peer"), stage)
    network.swallow()
    write(mine, "Into the void")
    expect(bubble(mine, "Into the void").locator("[data-state=sending]")).to_be_visible()
    expect(bubble(mine, "Into the void").locator("[data-state=waiting]")).to_be_visible()
    network.mend()
    expect(bubble(theirs, "Into the void")).to_be_visible(timeout=60_000)
    expect(bubble(mine, "Into the void").locator("[data-state=sent], [data-state=seen]")).to_be_visible()
    assert only(texts(theirs), "Into the void") == ["Into the void"]


def test_what_was_not_sent_outlives_the_page(stage: Stage, phone: OpenPhone, network: Network) -> None:
    mine = open_talk(phone("caregiver"), stage, url=network.url)
    network.cut()
    write(mine, "Kept 1")
    write(mine, "Kept 2")
    expect(mine.locator("[data-state=waiting]")).to_have_count(2)
    context = mine.context
    mine.close()
    network.mend()
    again = open_talk(context.new_page(), stage, url=network.url)
    expect(bubble(again, "Kept 2").locator("[data-state=sent], [data-state=seen]")).to_be_visible()
    again.reload()
    assert only(texts(again), "Kept") == ["Kept 1", "Kept 2"]


def test_what_is_kept_on_the_phone_cannot_be_read_there(stage: Stage, phone: OpenPhone, network: Network) -> None:
    mine = open_talk(phone("caregiver"), stage, url=network.url)
    network.cut()
    write(mine, "Nobody else's business")
    expect(mine.locator("[data-state=waiting]")).to_have_count(1)
    kept = mine.evaluate(_EVERYTHING_KEPT)
    assert "Nobody" not in kept["text"]
    assert kept["is_extractable"] is False
    network.mend()


_EVERYTHING_KEPT = """
async () => {
  const ask = (request) => new Promise((done) => { request.onsuccess = () => done(request.result); });
  const [{ name }] = await indexedDB.databases();
  const db = await ask(indexedDB.open(name));
  let text = localStorage.length + sessionStorage.length ? "storage is used" : "";
  for (const row of await ask(db.transaction("outbox").objectStore("outbox").getAll()))
    text += row.key + new TextDecoder().decode(row.box);
  const key = await ask(db.transaction("keys").objectStore("keys").get("own"));
  db.close();
  return { text, is_extractable: key.extractable };
}
"""


def test_without_a_socket_plain_requests_carry_the_talk(stage: Stage, phone: OpenPhone) -> None:
    mine = phone("caregiver")
    tried = without_socket(mine)
    theirs = open_talk(phone("peer"), stage)
    mine.goto(stage.talk("marchand"))
    wait_for(mine, lambda: bool(tried), "the script runs")
    write(mine, "By plain request")
    expect(bubble(theirs, "By plain request")).to_be_visible()
    expect(bubble(mine, "By plain request").locator("[data-state=sent], [data-state=seen]")).to_be_visible()
    write(theirs, "And back")
    expect(bubble(mine, "And back")).to_be_visible()


def test_a_second_tab_of_the_same_person_shows_the_same(stage: Stage, phone: OpenPhone) -> None:
    mine = open_talk(phone("caregiver"), stage)
    other = open_talk(mine.context.new_page(), stage)
    write(mine, "Seen in both tabs")
    expect(bubble(other, "Seen in both tabs")).to_be_visible()
    write(other, "Said in the other tab")
    expect(bubble(mine, "Said in the other tab")).to_be_visible()
    assert texts(mine)[-2:] == texts(other)[-2:] == ["Seen in both tabs", "Said in the other tab"]


def test_without_javascript_a_message_is_sent_and_the_page_shows_it(stage: Stage, phone: OpenPhone) -> None:
    mine = phone("caregiver", java_script_enabled=False)
    mine.goto(stage.talk("marchand"))
    write(mine, "No script needed")
    expect(mine).to_have_url(re.compile("#latest$"))
    expect(mine.locator(".talk > li .words").last).to_have_text("No script needed")
    expect(mine.locator("textarea")).to_have_value("")
    expect(bubble(mine, "No script needed")).to_be_in_viewport()


def test_without_javascript_a_text_that_is_too_long_stays_in_its_box(stage: Stage, phone: OpenPhone) -> None:
    mine = phone("caregiver", java_script_enabled=False)
    mine.goto(stage.talk("marchand"))
    text = "\n\nlong " * 1_000
    write(mine, text)
    expect(mine.locator("#body-error")).to_contain_text("too long")
    assert mine.locator("textarea").input_value() == text


def test_the_page_that_hands_a_text_back_is_as_good_as_any_other(stage: Stage, phone: OpenPhone) -> None:
    mine = phone("caregiver")
    mine.route("**/js/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    mine.goto(stage.talk("marchand"))
    mine.context.clear_cookies(name="porch")
    write(mine, "Handed back")
    expect(mine.get_by_role("link", name="Sign in")).to_be_visible()
    expect(mine.locator("textarea")).to_have_value("Handed back")
    assert not [*accessibility_of(mine), *overflow_of(mine)]


def test_a_text_that_is_too_long_is_refused_before_sending_and_stays(stage: Stage, phone: OpenPhone) -> None:
    mine = open_talk(phone("caregiver"), stage)
    write(mine, "x" * 4_001)
    expect(mine.locator("#body-error")).to_contain_text("too long")
    assert len(mine.locator("textarea").input_value()) == 4_001
    exactly = "😀" * 4_000
    write(mine, exactly)
    last = mine.locator(".talk > li[data-seq]").last
    expect(last.locator(".words")).to_have_text(exactly)
    expect(last.locator("[data-state=sent], [data-state=seen]")).to_be_visible()
    expect(mine.locator("[data-waiting] li")).to_have_count(0)


def test_a_draft_survives_a_reload_and_another_phone(stage: Stage, phone: OpenPhone) -> None:
    mine = open_talk(phone("stranger_peer"), stage, "stranger")
    mine.locator("textarea").fill("Half a thought")
    expect(mine.locator("[data-saved]")).to_contain_text(":")
    mine.reload()
    expect(mine.locator("textarea")).to_have_value("Half a thought")
    mine.wait_for_load_state("networkidle")
    mine.locator("textarea").fill("Half a thought more")
    mine.reload()  # before the second has passed: the last letters leave with the page
    expect(mine.locator("textarea")).to_have_value("Half a thought more")
    until(lambda: draft_of(mine, stage.talk("stranger")) == "Half a thought more", "the server has the last letters")
    elsewhere = open_talk(phone("stranger_peer"), stage, "stranger")
    expect(elsewhere.locator("textarea")).to_have_value("Half a thought more")
    write(elsewhere, "Done")
    until(lambda: draft_of(elsewhere, stage.talk("stranger")) == "", "nothing of it is left to be written")
    elsewhere.reload()
    expect(elsewhere.locator("textarea")).to_have_value("")


def test_a_draft_changed_without_a_network_comes_back_as_it_was_changed(
    stage: Stage, phone: OpenPhone, network: Network
) -> None:
    mine = open_talk(phone("stranger_peer"), stage, "stranger", url=network.url)
    mine.locator("textarea").fill("First thought")
    expect(mine.locator("[data-saved]")).to_contain_text(":")
    network.cut()
    mine.locator("textarea").fill("Better words")
    expect(mine.locator("[data-saved]")).to_contain_text("Guardado en este teléfono")
    context = mine.context
    mine.close()
    network.mend()
    again = open_talk(context.new_page(), stage, "stranger", url=network.url)
    expect(again.locator("textarea")).to_have_value("Better words")
    expect(again.locator("[data-saved]")).to_contain_text(":")
    write(again, "Sent now")
    expect(again.locator("[data-waiting] li")).to_have_count(0)


def test_sending_from_one_phone_leaves_the_words_begun_on_another(stage: Stage, phone: OpenPhone) -> None:
    mine, other = (open_talk(phone("stranger_peer"), stage, "stranger") for _ in range(2))
    mine.locator("textarea").fill("Begun on this phone")
    expect(mine.locator("[data-saved]")).to_contain_text(":")
    other.locator("textarea").fill("Begun on the other")
    expect(other.locator("[data-saved]")).to_contain_text(":")
    write(other, "Sent from the other")
    until(lambda: draft_of(other, stage.talk("stranger")) == "Begun on this phone", "only what was sent is taken away")
    mine.close()
    other.reload()
    expect(other.locator("textarea")).to_have_value("Begun on this phone")
    other.wait_for_load_state("networkidle")
    write(other, "And sent")
    expect(other.locator("[data-waiting] li")).to_have_count(0)


def test_who_is_no_part_of_a_conversation_any_more_is_told_so_and_it_stays_there(
    stage: Stage, phone: OpenPhone
) -> None:
    mine = phone("caregiver")
    without_socket(mine)
    mine.route("**/messages/?after=*", lambda route: route.fulfill(status=404, json={"code": "not_found"}))
    mine.goto(stage.talk("marchand"))
    expect(mine.locator("[data-notice]")).to_contain_text("not part of this conversation any more")
    mine.wait_for_timeout(500)
    expect(mine.locator("[data-notice]")).to_be_visible()


def test_what_is_typed_before_the_script_came_is_a_draft_too(stage: Stage, phone: OpenPhone) -> None:
    mine = phone("stranger_peer")
    late: list[Route] = []

    def hold(route: Route) -> None:
        late.append(route)

    mine.route("**/js/messages*.js", hold, times=1)
    mine.goto(stage.talk("stranger"), wait_until="commit")
    mine.locator("textarea").fill("Early words")
    while not late:
        mine.wait_for_timeout(50)
    with mine.expect_response(
        lambda answer: answer.url.endswith("/draft/") and answer.ok
    ):  # an older draft may be there
        late[0].continue_()
    mine.reload()
    expect(mine.locator("textarea")).to_have_value("Early words")
    mine.wait_for_load_state("networkidle")
    write(mine, "Early words, sent")
    expect(mine.locator("[data-waiting] li")).to_have_count(0)


def test_a_screen_reader_hears_each_new_message_once(stage: Stage, phone: OpenPhone) -> None:
    mine, theirs = open_talk(phone("caregiver"), stage), open_talk(phone("peer"), stage)
    mine.evaluate(_LISTEN)
    write(theirs, "Once only")
    expect(bubble(mine, "Once only")).to_be_visible()
    mine.wait_for_timeout(1_000)
    assert mine.evaluate("window.heard") == ["Joy wrote: Once only"]


_LISTEN = """
() => {
  window.heard = [];
  for (const region of document.querySelectorAll("[aria-live], [role=status], [role=log], [role=alert]"))
    new MutationObserver((changes) => changes.forEach(({ addedNodes }) =>
      addedNodes.forEach((node) => node.textContent && window.heard.push(node.textContent))))
      .observe(region, { childList: true, subtree: true });
}
"""


def test_a_text_with_markup_is_shown_as_it_was_written(stage: Stage, phone: OpenPhone) -> None:
    mine, theirs = open_talk(phone("caregiver"), stage), open_talk(phone("peer"), stage)
    text = "<img src=x onerror=alert(1)> & \u202eabc\u202c שלום \u0007 {{ key }}"
    write(mine, text)
    expect(bubble(theirs, "<img src=x")).to_be_visible()
    expect(bubble(mine, "<img src=x").locator("[data-state=seen]")).to_be_visible()  # so both sockets are open by now
    for page in (mine, theirs):
        page.reload()
        assert texts(page)[-1] == text
        check_page(page)


def test_when_the_session_ended_the_text_stays_and_the_way_back_is_shown(stage: Stage, phone: OpenPhone) -> None:
    mine = open_talk(phone("faraway_caregiver"), stage, "faraway")
    session = mine.context.cookies()
    other = mine.context.new_page()
    other.goto(stage.url)
    other.locator("button[form=out]").click()
    other.wait_for_url("**/sign-in/**")  # it first asks what the phone keeps
    write(mine, "Written as the session ended")
    expect(mine.locator("[data-notice]")).to_contain_text("You are signed out")
    expect(mine.locator("[data-notice] a")).to_have_attribute("href", re.compile(r"^/sign-in/\?next="))
    assert session != mine.context.cookies()
    expect(bubble(mine, "Written as the session ended").locator("[data-state=waiting]")).to_be_visible()


def test_signing_out_asks_what_to_do_with_unsent_messages_and_leaves_nothing(stage: Stage, phone: OpenPhone) -> None:
    mine = open_talk(phone("faraway_peer"), stage, "faraway")
    tried = without_socket(mine)
    blocked = [True]

    def maybe(route: Route) -> None:
        if blocked[0] and route.request.method == "POST":
            route.abort()
        else:
            route.continue_()

    mine.route("**/messages/", maybe)
    mine.reload()
    wait_for(mine, lambda: bool(tried), "the script runs")
    write(mine, "Please do not lose me")
    expect(mine.locator("[data-state=waiting]")).to_have_count(1)
    mine.locator("button[form=out]").click()
    dialog = mine.get_by_role("dialog")
    expect(dialog).to_be_visible()
    assert not [*accessibility_of(mine), *overflow_of(mine)]
    dialog.locator("[value=send]").click()
    expect(dialog.locator("[data-failed]")).to_be_visible()
    dialog.locator("[value=stay]").click()
    expect(dialog).to_be_hidden()
    assert mine.evaluate(KEPT_HERE)
    blocked[0] = False
    mine.locator("button[form=out]").click()
    dialog.locator("[value=send]").click()
    mine.wait_for_url(lambda url: "/conversations/" not in url)
    assert mine.evaluate(KEPT_HERE) == []


def test_what_is_refused_for_good_holds_nothing_else_up_when_someone_signs_out(stage: Stage, phone: OpenPhone) -> None:
    mine, theirs = phone("stranger_peer"), open_talk(phone("stranger_caregiver"), stage, "stranger")
    tried = without_socket(mine)
    mine.route("**/messages/", lambda route: route.abort())
    mine.goto(stage.talk("stranger"))
    wait_for(mine, lambda: bool(tried), "the script runs")
    for text in ("Refused for good", "Goes out all the same"):
        write(mine, text)
        expect(bubble(mine, text).locator("[data-state=waiting]")).to_be_visible()
    mine.goto(stage.url)  # nothing is sent from here before it is asked for
    mine.unroute("**/messages/")

    def refuse_one(route: Route) -> None:
        if "Refused" in (route.request.post_data or ""):
            route.fulfill(status=422, json={"code": "paused", "message": ""})
        else:
            route.continue_()

    mine.route("**/messages/", refuse_one)
    mine.locator("button[form=out]").first.click()
    dialog = mine.get_by_role("dialog")
    dialog.locator("[value=send]").click()
    expect(dialog.locator("[data-failed]")).to_be_visible()
    expect(bubble(theirs, "Goes out all the same")).to_be_visible()
    dialog.locator("[value=leave]").click()
    mine.wait_for_url("**/sign-in/**")
    assert only(texts(theirs), "Refused") == []


def test_quick_exit_locks_and_deletes_nothing(stage: Stage, phone: OpenPhone, network: Network) -> None:
    mine = open_talk(phone("stranger_caregiver"), stage, "stranger", url=network.url)
    mine.route("https://www.weather.gov/**", lambda route: route.fulfill(body="weather"))
    network.cut()
    write(mine, "Still here later")
    expect(mine.locator("[data-state=waiting]")).to_have_count(1)
    mine.locator("[data-leave]").click()
    mine.wait_for_url("https://www.weather.gov/**")
    network.mend()
    mine.goto(f"{network.url}/healthz")
    assert len(mine.evaluate(KEPT_HERE)) == 1


def test_older_messages_come_on_demand_and_the_place_is_kept(stage: Stage, phone: OpenPhone) -> None:
    mine = open_talk(phone("caregiver"), stage)
    for number in range(60):
        write(mine, f"Row {number}")
    expect(mine.locator("[data-waiting] li")).to_have_count(0)
    expect(mine.locator(".talk > .sending")).to_have_count(0)
    expect(bubble(mine, "Row 59").locator("[data-state=sent]")).to_be_visible()
    mine.goto(stage.talk("marchand"))
    assert len(texts(mine)) == 50
    mine.locator("a[data-earlier]").click()
    expect(mine.get_by_text("Row 0", exact=True)).to_be_attached()
    everything = only(texts(mine), "Row")
    assert everything == [f"Row {number}" for number in range(60)]
    days = mine.locator("section[data-day]").evaluate_all("all => all.map((one) => one.dataset.day)")
    assert len(days) == len(set(days))
    check_page(mine)


def test_someone_reading_above_is_not_moved_and_is_told(stage: Stage, phone: OpenPhone) -> None:
    mine, theirs = open_talk(phone("caregiver"), stage), open_talk(phone("peer"), stage)
    mine.evaluate("window.scrollTo(0, 0)")
    mine.wait_for_timeout(300)
    write(theirs, "While you read above")
    expect(mine.locator("[data-newest]")).to_be_visible()
    assert mine.evaluate("window.scrollY") == 0
    expect(bubble(theirs, "While you read above").locator("[data-state=sent]")).to_be_visible()
    mine.locator("[data-newest] button").click()
    expect(bubble(mine, "While you read above")).to_be_in_viewport()
    expect(bubble(theirs, "While you read above").locator("[data-state=seen]")).to_be_visible()


def test_typing_is_shown_and_the_inbox_counts_what_is_new(stage: Stage, phone: OpenPhone) -> None:
    mine, theirs = open_talk(phone("caregiver"), stage), open_talk(phone("peer"), stage)
    theirs.locator("textarea").press_sequentially("Hm")
    expect(mine.locator("[data-typing]")).to_have_text("Joy is writing")
    mine.goto(f"{stage.url}/messages/")
    write(theirs, "Are you there?")
    expect(mine.locator(".rows .state")).to_have_text("1 new message")
    check_page(mine)
    mine.locator(".rows a").first.click()
    expect(bubble(mine, "Are you there?")).to_be_in_viewport()
    expect(bubble(theirs, "Are you there?").locator("[data-state=seen]")).to_be_visible()
    mine.goto(f"{stage.url}/messages/")
    expect(mine.locator(".rows .state")).to_have_count(0)


def test_the_first_visit_of_the_chat_page_weighs_at_most_60_kilobytes(stage: Stage, phone: OpenPhone) -> None:
    mine = phone("caregiver")
    devtools = mine.context.new_cdp_session(mine)
    devtools.send("Network.enable")
    sizes: list[float] = []
    devtools.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    open_talk(mine, stage)
    assert len(sizes) >= 6, "page, two style sheets and three scripts at least"
    assert sum(sizes) <= 60 * 1024


def test_what_is_typed_while_the_phone_still_writes_the_last_message_down_is_not_lost(
    stage: Stage, phone: OpenPhone
) -> None:
    mine = open_talk(phone("caregiver"), stage)
    mine.evaluate(SLOW_STORE)
    write(mine, "First of two")
    mine.locator("[data-composer] button").click()  # a second tap in the same moment
    expect(mine.locator("[data-composer] [aria-invalid]")).to_have_count(0)
    mine.locator("[data-composer] textarea").fill("Second, typed at once")
    expect(bubble(mine, "First of two").locator("[data-state=sent]")).to_be_visible()
    expect(bubble(mine, "First of two")).to_have_count(1)
    expect(mine.locator("[data-composer] textarea")).to_have_value("Second, typed at once")


# A phone that takes half a second to lock a message away.
SLOW_STORE = """
() => {
  const encrypt = crypto.subtle.encrypt.bind(crypto.subtle);
  crypto.subtle.encrypt = async (...given) => {
    await new Promise((done) => setTimeout(done, 500));
    return encrypt(...given);
  };
}
"""
