"""Ways around what keeps the young safe, each of which leads nowhere."""

from __future__ import annotations

import datetime as dt
import time
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from messaging import sending
from messaging.later import edit_message
from messaging.models import Conversation, HeldMessage, Message, Revision
from messaging.sending import Refusal, Stored
from peer_support import actions as peer_support
from peer_support.forms.peers import ProfileForm
from peer_support.models import Contact, PlannedContact
from portal.access import Refused, concerns, legal_looks, peers, ties
from portal.access import supervision as access
from portal.accounts import stay
from portal.programs.models import StaffRole
from portal.programs.schema.settings import AdultHours
from portal.safety import actions
from portal.safety.models import Concern, ConcernNote, LegalException, StaffTie
from tests.safety.youth import Youth, talking
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db(transaction=True)]

NUMBER = "Call me at 504-555-0199"


@pytest.fixture
def youth(world_committed: World, monkeypatch: pytest.MonkeyPatch) -> Youth:
    monkeypatch.setattr(AdultHours, "quiet_until", lambda self, here: None)
    return talking(world_committed)


# -- changing what was said ------------------------------------------------------------------------------------------------


def test_at_night_an_adult_says_nothing_new_by_changing_what_was_said(
    youth: Youth, monkeypatch: pytest.MonkeyPatch
) -> None:
    youth.say("See you Tuesday", youth.mentor)
    monkeypatch.setattr(AdultHours, "quiet_until", lambda self, here: timezone.now() + dt.timedelta(hours=1))
    with pytest.raises(Refusal) as refused:
        edit_message(author=youth.mentor, conversation=youth.now(), seq=1, body="Are you still awake?")
    assert refused.value.code == "paused"
    assert not Revision.objects.exists()


def test_a_stop_that_comes_while_a_change_is_on_its_way_holds_for_it(
    youth: Youth, monkeypatch: pytest.MonkeyPatch
) -> None:
    youth.say("See you Tuesday", youth.mentor)
    check = sending.check_body

    def and_stop(body: str) -> Any:
        actions.freeze(actor=youth.supervisor, conversation=youth.conversation, reason="Look first")
        return check(body)

    monkeypatch.setattr("messaging.later.check_body", and_stop)
    with pytest.raises(Refused):
        edit_message(author=youth.mentor, conversation=youth.now(), seq=1, body="Say nothing")
    assert not Revision.objects.exists()


def test_a_number_is_not_put_together_later_by_changing_old_messages(youth: Youth) -> None:
    for body in ("hi", "ok", "yes"):
        assert isinstance(youth.say(body, youth.mentor), Stored)
    for day in range(7):
        assert isinstance(
            youth.say(f"That was a good walk on day {day}, I liked the river a lot.", youth.mentor), Stored
        )
    edit_message(author=youth.mentor, conversation=youth.now(), seq=1, body="five five five")
    with pytest.raises(Refusal):
        edit_message(author=youth.mentor, conversation=youth.now(), seq=2, body="zero one nine nine")


# -- words beside the conversation -------------------------------------------------------------------------------------------


def test_the_place_of_a_contact_is_no_way_to_write_to_a_young_person(youth: Youth) -> None:
    world, soon = youth.world, timezone.now() + dt.timedelta(days=2)
    with pytest.raises(Refused):
        peer_support.plan_contact(
            actor=youth.mentor,
            role=world.mentor_role,
            member=world.youth_member,
            way="visit",
            planned_at=soon,
            place=NUMBER,
        )
    said = peer_support.Said(key=uuid4(), way="call", outcome="reached", happened_at=timezone.now(), place=NUMBER)
    with pytest.raises(Refused):
        peer_support.log_contact(actor=youth.mentor, role=world.mentor_role, member=world.youth_member, said=said)
    client = signed_in(None, youth.mentor)
    path = f"/contacts/with/{world.family.public_id}/{world.youth.public_id}"
    for page in (f"{path}/plan/", f"{path}/add/"):
        answer = client.get(page)
        if answer.status_code == 200:
            assert 'name="place"' not in answer.content.decode()
    assert not PlannedContact.objects.exists()
    assert not Contact.objects.exists()


# -- a look the law asks for ---------------------------------------------------------------------------------------------------


def test_who_is_close_to_the_mentor_hears_of_no_look_the_law_asks_for(youth: Youth) -> None:
    world = youth.world
    second = StaffRole.objects.create(
        person=world.second_peer, organization=world.lead_role.organization, role=StaffRole.Role.PROGRAMME_LEAD
    )
    asked = actions.ask_exception(
        actor=world.lead,
        conversation=youth.now(),
        ground=next(iter(LegalException.Ground)),
        reason="A judge asks",
        days=5,
    )
    assert list(legal_looks.asked_exceptions(second.person)) == [asked]
    one, other = sorted([youth.mentor, second.person], key=lambda person: person.pk)
    StaffTie.objects.create(one=one, other=other, noted_by=world.lead)
    assert not legal_looks.asked_exceptions(second.person).exists()
    assert legal_looks.asked_exceptions(world.lead).exists()


