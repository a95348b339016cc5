"""Staff take referrals on: none is refused, none falls through."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.cache import cache
from django.db.models import ProtectedError
from django.utils import timezone

from portal import worker
from portal.access import Refused
from portal.access import clocks as clock_access
from portal.access import referrals as access
from portal.clocks.models import Clock
from portal.families.models import Family
from portal.language import formats
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from portal.referrals import actions
from portal.referrals.models import Referral
from portal.rewrapping import rewrap_words
from tests.referrals.stage import begin, come_back, days_ahead, held, of_school, question, sent, text_of
from tests.world import World, signed_in

pytestmark = pytest.mark.django_db


def step(**fields: Any) -> dict[str, Any]:
    return {"kind": "", "next_step": "visit", "next_on": days_ahead(3)} | fields


# -- no reject --------------------------------------------------------------------------------------------------------


def test_nothing_refuses_or_deletes_a_referral(world: World) -> None:
    referral, _code = of_school(world)
    for name in dir(actions):
        assert not any(word in name for word in ("reject", "refuse", "deny", "delete", "close")), name
    assert {state.value for state in Referral.State} == {"writing", "sent", "waiting", "joined"}
    staff = signed_in(None, world.liaison)
    assert staff.delete(f"/referrals/{referral.public_id}/").status_code == 405
    with pytest.raises(ProtectedError):
        referral.delete()


# -- who --------------------------------------------------------------------------------------------------------------


def test_what_nobody_has_is_open_to_those_who_receive_and_what_somebody_has_to_their_own_house(world: World) -> None:
    _phone, _code, referral = sent()

    def seen() -> set[str]:
        every = ("liaison", "supervisor", "facilitator", "stranger_liaison", "faraway_liaison", "lead", "peer")
        return {who for who in every if access.visible_referrals(getattr(world, who)).exists()}

    assert seen() == {"liaison", "supervisor", "facilitator", "stranger_liaison"}
    actions.take(
        actor=world.liaison, role=world.liaison_role, referral=referral, next_step="call", next_on=days_ahead(2)
    )
    assert seen() == {"liaison", "supervisor"}
    StaffRole.objects.filter(pk=world.liaison_role.pk).update(ended_at=timezone.now())
    assert seen() == {"supervisor", "facilitator", "stranger_liaison"}  # nobody has it any more


def test_one_that_is_still_being_written_is_nobody_elses(world: World) -> None:
    phone, code = begin()
    assert not access.visible_referrals(world.liaison).exists()
    cache.clear()
    assert signed_in(None, world.liaison).post("/referrals/find/", {"code": code}).status_code == 422
    assert phone.get("/refer/write/").status_code == 200


def test_whoever_the_family_gives_its_code_to_has_it(world: World) -> None:
    referral, code = of_school(world)
    cache.clear()
    stranger = signed_in(None, world.stranger_liaison)
    assert stranger.get(f"/referrals/{referral.public_id}/").status_code == 404
    assert stranger.post("/referrals/find/", {"code": code}).status_code == 302
    assert stranger.get(f"/referrals/{referral.public_id}/").status_code == 200
    referral.refresh_from_db()
    assert referral.owner == world.stranger_liaison_role
    faraway = signed_in(None, world.faraway_liaison)
    assert faraway.post("/referrals/find/", {"code": code}).status_code == 422


def test_a_lead_sees_that_it_has_an_owner_and_a_date_and_not_a_word_of_it(world: World) -> None:
    of_school(world)
    page = text_of(signed_in(None, world.lead).get("/referrals/"))
    assert page.count("data-referral") == 1
    for word in ("Nia", "Cypress"):
        assert word not in page


def test_a_colleague_of_the_family_itself_does_not_open_it(world: World) -> None:
    referral, _code = of_school(world, consent="yes")
    family = actions.join(actor=world.liaison, role=world.liaison_role, referral=referral, name="Reed")
    from portal.families.actions import add_member
    from portal.families.models import Member

    add_member(actor=world.liaison, family=family, person=world.supervisor, role=Member.Role.CAREGIVER)
    assert not access.visible_referrals(world.supervisor).filter(pk=referral.pk).exists()


def test_a_new_code_ends_the_old_one_also_where_it_is_open(world: World) -> None:
    phone, code, referral = sent()
    page = text_of(signed_in(None, world.liaison).post(f"/referrals/{referral.public_id}/code/"))
    assert phone.get("/refer/where/").headers["Location"] == "/refer/return/"
    cache.clear()
    assert phone.post("/refer/return/", {"code": code}).status_code == 422
    come_back(page.split("data-code>")[1].split("<")[0])


# -- what happens to it -----------------------------------------------------------------------------------------------


def test_taken_on_it_has_an_owner_a_date_and_clocks_that_are_theirs(world: World) -> None:
    phone, _code, referral = sent()
    staff = signed_in(None, world.liaison)
    path = f"/referrals/{referral.public_id}/take/"
    for wrong in ("", "never", days_ahead(-1), days_ahead(400)):
        assert staff.post(path, {"take-next_step": "call", "take-next_on": wrong}).status_code == 422
    staff.post(path, {"take-next_step": "call", "take-next_on": days_ahead(2)})
    page = text_of(phone.get("/refer/where/"))
    assert world.liaison.display_name in page
    assert 'data-step="taken"' in page
    assert set(clock_access.visible_clocks(world.liaison).filter(subject="referral")) == set(access.clocks_of(referral))


def test_what_was_done_meets_what_was_promised_as_of_its_day(world: World) -> None:
    phone, _code, referral = sent()
    path = f"/referrals/{referral.public_id}/step/"
    staff = signed_in(None, world.liaison)
    assert staff.post(path, step(kind="contacted", on=days_ahead(1))).status_code == 422
    assert staff.post(path, step(kind="scheduled", on=days_ahead(1))).status_code == 422  # no agencies decide here
    assert staff.post(path, step(kind="contacted")).status_code == 302
    assert Clock.objects.get(rule_id="LA-FIRST-CONTACT").state == "met"
    assert Clock.objects.get(rule_id="LA-FACE").state == "open"
    page = text_of(phone.get("/refer/where/"))
    assert page.count('data-promise="done"') == 1
    assert 'data-step="contacted"' in page


def test_a_contact_told_late_counts_as_of_its_day(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _phone, code, referral = sent()
    day = timezone.localdate() + dt.timedelta(days=2)
    later = timezone.now() + dt.timedelta(days=5)
    monkeypatch.setattr(timezone, "now", lambda: later)
    actions.note_step(
        actor=world.liaison, referral=referral, kind="contacted", on=day, next_step="visit", next_on=days_ahead(2)
    )
    clock = Clock.objects.get(rule_id="LA-FIRST-CONTACT")
    assert (clock.state, clock.is_late) == ("met", False)
    assert "data-done-late" not in text_of(come_back(code).get("/refer/where/"))


def test_what_was_done_after_its_day_stays_late_to_be_seen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _phone, code, referral = sent()
    later = timezone.now() + dt.timedelta(days=5)
    monkeypatch.setattr(timezone, "now", lambda: later)
    actions.note_step(
        actor=world.liaison, referral=referral, kind="contacted", on=None, next_step="visit", next_on=days_ahead(2)
    )
    page = text_of(come_back(code).get("/refer/where/"))
    assert page.count('data-promise="done"') == page.count("data-done-late") == 1


@pytest.mark.promise("MO-06")
def test_the_family_sees_referred_scheduled_and_decided_with_their_dates(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _phone, code, referral = sent("missouri-initiative")
    zone = referral.program.zone
    begun = timezone.now()

    def on(days: int) -> dt.date:
        return (begun + dt.timedelta(days=days)).astimezone(zone).date()

    def note(days: int, **fields: Any) -> int:
        """What staff write down that many days later."""
        with monkeypatch.context() as later:
            later.setattr(timezone, "now", lambda: begun + dt.timedelta(days=days))
            form = step(next_on=on(days + 5)) | fields
            answer = signed_in(None, world.faraway_liaison).post(f"/referrals/{referral.public_id}/step/", form)
        return int(answer.status_code)

    def stages() -> dict[str, str]:
        """Each of the agencies' steps, and the date beside it, as the family reads it a month later."""
        with monkeypatch.context() as later:
            later.setattr(timezone, "now", lambda: begun + dt.timedelta(days=30))
            parts = text_of(come_back(code).get("/refer/where/")).split('data-stage="')[1:]
        return {part.split('"')[0]: part.split('class="soft">')[1].split("</span>")[0] for part in parts}

    def said(days: int) -> str:
        return formats.day(on(days), "en", zone)

    assert list(stages()) == ["referred", "scheduled", "decided"]
    assert stages()["referred"].startswith(said(0))
    assert (stages()["scheduled"], stages()["decided"]) == ("Not yet", "Not yet")
    assert note(1, kind="scheduled", on="") == 422
    assert note(1, kind="scheduled", on=on(1000)) == 422
    assert note(1, kind="scheduled", on=on(6)) == 302
    assert (stages()["scheduled"], stages()["decided"]) == (said(6), "Not yet")
    assert note(3, kind="scheduled", on=on(8)) == 302  # the date moved: the newest holds, the other one stays on record
    assert stages()["scheduled"] == said(8)
    assert note(9, kind="decided", on=on(8)) == 302
    assert stages()["decided"].startswith(said(8))
    assert [one.kind for one in referral.steps.all()] == ["sent", "scheduled", "scheduled", "decided"]


