"""What somebody wants to get better at: theirs alone unless they share it, and a step is said warmly and never counted."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from peer_support import actions, skills
from peer_support.models import ChosenSkill, SkillStep
from peer_support.refusals import AlreadyChosen, StepAhead
from portal.access import Refused
from portal.access import skills as access
from portal.audit.models import Entry
from portal.families.models import Member
from portal.rewrapping import rewrap_words
from tests.peer_support.choosing import get, post, set_up, text
from tests.world import VIEWERS, World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def choose(world: World, skill: str = "say_no", **told: object) -> ChosenSkill:
    member = world.caregiver_member
    return actions.choose_skill(actor=member.person, member=member, skill=skill, **told)  # type: ignore[arg-type]


def who_sees(world: World, chosen: ChosenSkill) -> set[str]:
    return {name for name in VIEWERS if access.visible_skills(getattr(world, name)).filter(pk=chosen.pk).exists()}


@pytest.mark.promise("FSO-07")
def test_a_family_chooses_from_the_list_and_a_step_is_celebrated(world: World) -> None:
    """Strategies, and a model of success: the person chooses, marks a step, and the page says it warmly."""
    page = text(get(world.caregiver, "/skills/choose/"))
    assert "Run my child’s school meeting" in page
    assert "Keep a notebook of calls" in page
    post(world.caregiver, "/skills/choose/", skill="in_writing", share_with="")
    chosen = ChosenSkill.objects.get()
    answer = post(
        world.caregiver,
        f"/skills/{chosen.public_id}/step/",
        on=world.program.today(),
        words="I asked the school for it by mail.",
    )
    assert "You took a step. That took courage, and it is yours." in text(answer)
    assert "I asked the school for it by mail." in text(answer)
    assert "You did it." in text(answer)


def test_a_family_may_write_its_own_words(world: World) -> None:
    empty = post(world.caregiver, "/skills/choose/", skill="own")
    assert empty.status_code == 422
    assert "Please write it in your own words" in text(empty)
    post(world.caregiver, "/skills/choose/", skill="own", words="Sleep before a meeting")
    chosen = ChosenSkill.objects.get()
    assert (chosen.skill, chosen.words, skills.title(chosen)) == (
        "",
        "Sleep before a meeting",
        "Sleep before a meeting",
    )
    assert b"Sleep" not in bytes(chosen.sealed_words or b"")


def test_the_lists_of_caregivers_and_the_young_are_their_own(world: World) -> None:
    assert "Say what I want in my meeting" in text(get(world.youth, "/skills/choose/"))
    assert "Run my child’s school meeting" not in text(get(world.youth, "/skills/choose/"))
    with pytest.raises(Refused):
        choose(world, "my_meeting")
    assert skills.offered_to("natural_support") == {}


def test_the_same_one_is_chosen_once_until_it_is_put_away(world: World) -> None:
    chosen = choose(world)
    with pytest.raises(AlreadyChosen):
        choose(world)
    assert "You chose this one already." in text(post(world.caregiver, "/skills/choose/", skill="say_no"))
    post(world.caregiver, f"/skills/{chosen.public_id}/end/")
    assert who_sees(world, chosen) == set()
    choose(world)


def test_nobody_sees_it_unless_it_is_shared_and_then_the_peer_alone(world: World) -> None:
    chosen = choose(world)
    assert who_sees(world, chosen) == {"caregiver"}
    page = post(world.caregiver, f"/skills/{chosen.public_id}/share/", share_with=world.pairing.public_id)
    assert "Joy sees it now." in text(page)
    assert who_sees(world, chosen) == {"caregiver", "peer"}
    assert "Say no in a meeting" in text(get(world.peer, "/skills/"))
    post(world.caregiver, f"/skills/{chosen.public_id}/share/", share_with="")
    assert who_sees(world, chosen) == {"caregiver"}
    assert not Entry.objects.filter(subject="skill").exclude(family_id=None).exists()


def test_a_pairing_that_pauses_or_ends_shows_it_no_more_and_the_next_peer_does_not_see_it(world: World) -> None:
    chosen = choose(world, share_with=world.pairing)
    actions.pause_pairing(
        actor=world.caregiver, pairing=world.pairing, until=world.program.today() + dt.timedelta(days=5)
    )
    assert who_sees(world, chosen) == {"caregiver"}
    assert "Nobody sees it but you." in text(get(world.caregiver, f"/skills/{chosen.public_id}/"))
    actions.end_pairing(actor=world.caregiver, pairing=world.pairing)
    following = actions.propose_pairing(
        actor=world.liaison, member=world.caregiver_member, peer=world.second_peer_role, reason=""
    )
    actions.accept_pairing(actor=world.caregiver, pairing=following)
    actions.begin_pairing(actor=world.second_peer, pairing=following)
    assert who_sees(world, chosen) == {"caregiver"}


def test_nobody_shares_with_a_peer_of_somebody_else(world: World) -> None:
    with pytest.raises(Refused):
        choose(world, share_with=world.stranger_pairing)
    chosen = choose(world)
    for actor, pairing in ((world.caregiver, world.stranger_pairing), (world.peer, world.pairing)):
        with pytest.raises(Refused):
            actions.share_skill(actor=actor, chosen=chosen, share_with=pairing)


def test_a_peer_marks_a_step_and_the_family_reads_it(world: World) -> None:
    chosen = choose(world, share_with=world.pairing)
    page = f"/skills/{chosen.public_id}/"
    answer = post(world.peer, f"{page}step/", on=world.program.today(), words="You said no, and meant it.")
    assert "reads that you saw this step" in text(answer)
    shown = text(get(world.caregiver, page))
    assert "Joy saw it." in shown
    assert "You said no, and meant it." in shown


def test_a_mentor_marks_a_step_without_words(world: World) -> None:
    """What is written between a mentor and a young person stays switched off, beside a step too."""
    world = set_up(world)
    offer = actions.propose_pairing(actor=world.liaison, member=world.youth_member, peer=world.mentor_role, reason="")
    actions.accept_pairing(actor=world.youth, pairing=offer)
    actions.begin_pairing(actor=world.mentor, pairing=offer)
    chosen = actions.choose_skill(actor=world.youth, member=world.youth_member, skill="my_meeting", share_with=offer)
    page = f"/skills/{chosen.public_id}/step/"
    assert "<textarea" not in text(get(world.mentor, page))
    post(world.mentor, page, on=world.program.today(), words="Meet me.")
    assert SkillStep.objects.get().words == ""
    with pytest.raises(Refused):
        actions.mark_step(actor=world.mentor, chosen=chosen, on=world.program.today(), words="Meet me.")
    assert who_sees(world, chosen) == {"youth", "mentor"}  # and not their mother


def test_a_step_is_undone_by_who_marked_it_or_whose_it_is(world: World) -> None:
    chosen = choose(world, share_with=world.pairing)
    today = world.program.today()
    own, seen = (actions.mark_step(actor=one, chosen=chosen, on=today) for one in (world.caregiver, world.peer))
    with pytest.raises(Refused):
        actions.undo_step(actor=world.peer, step=own)
    post(world.caregiver, f"/skills/steps/{seen.public_id}/undo/")
    post(world.caregiver, f"/skills/steps/{own.public_id}/undo/")
    assert not access.visible_steps(world.caregiver, chosen).exists()
    assert "None written down yet." in text(get(world.caregiver, f"/skills/{chosen.public_id}/"))


def test_a_step_has_happened(world: World) -> None:
    chosen = choose(world)
    tomorrow = world.program.today() + dt.timedelta(days=1)
    with pytest.raises(StepAhead):
        actions.mark_step(actor=world.caregiver, chosen=chosen, on=tomorrow)
    answer = post(world.caregiver, f"/skills/{chosen.public_id}/step/", on=tomorrow, words="I will.")
    assert answer.status_code == 422
    assert "This day has not come yet." in text(answer)
    assert "I will.</textarea>" in text(answer)


def test_they_say_themselves_when_they_have_got_it_and_nothing_is_counted(world: World) -> None:
    chosen = choose(world, share_with=world.pairing)
    for days in range(3):
        actions.mark_step(
            actor=world.caregiver, chosen=chosen, on=world.program.today() - dt.timedelta(days=400 + days)
        )
    page = f"/skills/{chosen.public_id}/"
    with pytest.raises(Refused):
        actions.set_got_it(actor=world.peer, chosen=chosen, has_got_it=True)
    assert "You have got it." in text(post(world.caregiver, f"{page}got-it/", got="yes"))
    assert "What I have got" in text(get(world.caregiver, "/skills/"))
    for person in (world.caregiver, world.peer):
        main = text(get(person, "/skills/")).partition("<main")[2].partition("</main>")[0]
        assert not re.search(r">[^<]*\b3\b[^<]*<", main)
    post(world.caregiver, f"{page}got-it/", got="no")
    assert ChosenSkill.objects.get().state == "working"


@pytest.mark.parametrize("name", ["second_caregiver", "youth", "liaison", "facilitator", "natural_support"])
def test_nobody_chooses_or_marks_for_another(world: World, name: str) -> None:
    chosen = choose(world)
    actor = getattr(world, name)
    for act in (
        lambda: actions.choose_skill(actor=actor, member=world.caregiver_member, skill="ask_again"),
        lambda: actions.mark_step(actor=actor, chosen=chosen, on=world.program.today()),
        lambda: actions.put_away(actor=actor, chosen=chosen),
    ):
        with pytest.raises(Refused):
            act()


def test_words_are_read_after_new_keys(world: World) -> None:
    chosen = choose(world, "", words="Sleep before a meeting")
    actions.mark_step(actor=world.caregiver, chosen=chosen, on=world.program.today(), words="Eight hours.")
    assert rewrap_words() >= 2
    assert (ChosenSkill.objects.get().words, SkillStep.objects.get().words) == (
        "Sleep before a meeting",
        "Eight hours.",
    )


def test_a_code_that_left_the_list_is_still_shown(world: World) -> None:
    chosen = choose(world)
    ChosenSkill.objects.filter(pk=chosen.pk).update(skill="ring_twice")
    assert "ring twice" in text(get(world.caregiver, "/skills/"))
    assert Member.objects.filter(chosen_skills=chosen).exists()
