"""A link for somebody of the family's own life: useless without the word, used once, and telling nothing of the family."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from portal.access import team_links as access
from portal.accounts import actions as accounts
from portal.accounts.models import Person
from portal.care import actions, refusals
from portal.care.models import Plan, Seat, TeamLink, Tick
from portal.families import actions as families
from portal.families.models import LegalAuthority, Member
from portal.notices import channels
from portal.notices.models import Notice
from tests.care.plans import agreed, goal, opened
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


@pytest.fixture(autouse=True)
def _tries_begin_anew() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def codes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The codes that leave, at once instead of beside the request."""
    from portal.accounts import adapter

    class AtOnce:
        def submit(self, send: Any, *args: Any) -> Any:
            send(*args)
            return self

        def add_done_callback(self, _then: Any) -> None:
            """Nothing failed."""

    found: list[str] = []
    monkeypatch.setattr(adapter, "post_office", AtOnce())
    monkeypatch.setattr(channels, "send_email", lambda _to, _subject, text: found.append(re.findall(r"\d{6}", text)[0]))
    return found


def made(world: World) -> tuple[Plan, Seat, str, str]:
    plan = opened(world)
    seat = actions.add_seat(actor=world.caregiver, plan=plan, role="neighbor", name="Aunt Bea")
    token, word = actions.make_link(actor=world.caregiver, seat=seat)
    return plan, seat, token, word


def wrong(word: str) -> str:
    return "000000" if word != "000000" else "111111"


def newcomer(name: str = "Beatrice Hall", *, is_adult: bool = True) -> Person:
    email = f"{name.replace(' ', '.').lower()}@example.org"
    return accounts.create_person(display_name=name, email=email, is_adult_confirmed=is_adult)


@pytest.mark.promise("LA-06")
def test_she_comes_in_by_link_and_word_and_sees_what_is_ticked_and_nothing_else(world: World, codes: list[str]) -> None:
    plan, seat, token, word = made(world)
    first, second = agreed(goal(world, plan)), goal(world, plan, "Nobody else's business")
    phone = Client()
    opened_page = phone.get(f"/team-link/{token}/").content.decode()
    for told in ("Marchand", "Theo", "Odette", "Bea", plan.family.program.name):
        assert told not in opened_page.split("<main")[1].split("</main")[0], told
    answer = phone.post(
        f"/team-link/{token}/",
        {"word": word, "name": "Beatrice Hall", "address": "bea@example.org", "adult": "on"},
    )
    assert answer.status_code == 302
    answer = phone.post(answer["Location"], {"code": codes[-1], "next": f"/team-link/{token}/"})
    assert answer["Location"] == f"/team-link/{token}/"
    assert Member.objects.filter(family=plan.family, person__email="bea@example.org").count() == 0
    assert phone.post(f"/team-link/{token}/").status_code == 302
    bea = Person.objects.get(email="bea@example.org")
    member = Member.objects.get(person=bea)
    assert (member.family, member.role) == (plan.family, Member.Role.NATURAL_SUPPORT)
    seat.refresh_from_db()
    assert seat.person == bea
    hers = signed_in(None, bea)
    assert hers.get(f"/plans/{plan.public_id}/").status_code == 404
    actions.tick(actor=world.caregiver, item=first, member=member)
    shown = hers.get(f"/plans/{plan.public_id}/").content.decode()
    assert "Mornings without a fight" in shown
    assert "Nobody else" not in shown
    for path in (f"/plans/{plan.public_id}/team/", f"/families/{plan.family.public_id}/"):
        assert hers.get(path).status_code == 404
    theirs = signed_in(None, world.caregiver).get(f"/plans/{plan.public_id}/team/").content.decode()
    assert "Beatrice Hall came in by your link" in theirs
    assert Notice.objects.filter(person=world.facilitator, about=f"team:{plan.public_id}").exists()
    assert second.pk


def test_a_forwarded_link_is_useless_without_the_word_and_the_fifth_wrong_one_ends_it(world: World) -> None:
    _plan, _seat, token, word = made(world)
    browser = signed_in(None, world.stranger_caregiver)
    for _try in range(TeamLink.TRIES):
        assert browser.post(f"/team-link/{token}/", {"word": wrong(word)}).status_code == 422
    answer = browser.post(f"/team-link/{token}/", {"word": word})
    assert answer.status_code == 404
    assert "does not work any more" in answer.content.decode()
    assert not Member.objects.filter(person=world.stranger_caregiver, family=world.family).exists()


def test_opening_it_ever_so_often_changes_nothing_and_many_tries_have_to_wait(world: World) -> None:
    _plan, _seat, token, _word = made(world)
    browser = Client()
    for _look in range(12):
        assert browser.get(f"/team-link/{token}/").status_code == 200
    found = [browser.post(f"/team-link/{token}/", {"word": "", "name": "Bea"}) for _try in range(11)]
    assert [answer.status_code for answer in found] == [422] * 10 + [429]
    assert 'value="Bea"' in found[-1].content.decode(), "what was typed stays"
    assert TeamLink.objects.get().tries == 0


def test_who_is_signed_in_comes_in_with_that_account_and_a_second_time_is_told_calmly(world: World) -> None:
    plan, seat, token, word = made(world)
    bea = newcomer()
    browser = signed_in(None, bea)
    assert browser.post(f"/team-link/{token}/", {"word": f"{word[:3]} {word[3:]}"}).status_code == 302
    seat.refresh_from_db()
    assert seat.person == bea
    again = signed_in(None, world.stranger_caregiver).get(f"/team-link/{token}/")
    assert (again.status_code, "works once" in again.content.decode()) == (404, True)
    with pytest.raises(refusals.LinkGone):
        actions.try_word(token=token, word=word)
    assert plan.pk