# -- who writes themselves out of being looked at ------------------------------------------------------------------------------


def test_a_mentor_cannot_write_down_ties_until_nobody_hears_of_a_worry_about_them(youth: Youth) -> None:
    world = youth.world
    youth.say("You are the best", youth.mentor)
    for other in ties.colleagues(youth.mentor):
        if other.pk != youth.mentor.pk and ties.may_note_tie(youth.mentor, youth.mentor, other):
            actions.note_tie(actor=youth.mentor, one=youth.mentor, other=other)
    concern = actions.tell_about_message(
        actor=youth.person,
        conversation=youth.now(),
        message=Message.objects.get(),
        kinds=["danger"],
        text="He scares me",
    )
    assert list(concern.about.all()) == [youth.mentor]
    told = {role.person for step in concern.steps.all() for role in step.told.all()}
    assert told == {world.lead}
    assert concerns.visible_concerns(world.lead).exists()
    actions.note_tie(actor=world.lead, one=youth.mentor, other=world.lead)  # they say so themselves
    assert not concerns.visible_concerns(world.lead).exists()


def test_a_second_helper_whose_check_ran_out_writes_no_more(youth: Youth, monkeypatch: pytest.MonkeyPatch) -> None:
    world = youth.world
    second = StaffRole.objects.create(
        person=world.second_peer, organization=world.mentor_role.organization, role=world.mentor_role.role
    )
    actions.bring_in(actor=youth.supervisor, conversation=youth.now(), role=second)
    assert isinstance(youth.say("Hello from me, too", second.person), Stored)
    reasons = peers.reasons_against
    monkeypatch.setattr(
        peers,
        "reasons_against",
        lambda role: ["clearance_expired"] if role.pk == second.pk else reasons(role),
    )
    Conversation.objects.filter(pk=youth.conversation.pk).update(access_version=99)
    with pytest.raises(Refusal):
        youth.say("Still here", second.person)


# -- what waits at an eighteenth birthday ------------------------------------------------------------------------------------------


def test_who_watches_stays_while_a_message_waits_for_them(youth: Youth) -> None:
    youth.say(NUMBER, youth.mentor)
    youth.person.born_on = youth.world.program.today() - dt.timedelta(days=365 * 19)
    youth.person.save()
    Conversation.objects.filter(pk=youth.conversation.pk).update(access_version=99)
    actions.keep_supervised()
    held = HeldMessage.objects.get()
    assert access.held_for(youth.supervisor).filter(pk=held.pk).exists()
    assert actions.settle_held(actor=youth.supervisor, held=held, goes_on=True)
    assert Message.objects.count() == 1
    actions.keep_supervised()
    assert access.supervised_conversations(youth.supervisor).count() == 0


# -- a page that lay open ----------------------------------------------------------------------------------------------------------


def _open_for_long(person: Any) -> Any:
    client = signed_in(None, person)
    session = client.session
    session[stay.SEEN_AT] = int(time.time()) - 60 * 60
    session.save()
    return client


def test_one_tap_on_a_page_that_lay_open_too_long_is_heard_and_then_signed_out(youth: Youth) -> None:
    client = _open_for_long(youth.person)
    answer = client.post("/unsafe/")
    assert answer.status_code == 200
    assert "988" in answer.content.decode()
    assert Concern.objects.get().person == youth.person
    assert "_auth_user_id" not in client.session
    _open_for_long(youth.person).post("/unsafe/words/", {"body": "It is bad"})
    assert ConcernNote.objects.get(kind="words").text == "It is bad"
    _open_for_long(youth.person).post("/unsafe/mistake/")
    assert not ConcernNote.objects.filter(kind="mistake").exists()


def test_nobody_elses_open_page_is_heard_that_way(youth: Youth) -> None:
    client = _open_for_long(youth.world.caregiver)
    assert client.post("/unsafe/").status_code == 403
    assert not Concern.objects.exists()
    assert "_auth_user_id" not in client.session


# -- what a mentor says about themselves -----------------------------------------------------------------------------------


@pytest.mark.parametrize("field", ["about", "interests"])
def test_a_mentors_own_line_leads_no_young_person_elsewhere(field: str) -> None:
    said = {"about": "I like rivers", "interests": "drawing, fishing", field: "find me on snapchat, tre_draws99"}
    form = ProfileForm(said, is_mentor=True, regions=[], languages=["en"])
    form.is_valid()
    assert field in form.errors
    assert field not in _errors(ProfileForm(said, is_mentor=False, regions=[], languages=["en"]))
    harmless = {"about": "I like rivers", "interests": "drawing, fishing"}
    assert not {"about", "interests"} & set(
        _errors(ProfileForm(harmless, is_mentor=True, regions=[], languages=["en"]))
    )


def _errors(form: ProfileForm) -> Any:
    form.is_valid()
    return form.errors
