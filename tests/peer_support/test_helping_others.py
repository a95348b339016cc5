""" "I want to help others": the way to become a peer begins with a talk, and nothing is judged or changed by itself."""

from __future__ import annotations

import datetime as dt

import pytest

from peer_support import actions
from peer_support.models import HelpingPath, Pairing
from peer_support.refusals import DayBehind, TalkAhead
from portal.access import Refused, clocks
from portal.access import helping as access
from portal.accounts.models import Person
from portal.clocks.firing import fire_due
from portal.clocks.models import Clock
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from portal.rewrapping import rewrap_words
from tests.peer_support.asking import in_days
from tests.peer_support.choosing import get, post, text
from tests.peer_support.conftest import Later
from tests.world import VIEWERS, World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def offer(world: World) -> HelpingPath:
    return actions.offer_to_help(actor=world.caregiver, member=world.caregiver_member)


def clock_of(path: HelpingPath) -> Clock:
    return Clock.objects.get(subject="helping", subject_id=str(path.public_id))


def talk(world: World, path: HelpingPath, stage: str = "talk_held", **told: object) -> None:
    said = {"next_on": in_days(world, 14), "talked_on": world.program.today()} | told
    actions.record_helping(actor=world.liaison, path=path, talked=actions.Talked(stage=stage, **said))  # type: ignore[arg-type]


@pytest.mark.promise("FSO-07")
def test_i_want_to_help_others_starts_the_peer_path(world: World) -> None:
    page = text(get(world.caregiver, "/helping/"))
    assert "What a peer does" in page
    assert "at least 2 public systems" in page
    assert "at least 365 days" in page
    assert "Your own support stays as it is" in page
    answer = post(world.caregiver, "/helping/", words="Denise helped me. I want to give that on.")
    assert "Someone talks with you about it." in text(answer)
    path = HelpingPath.objects.get()
    clock = clock_of(path)
    assert (path.stage, clock.rule_id, clock.responsible) == ("interested", "LA-HELPING", world.liaison_role)
    listed = text(get(world.liaison, "/support/requests/"))
    assert f"/helping/{path.public_id}/" in listed
    assert "Waits for a talk with you" in listed
    assert Notice.objects.filter(person=world.liaison, kind="support_asked").count() == 1


def test_saying_it_twice_is_one_path(world: World) -> None:
    assert offer(world) == offer(world)
    post(world.caregiver, "/helping/")
    assert HelpingPath.objects.count() == 1


def test_the_talk_and_the_next_day_are_written_down_and_read_by_both(world: World) -> None:
    path = offer(world)
    page = f"/helping/{path.public_id}/"
    missing = post(world.liaison, page, stage="talk_held", words="It was good to talk.")
    assert missing.status_code == 422
    assert "It was good to talk.</textarea>" in text(missing)
    post(
        world.liaison,
        page,
        stage="talk_held",
        talked_on=world.program.today(),
        next_on=in_days(world, 14),
        words="It was good to talk.",
    )
    assert clock_of(path).state == Clock.State.MET
    shown = text(get(world.caregiver, "/helping/"))
    assert "We talked about it" in shown
    assert "It was good to talk." in shown
    assert "You go on by" in shown
    assert Notice.objects.filter(person=world.caregiver, kind="support").count() == 1


def test_a_talk_nobody_held_is_late_on_both_pages(world: World, later: Later) -> None:
    path = offer(world)
    later(dt.timedelta(days=25))
    fire_due()
    assert clock_of(path).state == Clock.State.MISSED
    for person, page in ((world.caregiver, "/helping/"), (world.liaison, "/support/requests/")):
        assert "days late" in text(get(person, page))


def test_a_next_day_that_passed_is_late(world: World, later: Later) -> None:
    talk(world, offer(world), next_on=in_days(world, 2))
    later(dt.timedelta(days=5))
    assert "Late. You were to go on by" in text(get(world.caregiver, "/helping/"))


