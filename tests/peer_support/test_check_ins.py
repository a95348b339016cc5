"""Do you feel less alone? Asked of one person now and then, skipped at no cost, read by nobody they were not told of."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from peer_support import actions
from peer_support.models import CheckIn, Pairing
from portal import worker
from portal.access import Refused
from portal.access import check_ins as access
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.families import actions as families
from portal.families.models import Member
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from portal.rewrapping import rewrap_words
from tests.world import VIEWERS, World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
DAY = dt.timedelta(days=1)
NOON = dt.datetime.combine(dt.datetime.now(tz=dt.UTC).date() + DAY, dt.time(18), dt.UTC)  # where the families live
FIRST, EVERY = 14, 60
SetTime = Callable[[dt.datetime], None]


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> SetTime:
    """Says what time it is."""
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.fixture
def begun(world: World, at: SetTime) -> World:
    """It is noon, and the pairings of the cast began today."""
    at(NOON)
    Pairing.objects.filter(state="active").update(began_at=NOON)
    return world


def asked(world: World, at: SetTime) -> CheckIn:
    """Two weeks later."""
    at(NOON + FIRST * DAY)
    actions.ask_check_ins()
    return CheckIn.objects.get(pairing=world.pairing)


def path_of(check_in: CheckIn, rest: str = "") -> str:
    return f"/check-ins/{check_in.public_id}/{rest}"


def get(person: Person, path: str) -> str:
    answer = signed_in(None, person).get(path)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def post(person: Person, path: str, **form: Any) -> Any:
    return signed_in(None, person).post(path, form)


def who_sees(world: World, check_in: CheckIn) -> set[str]:
    return {
        name
        for name in VIEWERS
        if access.own_check_ins(getattr(world, name)).filter(pk=check_in.pk).exists()
        or access.told_to(getattr(world, name)).filter(pk=check_in.pk).exists()
    }


# -- when --------------------------------------------------------------------------------------------------------------


def test_after_fourteen_days_the_person_is_asked_once_and_told(begun: World, at: SetTime) -> None:
    at(NOON + (FIRST - 1) * DAY)
    assert actions.ask_check_ins() == 0
    at(NOON + FIRST * DAY)
    assert worker.one_round()["asked"] == 3  # the caregiver, and those of two other families
    assert worker.one_round()["asked"] == 0
    check_in = CheckIn.objects.get(pairing=begun.pairing)
    told = Notice.objects.get(person=begun.caregiver, kind=Notice.Kind.CHECK_IN)
    assert told.path == path_of(check_in)
    assert not Notice.objects.filter(
        kind=Notice.Kind.CHECK_IN, person__in=[begun.second_caregiver, begun.peer]
    ).exists()


def test_nobody_is_asked_in_the_night(begun: World, at: SetTime) -> None:
    at(NOON + FIRST * DAY - dt.timedelta(hours=6))  # six or seven in the morning where they live
    assert actions.ask_check_ins() == 0
    at(NOON + FIRST * DAY - dt.timedelta(hours=3))
    assert actions.ask_check_ins() == 3


def test_after_a_month_without_a_worker_there_is_one_question(begun: World, at: SetTime) -> None:
    at(NOON + 200 * DAY)
    assert actions.ask_check_ins() == 3
    assert actions.ask_check_ins() == 0
    assert CheckIn.objects.filter(pairing=begun.pairing).count() == 1


def test_while_the_pairing_lives_it_is_asked_again_and_an_old_question_goes(begun: World, at: SetTime) -> None:
    first = asked(begun, at)
    at(NOON + (FIRST + EVERY - 1) * DAY)
    assert actions.ask_check_ins() == 0
    at(NOON + (FIRST + EVERY) * DAY)
    assert actions.ask_check_ins() == 3
    assert list(CheckIn.objects.filter(pairing=begun.pairing).values_list("number", flat=True)) == [1, 2]
    assert access.waiting_for_answer(begun.caregiver).get().number == 2
    first.refresh_from_db()
    assert first.skipped_at is not None
    assert Notice.objects.filter(person=begun.caregiver, kind="check_in", read_at=None).count() == 1
    assert "Nothing is asked of you now" in get(begun.caregiver, path_of(first))


@pytest.mark.parametrize("state", ["accepted", "paused", "ending", "ended"])
def test_nobody_is_asked_about_a_pairing_that_does_not_run(begun: World, at: SetTime, state: str) -> None:
    later = NOON + 100 * DAY
    dates: dict[str, dict[str, Any]] = {"paused": {"paused_until": later.date()}, "ending": {"goodbye_until": later}}
    Pairing.objects.filter(pk=begun.pairing.pk).update(state=state, **dates.get(state, {}))
    at(NOON + FIRST * DAY)
    actions.ask_check_ins()
    assert not CheckIn.objects.filter(pairing=begun.pairing).exists()


def test_a_question_waits_behind_a_pause_and_is_there_again_after_it(begun: World, at: SetTime) -> None:
    check_in = asked(begun, at)
    actions.pause_pairing(
        actor=begun.caregiver, pairing=begun.pairing, until=begun.program.today() + dt.timedelta(days=3)
    )
    assert not access.waiting_for_answer(begun.caregiver).exists()
    with pytest.raises(Refused):
        actions.answer_check_in(actor=begun.caregiver, check_in=check_in, answer="not_yet")
    begun.pairing.refresh_from_db()
    actions.resume_pairing(actor=begun.caregiver, pairing=begun.pairing)
    assert access.waiting_for_answer(begun.caregiver).exists()


def test_who_asked_for_a_break_from_contacts_is_left_alone(begun: World, at: SetTime) -> None:
    at(NOON + 10 * DAY)
    back = begun.program.today() + dt.timedelta(days=10)
    actions.say_not_now(actor=begun.caregiver, member=begun.caregiver_member, channel="page", comes_back_on=back)
    at(NOON + FIRST * DAY)
    assert actions.ask_check_ins() == 2
    at(NOON + 20 * DAY)
    assert actions.ask_check_ins() == 1


def test_who_has_left_or_is_gone_is_not_asked(begun: World, at: SetTime) -> None:
    Member.objects.filter(pk=begun.caregiver_member.pk).update(left_at=NOON)
    Person.objects.filter(pk=begun.stranger_caregiver.pk).update(is_active=False)
    StaffRole.objects.filter(pk=begun.faraway_peer_role.pk).update(ended_at=NOON)
    at(NOON + FIRST * DAY)
    assert actions.ask_check_ins() == 0


def test_a_programme_without_the_number_asks_nobody(begun: World, at: SetTime, monkeypatch: pytest.MonkeyPatch) -> None:
    profile = begun.program.profile
    settings = profile.settings.model_copy(update={"check_in_first_days": None})
    monkeypatch.setattr(type(begun.program), "profile", profile.model_copy(update={"settings": settings}))
    at(NOON + FIRST * DAY)
    assert actions.ask_check_ins() == 0


def test_a_programme_may_ask_once_and_never_again(begun: World, at: SetTime, monkeypatch: pytest.MonkeyPatch) -> None:
    profile = begun.program.profile
    settings = profile.settings.model_copy(update={"check_in_every_days": None})
    monkeypatch.setattr(type(begun.program), "profile", profile.model_copy(update={"settings": settings}))
    at(NOON + FIRST * DAY)
    assert actions.ask_check_ins() == 3
    at(NOON + 300 * DAY)
    assert actions.ask_check_ins() == 0


# -- the person's own page ---------------------------------------------------------------------------------------------


def test_home_leads_to_the_question_which_says_first_who_sees_the_answer(begun: World, at: SetTime) -> None:
    check_in = asked(begun, at)
    assert path_of(check_in) in get(begun.caregiver, "/")
    page = get(begun.caregiver, path_of(check_in))
    assert page.index("Who sees your answer") < page.index("<legend>Do you feel less alone?")
    assert begun.liaison.display_name in page
    assert "Joy does not see it. Nobody in your family sees it." in page
    for words in ("Yes, a lot", "Yes, a little", "Not yet", "I would rather not say", "Skip it this time", "988"):
        assert words in page


def test_the_question_is_there_in_the_persons_language(begun: World, at: SetTime) -> None:
    check_in = asked(begun, at)
    Person.objects.filter(pk=begun.caregiver.pk).update(language="en-xa")
    client = signed_in(None, Person.objects.get(pk=begun.caregiver.pk))
    assert "Do you feel less alone?" not in client.get(path_of(check_in)).content.decode()


def test_an_answer_is_kept_changed_and_taken_back_within_a_day(begun: World, at: SetTime) -> None:
    check_in = asked(begun, at)
    answer = post(begun.caregiver, path_of(check_in), answer="a_little", help="")
    assert answer.headers["Location"] == path_of(check_in)
    page = get(begun.caregiver, path_of(check_in))
    assert "Yes, a little" in page
    assert "You can change it or take it back until" in page
    assert path_of(check_in) not in get(begun.caregiver, "/")
    at(NOON + FIRST * DAY + dt.timedelta(hours=20))
    assert get(begun.caregiver, path_of(check_in, "?change")).count(" checked") == 1
    post(begun.caregiver, path_of(check_in), answer="a_lot", help="")
    check_in.refresh_from_db()
    assert (check_in.answer, check_in.answered_at) == ("a_lot", NOON + FIRST * DAY)  # the day goes on from the first
    post(begun.caregiver, path_of(check_in, "take-back/"))
    check_in.refresh_from_db()
    assert (check_in.answer, check_in.answered_at) == ("", None)
    assert access.waiting_for_answer(begun.caregiver).exists()


def test_after_a_day_an_answer_stays(begun: World, at: SetTime) -> None:
    check_in = asked(begun, at)
    actions.answer_check_in(actor=begun.caregiver, check_in=check_in, answer="a_lot")
    at(NOON + (FIRST + 1) * DAY)
    assert post(begun.caregiver, path_of(check_in), answer="not_yet", help="").status_code == 404
    assert post(begun.caregiver, path_of(check_in, "take-back/")).status_code == 404
    page = get(begun.caregiver, path_of(check_in))
    assert "Yes, a lot" in page
    assert "Take it back" not in page
    changed = get(begun.caregiver, path_of(check_in, "?change"))
    assert "Yes, a lot" in changed
    assert "<legend>" not in changed


def test_skipping_costs_nothing_and_tells_nobody(begun: World, at: SetTime) -> None:
    check_in = asked(begun, at)
    answer = signed_in(None, begun.caregiver).post(path_of(check_in, "skip/"), follow=True)
    assert "All right, not this time. Nobody is told." in answer.content.decode()
    assert path_of(check_in) not in get(begun.caregiver, "/")
    assert not Notice.objects.filter(kind=Notice.Kind.CHECK_IN_CALL).exists()
    assert post(begun.caregiver, path_of(check_in, "skip/")).status_code == 404
    assert post(begun.caregiver, path_of(check_in), answer="a_lot").status_code == 404
    at(NOON + (FIRST + EVERY) * DAY)
    assert actions.ask_check_ins() == 3  # and the next time comes as for everybody


def test_no_answer_is_asked_for_again_in_plain_words_and_what_was_typed_stays(begun: World, at: SetTime) -> None:
    check_in = asked(begun, at)
    answer = post(begun.caregiver, path_of(check_in), help="A ride to court")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Please choose one of these." in page
    assert "A ride to court" in page
    assert post(begun.caregiver, path_of(check_in), answer="great").status_code == 422


# -- who reads it ------------------------------------------------------------------------------------------------------


@pytest.mark.promise("FSO-04")
def test_after_14_days_one_is_asked_and_only_the_family_organization_sees_how_it_goes(
    begun: World, at: SetTime
) -> None:
    """The check-in asks "do you feel less alone"; the trend is visible to the family organization only."""
    check_in = asked(begun, at)
    assert "Do you feel less alone?" in get(begun.caregiver, path_of(check_in))
    post(begun.caregiver, path_of(check_in), answer="a_lot", help="")
    assert who_sees(begun, check_in) == {"caregiver"}  # it is only counted
    at(NOON + 60 * DAY)
    readers = {
        name
        for name in VIEWERS
        if name != "child" and signed_in(None, getattr(begun, name)).get("/reach/").status_code == 200
    }
    assert readers == {"liaison", "supervisor", "stranger_liaison", "faraway_liaison"}
    assert "Do you feel less alone?" in get(begun.liaison, "/reach/")


def test_not_yet_reaches_the_liaison_as_a_prompt_to_talk_and_nobody_else(begun: World, at: SetTime) -> None:
    check_in = asked(begun, at)
    post(begun.caregiver, path_of(check_in), answer="not_yet", help="")
    assert who_sees(begun, check_in) == {"caregiver", "liaison"}
    told = Notice.objects.filter(kind=Notice.Kind.CHECK_IN_CALL)
    assert [one.person for one in told] == [begun.liaison]
    for page in ("/", "/pairings/"):
        assert "they said: not yet." in get(begun.liaison, page)
    page = get(begun.liaison, path_of(check_in))
    assert "Not yet" in page
    assert "Perhaps a call?" in page
    assert Entry.objects.filter(verb="viewed", actor=begun.liaison, family_id=begun.family.public_id).exists()


def test_what_would_help_is_read_as_words_whatever_else_was_said(begun: World, at: SetTime) -> None:
    check_in = asked(begun, at)
    post(begun.caregiver, path_of(check_in), answer="a_lot", help="A ride to court on Tuesday")
    page = get(begun.liaison, path_of(check_in))
    assert "A ride to court on Tuesday" in page
    assert "Yes, a lot" not in page  # that was only to be counted
    assert "They wrote what would help." in get(begun.liaison, "/")
    assert "A ride to court" not in get(begun.liaison, "/")
    check_in.refresh_from_db()
    assert b"ride" not in bytes(check_in.sealed_help or b"")


def test_taking_it_back_takes_it_from_the_liaison(begun: World, at: SetTime) -> None:
    check_in = asked(begun, at)
    post(begun.caregiver, path_of(check_in), answer="not_yet", help="Diapers")
    post(begun.caregiver, path_of(check_in, "take-back/"))
    assert who_sees(begun, check_in) == {"caregiver"}
    assert not Notice.objects.filter(kind=Notice.Kind.CHECK_IN_CALL, read_at=None).exists()
    assert signed_in(None, begun.liaison).get(path_of(check_in)).status_code == 404


def test_a_liaison_who_called_says_so_and_it_leaves_the_list(begun: World, at: SetTime) -> None:
    check_in = asked(begun, at)
    post(begun.caregiver, path_of(check_in), answer="not_yet", help="")
    assert post(begun.liaison, path_of(check_in, "talked/")).status_code == 302
    assert not access.perhaps_a_call(begun.liaison).exists()
    assert "Simone Picourt talked with them" in get(begun.liaison, path_of(check_in))
    assert post(begun.liaison, path_of(check_in, "talked/")).status_code == 404
    assert post(begun.liaison, path_of(check_in), answer="a_lot").status_code == 404
    post(begun.caregiver, path_of(check_in), answer="not_yet", help="Now I know what would help")
    assert access.perhaps_a_call(begun.liaison).exists()


def test_neither_the_peer_nor_the_family_nor_another_organization_reads_it(begun: World, at: SetTime) -> None:
    """Also where a liaison of another organization stands beside the family, and where the peer is a liaison, too."""
    families.assign(actor=begun.liaison, family=begun.family, staff_role=begun.stranger_liaison_role)
    both = StaffRole.objects.create(
        person=begun.peer, organization=begun.peer_role.organization, role=StaffRole.Role.LIAISON
    )
    families.assign(actor=begun.liaison, family=begun.family, staff_role=both)
    check_in = asked(begun, at)
    page = get(begun.caregiver, path_of(check_in))
    assert begun.stranger_liaison.display_name not in page
    post(begun.caregiver, path_of(check_in), answer="not_yet", help="Help")
    assert who_sees(begun, check_in) == {"caregiver", "liaison"}
    assert Notice.objects.filter(kind=Notice.Kind.CHECK_IN_CALL).count() == 1


def test_a_young_person_is_asked_about_their_mentor_and_no_parent_learns_of_it(begun: World, at: SetTime) -> None:
    pairing = Pairing.objects.create(
        family=begun.family,
        member=begun.youth_member,
        peer=begun.mentor_role,
        state="active",
        began_at=NOON,
        answered_at=NOON,
        reason="",
        proposed_by=begun.liaison,
    )
    at(NOON + FIRST * DAY)
    assert actions.ask_check_ins() == 4
    check_in = CheckIn.objects.get(pairing=pairing)
    post(begun.youth, path_of(check_in), answer="not_yet", help="Somewhere quiet to do homework")
    assert who_sees(begun, check_in) == {"youth", "liaison"}


def test_nothing_of_it_is_in_the_record_the_family_reads(begun: World, at: SetTime) -> None:
    check_in = asked(begun, at)
    post(begun.caregiver, path_of(check_in), answer="not_yet", help="Secret")
    entries = Entry.objects.filter(subject="check_in")
    assert entries.count() == 4  # three were asked, one answered
    assert {entry.family_id for entry in entries} == {None}
    assert "not_yet" not in str([entry.detail for entry in entries])


def test_a_family_without_a_liaison_now_is_told_so_and_the_next_one_reads_it(begun: World, at: SetTime) -> None:
    check_in = asked(begun, at)
    begun.liaison_assignment.ended_at = timezone.now()
    begun.liaison_assignment.save()
    assert "Your next liaison at" in get(begun.caregiver, path_of(check_in))
    actions.answer_check_in(actor=begun.caregiver, check_in=check_in, answer="not_yet")
    assert not access.told_to(begun.liaison).exists()


def test_only_the_one_it_is_asked_of_answers(begun: World, at: SetTime) -> None:
    check_in = asked(begun, at)
    for name in ("second_caregiver", "peer", "liaison", "stranger_caregiver"):
        person = getattr(begun, name)
        for act in (actions.skip_check_in, actions.take_back_answer, actions.say_talked):
            with pytest.raises(Refused):
                act(actor=person, check_in=check_in)
        with pytest.raises(Refused):
            actions.answer_check_in(actor=person, check_in=check_in, answer="a_lot")
        assert signed_in(None, person).get(path_of(check_in)).status_code == 404


def test_words_are_sealed_anew_after_a_key_rotation(begun: World, at: SetTime) -> None:
    check_in = asked(begun, at)
    actions.answer_check_in(actor=begun.caregiver, check_in=check_in, answer="unsaid", help="Firewood")
    assert rewrap_words() >= 1
    check_in.refresh_from_db()
    assert check_in.help == "Firewood"


def test_looking_for_whom_to_ask_is_one_question_however_many_there_are(begun: World, at: SetTime) -> None:
    at(NOON + FIRST * DAY)
    actions.ask_check_ins()
    with CaptureQueriesContext(connection) as few:
        assert actions.ask_check_ins() == 0
    Pairing.objects.bulk_create(
        Pairing(
            family=begun.family,
            member=begun.caregiver_member,
            peer=begun.peer_role,
            state="declined",
            proposed_by=begun.liaison,
        )
        for _number in range(30)
    )
    with CaptureQueriesContext(connection) as many:
        assert actions.ask_check_ins() == 0
    assert len(many) == len(few) <= 6


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_ask_once(world_committed: World) -> None:
    Pairing.objects.filter(state="active").update(began_at=timezone.now() - 20 * DAY)
    gate, asked_by = threading.Barrier(2, timeout=20), []

    def work() -> None:
        gate.wait()
        try:
            asked_by.append(actions.ask_check_ins())
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _number in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join(60)
    assert sum(asked_by) == 3
    assert CheckIn.objects.count() == 3
    assert Notice.objects.filter(kind=Notice.Kind.CHECK_IN).count() == 3
