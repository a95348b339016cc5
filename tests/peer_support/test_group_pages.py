"""Groups as people meet them: the rules first, one chosen name everywhere, and plain sentences where something is not."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from asgiref.sync import sync_to_async
from django.db import connection
from django.test.utils import CaptureQueriesContext

from messaging.actions import send_message
from messaging.models import Conversation
from peer_support import actions
from peer_support.models import Group, GroupMembership, GroupReport
from portal.accounts.models import Person
from portal.notices.models import Notice
from tests.access.test_walk import Phone, phone_of
from tests.messaging.climbing import Night, steps
from tests.messaging.filling import fill
from tests.peer_support.grouped import another, asked, let_in, opened
from tests.world import World, cookies_of, signed_in

pytestmark = pytest.mark.django_db


def ask(person: Person, path: str) -> str:
    return signed_in(None, person).get(path).content.decode()


def path(group: Group, rest: str = "") -> str:
    return f"/groups/{group.public_id}/{rest}"


def main_of(page: str) -> str:
    return re.sub(r"\s+", " ", page.partition('<main id="main"')[2].partition("</main>")[0])


def talk_of(group: Group) -> Conversation:
    return Conversation.objects.get(group=group)


# -- families ----------------------------------------------------------------------------------------------------------


def test_without_a_group_the_page_says_what_will_be_here_and_whom_to_ask(world: World) -> None:
    page = ask(world.caregiver, "/groups/")
    assert "There is no group for you yet." in page
    assert "You can also ask your liaison for one." in page


def test_home_leads_to_the_groups_and_names_one_when_nothing_else_waits(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert 'href="/groups/"' in ask(world.caregiver, "/")
    opened(world)
    monkeypatch.setattr("portal.home.steps.MOST", 9)
    assert "Talk with others like you" in ask(world.caregiver, "/")
    assert "Talk with others like you" not in ask(world.youth, "/")
    asked(Group.objects.get(), world.caregiver)
    assert "Talk with others like you" not in ask(world.caregiver, "/")


def test_the_rules_come_first_and_without_a_tick_nobody_is_asked(world: World) -> None:
    group = opened(world, rules=["Cameras may stay off."], meets="Tuesdays at 6 pm, in the library")
    page = ask(world.caregiver, path(group))
    for words in ("Tuesdays at 6 pm, in the library", "Cameras may stay off.", "What is said here stays here."):
        assert words in page
    assert "Simone Picourt" in page
    assert "Jefferson" in page
    browser = signed_in(None, world.caregiver)
    form = browser.get(path(group, "ask/")).content.decode()
    assert form.index("What is said here stays here.") < form.index("I have read the rules")
    answer = browser.post(path(group, "ask/"), {"called": "other", "name": "Mama Bear"})
    assert answer.status_code == 422
    assert "Please read the rules and tick that you keep to them." in answer.content.decode()
    assert 'value="Mama Bear"' in answer.content.decode()
    assert not GroupMembership.objects.exists()
    done = browser.post(path(group, "ask/"), {"called": "other", "name": "Mama Bear", "agreed": "on"}, follow=True)
    assert "as Mama Bear. Those who lead the group answer you here." in done.content.decode()
    assert browser.get(path(group, "ask/")).status_code == 404


def test_another_name_has_to_be_written(world: World) -> None:
    answer = signed_in(None, world.caregiver).post(path(opened(world), "ask/"), {"called": "other", "agreed": "on"})
    assert "Please write the name." in answer.content.decode()


def test_a_group_of_young_people_says_plainly_that_writing_opens_soon(world: World) -> None:
    group = opened(world, audience="youth", leads=[world.mentor_role])
    assert "Writing in this group opens soon." in ask(world.youth, path(group))
    actions.admit(actor=world.mentor, membership=asked(group, world.youth))
    page = ask(world.youth, path(group))
    assert "Writing in this group opens soon." in page
    assert "/conversations/" not in main_of(page)


def test_who_is_not_known_to_be_an_adult_reads_what_to_do(world: World) -> None:
    group = opened(world)
    unknown = another(world, "Ana Reyes", is_adult_confirmed=False)
    page = ask(unknown, path(group))
    assert "Nobody wrote down yet that you are 18 or older." in page
    assert "Ask for a place" not in page


def test_a_no_and_a_way_out_are_said_in_plain_words(world: World) -> None:
    group = opened(world)
    lead = signed_in(None, world.peer)
    place = asked(group, world.caregiver)
    lead.post(f"/groups/places/{place.public_id}/decline/", {"words": "We are many right now."})
    page = ask(world.caregiver, path(group))
    assert "There is no place for you in this group right now." in page
    assert "We are many right now." in page
    place = let_in(world, group, world.caregiver)
    assert lead.post(f"/groups/places/{place.public_id}/remove/", {"reason": " "}).status_code == 422
    lead.post(f"/groups/places/{place.public_id}/remove/", {"reason": "You shared a picture."})
    page = ask(world.caregiver, path(group))
    assert "Your place in this group has ended." in page
    assert "You shared a picture." in page
    assert "you can always complain" in page
    assert "Ask for a place" not in page


def test_leaving_and_another_name_are_a_tap_away(world: World) -> None:
    group = opened(world)
    let_in(world, group, world.caregiver)
    browser = signed_in(None, world.caregiver)
    browser.post(path(group, "name/"), {"called": "other", "name": "Magnolia"})
    assert "You are in it as Magnolia." in browser.get(path(group)).content.decode()
    left = browser.post(path(group, "leave/"), follow=True)
    assert "Nobody asks you why" in left.content.decode()
    assert browser.get(f"/conversations/{talk_of(group).public_id}/").status_code == 404


# -- one name, everywhere ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("reader", ["other", "caregiver"])
def test_the_others_meet_the_chosen_name_and_nothing_else_of_a_person(world: World, reader: str) -> None:
    """On the chat page and older ones, in the inbox, on Home, in the search, in a report and in what scripts are given."""
    group = opened(world)
    let_in(world, group, world.caregiver, name="Magnolia")
    other = another(world, "Ana Reyes")
    let_in(world, group, other)
    for each in (0, 1):
        fill(talk_of(group), [world.caregiver, other, world.peer], [f"porch {each}"] * 3)
    person, hidden = (other, ("Odette", "Marchand")) if reader == "other" else (world.caregiver, ("Reyes",))
    browser = signed_in(None, person)
    chat = f"/conversations/{talk_of(group).public_id}/"
    pages = {
        "Home": browser.get("/"),
        "inbox": browser.get("/messages/"),
        "chat": browser.get(chat),
        "older": browser.get(f"{chat}?before=4"),
        "part": browser.get(f"{chat}?before=4&part=1"),
        "search page": browser.get(f"{chat}search/"),
        "search": browser.post(f"{chat}search/", {"query": "porch"}),
        "after": browser.get(f"{chat}messages/?after=0"),
        "report": browser.get(path(group, "report/")),
        "group": browser.get(path(group)),
        "groups": browser.get("/groups/"),
        "notices": browser.get("/notices/"),
        "help": browser.get("/help/"),
    }
    for name, answer in pages.items():
        assert answer.status_code == 200, name
        text = answer.content.decode()
        assert not [word for word in hidden if re.search(rf"\b{word}\b", text)], name
    shown = "Magnolia" if reader == "other" else "Ana"
    for name in ("chat", "older", "search", "report"):
        assert shown in pages[name].content.decode(), name
    assert "Tuesday porch" in pages["inbox"].content.decode()
    assert "Tuesday porch" in pages["chat"].content.decode()


def test_who_leads_it_is_no_one_to_write_to_alone_by_way_of_the_group(world: World) -> None:
    group = opened(world, leads=[world.second_peer_role])
    actions.admit(actor=world.second_peer, membership=asked(group, world.caregiver))
    assert "Write to Marcus Hebertson" not in ask(world.caregiver, "/help/")
    fill(talk_of(group), [world.second_peer], ["Welcome"])
    home = ask(world.caregiver, "/")
    assert "Answer in the group" in home
    assert "Read what is new in Tuesday porch" in home


def test_the_chat_says_who_reads_it_and_where_it_begins_for_one(world: World) -> None:
    group = opened(world)
    fill(talk_of(group), [world.peer], ["Before you came"])
    let_in(world, group, world.caregiver)
    fill(talk_of(group), [world.peer], ["Welcome"])
    page = ask(world.caregiver, f"/conversations/{talk_of(group).public_id}/")
    assert "Before you came" not in page
    assert "Welcome" in page
    assert "Here begins what was written since you came." in page
    assert "Each of them reads what is written from the day they came." in page
    assert "Not other people of the family" not in page
    assert "data-earlier" not in page
    assert '"seq": 2' in page


def test_without_a_lead_the_chat_is_read_and_has_no_box(world: World) -> None:
    group = opened(world, leads=[world.peer_role])
    actions.admit(actor=world.peer, membership=asked(group, world.caregiver))
    actions.end_staff_role(actor=None, role=world.peer_role)
    page = ask(world.caregiver, f"/conversations/{talk_of(group).public_id}/")
    assert "data-composer" not in page
    assert "paused" in page
    assert "Nobody leads it right now" in ask(world.caregiver, path(group))


def test_a_message_of_a_group_wakes_nobody_beside_its_people_and_tells_nobody_who_has_not_opened_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Elsewhere a family's unread words climb to who is on call and to a liaison, who read a name and a phone number."""
    group = opened(world)
    for person in (world.caregiver, another(world, "Ana Reyes")):
        let_in(world, group, person, name=f"Porch {person.first_name[0]}")
    night = Night(monkeypatch)
    night.on_shift = [world.second_peer_role]
    night.said(talk_of(group), world.caregiver)
    for hours in (1, 5, 25):
        night.after(hours=hours)
    assert not Notice.objects.filter(kind=Notice.Kind.MESSAGE_WAITS).exists()
    assert not {"backup", "liaison"} & {*steps(world.peer), *steps(world.liaison)}
    chat = f"/conversations/{talk_of(group).public_id}/"
    for person in (world.caregiver, world.peer):
        for where in (chat, f"{chat}ladder/"):
            assert "has not opened this yet" not in ask(person, where)


