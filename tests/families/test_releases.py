"""Consents to share: who may sign what at what age, until when one holds, and what is shared or refused by it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.access import Refused, covering, disclosures, record
from portal.access import releases as access
from portal.accounts.models import Person
from portal.families import actions
from portal.families import actions as families
from portal.families.models import Category, Disclosure, LegalAuthority, Member, Release
from tests.care.plans import added, goal, one_of_each, opened
from tests.families.releases import consent, signed
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

Scope = LegalAuthority.Scope
DAY = dt.timedelta(days=1)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.datetime], None]:
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


def aged(world: World, years: int) -> Member:
    """The young person, of that age since this month began."""
    today = world.program.today()
    Person.objects.filter(pk=world.youth.pk).update(born_on=today.replace(year=today.year - years, day=1))
    return member(world)


def member(world: World) -> Member:
    return Member.objects.select_related("person", "family__program").get(pk=world.youth_member.pk)


def paper(world: World, scope: Scope | None) -> None:
    """All that the second caregiver has on paper."""
    LegalAuthority.objects.filter(adult=world.second_caregiver_member).delete()
    if scope is not None:
        families.record_authority(
            actor=world.liaison,
            adult=world.second_caregiver_member,
            youth=world.youth_member,
            scope=scope,
            evidence="Paper seen",
            starts_on=world.program.today() - DAY,
        )


# -- who may sign what, at what age -----------------------------------------------------------------------------------

ALONE = {"plan", "services", "health", "crisis", "substance", "hiv"}
EVERYTHING = set(Category.values)
SIGNING = [
    # age, whose signature, what of it (Louisiana: R.S. 40:1079.1 and 1079.2; the own sign-in from 13)
    (12, "youth", set()),
    (12, Scope.FULL, EVERYTHING - {"substance"}),
    (15, "youth", ALONE),
    (15, Scope.FULL, EVERYTHING - {"substance", "hiv"}),
    (15, Scope.HEALTH, {"services", "health", "crisis"}),
    (15, Scope.SCHOOL, {"school"}),
    (15, Scope.INFORMATION, set()),
    (15, Scope.NONE, set()),
    (15, None, set()),
    (17, "youth", ALONE),
    (17, Scope.FULL, EVERYTHING - {"substance", "hiv"}),
    (18, "youth", EVERYTHING),
    (18, Scope.FULL, set()),
    (18, Scope.SCHOOL, set()),
]


@pytest.mark.parametrize(("age", "who", "wanted"), SIGNING)
def test_who_may_sign_what_at_what_age(world: World, age: int, who: Scope | str | None, wanted: set[str]) -> None:
    youth = aged(world, age)
    if who != "youth":
        paper(world, None if who is None else Scope(who))
    person = Person.objects.get(pk=world.youth.pk) if who == "youth" else world.second_caregiver
    assert set(access.may_sign(person, youth)) == wanted
    for category in Category.values:
        if category in wanted:
            assert signed(world, person, category, youth=youth).authority == ("self" if who == "youth" else who)
        else:
            with pytest.raises(Refused):
                signed(world, person, category, youth=youth)


def test_nobody_else_signs_not_for_the_ease_of_staff(world: World) -> None:
    for name in ("facilitator", "liaison", "peer", "mentor", "lead", "natural_support", "child", "stranger_caregiver"):
        assert not access.may_sign(getattr(world, name), world.youth_member), name
        with pytest.raises(Refused):
            signed(world, getattr(world, name))


def test_what_stands_apart_is_signed_apart_and_each_has_an_end(world: World) -> None:
    for pair in (("substance", "plan"), ("hiv", "health"), ("substance", "hiv")):
        with pytest.raises(families.NotTogether):
            signed(world, world.youth, *pair)
    with pytest.raises(families.NoEnd):
        signed(world, world.caregiver, ends_on=None)
    with pytest.raises(families.NoEnd):
        signed(world, world.caregiver, ends_on=world.program.today() - DAY)
    assert signed(world, world.caregiver, ends_on=None, event="The school year ends").ends_on is None
    assert not Release.objects.exclude(ends_on=None).exists()


def test_only_somebody_who_may_be_told_is_named(world: World) -> None:
    world.keep_apart()
    for person in (world.natural_support, world.second_caregiver, world.stranger_caregiver, world.peer):
        with pytest.raises(Refused):
            signed(world, world.caregiver, to_person=person)
    assert access.recipient_of(signed(world, world.caregiver, to_person=world.liaison)) == "Simone Picourt"
    with pytest.raises(Refused):
        signed(world, world.second_caregiver, "school")  # who is kept away signs nothing here


# -- until when it holds ----------------------------------------------------------------------------------------------


def test_it_ends_at_midnight_where_the_programme_is(world: World, at: Callable[[dt.datetime], None]) -> None:
    today = world.program.today()
    release = signed(world, world.caregiver, ends_on=today)
    midnight = dt.datetime.combine(today + DAY, dt.time(0), ZoneInfo("America/Chicago"))
    at(midnight - dt.timedelta(seconds=1))
    assert access.release_in_force(release.public_id) is not None
    at(midnight)
    assert access.release_in_force(release.public_id) is None


def test_what_an_adult_signed_ends_on_the_18th_birthday_and_the_page_says_so_before(
    world: World, at: Callable[[dt.datetime], None]
) -> None:
    today = world.program.today()
    birthday = today + dt.timedelta(days=10)
    Person.objects.filter(pk=world.youth.pk).update(born_on=birthday.replace(year=birthday.year - 18))
    release = signed(world, world.caregiver, youth=member(world))
    for path in (f"/sharing/for/{world.youth.public_id}/", f"/sharing/{release.public_id}/"):
        assert "is 18 and decides" in signed_in(None, world.caregiver).get(path).content.decode(), path
    midnight = dt.datetime.combine(birthday, dt.time(0), ZoneInfo("America/Chicago"))
    at(midnight - dt.timedelta(seconds=1))
    assert access.release_in_force(release.public_id) is not None
    at(midnight)
    assert access.release_in_force(release.public_id) is None
    assert access.visible_releases(world.caregiver, member(world)) == []
    assert [one.pk for one in access.visible_releases(world.youth, member(world))] == [release.pk]


def test_it_ends_with_the_say_of_who_signed_it(world: World) -> None:
    paper(world, Scope.FULL)
    release = signed(world, world.second_caregiver)
    assert access.release_in_force(release.public_id) is not None
    paper(world, Scope.INFORMATION)
    assert access.release_in_force(release.public_id) is None


def test_who_takes_it_back(world: World) -> None:
    paper(world, Scope.FULL)
    own, others, young = signed(world, world.caregiver), signed(world, world.caregiver), signed(world, world.youth)
    for person, release in (
        (world.youth, own),  # a minor does not undo what a parent decided for them
        (world.caregiver, young),
        (world.facilitator, own),
        (world.stranger_caregiver, own),
    ):
        with pytest.raises(Refused):
            actions.revoke_release(actor=person, release=release)
    for person, release in ((world.caregiver, own), (world.second_caregiver, others), (world.youth, young)):
        actions.revoke_release(actor=person, release=release)
        actions.revoke_release(actor=person, release=release)
        assert access.release_in_force(release.public_id) is None
    text = signed_in(None, world.facilitator).get(f"/sharing/{others.public_id}/").content.decode()
    assert "Taken back by Lucien Marchand" in text


def test_staff_write_down_that_what_it_names_has_happened(world: World) -> None:
    release = signed(world, world.caregiver, ends_on=None, event="The school year ends")
    page = f"/sharing/{release.public_id}/"
    browser = signed_in(None, world.facilitator)
    assert "What it names has happened" in browser.get(page).content.decode()
    assert browser.post(f"{page}end/").status_code == 302
    assert access.release_in_force(release.public_id) is None


# -- who sees it ------------------------------------------------------------------------------------------------------


def test_what_the_young_person_signs_alone_shows_nowhere_to_who_raises_them(world: World) -> None:
    paper(world, Scope.FULL)
    own, drugs = signed(world, world.youth, to_name="Own Therapist"), signed(world, world.youth, "substance")
    actions.revoke_release(actor=world.youth, release=own)
    with pytest.raises(families.NoRelease):
        actions.share(
            actor=world.facilitator,
            youth=world.youth_member,
            to_name="Own Therapist",
            categories=["plan"],
            what="A call",
        )
    for person in (world.caregiver, world.second_caregiver, world.natural_support, world.child, world.stranger_liaison):
        assert access.visible_releases(person, world.youth_member) == [], person
        assert disclosures.visible_disclosures(person, world.youth_member) == [], person
        for release in (own, drugs):
            assert signed_in(None, person).get(f"/sharing/{release.public_id}/").status_code in {404, 302}, person
        subjects = {entry.subject for entry in record.visible_entries(person, world.family)}
        assert not subjects & {"release", "disclosure"}, person
    assert "Own Therapist" not in signed_in(None, world.caregiver).get("/sharing/", follow=True).content.decode()
    seen = [one.pk for one in access.visible_releases(world.facilitator, world.youth_member)]
    assert seen == [own.pk], "who knows nothing of it does not learn of it by the consent"
    plan = opened(world)
    goal(world, plan, access_basis="substance")
    assert len(access.visible_releases(world.facilitator, world.youth_member)) == 2


def test_an_adult_sees_what_they_could_have_signed(world: World) -> None:
    school, health = signed(world, world.caregiver, "school"), signed(world, world.caregiver, "health")
    for scope, wanted in (
        (Scope.FULL, {school.pk, health.pk}),
        (Scope.HEALTH, {health.pk}),
        (Scope.SCHOOL, {school.pk}),
        (Scope.INFORMATION, set()),
        (Scope.NONE, set()),
    ):
        paper(world, scope)
        seen = {one.pk for one in access.visible_releases(world.second_caregiver, world.youth_member)}
        assert seen == wanted, scope
    paper(world, Scope.FULL)
    world.keep_apart()
    assert access.visible_releases(world.second_caregiver, world.youth_member) == []


# -- sharing ----------------------------------------------------------------------------------------------------------


@pytest.mark.promise("FL-25")
def test_sharing_without_a_signed_page_is_refused_and_on_record(world: World) -> None:
    plan = opened(world)
    goal(world, plan)
    browser, page = signed_in(None, world.facilitator), f"/sharing/for/{world.youth.public_id}/share/"
    asked = {"to": "name", "to_name": "Dr. Reed", "categories": ["plan"], "what": "The goals"}
    key = "5f0c8f5e-3a43-4f0f-9e70-5d7f3c0b8b11"
    answer = browser.post(page, asked | {"key": key})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "We shared nothing" in text
    assert 'value="Dr. Reed"' in text
    refused = Disclosure.objects.get()
    assert (refused.was_refused, refused.release, refused.to_name) == (True, None, "Dr. Reed")
    lines = record.visible_entries(world.caregiver, world.family)
    assert any((line.subject, line.verb) == ("disclosure", "refused") for line in lines)
    listed = signed_in(None, world.caregiver).get(f"/sharing/for/{world.youth.public_id}/shared/").content.decode()
    assert "Dr. Reed" in listed
    assert "Refused" in listed
    # Each that has ended, or covers something else, is as good as none.
    school = signed(world, world.caregiver, "school", to_name="Dr. Reed")
    gone = signed(world, world.caregiver, "plan", to_name="Dr. Reed")
    actions.revoke_release(actor=world.caregiver, release=gone)
    for release in (school, gone):
        with pytest.raises(families.NoRelease):
            actions.share(
                actor=world.facilitator,
                youth=world.youth_member,
                to_name="Dr. Reed",
                categories=["plan"],
                what="The goals",
                release=release,
            )
    assert Disclosure.objects.filter(was_refused=True).count() == 3
    # With one in force it is shared: the same form, sent twice, is one line.
    release = signed(world, world.caregiver, "plan", to_name="Dr. Reed")
    for _again in range(2):
        answer = browser.post(page, asked | {"key": key, "to": str(release.public_id)}, follow=True)
        assert "Mornings without a fight" in answer.content.decode()
    done = Disclosure.objects.get(was_refused=False)
    assert (done.release_id, done.to_name, done.by) == (release.pk, "Dr. Reed", world.facilitator)
    assert "Mornings without a fight" in done.what
    actions.revoke_release(actor=world.caregiver, release=release)
    text = browser.get(f"/sharing/shared/{done.public_id}/").content.decode()
    assert "There is nothing to hand over now" in text
    assert "The goals" in text


def test_what_one_covers_is_what_was_ticked_and_rests_on_the_same_word(world: World) -> None:
    plan = opened(world)
    made = one_of_each(world, plan)
    alone = goal(world, plan, "My own talks", access_basis="minor")
    drugs = goal(world, plan, "No pills", access_basis="substance")

    def kinds(release: Release) -> set[str]:
        return {item.kind for item in covering.covered_items(release, plan)}

    assert kinds(signed(world, world.caregiver, "services")) == {"service"}
    assert kinds(signed(world, world.caregiver, "crisis")) == {"crisis"}
    assert kinds(signed(world, world.caregiver, "school")) == {"need", "reading", "status"}
    assert kinds(signed(world, world.caregiver, "health")) == {"level", "view"}
    everything = signed(world, world.caregiver, *(set(Category.values) - {"substance", "hiv"}))
    covered = covering.covered_items(everything, plan)
    assert {item.kind for item in covered} == set(made) - {"wellbeing"}
    assert not {alone.pk, drugs.pk} & {item.pk for item in covered}
    own = covering.covered_items(signed(world, world.youth, "plan"), plan)
    assert [item.pk for item in own] == [alone.pk]
    assert [item.pk for item in covering.covered_items(signed(world, world.youth, "substance"), plan)] == [drugs.pk]


@pytest.mark.promise("LA-24")
def test_what_is_about_drugs_opens_to_whom_the_young_person_names_and_closes_at_once(world: World) -> None:
    plan = opened(world)
    about = {"text": "No pills on weekends", "whose": "youth", "domain": "health"}
    item = added(world.facilitator, plan, "goal", **about, access_basis="substance")
    phone = {"text": "No pills: call the group", "phone": "(504) 555-0142"}
    added(world.facilitator, plan, "crisis", **phone, access_basis="substance")
    readers = (world.caregiver, world.liaison)
    releases = [signed(world, world.youth, "substance", to_person=person) for person in readers]
    for person, release in zip(readers, releases, strict=True):
        browser = signed_in(None, person)
        browser.get(f"/plans/{plan.public_id}/")
        with CaptureQueriesContext(connection) as asked:
            browser.get(f"/plans/{plan.public_id}/")
        assert len(asked) <= 12, [one["sql"][:120] for one in asked.captured_queries]
        for path in ("", "print/", "changes/", "crisis/"):
            text = browser.get(f"/plans/{plan.public_id}/{path}").content.decode()
            assert "No pills" in text, (person, path)
            assert "You may not share it further (42 CFR 2.32)" in text, (person, path)
        for path in ("change", "remove", "people"):
            answer = browser.get(f"/plans/{plan.public_id}/items/{item.public_id}/{path}/")
            assert answer.status_code == 404, (person, path)
        actions.revoke_release(actor=world.youth, release=release)
        for path in ("", "print/", "changes/", "crisis/"):
            assert "No pills" not in browser.get(f"/plans/{plan.public_id}/{path}").content.decode(), (person, path)
    looks = record.visible_entries(world.youth, world.family).filter(subject="release", actor=world.liaison)
    assert looks.exists(), "each look of staff by it is on record"
    assert "No pills" in signed_in(None, world.youth).get(f"/plans/{plan.public_id}/").content.decode()


@pytest.mark.promise("LA-24")
def test_it_opens_nothing_to_whom_it_does_not_name_or_who_may_not_be_told(world: World) -> None:
    plan = opened(world)
    goal(world, plan, "No pills", access_basis="substance")
    paper(world, Scope.FULL)
    signed(world, world.youth, "substance", to_person=world.second_caregiver)
    signed(world, world.youth, "substance", to_name="Odette Marchand")
    signed(world, world.youth, "health", to_person=world.caregiver)
    page = f"/plans/{plan.public_id}/"
    assert "No pills" not in signed_in(None, world.caregiver).get(page).content.decode()
    assert "No pills" in signed_in(None, world.second_caregiver).get(page).content.decode()
    world.keep_apart()
    assert "No pills" not in signed_in(None, world.second_caregiver).get(page).content.decode()


@pytest.mark.promise("LA-24")
def test_news_of_it_ends_with_the_consent(world: World) -> None:
    plan = opened(world)
    goal(world, plan, "Mornings")
    browser, page = signed_in(None, world.caregiver), f"/plans/{plan.public_id}/"
    mark = browser.get(page).context["mark"]
    browser.post(f"{page}seen/", {"mark": mark})
    goal(world, plan, "No pills", access_basis="substance")
    release = signed(world, world.youth, "substance", to_person=world.caregiver)
    answer = browser.get(page)
    assert [one["title"] for one in answer.context["news"]] == ["No pills"]
    actions.revoke_release(actor=world.youth, release=release)
    assert browser.get(page).context["news"] == []


# -- pages ------------------------------------------------------------------------------------------------------------


def test_a_parent_signs_in_few_taps_and_gets_a_copy(world: World) -> None:
    browser = signed_in(None, world.caregiver)
    here = browser.get("/sharing/", follow=True)
    assert "Nothing is signed now. So nothing is shared." in here.content.decode()
    page = f"/sharing/for/{world.youth.public_id}/new/"
    form = browser.get(page).context["form"]
    filled = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    filled |= {"categories": ["plan", "team"], "to": f"person-{world.facilitator.public_id}", "why": "One plan"}
    answer = browser.post(page, filled | {"witness": "Aunt Bea"})
    assert answer.status_code == 422
    assert "Aunt Bea" in answer.content.decode()
    filled |= {"has_read": "on", "signed_as": "Odette Marchand"}
    for _again in range(2):
        assert browser.post(page, filled).status_code == 302
    release = Release.objects.get()
    text = browser.get(f"/sharing/{release.public_id}/print/").content.decode()
    for element in ("Theo Marchand", world.program.name, "Abel Nwosu", "One plan", "Odette Marchand", "Last day"):
        assert element in text, element
    assert "You do not have to sign." in text
    assert release.text_version in text
    assert browser.get(f"{page}?about=substance").status_code == 404
    drugs = signed_in(None, world.youth).get(f"{page}?about=substance").content.decode()
    assert "42 CFR part 2" in drugs
    assert browser.post(f"/sharing/{release.public_id}/end/", follow=True).status_code == 200
    assert access.release_in_force(release.public_id) is None


def test_a_page_signed_by_somebody_else_is_not_answered_for(world: World) -> None:
    form: dict[str, Any] = {"youth": world.youth_member, "consent": consent(world), "key": uuid4()}
    families.sign_release(actor=world.caregiver, **form)
    with pytest.raises(Refused):
        families.sign_release(actor=world.youth, **form)


def test_a_form_gone_back_to_and_changed_is_another_consent(world: World) -> None:
    key = uuid4()
    first, again, other = (
        families.sign_release(
            actor=world.caregiver, youth=world.youth_member, consent=replace(consent(world), why=why), key=key
        )
        for why in ("So that school helps.", "So that school helps.", "For one meeting.")
    )
    assert first == again
    assert other not in {first, again}


def test_a_tick_covers_what_stands_under_it_and_each_thing_by_what_it_says_itself(world: World) -> None:
    plan, staff = opened(world), world.facilitator
    soon = world.program.today() + DAY
    service = added(staff, plan, "service", name="Respite", provider="Gulf", setting="home", start_by=soon)
    step = added(staff, plan, "strategy", service, text="Ask for two weekends")
    need = added(staff, plan, "need", text="Calm mornings at school", domain="school")
    own_word = added(staff, plan, "goal", need, text="Sleep", whose="youth", domain="health")
    unsaid = added(staff, plan, "goal", need, text="Walk to class", whose="youth", domain="school")
    below = added(staff, plan, "strategy", unsaid, text="Meet the coach")
    unsaid.data |= {"domain": ""}  # as another system may leave it
    unsaid.save(update_fields=["sealed_data"])
    found = {
        category: {item.pk for item in covering.covered_items(signed(world, world.caregiver, category), plan)}
        for category in ("services", "plan", "school", "health")
    }
    assert found == {
        "services": {service.pk, step.pk},
        "plan": set(),
        "school": {need.pk, unsaid.pk, below.pk},
        "health": {own_word.pk},
    }
