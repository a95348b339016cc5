"""Words of danger, wherever a family writes them: help at once, a worry without a word of it, and nothing held back."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.utils import timezone

from portal.audit.models import Entry
from portal.families.models import Member
from portal.notices.models import Notice
from portal.safety import screening
from portal.safety.models import Concern
from portal.voice import actions as voice
from portal.voice.actions import danger
from portal.voice.actions import statements as actions
from portal.voice.models import PrepPoint, PulseAnswer, Statement
from tests.care.meetings import proposed
from tests.care.plans import opened
from tests.voice.meetings import answered, asked, written
from tests.voice.stage import now, spoken
from tests.world import World, signed_in

pytestmark = pytest.mark.both_databases
CRISIS = "I want to kill myself tonight"
WORRY = "I hate myself so much"
HELP = "Help right now"


def broken(_text: str, _language: str) -> screening.Finding:
    raise RuntimeError(CRISIS)


# -- getting ready for a meeting -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["say", "leave_out", "there", "not_there"])
def test_what_is_written_down_for_oneself_alone_brings_help_at_once_and_a_worry_without_its_words(
    world: World, kind: str
) -> None:
    meeting = proposed(world.caregiver, opened(world))
    path = f"/meetings/{meeting.public_id}/prepare/"
    browser = signed_in(None, world.youth)
    before = browser.get(path).content.decode()
    assert HELP not in before
    assert "Words of danger: who is on call learns that somebody should look after you." in before
    after = browser.post(path, {"key": uuid4(), kind: CRISIS}, follow=True).content.decode()
    assert HELP in after
    assert CRISIS in after, "kept, whatever it says"
    concern = Concern.objects.get()
    assert (concern.person, concern.source, concern.severity) == (world.youth, "written", "crisis")
    assert concern.conversation is None
    told = [f"{one.about} {one.path} {one.get_kind_display()}" for one in Notice.objects.all()]
    assert not any(CRISIS in one or str(PrepPoint.objects.get().public_id) in one for one in told)
    assert not any(CRISIS in json.dumps(one.detail) for one in Entry.objects.all())
    for who in (world.caregiver, world.facilitator, world.liaison):
        assert CRISIS not in signed_in(None, who).get(f"/meetings/{meeting.public_id}/", follow=True).content.decode()
    assert PrepPoint.objects.get().is_mine_alone, "nobody was given it"


def test_help_stands_there_before_it_is_kept_and_goes_with_the_words(world: World) -> None:
    meeting = proposed(world.caregiver, opened(world))
    browser, path = signed_in(None, world.youth), f"/meetings/{meeting.public_id}/prepare/"
    refused = browser.post(path, {"key": "no key", "say": CRISIS})
    assert refused.status_code == 422
    assert HELP in refused.content.decode()
    point = written(world.youth, meeting, "Ask me first")
    own = f"/prepared/{point.public_id}/"
    assert HELP in browser.post(own, {"text": CRISIS, "fate": "no such"}).content.decode()
    assert not Concern.objects.exists(), "nothing was kept so far"
    assert HELP in browser.post(own, {"text": CRISIS, "fate": "keep"}, follow=True).content.decode()
    assert Concern.objects.get().severity == "crisis"
    assert HELP not in browser.post(own, {"text": "Ask me first", "fate": "keep"}, follow=True).content.decode()
    assert Concern.objects.get().closed_at is None, "somebody still asks how they are"


def test_of_a_grown_up_only_a_crisis_is_told_and_of_a_young_person_a_worry_too(world: World) -> None:
    meeting = proposed(world.caregiver, opened(world))
    written(world.caregiver, meeting, WORRY)
    assert not Concern.objects.exists()
    written(world.youth, meeting, WORRY)
    assert Concern.objects.get().severity == "concern"
    written(world.caregiver, meeting, CRISIS)
    assert Concern.objects.get(person=world.caregiver).severity == "crisis"
    page = signed_in(None, world.caregiver).get(f"/meetings/{meeting.public_id}/prepare/").content.decode()
    assert "who is on call learns that somebody may need help" in page


def test_what_could_not_be_looked_at_is_looked_at_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also what was put away since is nobody's to look at, and what is fine is not looked at twice."""
    pulse = asked(world, opened(world))["youth"]
    meeting = proposed(world.caregiver, pulse.meeting.plan, minutes=90)
    with monkeypatch.context() as failing:
        failing.setattr(screening, "screen", broken)
        point, gone = written(world.youth, meeting, CRISIS), written(world.youth, meeting, CRISIS)
        answered(pulse, words=CRISIS)
        voice.put_away(actor=world.youth, point=gone)
    assert not Concern.objects.exists()
    assert voice.look_again() == 2
    assert Concern.objects.get().severity == "crisis"
    point.refresh_from_db()
    assert point.is_hard
    assert PulseAnswer.objects.get().is_hard
    assert voice.look_again() == 0