# -- those who lead it -------------------------------------------------------------------------------------------------


def new_group(world: World, **form: Any) -> dict[str, Any]:
    return {
        "name": "Tuesday porch",
        "about": "For anyone who raises a child.",
        "audience": "caregivers",
        "languages": ["en", "es"],
        "region": "jefferson",
        "way": "chat",
        "most": "8",
        "leads": [str(world.peer_role.public_id)],
        "rules": "Cameras may stay off.\n\nBring a friend.",
        **form,
    }


def test_a_liaison_opens_one_lets_people_in_and_closes_it(world: World) -> None:
    browser = signed_in(None, world.liaison)
    assert "None yet. A liaison opens one" in browser.get("/groups/").content.decode()
    leads = [str(world.peer_role.public_id), str(world.liaison_role.public_id)]
    done = browser.post("/groups/new/", new_group(world, leads=leads), follow=True)
    assert "It is open." in done.content.decode()
    group = Group.objects.get()
    assert [rule.own for rule in group.rules.exclude(own="").order_by("place")] == [
        "Cameras may stay off.",
        "Bring a friend.",
    ]
    place = asked(group, world.caregiver, name="Magnolia")
    page = browser.get(path(group)).content.decode()
    assert "Odette Marchand" in page
    assert "called Magnolia here" in page
    assert "1\u00a0thing waits for you" in browser.get("/").content.decode()
    answer = browser.post(f"/groups/places/{place.public_id}/admit/", follow=True)
    assert "Magnolia has a place now." in answer.content.decode()
    browser.post(path(group, "pause/"))
    assert "It is paused." in ask(world.caregiver, path(group))
    browser.post(path(group, "resume/"))
    browser.post(path(group, "close/"), {"goodbye": "Thank you all."})
    page = ask(world.caregiver, path(group))
    assert "This group has ended." in page
    assert "Thank you all." in page
    assert "Read what was written" in page
    assert browser.get(path(group, "close/")).status_code == 404


