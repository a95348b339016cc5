"""Three questions after a meeting: skipped, answered, changed; read by whom the writer chose, and by nobody else."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from peer_support import actions as peer_support
from portal.access import Refused
from portal.access import pulse as access
from portal.audit.models import Entry
from portal.care import actions as care
from portal.care.models import TeamMeeting
from portal.families.models import AccessBasis
from portal.notices.models import Notice
from portal.programs.facts import ProblemsError
from portal.programs.schema.settings import Survey
from portal.voice import actions
from portal.voice.models import Pulse, PulseAnswer
from portal.voice.refusals import PulseOver
from tests.care.meetings import over, proposed
from tests.care.plans import NEXT, opened
from tests.peer_support.mentored import mentored
from tests.voice.meetings import answered, asked, held
from tests.world import World, signed_in

pytestmark = pytest.mark.both_databases
WORDS = "Please stop talking about me as if I were not there"


def path_of(pulse: Pulse) -> str:
    return f"/how-was-it/{pulse.public_id}/"


def closed(pulse: Pulse) -> None:
    Pulse.objects.filter(pk=pulse.pk).update(closes_at=timezone.now())


@pytest.mark.promise("NC-12")
def test_after_each_held_meeting_each_of_the_family_is_asked_once(world: World) -> None:
    held(world, opened(world), world.caregiver, world.youth)
    assert actions.ask_pulses() == 2
    assert actions.ask_pulses() == 0
    assert {(one.person, one.side) for one in Pulse.objects.all()} == {
        (world.caregiver, "raising"),
        (world.youth, "young"),
    }
    for pulse in Pulse.objects.all():
        told = Notice.objects.get(about=f"pulse:{pulse.public_id}")
        assert (told.person, told.kind, told.path) == (pulse.person, "pulse", path_of(pulse))
    home = signed_in(None, world.youth).get("/").content.decode()
    assert "How was the meeting?" in home


def test_a_meeting_that_is_called_off_or_long_over_asks_nobody(world: World) -> None:
    plan = opened(world)
    care.call_off_meeting(actor=world.caregiver, meeting=proposed(world.caregiver, plan), why="Ill")
    old = held(world, plan, world.caregiver, minutes=45)
    TeamMeeting.objects.filter(pk=old.pk).update(ended_at=timezone.now() - dt.timedelta(days=40))
    assert actions.ask_pulses() == 0


def test_a_meeting_with_nobody_of_the_family_asks_them_all_the_same_and_they_can_say_so(world: World) -> None:
    held(world, opened(world))
    assert actions.ask_pulses() == 2
    pulse = Pulse.objects.get(person=world.youth)
    answered(pulse, heard="away", changed="unsure")
    closed(pulse)
    first, end = world.program.today() - dt.timedelta(days=90), world.program.today() + dt.timedelta(days=2)
    assert access.answers_in(world.program, first, end) == [], "who was not there is counted in no answer about it"


@pytest.mark.promise("NC-12")
def test_the_three_questions_are_answered_and_can_be_changed_for_some_days(world: World) -> None:
    pulse = asked(world, opened(world))["youth"]
    browser, form = signed_in(None, world.youth), {"heard": "partly", "changed": "no", "reader": "nobody"}
    page = browser.get(path_of(pulse)).content.decode()
    for question in ("Were you heard?", "Did the plan change because of you?", "Should we stop or change anything?"):
        assert question in page
    missing = browser.post(path_of(pulse), {"words": WORDS})
    assert missing.status_code == 422
    assert WORDS in missing.content.decode()
    for _twice in range(2):
        assert browser.post(path_of(pulse), form).status_code == 302
    assert PulseAnswer.objects.count() == 1, "sent twice, kept once"
    assert "What you said" in browser.get(path_of(pulse)).content.decode()
    assert "Were you heard?" in browser.get(f"{path_of(pulse)}?change").content.decode()
    browser.post(path_of(pulse), form | {"heard": "yes", "words": WORDS})
    newest = access.answer_of(pulse)
    assert newest is not None
    assert (newest.heard, newest.words) == ("yes", WORDS)
    assert PulseAnswer.objects.count() == 2, "nothing is overwritten"
    closed(pulse)
    late = browser.post(path_of(pulse), form | {"words": "Another word"})
    assert late.status_code == 422
    assert "Another word" in late.content.decode()
    assert "The time for these questions is over" in late.content.decode()
    assert "You can change it until" not in browser.get(path_of(pulse)).content.decode()


def test_skipping_needs_no_reason_tells_nobody_and_can_be_thought_over(world: World) -> None:
    pulse = asked(world, opened(world))["caregiver"]
    browser = signed_in(None, world.caregiver)
    for _twice in range(2):
        assert browser.post(f"{path_of(pulse)}skip/").status_code == 302
    assert not access.waiting_pulses(world.caregiver).exists()
    assert not Notice.objects.filter(about=f"pulse:{pulse.public_id}", read_at=None).exists()
    answered(pulse)
    pulse.refresh_from_db()
    assert pulse.skipped_at is None
    browser.post(f"{path_of(pulse)}skip/")
    pulse.refresh_from_db()
    assert pulse.skipped_at is None, "what was answered stays"
    closed(pulse)
    over_ = browser.post(f"{path_of(pulse)}skip/", follow=True).content.decode()
    assert "The time for these questions is over" in over_
    other = Pulse.objects.get(person=world.youth)
    closed(other)
    page = signed_in(None, world.youth).get(path_of(other)).content.decode()
    assert "Nothing is asked of you now" in page
    with pytest.raises(PulseOver):
        answered(other)


@pytest.mark.promise("NC-12")
@pytest.mark.parametrize(("reader", "readers"), [("nobody", ""), ("team", "facilitator liaison"), ("peer", "mentor")])
def test_the_words_are_read_by_whom_the_writer_chose_and_on_no_other_page(
    world: World, reader: str, readers: str
) -> None:
    pairing = mentored(world)
    peer_support.give_permission(actor=world.caregiver, pairing=pairing)
    plan = opened(world)
    pulse = asked(world, plan)["youth"]
    answered(pulse, heard="no", words=WORDS, reader=reader)
    meeting = pulse.meeting.public_id
    surfaces = ["/", "/notices/", "/given/", "/record/", "/plans/", "/owed/", "/meeting-results/", "/how-meetings-go/"]
    surfaces += [f"/meetings/{meeting}/", f"/meetings/{meeting}/agenda/", f"/plans/{plan.public_id}/meetings/"]
    surfaces += [f"/plans/{plan.public_id}/{page}" for page in ("", "print/", "timeline/")] + [path_of(pulse)]
    for who in ("caregiver", "second_caregiver", "peer", "mentor", "liaison", "facilitator", "lead"):
        browser = signed_in(None, getattr(world, who))
        seen = {one for one in surfaces if WORDS in browser.get(one, follow=True).content.decode(errors="replace")}
        expected = ({"/given/"} if who == "mentor" else {f"/meetings/{meeting}/"}) if who in readers.split() else set()
        assert seen == expected, who
    assert not any(WORDS[:20] in str(one.detail) for one in Entry.objects.all())
    assert not Entry.objects.filter(subject="pulse").exclude(family_id=None).exists()
    answered(pulse, heard="no", words=WORDS, reader="nobody")
    for who in ("facilitator", "mentor"):
        for one in ("/given/", f"/meetings/{meeting}/"):
            page = signed_in(None, getattr(world, who)).get(one).content.decode(errors="replace")
            assert WORDS not in page, "taken back"


def test_nobody_answers_for_somebody_else_or_lets_somebody_read_it_who_is_not_there(world: World) -> None:
    pulse = asked(world, opened(world))["youth"]
    said: dict[str, Any] = {"heard": "yes", "changed": "yes", "words": ""}
    with pytest.raises(Refused):
        actions.answer_pulse(actor=world.caregiver, pulse=pulse, reader="nobody", **said)
    with pytest.raises(Refused):
        actions.answer_pulse(actor=world.youth, pulse=pulse, reader="peer", **said)
    assert 'value="peer"' not in signed_in(None, world.youth).get(path_of(pulse)).content.decode()
    assert signed_in(None, world.facilitator).get(path_of(pulse)).status_code == 404


def test_of_a_plan_closed_to_parents_only_the_young_person_is_asked(world: World) -> None:
    plan = care.open_plan(
        actor=world.facilitator,
        family=world.family,
        youth=world.youth_member,
        next_on=world.program.today() + NEXT,
        access_basis=AccessBasis.MINOR,
    )
    meeting = over(proposed(world.youth, plan))
    care.hold_meeting(actor=world.facilitator, meeting=meeting, came=set(), notes="We met.", without="By phone")
    assert actions.ask_pulses() == 1
    assert Pulse.objects.get().person == world.youth


# -- a licensed survey -------------------------------------------------------------------------------------------------------------


LICENSED = {
    "name": "Team Survey",
    "owner": "Example University",
    "licence": "Leave of 4 May, for this programme alone",
    "questions": ("The team knew us.", "We made the plan together."),
    "answers": ("Not true", "Partly true", "True"),
    "source": "Licence",
    "certainty": "seed",
}


def test_no_licensed_text_is_shipped() -> None:
    profiles = Path(__file__).resolve().parents[2] / "portal" / "programs" / "profiles"
    assert not any("meeting_survey" in one.read_text(encoding="utf-8") for one in profiles.glob("*.toml"))


@pytest.mark.parametrize(
    "changed",
    [{"questions": ()}, {"answers": ("True",)}, {"questions": ("Same.", "Same.")}, {"owner": None}, {"other": "x"}],
)
def test_a_survey_without_its_owner_or_its_questions_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises((ValueError, ProblemsError)):
        Survey.model_validate(LICENSED | changed)


def test_a_survey_the_programme_brings_is_asked_beside_our_own_and_counted_like_them(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = Survey.model_validate(LICENSED)
    settings = world.program.profile.settings
    monkeypatch.setitem(settings.__dict__, "meeting_survey", survey)
    pulse = asked(world, opened(world))["youth"]
    browser = signed_in(None, world.youth)
    assert "The team knew us." in browser.get(path_of(pulse)).content.decode()
    form = {"heard": "yes", "changed": "yes", "reader": "nobody"}
    assert browser.post(path_of(pulse), form).status_code == 422
    assert browser.post(path_of(pulse), form | {"survey_0": "2", "survey_1": "0"}).status_code == 302
    closed(pulse)
    today = world.program.today()
    (record,) = access.answers_in(world.program, today - dt.timedelta(days=5), today + dt.timedelta(days=2))
    assert (record.said["survey-0"], record.said["survey-1"]) == ("2", "0")
    page = signed_in(None, world.lead).get("/meeting-results/").content.decode()
    assert "Example University" in page