# -- nobody falls through ---------------------------------------------------------------------------------------------


@pytest.mark.promise("MO-03")
def test_the_nightly_check_finds_none_or_alerts_and_each_is_told_once_a_day(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()
    assert actions.alert_lost() == 0
    _phone, _code, referral = sent("missouri-initiative")
    assert list(access.without_owner_or_date()) == [referral]
    tomorrow = timezone.now() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert worker.one_round()["lost"] == 1
    told = Notice.objects.filter(kind="referral_lost")
    assert {one.person for one in told} == {world.faraway_liaison}
    told.update(read_at=timezone.now())
    cache.clear()  # another worker, or a cache that forgot
    worker.one_round()
    assert Notice.objects.filter(kind="referral_lost").count() == 1
    actions.take(
        actor=world.faraway_liaison,
        role=world.faraway_liaison_role,
        referral=referral,
        next_step="call",
        next_on=days_ahead(3),
    )
    assert not access.without_owner_or_date().exists()
    cache.clear()
    assert worker.one_round()["lost"] == 0


@pytest.mark.promise("MO-03")
def test_one_without_an_owner_without_a_date_or_with_a_day_that_is_past_is_on_the_list(world: World) -> None:
    referral, _code = of_school(world)
    assert not access.without_owner_or_date().exists()
    for gone in ({"owner": None}, {"next_on": None}, {"next_on": days_ahead(-1)}):
        Referral.objects.filter(pk=referral.pk).update(**gone)
        assert access.without_owner_or_date().count() == 1, gone
        assert "data-lost" in text_of(signed_in(None, world.lead).get("/referrals/"))
        Referral.objects.filter(pk=referral.pk).update(owner=world.liaison_role, next_on=days_ahead(1))
    world.liaison.is_active = False
    world.liaison.save()
    assert access.without_owner_or_date().count() == 1


def test_the_list_shows_late_ones_first(world: World) -> None:
    first, _code = of_school(world, next_on=days_ahead(1))
    late, _code = of_school(world, next_on=days_ahead(9))
    Referral.objects.filter(pk=late.pk).update(next_on=days_ahead(-1))
    page = text_of(signed_in(None, world.liaison).get("/referrals/"))
    assert page.index(str(late.public_id)) < page.index(str(first.public_id))
    assert page.count("data-late") == 1


# -- a family here ----------------------------------------------------------------------------------------------------


def test_it_becomes_a_family_and_its_clocks_go_along(world: World) -> None:
    phone, _code, referral = sent()
    phone.post("/refer/ask/", question())
    staff = signed_in(None, world.liaison)
    path = f"/referrals/{referral.public_id}/family/"
    assert staff.post(path, {"name": " \x00 "}).status_code == 422
    answer = staff.post(path, {"name": "Reed", "region": "jefferson"})
    family = Family.objects.get(name="Reed")
    assert answer.headers["Location"] == f"/families/{family.public_id}/"
    assert {clock.family for clock in access.clocks_of(referral)} == {family}
    assert Clock.objects.filter(family=family, subject="referral").count() == 2
    staff.post(path, {"name": "Reed"})
    assert Family.objects.filter(name="Reed").count() == 1
    assert 'data-step="joined"' in text_of(phone.get("/refer/where/"))


def test_before_the_guardians_yes_it_waits(world: World) -> None:
    referral, _code = of_school(world)
    staff = signed_in(None, world.liaison)
    answer = staff.post(f"/referrals/{referral.public_id}/family/", {"name": "Reed"})
    assert answer.status_code == 422
    assert "has not said yes yet" in text_of(answer)
    assert not Family.objects.filter(name="Reed").exists()


def test_a_young_person_who_asks_is_heard_and_the_guardian_is_not_told_behind_their_back(world: World) -> None:
    phone, code = begin()
    phone.post("/refer/save/", {"at": "who", "first_name": "Sam", "asker": "young"})
    phone.post("/refer/send/")
    assert (held(code).state, held(code).consent) == ("sent", "unknown")
    with pytest.raises(actions.NotYetAgreed):
        actions.join(actor=world.liaison, role=world.liaison_role, referral=held(code), name="Sam")


@pytest.mark.parametrize("who", ["peer", "lead", "caregiver", "faraway_liaison"])
def test_who_may_not_is_refused_at_the_lowest_place(world: World, who: str) -> None:
    referral, _code = of_school(world)
    actor = getattr(world, who)
    role = StaffRole.objects.filter(person=actor).first() or world.liaison_role
    with pytest.raises(Refused):
        actions.take(actor=actor, role=role, referral=referral, next_step="call", next_on=days_ahead(1))
    with pytest.raises(Refused):
        actions.note_step(actor=actor, referral=referral, kind="met", on=None, next_step="call", next_on=days_ahead(1))
    with pytest.raises(Refused):
        actions.join(actor=actor, role=role, referral=referral, name="X")
    with pytest.raises(Refused):
        actions.renew_code(actor=actor, referral=referral)


def test_after_a_key_rotation_nothing_is_lost(world: World, settings: Any) -> None:
    from base64 import urlsafe_b64encode
    from os import urandom

    referral, _code = of_school(world)
    actions.record_finding(actor=world.liaison, referral=referral, criterion="age", result="fits", reason="She is 12.")
    new = urlsafe_b64encode(urandom(32)).decode()
    settings.ENCRYPTION_KEYS = [new, *settings.ENCRYPTION_KEYS]
    assert rewrap_words() >= 1
    settings.ENCRYPTION_KEYS = [new]
    referral = Referral.objects.get()
    assert referral.answers["first_name"] == "Nia"
    assert referral.findings.get().reason == "She is 12."