def test_what_was_typed_stays_and_what_is_missing_is_said(world: World) -> None:
    answer = signed_in(None, world.liaison).post("/groups/new/", new_group(world, most="99", leads=[]))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Please choose a number from 2 to 30." in page
    assert "Please choose one of these." in page
    assert "Bring a friend." in page


def test_what_stands_against_somebody_is_said_in_the_same_words_to_the_one_who_leads(world: World) -> None:
    world.keep_apart()
    group = opened(world)
    let_in(world, group, world.caregiver)
    place = asked(group, world.second_caregiver)
    answer = signed_in(None, world.peer).post(f"/groups/places/{place.public_id}/admit/", follow=True)
    page = answer.content.decode()
    assert "This person cannot be in this group. We cannot tell you more." in page
    assert "kept" not in main_of(page).replace("state kept", "")
    assert "order" not in main_of(page)


def test_a_full_group_says_so(world: World) -> None:
    group = opened(world, most=2)
    for name in ("Ana Reyes", "Bo Lane"):
        let_in(world, group, another(world, name))
    place = asked(group, world.caregiver)
    answer = signed_in(None, world.peer).post(f"/groups/places/{place.public_id}/admit/", follow=True)
    assert "All places in this group are taken." in answer.content.decode()


def test_a_liaison_who_does_not_lead_it_sees_that_it_is_there_and_not_who_is_in_it(world: World) -> None:
    group = opened(world)
    let_in(world, group, world.caregiver, name="Magnolia")
    asked(group, another(world, "Ana Reyes"))
    page = ask(world.supervisor, path(group))
    for word in ("Odette", "Magnolia", "Ana Reyes", "/conversations/"):
        assert word not in main_of(page)
    assert "1 of 4 places taken." in ask(world.supervisor, "/groups/")
    assert "places taken" not in ask(world.second_peer, "/groups/")
    browser = signed_in(None, world.supervisor)
    browser.post(path(group, "leads/new/"), {"leads": str(world.second_peer_role.public_id)})
    assert "Marcus Hebertson" in browser.get(path(group)).content.decode()
    done = browser.post(path(group, f"leads/{world.second_peer_role.public_id}/end/"), follow=True)
    assert "Marcus Hebertson does not lead it any more." in done.content.decode()