def test_nothing_about_their_own_support_and_no_account_or_job_follows(world: World) -> None:
    before = list(Pairing.objects.order_by("pk").values())
    people, roles = Person.objects.count(), StaffRole.objects.count()
    path = offer(world)
    talk(world, path)
    talk(world, path, "training", talked_on=None)
    talk(world, path, "ready", talked_on=None, next_on=None)
    assert HelpingPath.objects.get().stage == "ready"
    assert list(Pairing.objects.order_by("pk").values()) == before
    assert (Person.objects.count(), StaffRole.objects.count()) == (people, roles)
    assert "Ask your program lead to give them a job here" in text(get(world.liaison, f"/helping/{path.public_id}/"))
    assert "When there is a place for you, they ask you." in text(get(world.caregiver, "/helping/"))


def test_not_now_is_a_stage_with_a_day_to_ask_again(world: World) -> None:
    path = offer(world)
    talk(world, path, "later", talked_on=None)
    assert clock_of(path).state == Clock.State.CANCELLED
    talk(world, path)
    assert HelpingPath.objects.get().stage == "talk_held"


def test_days_that_cannot_be_are_refused_and_kept(world: World) -> None:
    path = offer(world)
    with pytest.raises(TalkAhead):
        talk(world, path, talked_on=in_days(world, 1))
    with pytest.raises(DayBehind):
        talk(world, path, next_on=in_days(world, -1))
    refused = post(
        world.liaison,
        f"/helping/{path.public_id}/",
        stage="talk_held",
        talked_on=in_days(world, 1),
        next_on=in_days(world, 2),
    )
    assert refused.status_code == 422
    assert "This day has not come yet." in text(refused)
    for stage in ("training", "taken_back", "interested"):
        with pytest.raises(Refused):
            talk(world, path, stage)


def test_taken_back_without_a_reason_and_said_again(world: World) -> None:
    path = offer(world)
    post(world.caregiver, f"/helping/{path.public_id}/back/")
    assert clock_of(path).state == Clock.State.CANCELLED
    assert path not in access.paths_to_keep(world.liaison)
    again = offer(world)
    assert (again.pk != path.pk, again.stage) == (True, "interested")


def test_it_is_seen_by_the_person_and_the_liaison_alone(world: World) -> None:
    path = offer(world)
    assert {name for name in VIEWERS if path in access.paths_to_keep(getattr(world, name))} == {"liaison"}
    assert {name for name in VIEWERS if path in access.own_paths(getattr(world, name))} == {"caregiver"}
    seen = {name for name in VIEWERS if clocks.visible_clocks(getattr(world, name)).filter(subject="helping").exists()}
    assert seen == {"caregiver", "liaison"}


@pytest.mark.parametrize("name", ["caregiver", "second_caregiver", "facilitator", "supervisor", "stranger_liaison"])
def test_nobody_else_writes_it_down(world: World, name: str) -> None:
    with pytest.raises(Refused):
        actions.record_helping(
            actor=getattr(world, name), path=offer(world), talked=actions.Talked("later", in_days(world, 3))
        )


def test_the_young_begin_at_the_age_of_the_programmes_mentors(world: World) -> None:
    page = text(get(world.youth, "/helping/"))
    assert "Here you can begin when you are 18." in page
    assert "You went through at least 2 public systems yourself" in page
    with pytest.raises(Refused):
        actions.offer_to_help(actor=world.youth, member=world.youth_member)
    Person.objects.filter(pk=world.youth.pk).update(born_on=in_days(world, -19 * 366))
    world.youth.refresh_from_db()
    world.youth_member.refresh_from_db()
    actions.offer_to_help(actor=world.youth, member=world.youth_member)


def test_nobody_offers_another(world: World) -> None:
    for actor in (world.second_caregiver, world.liaison, world.natural_support):
        with pytest.raises(Refused):
            actions.offer_to_help(actor=actor, member=world.caregiver_member)


def test_words_are_read_after_new_keys(world: World) -> None:
    actions.offer_to_help(actor=world.caregiver, member=world.caregiver_member, words="Joy helped me.")
    assert rewrap_words() >= 1
    assert HelpingPath.objects.get().words == "Joy helped me."