def test_it_ends_after_seven_days_by_a_new_one_and_when_it_is_taken_back(world: World) -> None:
    plan, seat, token, word = made(world)
    newer, _word = actions.make_link(actor=world.youth, seat=seat)
    with pytest.raises(refusals.LinkGone):
        actions.try_word(token=token, word=word)
    page = f"/plans/{plan.public_id}/team/{seat.public_id}/link/end/"
    assert signed_in(None, world.caregiver).post(page).status_code == 302
    with pytest.raises(refusals.LinkGone):
        actions.check_link(token=newer)
    last, word = actions.make_link(actor=world.caregiver, seat=seat)
    TeamLink.objects.filter(ended_at=None).update(expires_at=timezone.now() - dt.timedelta(seconds=1))
    with pytest.raises(refusals.LinkGone):
        actions.try_word(token=last, word=word)


def test_it_does_not_outlive_the_say_of_who_made_it(world: World) -> None:
    _plan, _seat, token, word = made(world)
    LegalAuthority.objects.filter(pk=world.caregiver_authority.pk).delete()
    with pytest.raises(refusals.LinkGone):
        actions.try_word(token=token, word=word)


def test_a_minor_a_kept_away_a_barred_the_household_and_its_staff_meet_the_same_calm_no(world: World) -> None:
    plan, seat, token, word = made(world)
    young = newcomer("Kid Hall", is_adult=False)
    left = newcomer("Former Friend")
    flagged = families.add_member(
        actor=world.liaison, family=world.family, person=left, role=Member.Role.NATURAL_SUPPORT
    )
    families.set_no_contact(
        actor=world.liaison, protected=world.caregiver_member, hidden_from=flagged, reason="Order seen"
    )
    barred = newcomer("Barred Uncle")
    uncle = families.add_member(
        actor=world.liaison, family=world.family, person=barred, role=Member.Role.NATURAL_SUPPORT
    )
    families.record_authority(
        actor=world.liaison,
        adult=uncle,
        youth=world.youth_member,
        scope=LegalAuthority.Scope.NONE,
        evidence="Court order seen",
        starts_on=world.program.today(),
    )
    Member.objects.filter(pk__in=[flagged.pk, uncle.pk]).update(left_at=timezone.now())
    said = set()
    for person in (young, left, barred, world.youth, world.second_caregiver, world.facilitator):
        proof = actions.try_word(token=token, word=word)
        assert proof is not None
        with pytest.raises(refusals.NotWithThisAccount):
            actions.come_in(actor=person, token=token, proof=proof)
        cache.clear()
        if person != young:
            answer = signed_in(None, person).post(f"/team-link/{token}/", {"word": word})
            said.add((answer.status_code, "cannot be used with this account" in answer.content.decode()))
    assert said == {(422, True)}
    seat.refresh_from_db()
    assert seat.person is None
    assert access.link_with(token) is not None
    assert plan.pk


def test_the_family_ends_it_at_once_and_what_was_ticked_ends_with_it(world: World) -> None:
    plan, seat, token, word = made(world)
    bea = newcomer()
    proof = actions.try_word(token=token, word=word)
    actions.come_in(actor=bea, token=token, proof=proof or "")
    member = Member.objects.get(person=bea)
    item = goal(world, plan)
    actions.tick(actor=world.caregiver, item=item, member=member)
    hers = signed_in(None, bea)
    assert hers.get(f"/plans/{plan.public_id}/").status_code == 200
    assert signed_in(None, world.youth).post(f"/plans/{plan.public_id}/team/{seat.public_id}/off/").status_code == 302
    assert hers.get(f"/plans/{plan.public_id}/").status_code == 404
    member.refresh_from_db()
    assert member.left_at is not None
    assert not Tick.objects.filter(member=member, ended_at=None).exists()


def test_a_proof_of_one_link_opens_no_other_and_an_address_we_know_gets_no_second_account(world: World) -> None:
    plan, seat, token, word = made(world)
    proof = actions.try_word(token=token, word=word) or ""
    other_seat = actions.add_seat(actor=world.caregiver, plan=plan, role="neighbor", name="Mr. Hall")
    other, _word = actions.make_link(actor=world.caregiver, seat=other_seat)
    assert actions.is_proven(token=token, proof=proof)
    assert not actions.is_proven(token=other, proof=proof)
    assert not actions.is_proven(token=token, proof=proof + "x")
    people = Person.objects.count()
    answer = Client().post(
        f"/team-link/{token}/",
        {"word": word, "name": "Bea", "address": world.stranger_caregiver.email, "adult": "on"},
    )
    assert (answer.status_code, Person.objects.count()) == (302, people)
    assert seat.pk


def test_only_who_has_a_say_makes_one_and_the_page_shows_it_once(world: World) -> None:
    plan = opened(world)
    seat = actions.add_seat(actor=world.caregiver, plan=plan, role="neighbor", name="Aunt Bea")
    path = f"/plans/{plan.public_id}/team/{seat.public_id}/link/"
    shown = signed_in(None, world.caregiver).post(path).content.decode()
    token = re.findall(r"/team-link/([\w-]+)/", shown)[0]
    assert token not in signed_in(None, world.caregiver).get(f"/plans/{plan.public_id}/team/").content.decode()
    assert signed_in(None, world.second_caregiver).post(path).status_code == 404
    assert TeamLink.objects.count() == 1