def test_a_report_is_written_looked_at_and_answered(world: World) -> None:
    group = opened(world)
    other = another(world, "Ana Reyes")
    for person in (world.caregiver, other):
        let_in(world, group, person)
    assert "Nobody else wrote anything here yet." in ask(world.caregiver, path(group, "report/"))
    fill(talk_of(group), [other], ["Buy my <b>oils</b>."])
    browser = signed_in(None, world.caregiver)
    assert "Buy my &lt;b&gt;oils&lt;/b&gt;." in browser.get(path(group, "report/")).content.decode()
    assert browser.post(path(group, "report/"), {"seq": "7"}).status_code == 422
    done = browser.post(path(group, "report/"), {"seq": "1", "words": "She sells."}, follow=True)
    assert "Nobody in the group learns that it was you." in done.content.decode()
    assert "It will be looked at." in done.content.decode()
    lead = signed_in(None, world.peer)
    page = main_of(lead.get(path(group)).content.decode())
    assert "Buy my &lt;b&gt;oils" in page
    assert "She sells." in page
    report = GroupReport.objects.get()
    lead.post(f"/groups/reports/{report.public_id}/settle/", {"outcome": "talked"})
    assert "Buy my" not in lead.get(path(group)).content.decode()
    assert "It was looked at on" in browser.get(path(group)).content.decode()


def test_a_liaison_reads_only_the_one_message_that_was_reported_of_a_lead(world: World) -> None:
    group = opened(world)
    let_in(world, group, world.caregiver)
    fill(talk_of(group), [world.peer, world.peer], ["Be quiet.", "Good morning."])
    actions.report_message(actor=world.caregiver, group=group, seq=1)
    page = main_of(ask(world.supervisor, path(group)))
    assert "Be quiet." in page
    assert "Good morning." not in page
    assert "Odette" not in page
    assert "Be quiet." not in main_of(ask(world.peer, path(group)))


# -- what it costs, and what open pages hear ---------------------------------------------------------------------------


def test_a_list_and_a_page_cost_the_same_however_many_there_are(world: World) -> None:
    group = opened(world, most=9)
    let_in(world, group, world.caregiver)

    def count(person: Person, where: str) -> int:
        browser = signed_in(None, person)
        browser.get(where)
        with CaptureQueriesContext(connection) as context:
            browser.get(where)
        return len(context)

    places = [(world.caregiver, "/groups/"), (world.liaison, "/groups/"), (world.liaison, path(group))]
    chat = f"/conversations/{talk_of(group).public_id}/"
    fill(talk_of(group), [world.peer], ["Welcome"])
    few = [count(*place) for place in [*places, (world.caregiver, chat), (world.caregiver, "/messages/")]]
    for number in range(3):
        opened(world, name=f"Porch {number}")
        let_in(world, group, another(world, f"Ana Reyes{number}"))
    fill(talk_of(group), [world.peer], ["Welcome"] * 5)
    signed_in(None, world.caregiver).get(chat)
    assert [count(*place) for place in [*places, (world.caregiver, chat), (world.caregiver, "/messages/")]] == few


@pytest.mark.django_db(transaction=True)
async def test_an_open_page_hears_a_group_from_the_moment_one_is_in_it_until_one_is_taken_out(
    world_committed: World,
) -> None:
    world = world_committed
    group = await sync_to_async(opened)(world)
    talk = await sync_to_async(talk_of)(group)
    send = sync_to_async(send_message)
    await send(author=world.peer, conversation=talk, key=uuid4(), body="before")
    phone = await phone_of(world, "caregiver")
    await phone.say({"type": "hello", "after": {}})
    await phone.hear()
    place = await sync_to_async(let_in)(world, group, world.caregiver, "Magnolia")
    await send(author=world.peer, conversation=talk, key=uuid4(), body="Welcome")
    heard = await phone.hear()
    assert (heard["type"], heard["seq"], heard["body"]) == ("message", 2, "Welcome")
    again = Phone(await sync_to_async(cookies_of)(world.caregiver))
    assert await again.open()
    await again.say({"type": "hello", "after": {str(talk.public_id): 0}})
    assert [(await again.hear())["type"] for _each in range(2)] == ["welcome", "message"]
    assert await again.hears_nothing()
    await sync_to_async(actions.remove_from_group)(actor=world.peer, membership=place, reason="Why")
    await send(author=world.peer, conversation=talk, key=uuid4(), body="after")
    for page in (phone, again):
        assert await page.hears_nothing()
        await page.say({"type": "send", "conversation": str(talk.public_id), "key": str(uuid4()), "body": "Hello?"})
        assert (await page.hear())["code"] == "not_found"
        await page.hang_up()
