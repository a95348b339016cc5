"""The match is the only door between an adult and a young person: each part of it closes it, for everyone and by every way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from django.utils import timezone

from messaging.models import Conversation, Message
from messaging.sending import Refusal, Stored
from peer_support import actions as peer_support
from peer_support.models import Pairing, Permission
from portal.access import conversations as access
from portal.access import supervision
from portal.accounts.models import Person
from portal.programs.models import StaffRole
from portal.safety import actions
from portal.safety.models import DutyHours, StaffTie, Supervision
from tests.safety.youth import Youth, answers_all_week, matched, talking
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def youth(world_committed: World) -> Youth:
    return talking(world_committed)


@pytest.fixture(autouse=True)
def by_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hour at which the tests run is no part of them."""
    monkeypatch.setattr("portal.programs.schema.settings.AdultHours.quiet_until", lambda self, here: None)


def test_matched_permitted_and_watched_over_they_write(youth: Youth) -> None:
    assert isinstance(youth.say("Hi Dana"), Stored)
    assert isinstance(youth.say("Hi Theo", youth.mentor), Stored)
    assert supervision.supervisor_of(youth.now()) == youth.world.supervisor_role


def no_permission(youth: Youth) -> None:
    Permission.objects.update(withdrawn_at=timezone.now())


def permission_over(youth: Youth) -> None:
    Permission.objects.update(ends_on=youth.pairing.today - dt.timedelta(days=1))


def permission_of_one_who_may_not(youth: Youth) -> None:
    Permission.objects.update(given_by=youth.world.second_caregiver)  # decides about school alone


def nobody_on_the_rota(youth: Youth) -> None:
    DutyHours.objects.all().delete()


def supervisor_gone(youth: Youth) -> None:
    DutyHours.objects.exclude(staff_role=youth.world.supervisor_role).delete()
    StaffRole.objects.filter(pk=youth.world.supervisor_role.pk).update(ended_at=timezone.now())


def supervisor_is_close(youth: Youth) -> None:
    one, other = sorted([youth.mentor, youth.supervisor], key=lambda person: person.pk)
    StaffTie.objects.create(one=one, other=other, noted_by=youth.world.lead)


def nobody_named(youth: Youth) -> None:
    Supervision.objects.all().delete()


def mentor_gone(youth: Youth) -> None:
    StaffRole.objects.filter(pk=youth.world.mentor_role.pk).update(ended_at=timezone.now())


def match_over(youth: Youth) -> None:
    Pairing.objects.filter(pk=youth.pairing.pk).update(state=Pairing.State.ENDED)


def youth_left(youth: Youth) -> None:
    youth.world.youth_member.left_at = timezone.now()
    youth.world.youth_member.save()


BROKEN = [
    *(no_permission, permission_over, permission_of_one_who_may_not, nobody_on_the_rota, supervisor_gone),
    *(supervisor_is_close, nobody_named, mentor_gone, match_over, youth_left),
]


@pytest.mark.parametrize("breaking", BROKEN, ids=lambda one: one.__name__)
def test_each_part_that_is_missing_closes_it_for_both(youth: Youth, breaking: Callable[[Youth], None]) -> None:
    youth.say("Before")
    breaking(youth)
    Conversation.objects.filter(pk=youth.conversation.pk).update(
        access_version=99
    )  # as every action that changes one does
    for author in (youth.person, youth.mentor):
        with pytest.raises(Refusal):
            youth.say("After", author)
    assert Message.objects.filter(conversation=youth.conversation).count() == 1
    assert not access.may_post(youth.mentor, youth.now())


def test_what_ends_by_itself_closes_it_within_a_minute(youth: Youth) -> None:
    member = access.membership(youth.now())
    assert member.valid_until <= timezone.now() + dt.timedelta(minutes=1)


def test_who_reads_it_still_reads_it_and_finds_help(youth: Youth) -> None:
    youth.say("I was here")
    no_permission(youth)
    page = signed_in(None, youth.person).get(f"/conversations/{youth.conversation.public_id}/").content.decode()
    assert "I was here" in page
    assert "when a parent or guardian says yes" in page
    assert "tel:988" in page
    assert "data-composer" not in page


def test_a_supervisor_who_leaves_is_replaced_and_both_see_who_it_is(youth: Youth) -> None:
    supervisor_gone(youth)
    answers_all_week(youth.world.liaison_role)
    assert actions.keep_supervised() == 1
    assert supervision.supervisor_of(youth.now()) == youth.world.liaison_role
    assert isinstance(youth.say("Still here"), Stored)
    page = signed_in(None, youth.person).get(f"/conversations/{youth.conversation.public_id}/").content.decode()
    assert "Simone Picourt" in page
    assert "watches over this conversation from now on" in page
    assert actions.keep_supervised() == 0  # and again changes nothing


def test_where_nobody_can_be_named_it_rests_until_somebody_can(youth: Youth) -> None:
    DutyHours.objects.all().delete()
    actions.keep_supervised()
    assert supervision.supervisor_of(youth.now()) is None
    version = youth.now().access_version
    assert actions.keep_supervised() == 0
    assert youth.now().access_version == version  # nothing changed, so no page is told to ask again
    answers_all_week(youth.world.liaison_role)
    actions.keep_supervised()
    assert isinstance(youth.say("Back"), Stored)


def test_the_mentors_spouse_is_never_named(world_committed: World) -> None:
    world = world_committed
    for role in (world.supervisor_role, world.liaison_role):
        answers_all_week(role)
    actions.note_tie(actor=world.lead, one=world.mentor, other=world.supervisor)
    youth = matched(world)
    assert supervision.supervisor_of(youth.now()) == world.liaison_role


def test_no_conversation_of_staff_and_a_minor_opens_by_another_way(world_committed: World) -> None:
    world = world_committed
    from messaging.actions import open_conversation
    from portal.access import Refused

    with pytest.raises(Refused):
        open_conversation(
            actor=world.liaison,
            family=world.family,
            members=[(world.youth, None), (world.liaison, world.liaison_role)],
        )


def test_turning_18_takes_the_watch_away_and_says_so(youth: Youth) -> None:
    Person.objects.filter(pk=youth.person.pk).update(
        born_on=youth.pairing.today.replace(year=youth.pairing.today.year - 19)
    )
    actions.keep_supervised()
    assert not Supervision.objects.filter(ended_at=None).exists()
    assert isinstance(youth.say("I am grown up"), Stored)
    page = signed_in(None, youth.person).get(f"/conversations/{youth.conversation.public_id}/looks/").content.decode()
    assert "Nobody of staff watches over this conversation any more" in page


def test_a_yes_from_before_gets_its_conversation(world_committed: World) -> None:
    youth = matched(world_committed)
    Pairing.objects.filter(pk=youth.pairing.pk).update(conversation=None)
    assert peer_support.keep_pairings() >= 1
    youth.pairing.refresh_from_db()
    assert youth.pairing.conversation is not None
    assert peer_support.keep_pairings() == 0