def test_a_worry_that_cannot_be_raised_takes_no_note_with_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_told: object) -> None:
        raise RuntimeError("the rota is gone")

    meeting = proposed(world.caregiver, opened(world))
    with monkeypatch.context() as failing:
        failing.setattr(danger, "raise_concern", fail)
        point = written(world.youth, meeting, CRISIS)
        assert voice.look_again() == 0
    point.refresh_from_db()
    assert (point.is_hard, point.screened_at) == (True, None)
    assert voice.look_again() == 1
    assert Concern.objects.count() == 1


# -- after a meeting -------------------------------------------------------------------------------------------------------


def test_words_about_a_meeting_that_nobody_is_to_read_are_looked_at_all_the_same(world: World) -> None:
    pulse = asked(world, opened(world))["youth"]
    browser, path = signed_in(None, world.youth), f"/how-was-it/{pulse.public_id}/"
    assert "Words of danger" in browser.get(path).content.decode()
    form = {"heard": "no", "changed": "no", "words": CRISIS, "reader": "nobody"}
    assert HELP in browser.post(path, form | {"heard": "what"}).content.decode()
    assert not Concern.objects.exists()
    assert HELP in browser.post(path, form, follow=True).content.decode()
    assert Concern.objects.get().severity == "crisis"
    assert (
        CRISIS not in signed_in(None, world.facilitator).get(f"/meetings/{pulse.meeting.public_id}/").content.decode()
    )


def test_who_belongs_to_the_family_no_more_is_looked_after_all_the_same(world: World) -> None:
    pulse = asked(world, opened(world))["caregiver"]
    Member.objects.filter(pk=world.caregiver_member.pk).update(left_at=timezone.now())
    answered(pulse, words=CRISIS)
    assert Concern.objects.get().person == world.caregiver


# -- what a voice note says ------------------------------------------------------------------------------------------------


def test_what_a_voice_note_says_is_looked_at_when_somebody_writes_it_down(world: World) -> None:
    note = spoken(world)
    assert not Concern.objects.exists()
    browser = signed_in(None, world.caregiver)
    page = browser.post(f"/say/{note.public_id}/text/", {"text": CRISIS}, follow=True).content.decode()
    assert HELP in page
    assert Concern.objects.get().person == world.caregiver
    other = spoken(world)
    actions.write_down(actor=world.facilitator, statement=other, text=CRISIS)
    assert now(other).is_hard, "by whomever it was written down"


# -- cards -----------------------------------------------------------------------------------------------------------------


def test_a_scared_child_is_not_forgotten_where_the_worry_could_not_be_raised(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The words of the card are no words of danger: what it means must not get lost on the way."""

    def fail(**_told: object) -> None:
        raise RuntimeError("the rota is gone")

    with monkeypatch.context() as failing:
        failing.setattr(danger, "raise_concern", fail)
        actions.say_with_cards(
            actor=world.caregiver,
            child=world.child_member,
            key=uuid4(),
            picked=["scared"],
            language="en",
            with_family=False,
        )
    assert Statement.objects.get().screened_at is None
    assert actions.keep_statements() == 1
    concern = Concern.objects.get()
    assert (concern.person, concern.kinds) == (world.child, ["unsafe"])
    assert Statement.objects.get().is_hard
