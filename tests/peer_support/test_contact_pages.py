"""Contacts on the page: read by the person they are about, written down in a few taps, with a break that is theirs."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from peer_support import actions
from peer_support.models import Contact, ContactFelt, ContactPause, PlannedContact
from portal.accounts.models import Person
from portal.clocks.firing import fire_due
from portal.clocks.models import Clock
from portal.families.models import Family
from portal.programs.models import StaffRole
from tests.clocks.conftest import SetTime, at
from tests.peer_support.florida import START, Florida, moment
from tests.world import World, signed_in

__all__ = ["at"]
pytestmark = pytest.mark.django_db


def ask(person: Person, path: str) -> str:
    answer: str = signed_in(None, person).get(path).content.decode()
    return answer


def path_of(world: World, rest: str = "") -> str:
    return f"/contacts/with/{world.family.public_id}/{world.caregiver.public_id}/{rest}"


def form_of(world: World, **more: Any) -> dict[str, Any]:
    now = timezone.now().astimezone(world.program.zone)
    common = {"key": uuid4(), "way": "visit", "outcome": "reached", "on": now.date(), "time": f"{now:%H:%M}"}
    return common | {"setting": "home", "is_two_way": "on"} | more


def since_last_week(world: World) -> None:
    """Everybody has been here for some days."""
    week = timezone.now() - dt.timedelta(days=8)
    StaffRole.objects.update(started_at=week)
    Family.objects.update(created_at=week)
    world.peer_role.refresh_from_db()


def test_a_peer_writes_a_visit_down_and_the_person_reads_it(world: World) -> None:
    client = signed_in(None, world.peer)
    page = client.get("/contacts/").content.decode()
    assert world.caregiver.display_name in page
    assert world.second_caregiver.display_name not in page
    form = client.get(path_of(world, "add/?way=visit"))
    assert form.context["form"]["way"].value() == "visit"
    assert "Write down a contact with Odette" in form.content.decode()
    answer = client.post(path_of(world, "add/"), form_of(world, note="We made a list.", place="Kitchen"), follow=True)
    assert "Written down. Odette sees it, too." in answer.content.decode()
    for part in ("We made a list.", "Kitchen", "at home"):
        assert part in ask(world.caregiver, "/contacts/")
    other = ask(world.second_caregiver, "/contacts/")
    assert "We made a list." not in other
    assert "Nobody yet. Each visit" in other
    beside = ask(world.liaison, path_of(world))
    assert world.peer.display_name in beside
    assert "We made a list." not in beside


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"setting": ""}, "This is the first contact. Please choose where they were."),
        ({"on": "2999-01-01"}, "We cannot read this. Please look at it again."),
        ({"on": "1001-01-01"}, "We cannot read this. Please look at it again."),
        ({"outcome": "refused"}, "Choose the day on which you ask again."),
        ({"way": "pigeon"}, "Please choose one of these."),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_what_was_typed_stays(
    world: World, changed: dict[str, str], words: str
) -> None:
    client = signed_in(None, world.facilitator)
    answer = client.post(path_of(world, "add/"), form_of(world, note="Typed words", **changed))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "Typed words" in page
    assert not Contact.objects.exists()


def test_tomorrow_is_not_a_contact_and_the_same_one_is_not_two(world: World) -> None:
    client = signed_in(None, world.facilitator)
    tomorrow = world.program.today() + dt.timedelta(days=1)
    page = client.post(path_of(world, "add/"), form_of(world, on=tomorrow)).content.decode()
    assert "This has not happened yet." in page
    form = form_of(world)
    for _time in range(2):  # a double tap
        assert client.post(path_of(world, "add/"), form).status_code == 302
    assert Contact.objects.count() == 1
    page = client.post(path_of(world, "add/"), form | {"key": uuid4()}).content.decode()
    assert "This contact is written down already." in page


def test_plans_stand_with_both_and_either_calls_them_off(world: World) -> None:
    client = signed_in(None, world.facilitator)
    day = world.program.today() + dt.timedelta(days=2)
    form = {"way": "visit", "on": day, "time": "15:00", "place": "The library"}
    assert "Planned. Odette sees it, too." in client.post(path_of(world, "plan/"), form, follow=True).content.decode()
    for page in (ask(world.caregiver, "/contacts/"), ask(world.facilitator, path_of(world))):
        assert "The library" in page
        assert "Not this time" in page
    assert "Not this time" not in ask(world.liaison, path_of(world))
    assert world.facilitator.display_name in ask(world.caregiver, "/")
    plan = PlannedContact.objects.get()
    answer = signed_in(None, world.caregiver).post(f"/contacts/planned/{plan.public_id}/call-off/", follow=True)
    assert "Nobody asks you why." in answer.content.decode()
    assert "The library" not in ask(world.facilitator, path_of(world))
    past = client.post(path_of(world, "plan/"), form | {"on": world.program.today() - dt.timedelta(days=1)})
    assert "Choose a time that is still to come" in past.content.decode()


def test_a_break_in_one_tap_is_shown_to_both_and_ended_by_either(world: World) -> None:
    client = signed_in(None, world.caregiver)
    path = f"/contacts/not-now/{world.family.public_id}/"
    assert "You can take a break" in client.get(path).content.decode()
    assert "Choose the day" in client.post(path, {"how_long": ""}).content.decode()
    answer = client.post(path, {"how_long": "14", "reason": "My mother is ill."}, follow=True).content.decode()
    assert "We wait." in answer
    pause = ContactPause.objects.get()
    assert (pause.comes_back_on - world.program.today()).days == 14
    assert "A break until" in ask(world.caregiver, "/")
    for viewer in (world.peer, world.facilitator, world.liaison):
        page = ask(viewer, path_of(world))
        assert "A break until" in page
        assert "My mother is ill." in page
        assert "They asked for a break until" in ask(viewer, path_of(world, "add/"))
        assert "A break until" in ask(viewer, "/contacts/")
    ended = signed_in(None, world.peer).post(f"/contacts/pauses/{pause.public_id}/end/", follow=True)
    assert "The break is over." in ended.content.decode()
    assert "A break until" not in ask(world.caregiver, "/contacts/")
    later = client.post(path, {"how_long": "", "comes_back_on": world.program.today() + dt.timedelta(days=40)})
    assert later.status_code == 302


def test_a_refusal_heard_by_staff_is_the_same_break(world: World) -> None:
    back = world.program.today() + dt.timedelta(days=5)
    form = form_of(world, way="call", outcome="refused", setting="", comes_back_on=back)
    assert signed_in(None, world.peer).post(path_of(world, "add/"), form).status_code == 302
    page = ask(world.caregiver, "/contacts/")
    assert "They said: not now" in page
    assert "Said by phone" in page


@pytest.mark.promise("FL-05")
def test_one_tap_says_whether_it_felt_respectful(world: World) -> None:
    actions.log_contact(
        actor=world.peer,
        role=world.peer_role,
        member=world.caregiver_member,
        said=actions.Said(uuid4(), "visit", "reached", timezone.now(), setting="shelter", place="Main Street shelter"),
    )
    contact = Contact.objects.get()
    page = ask(world.caregiver, "/contacts/")
    for part in ("Did you feel respected?", "in person", "shelter", "Main Street shelter"):
        assert part in page
    client = signed_in(None, world.caregiver)
    path = f"/contacts/{contact.public_id}/felt/"
    assert client.post(path, {"answer": "perhaps"}).status_code == 404
    for answer, words in (("no", "If you want to say more"), ("yes", "Thank you for telling us.")):
        assert words in client.post(path, {"answer": answer}, follow=True).content.decode()
    assert ContactFelt.objects.get().answer == "yes"
    assert "You said: Yes" in ask(world.caregiver, "/contacts/")
    for viewer in (world.peer, world.liaison):
        assert "You said: Yes" not in ask(viewer, path_of(world))
    assert "There are too few answers to show." in ask(world.liaison, "/contacts/")


def test_a_page_asks_the_same_number_of_questions_however_many_contacts_there_are(world: World) -> None:
    since_last_week(world)
    client = signed_in(None, world.caregiver)

    def questions() -> int:
        with CaptureQueriesContext(connection) as context:
            assert client.get("/contacts/").status_code == 200
        return len(context)

    counts = []
    for hours in range(1, 6):
        at_hour = timezone.now() - dt.timedelta(hours=hours)
        said = actions.Said(uuid4(), "call", "reached", at_hour, is_two_way=True, setting="home", note="Well.")
        actions.log_contact(actor=world.peer, role=world.peer_role, member=world.caregiver_member, said=said)
        counts.append(questions())
    assert counts[1] == counts[-1]


def test_the_weeks_of_a_rhythm_on_every_page(db: None, at: SetTime) -> None:
    at(START)
    florida = Florida()
    show = f"/contacts/with/{florida.family.public_id}/{florida.people['mother'].public_id}/"
    client = signed_in(None, florida.people["coordinator"])
    assert "They said yes" in client.get(show).content.decode()
    assert client.get(f"{show}begin/").status_code == 200
    wrong = client.post(f"{show}begin/", {"on": "2027-03-02"})
    assert "This has not happened yet." in wrong.content.decode()
    assert client.post(f"{show}begin/", {"on": "2027-03-01"}).status_code == 302
    assert Clock.objects.filter(rule_id="FL-CONTACT").count() == 1
    assert "They said yes" not in client.get(show).content.decode()
    at(moment(6).isoformat())
    florida.log(moment(2), by="peer")
    florida.log(moment(5), by="coordinator", way="chat")
    home = ask(florida.people["mother"], "/")
    assert "1 of 3 contacts" in home
    at(moment(15).isoformat())
    florida.log(moment(14), way="video")
    fire_due()
    page = ask(florida.people["mother"], "/contacts/")
    for part in ("1 of 3 contacts", "too few", "That is not your fault.", "Does not count for the week."):
        assert part in page
    assert "Ask for a visit" in page
    page = ask(florida.people["liaison"], show)
    for part in ("Peer partner: 1", "offer to come by", "too few"):
        assert part in page
    assert "That is not your fault." not in page
    actions.say_not_now(
        actor=florida.people["mother"], member=florida.mother, channel="page", comes_back_on=moment(20).date()
    )
    assert "stands still" in ask(florida.people["mother"], "/contacts/")
    at(moment(60).isoformat())
    fire_due()
    assert "The weeks that were promised are over." in ask(florida.people["mother"], "/contacts/")
    peers_page = ask(florida.people["peer"], show)
    assert "of 3 contacts" not in peers_page


def test_what_was_planned_and_is_over_asks_to_be_written_down(db: None, at: SetTime) -> None:
    at(START)
    florida = Florida()
    actions.plan_contact(
        actor=florida.people["peer"],
        role=florida.roles["peer"],
        member=florida.mother,
        way="call",
        planned_at=moment(2),
    )
    at(moment(3).isoformat())
    show = f"/contacts/with/{florida.family.public_id}/{florida.people['mother'].public_id}/"
    assert "nothing is written down yet" in ask(florida.people["peer"], show)
