"""What each person has to see or answer first, and when it is asked again."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from portal import live
from portal.access import Refused
from portal.accounts import actions as accounts
from portal.accounts.models import Acknowledgement, Person
from portal.accounts.welcome import steps
from portal.accounts.welcome.actions import acknowledge
from portal.accounts.welcome.steps import Answer, Kind, Step, open_steps
from portal.audit.models import Entry
from portal.families import actions as families
from portal.families.models import Family, LegalAuthority, Member
from portal.language import content
from portal.programs import actions as programs
from portal.programs.models import Organization, Program, StaffRole
from tests.world import World

pytestmark = pytest.mark.django_db


def keep(person: Person, step: Step, answer: str | None = None) -> Acknowledgement:
    return acknowledge(
        person=person,
        kind=step.kind,
        answer=answer or step.answers[0],
        language="en",
        version=step.version,
        about=step.about,
        basis=step.basis,
    )


def keep_all(person: Person) -> None:
    for step in open_steps(person):
        keep(person, step)


def kinds(person: Person) -> list[str]:
    return [str(step.kind) for step in open_steps(person)]


def permission(person: Person) -> Step:
    return next(step for step in steps.all_steps(person) if step.kind == Kind.GUARDIAN_PERMISSION)


def change(monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    """As a new release would: other words under the same key."""
    texts = content._sources()
    monkeypatch.setitem(texts, key, dataclasses.replace(texts[key], text="Other words."))


@pytest.fixture
def people(world: World) -> dict[str, Person]:
    """The cast, nobody of whom has answered anything."""
    Acknowledgement.objects.all().delete()
    return {
        name: getattr(world, name) for name in ("caregiver", "second_caregiver", "youth", "child", "natural_support")
    }


# -- who is asked what ------------------------------------------------------------------------------------------------


def test_a_caregiver_sees_the_notices_and_rights_and_is_asked_for_the_young_person_they_may_sign_for(
    people: dict[str, Person],
) -> None:
    assert kinds(people["caregiver"]) == [
        "confidentiality",
        "privacy",
        "nondiscrimination",
        "rights",
        "guardian_permission",
    ]
    assert permission(people["caregiver"]).about == people["youth"]


def test_a_caregiver_who_may_decide_about_school_only_is_not_asked(people: dict[str, Person]) -> None:
    assert kinds(people["second_caregiver"]) == ["confidentiality", "privacy", "nondiscrimination", "rights"]


def test_under_13_nobody_has_an_account_whatever_they_are_in_the_family(world: World) -> None:
    """16 CFR part 312: a young sister written down as natural support waits at the door, too."""
    person = world.natural_support
    person.born_on = world.program.today() - dt.timedelta(days=12 * 365)
    person.save()
    (step,) = open_steps(person)
    assert (step.missing, step.answers) == ("age", ())


def test_a_natural_support_sees_the_notices_but_no_rights_of_the_program(people: dict[str, Person]) -> None:
    assert kinds(people["natural_support"]) == ["confidentiality", "privacy", "nondiscrimination"]


def test_staff_see_what_binds_and_protects_them(world: World) -> None:
    Acknowledgement.objects.all().delete()
    assert kinds(world.liaison) == ["confidentiality", "privacy"]


def test_texts_are_asked_about_only_with_a_phone(people: dict[str, Person]) -> None:
    person = people["natural_support"]
    person.phone = "+15045550142"
    assert kinds(person)[-1] == "texts"


def test_the_limits_are_those_of_the_persons_own_state(people: dict[str, Person], world: World) -> None:
    keys = open_steps(people["caregiver"])[0].keys
    assert keys[0] == "notice.confidentiality"
    assert "limits.louisiana-csoc.abuse" in keys
    assert "limits.missouri-initiative.abuse" in open_steps(world.faraway_caregiver)[0].keys


# -- the young --------------------------------------------------------------------------------------------------------


def test_a_young_person_without_a_permission_waits_and_sees_nothing_else(people: dict[str, Person]) -> None:
    (step,) = open_steps(people["youth"])
    assert (step.missing, step.answers) == ("permission", ())


def test_a_guardians_yes_opens_the_door(people: dict[str, Person]) -> None:
    keep(people["caregiver"], permission(people["caregiver"]), Answer.YES)
    assert kinds(people["youth"]) == [
        "guardian_permission",
        "confidentiality",
        "privacy",
        "nondiscrimination",
        "rights",
    ]
    keep_all(people["youth"])
    assert open_steps(people["youth"]) == []


@pytest.mark.parametrize("answer", [Answer.NO, Answer.SKIPPED])
def test_any_other_answer_does_not(people: dict[str, Person], answer: str) -> None:
    keep(people["caregiver"], permission(people["caregiver"]), answer)
    assert open_steps(people["youth"])[0].missing == "permission"


def test_a_permission_taken_back_closes_the_door_and_the_open_pages(
    people: dict[str, Person],
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    ended: list[int] = []
    monkeypatch.setattr(live, "end_person", ended.append)
    keep(people["caregiver"], permission(people["caregiver"]), Answer.YES)
    with django_capture_on_commit_callbacks(execute=True):
        keep(people["caregiver"], permission(people["caregiver"]), Answer.NO)
    assert open_steps(people["youth"])[0].missing == "permission"
    assert ended == [people["youth"].pk]


def test_a_permission_ends_with_the_authority_it_stood_on(people: dict[str, Person], world: World) -> None:
    keep(people["caregiver"], permission(people["caregiver"]), Answer.YES)
    LegalAuthority.objects.filter(pk=world.caregiver_authority.pk).update(
        ends_on=world.program.today() - dt.timedelta(days=1)
    )
    assert open_steps(people["youth"])[0].missing == "permission"


def test_where_two_may_sign_one_no_outweighs_a_yes(people: dict[str, Person], world: World) -> None:
    LegalAuthority.objects.filter(pk=world.second_caregiver_authority.pk).update(scope=LegalAuthority.Scope.HEALTH)
    keep(people["caregiver"], permission(people["caregiver"]), Answer.YES)
    keep(people["second_caregiver"], permission(people["second_caregiver"]), Answer.NO)
    assert open_steps(people["youth"])[0].missing == "permission"


def test_nobody_signs_for_a_young_person_without_authority(people: dict[str, Person], world: World) -> None:
    for name in ("second_caregiver", "natural_support", "youth", "liaison", "stranger_caregiver"):
        for answer in (Answer.YES, Answer.NO):
            with pytest.raises(Refused):
                acknowledge(
                    person=getattr(world, name),
                    kind=Kind.GUARDIAN_PERMISSION,
                    answer=answer,
                    language="en",
                    version="v",
                    about=people["youth"],
                )
    with pytest.raises(Refused):
        acknowledge(
            person=people["caregiver"], kind=Kind.GUARDIAN_PERMISSION, answer=Answer.YES, language="en", version="v"
        )
    assert open_steps(people["youth"])[0].missing == "permission"


def test_under_13_there_is_no_account_of_ones_own_and_nobody_is_asked_for_one(people: dict[str, Person]) -> None:
    (step,) = open_steps(people["child"])
    assert (step.missing, step.answers) == ("age", ())
    assert people["child"] not in [step.about for step in open_steps(people["caregiver"])]


def test_on_the_13th_birthday_a_permission_is_asked_for(people: dict[str, Person], world: World) -> None:
    today = world.program.today()
    birthday = dt.date(today.year - 13, today.month, min(today.day, 28))
    for born_on, missing in ((birthday, "permission"), (birthday + dt.timedelta(days=4), "age")):
        Person.objects.filter(pk=people["child"].pk).update(born_on=born_on)
        assert open_steps(Person.objects.get(pk=people["child"].pk))[0].missing == missing


def test_a_youth_of_unknown_age_needs_a_guardians_yes(people: dict[str, Person]) -> None:
    Person.objects.filter(pk=people["youth"].pk).update(born_on=None)
    assert open_steps(Person.objects.get(pk=people["youth"].pk))[0].missing == "permission"


def test_from_18_nobody_is_asked(people: dict[str, Person]) -> None:
    Person.objects.filter(pk=people["youth"].pk).update(born_on=None, adult_confirmed_at=timezone.now())
    assert kinds(Person.objects.get(pk=people["youth"].pk)) == [
        "confidentiality",
        "privacy",
        "nondiscrimination",
        "rights",
    ]
    assert "guardian_permission" not in kinds(people["caregiver"])


# -- a young person's own consent -------------------------------------------------------------------------------------


def youth_of(slug: str, age: int | None) -> Person:
    """A young person alone in a new family of that programme."""
    programs.sync_profiles()
    program = Program.objects.get(slug=slug)
    family = Family.objects.create(program=program, name="Marlow")
    today = program.today()
    born_on = dt.date(today.year - age, 1, 1) if age is not None else None
    youth = accounts.create_person(display_name="Kit Marlow", email="kit@example.org", born_on=born_on)
    Member.objects.create(family=family, person=youth, role=Member.Role.YOUTH)
    return youth


def test_where_the_law_lets_them_a_young_person_agrees_alone_and_the_law_is_kept() -> None:
    youth = youth_of("north-carolina-soc", 14)
    step = open_steps(youth)[0]
    assert step.kind == Kind.OWN_CONSENT
    assert step.keys == ("consent.own_consent", "own_consent.north-carolina-soc.emotional")
    assert step.basis == "North Carolina G.S. 90-21.5, as quoted on ncfamily.org (public)"
    row = keep(youth, step, Answer.YES)
    assert row.basis == step.basis
    assert Kind.OWN_CONSENT not in kinds(youth)
    keep_all(youth)
    assert open_steps(youth) == []


def test_not_now_keeps_the_question_open_and_the_rooms_closed() -> None:
    youth = youth_of("north-carolina-soc", 14)
    keep(youth, open_steps(youth)[0], Answer.SKIPPED)
    assert open_steps(youth)[0].kind == Kind.OWN_CONSENT


@pytest.mark.parametrize(
    ("slug", "age", "first"),
    [
        ("missouri-initiative", 16, "own_consent"),
        ("missouri-initiative", 15, "permission"),
        ("florida-care-coordination", 15, "permission"),  # crisis visits only
        ("louisiana-csoc", 15, "permission"),  # nobody has read that law for us
        ("north-carolina-soc", 12, "age"),
        ("north-carolina-soc", None, "permission"),
    ],
)
def test_each_states_own_law_decides(slug: str, age: int | None, first: str) -> None:
    step = open_steps(youth_of(slug, age))[0]
    assert (step.missing or step.kind) == first


@pytest.mark.parametrize("basis", ["", "The law of another state (public)"])
def test_no_consent_without_the_law_it_stands_on(basis: str) -> None:
    youth = youth_of("north-carolina-soc", 14)
    with pytest.raises(Refused):
        acknowledge(person=youth, kind=Kind.OWN_CONSENT, answer=Answer.YES, language="en", version="v", basis=basis)


def test_nobody_but_a_young_person_has_such_a_basis(world: World) -> None:
    assert steps.own_basis(world.caregiver) == ""
    assert steps.own_basis(world.liaison) == ""
    assert steps.own_basis(youth_of("north-carolina-soc", 12)) == ""


# -- what is kept, and when it is asked again -------------------------------------------------------------------------


def test_an_answer_is_kept_with_version_and_language_and_goes_on_the_record(people: dict[str, Person]) -> None:
    person = people["caregiver"]
    step = open_steps(person)[1]
    row = keep(person, step)
    assert (row.kind, row.answer, row.language, row.version) == (
        "privacy",
        "seen",
        "en",
        content.source_of(step.keys[0]).hash,
    )
    entry = Entry.objects.filter(subject="acknowledgement").latest("pk")
    assert (entry.actor, entry.detail) == (person, {"kind": "privacy", "answer": "seen"})


def test_a_second_answer_is_a_second_row(people: dict[str, Person]) -> None:
    step = open_steps(people["caregiver"])[0]
    keep(people["caregiver"], step)
    keep(people["caregiver"], step)
    assert Acknowledgement.objects.filter(person=people["caregiver"]).count() == 2


@pytest.mark.parametrize(
    ("key", "kind", "is_asked_again"),
    [
        ("notice.confidentiality", "confidentiality", True),
        ("limits.louisiana-csoc.abuse", "confidentiality", True),
        ("notice.privacy", "privacy", True),
        ("consent.guardian_permission", "guardian_permission", True),
        ("notice.nondiscrimination", "nondiscrimination", False),
        ("rights.louisiana-csoc.respect", "rights", False),
        ("notice.texts", "texts", False),
    ],
)
def test_new_words_ask_again_only_where_they_bind(
    people: dict[str, Person], monkeypatch: pytest.MonkeyPatch, key: str, kind: str, is_asked_again: bool
) -> None:
    person = people["caregiver"]
    person.phone = "+15045550142"
    keep_all(person)
    assert kinds(person) == []
    change(monkeypatch, key)
    assert kinds(person) == ([kind] if is_asked_again else [])


def test_new_words_of_the_permission_ask_the_guardian_and_do_not_shut_the_young_person_out(
    people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_all(people["caregiver"])
    keep_all(people["youth"])
    change(monkeypatch, "consent.guardian_permission")
    assert kinds(people["caregiver"]) == ["guardian_permission"]
    assert open_steps(people["youth"])[0].missing == ""


@pytest.mark.promise("LA-46")
@pytest.mark.parametrize(
    ("answer", "before", "after"),
    [
        (Answer.SEEN, dt.timedelta(days=364), dt.timedelta(days=366)),
        (Answer.SKIPPED, dt.timedelta(hours=23), dt.timedelta(hours=25)),
    ],
)
def test_rights_are_shown_again_after_a_year_and_on_another_day_when_skipped(
    people: dict[str, Person], answer: str, before: dt.timedelta, after: dt.timedelta
) -> None:
    person = people["caregiver"]
    keep_all(person)
    rights = next(step for step in steps.all_steps(person) if step.kind == Kind.RIGHTS)
    keep(person, rights, answer)
    Acknowledgement.objects.filter(kind=Kind.RIGHTS).update(at=timezone.now() - before)
    assert kinds(person) == []
    Acknowledgement.objects.filter(kind=Kind.RIGHTS).update(at=timezone.now() - after)
    assert kinds(person) == ["rights"]


def test_not_now_to_a_permission_is_asked_again_after_a_week(people: dict[str, Person]) -> None:
    person = people["caregiver"]
    keep(person, permission(person), Answer.SKIPPED)
    keep_all(person)
    assert kinds(person) == []
    Acknowledgement.objects.filter(kind=Kind.GUARDIAN_PERMISSION).update(at=timezone.now() - dt.timedelta(days=8))
    assert kinds(person) == ["guardian_permission"]


@pytest.mark.parametrize(("answer", "wanted"), [(Answer.YES, True), (Answer.NO, False)])
def test_texts_come_only_after_a_yes(answer: str, wanted: bool) -> None:
    person = accounts.create_person(display_name="Ana", phone="+15045550142")
    step = open_steps(person)[-1]
    keep(person, step, answer)
    assert Person.objects.get(pk=person.pk).texts_wanted is wanted
    assert "texts" not in kinds(person)


# -- cost -------------------------------------------------------------------------------------------------------------


def test_asking_costs_two_queries(
    people: dict[str, Person], world: World, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for person in (people["caregiver"], world.liaison, people["natural_support"]):
        keep_all(person)
        with django_assert_num_queries(2):
            assert open_steps(person) == []


def test_the_version_costs_nothing_and_changes_with_the_day_or_for_the_young_with_the_minute(
    people: dict[str, Person], monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    now = dt.datetime(2027, 2, 5, 12, 0, 5, tzinfo=dt.UTC)

    def versions(person: Person, *later: dt.timedelta) -> list[str]:
        found = []
        for span in (dt.timedelta(), *later):
            monkeypatch.setattr(timezone, "now", lambda span=span: now + span)
            found.append(steps.version(person))
        return found

    minute, day = dt.timedelta(minutes=1), dt.timedelta(days=1)
    with django_assert_num_queries(0):
        start, later, tomorrow = versions(people["caregiver"], minute, day)
        assert start == later != tomorrow
        start, soon, later = versions(people["youth"], minute / 2, minute)
        assert start == soon != later
    people["caregiver"].phone = "+15045550142"
    assert versions(people["caregiver"])[0] not in {start, tomorrow}


def test_someone_who_works_here_and_has_a_family_here_sees_what_families_see(world: World) -> None:
    Acknowledgement.objects.all().delete()
    organization = Organization.objects.filter(program=world.program).first()
    assert organization is not None
    programs.appoint(
        actor=None, person=world.second_caregiver, organization=organization, role=StaffRole.Role.PEER_PARTNER
    )
    assert "rights" in kinds(world.second_caregiver)


def test_who_has_left_a_family_is_asked_for_nobody_there(people: dict[str, Person], world: World) -> None:
    Member.objects.filter(pk=world.caregiver_member.pk).update(left_at=timezone.now())
    assert kinds(people["caregiver"]) == ["confidentiality", "privacy"]


def test_families_module_is_asked_who_may_sign(people: dict[str, Person], world: World) -> None:
    """Authority recorded later asks at once."""
    families.record_authority(
        actor=world.liaison,
        adult=world.second_caregiver_member,
        youth=world.youth_member,
        scope=LegalAuthority.Scope.HEALTH,
        evidence="Court order seen",
        starts_on=world.program.today(),
    )
    assert "guardian_permission" in kinds(people["second_caregiver"])
