"""The queue and the page of a worry: no word of a talk without a look its people see, and an end that is written down."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from messaging.models import Flag
from portal.access import concerns as access
from portal.demo import concerns as demo
from portal.safety import actions
from portal.safety.actions import patterns
from portal.safety.models import Concern, Debrief, Look, Prompt, Repair, ReviewedWeek
from tests.safety.worried import Talk, told
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def talk(world: World, monkeypatch: pytest.MonkeyPatch) -> Talk:
    return Talk(world, monkeypatch)


@pytest.fixture
def ruth(world: World) -> Client:
    return signed_in(None, world.supervisor)


def test_the_board_says_how_it_stands(world: World, talk: Talk, ruth: Client) -> None:
    talk.on_shift = [world.second_peer_role]
    talk.said(world.mentor, "Keep this between us.", "concern", "secrecy")
    talk.after()
    talk.said(world.youth)
    talk.after(minutes=12)
    Flag.objects.create(conversation=talk.conversation, key=talk.conversation.public_id, author=world.youth,
                        level="unscreened")  # fmt: skip
    page = ruth.get("/safety/").content.decode()
    assert page.index("Theo Marchand may be in danger") < page.index("Something to look at for Theo Marchand")
    assert "12 minutes" in page
    assert "Marcus Hebertson" in page
    assert "Messages are not looked through for danger since" in page
    assert "I cannot go on" not in page


def test_words_are_the_answer_to_a_post_alone_and_each_reading_is_one_look(
    world: World, talk: Talk, ruth: Client
) -> None:
    for _before in range(8):
        talk.said(world.mentor, "How was school?").delete()
    talk.said(world.youth, "I cannot go on.")
    talk.after()
    path = f"/safety/{talk.concern.public_id}/"
    page = ruth.get(path).content.decode()
    assert "I cannot go on." not in page
    assert "suicide" in page
    assert not Look.objects.exists()
    for times in (1, 2):
        shown = ruth.post(f"{path}read/").content.decode()
        assert "I cannot go on." in shown
        assert Look.objects.count() == times
    look = Look.objects.first()
    assert look is not None
    assert (look.from_seq, look.to_seq, look.why) == (4, 9, Look.Why.CONCERN)
    assert ruth.get(f"{path}read/").status_code == 405


def test_nobody_reads_once_it_is_closed_nor_without_a_part_in_it(world: World, talk: Talk, ruth: Client) -> None:
    talk.said(world.youth)
    talk.after()
    path = f"/safety/{talk.concern.public_id}/"
    for other in (world.mentor, world.caregiver, world.stranger_liaison, world.lead, world.peer):
        assert signed_in(None, other).post(f"{path}read/").status_code == 404
    actions.close_concern(actor=world.supervisor, concern=talk.concern, outcome=Concern.Outcome.HELPED, text="Well.")
    assert ruth.get(path).status_code == 200
    assert ruth.post(f"{path}read/").status_code == 404
    assert not Look.objects.exists()


def test_the_whole_way_through_the_pages(world: World, talk: Talk, ruth: Client) -> None:
    talk.said(world.youth)
    talk.after()
    path = f"/safety/{talk.concern.public_id}/"
    assert "Theo Marchand may be in danger" in ruth.get("/").content.decode()
    assert ruth.post(f"{path}open/").status_code == 302
    assert ruth.post(f"{path}note/", {"text": "I called him. His aunt is with him."}).status_code == 302
    assert ruth.get(f"{path}second/").status_code == 200
    assert (
        ruth.post(f"{path}second/", {"role": str(world.lead_role.public_id), "text": "Please call me."}).status_code
        == 302
    )
    assert told() == {world.lead}
    assert signed_in(None, world.lead).get(path).status_code == 200
    assert ruth.post(f"{path}hand/", {"role": str(world.mentor_role.public_id)}).status_code == 422
    assert ruth.post(f"{path}hand/", {"role": str(world.liaison_role.public_id)}).status_code == 302
    simone = signed_in(None, world.liaison)
    assert simone.get(f"{path}close/").status_code == 200
    assert simone.post(f"{path}close/", {"outcome": "helped", "text": "His aunt stays."}).status_code == 302
    assert simone.post(f"{path}open/").status_code == 302  # too late, and said so
    concern = talk.concern
    assert (concern.outcome, concern.closed_by) == ("helped", world.liaison_role)
    kinds = list(concern.notes.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["opened", "done", "second", "handed", "closed"]
    assert "His aunt stays." in ruth.get(path).content.decode()
    assert "Closed in the last two weeks" in ruth.get("/safety/").content.decode()


def test_a_false_alarm_about_a_parent_is_made_good_without_saying_who_was_worried(
    world: World, talk: Talk, ruth: Client
) -> None:
    talk.said(world.youth, "My mom hit the door.", "crisis", "abuse")
    talk.after()
    talk.concern.about.add(world.caregiver)
    path = f"/safety/{talk.concern.public_id}/close/"
    words = "We asked about last week. Nothing was wrong. We are sorry."
    said = {"outcome": "false_alarm", "text": "Spoke with both.", "repair": words}
    assert ruth.post(path, said | {"to": str(world.caregiver.public_id)}).status_code == 302
    mother = signed_in(None, world.caregiver)
    page = mother.get("/").content.decode()
    assert words in page
    assert "Spoke with both." not in page
    repair = Repair.objects.get()
    assert signed_in(None, world.second_caregiver).post(f"/safety/words/{repair.public_id}/read/").status_code == 404
    assert mother.post(f"/safety/words/{repair.public_id}/read/").status_code == 302
    assert words not in mother.get("/").content.decode()


def test_where_help_was_given_no_word_of_a_false_alarm_goes_to_anybody(world: World, talk: Talk, ruth: Client) -> None:
    talk.said(world.youth)
    talk.after()
    said = {"outcome": "helped", "text": "Well.", "repair": "Sorry.", "to": str(world.youth.public_id)}
    ruth.post(f"/safety/{talk.concern.public_id}/close/", said)
    assert not Repair.objects.exists()


# -- how helpers are ---------------------------------------------------------------------------------------------------------


def test_after_a_crisis_the_helper_is_asked_how_they_are_and_who_leads_them_hears(
    world: World, talk: Talk, ruth: Client
) -> None:
    talk.said(world.youth)
    talk.after()
    actions.close_concern(actor=world.supervisor, concern=talk.concern, outcome=Concern.Outcome.HELPED, text="Well.")
    debrief = Debrief.objects.get()
    dana = signed_in(None, world.mentor)
    assert "That was a hard talk. How are you?" in dana.get("/").content.decode()
    path = f"/safety/how-are-you/{debrief.public_id}/"
    assert signed_in(None, world.peer).get(path).status_code == 404
    assert dana.get(path).status_code == 200
    assert dana.post(path, {}).status_code == 422
    assert dana.post(path, {"answer": "talk"}).status_code == 302
    assert "That was a hard talk" not in dana.get("/").content.decode()
    assert "Dana Tran had a hard talk" in ruth.get("/safety/").content.decode()
    assert dana.post(f"{path}talked/").status_code == 404
    assert ruth.post(f"{path}talked/").status_code == 302
    assert "Dana Tran had a hard talk" not in ruth.get("/safety/").content.decode()


def test_a_helper_who_is_named_in_it_is_asked_nothing(world: World, talk: Talk) -> None:
    talk.said(world.mentor, "I will hurt you.")
    talk.after()
    assert list(talk.concern.about.all()) == [world.mentor]
    actions.close_concern(actor=world.supervisor, concern=talk.concern, outcome=Concern.Outcome.REPORTED, text="Done.")
    assert not Debrief.objects.exists()


def test_the_demo_tells_of_one_that_waits_and_one_whose_helper_is_asked(world: World, talk: Talk, ruth: Client) -> None:
    talk.said(world.youth, "I do not know what to do.").delete()
    demo.tell(
        conversation=talk.conversation,
        young=world.youth,
        mentor=world.mentor_role,
        liaison=world.supervisor,
        now=talk.now,
    )
    page = ruth.get("/safety/").content.decode()
    assert "Waits 3 minutes" in page
    assert "Help was given" in page
    assert Debrief.objects.get().staff_role == world.mentor_role
    assert list(access.to_open(world.supervisor)) == [Concern.objects.get(closed_at=None)]


# -- what stands out over time -------------------------------------------------------------------------------------------------


def _last_week(talk: Talk, author: str, hour: int, times: int) -> None:
    """So many messages last week at that hour of the clock there."""
    zone = talk.world.program.zone
    today = talk.world.program.today()
    day = today - dt.timedelta(days=today.weekday() + 4)
    now = talk.now
    for number in range(times):
        talk.now = dt.datetime.combine(day, dt.time(hour, number), tzinfo=zone)
        talk.said(getattr(talk.world, author), "Hello").delete()
    talk.now = now


def test_late_hours_and_imbalance_are_plain_facts_for_who_watches_over_it_once(
    world: World, talk: Talk, ruth: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patterns._chance, "randrange", lambda _one_in: 1)
    _last_week(talk, "mentor", 16, 8)
    _last_week(talk, "mentor", 22, 12)
    _last_week(talk, "youth", 15, 4)
    assert (actions.review_weeks(), actions.review_weeks()) == (1, 0)
    page = ruth.get("/safety/").content.decode()
    assert "12 of 20 messages of the mentor came after 9 in the evening" in page
    assert "20 of 24 messages were the mentor’s." in page
    assert not access.visible_prompts(world.liaison).exists()
    assert not access.visible_prompts(world.mentor).exists()
    prompt = Prompt.objects.get(kind="late")
    assert signed_in(None, world.liaison).post(f"/safety/looks/{prompt.public_id}/read/").status_code == 404
    shown = ruth.post(f"/safety/looks/{prompt.public_id}/read/")
    assert shown.content.decode().count("Hello") == 20
    assert Look.objects.get().why == Look.Why.PATTERN
    assert ruth.post(f"/safety/looks/{Prompt.objects.get(kind='uneven').public_id}/seen/").status_code == 302
    assert not access.visible_prompts(world.supervisor).exists()
    assert Look.objects.count() == 1


def test_a_quiet_week_stands_out_in_nothing(world: World, talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns._chance, "randrange", lambda _one_in: 1)
    _last_week(talk, "mentor", 16, 5)
    _last_week(talk, "youth", 23, 5)
    actions.review_weeks()
    assert not Prompt.objects.exists()


def test_chance_picks_a_talk_for_a_look_as_often_as_the_program_says(
    world: World, talk: Talk, ruth: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def picks(one_in: int) -> int:
        asked.append(one_in)
        return 0

    monkeypatch.setattr(patterns._chance, "randrange", picks)
    _last_week(talk, "mentor", 16, 2)
    actions.review_weeks()
    assert (asked, ReviewedWeek.objects.count()) == ([5], 1)
    assert "Chance picked this talk. It had 2 messages that week." in ruth.get("/safety/").content.decode()
    ruth.post(f"/safety/looks/{Prompt.objects.get().public_id}/read/")
    assert Look.objects.get().why == Look.Why.SAMPLE
    assert timezone.now() == talk.now
