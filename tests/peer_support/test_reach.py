"""Whom a family organization reaches, counted without a name, and small numbers that nobody can work out."""

from __future__ import annotations

import csv
import datetime as dt
import io
import itertools
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from peer_support.models import CheckIn, Contact, Pairing, PeerProfile, Wish
from peer_support.reach import Period, Reached, periods, quarters_before, report, trend
from peer_support.reach_table import harmless
from peer_support.small_counts import Parts, Shown, finest, protect, protect_overlapping, safe
from portal.access import reach as access
from portal.accounts.models import Person
from portal.families.models import Family, Member, StaffAssignment
from portal.programs.models import Organization, StaffRole
from tests.world import World, signed_in

LEAST = 11


# -- small numbers, without a database ---------------------------------------------------------------------------------


def test_a_small_number_is_hidden_with_the_next_one_so_that_nobody_subtracts_it() -> None:
    shown = protect({"en": (60,), "es": (25,), "vi": (4,)}, LEAST)
    assert shown == Shown({"en": (60,)}, (89,))  # 89 - 60 = 29: Spanish and Vietnamese together


def test_enough_of_each_hides_nothing_and_nobody_is_no_small_number() -> None:
    rows: dict[str, Parts] = {"en": (60, 11), "es": (11, 0), "vi": (0, 0)}
    assert protect(rows, LEAST) == Shown(rows, (71, 11))


def test_those_who_have_nobody_are_a_number_too() -> None:
    """18 of 24 would say that 6 have nobody."""
    assert protect({"": (18, 6)}, LEAST) == Shown({}, None)
    assert protect({"": (18, 12)}, LEAST).total == (18, 12)


def test_two_small_numbers_that_can_only_be_ten_and_ten_take_a_third_with_them() -> None:
    assert protect({"a": (10,), "b": (10,), "c": (30,), "d": (40,)}, LEAST) == Shown({"d": (40,)}, (90,))
    assert protect({"a": (9,), "b": (8,), "c": (30,), "d": (40,)}, LEAST).rows == {"c": (30,), "d": (40,)}


def test_nothing_at_all_is_shown_of_too_few() -> None:
    assert protect({"a": (3,), "b": (2,)}, LEAST) == Shown({}, None)
    assert protect({}, LEAST) == Shown({}, ())


def test_groups_that_overlap_hide_themselves_and_what_is_nearly_everybody() -> None:
    rows = {"courts": (40, 20), "medicaid": (58, 25), "education": (20, 5)}
    kept = protect_overlapping(rows, (60, 35), LEAST).rows
    assert "education" not in kept  # five of them
    assert "medicaid" not in kept  # two are not in it
    assert kept == {"courts": (40, 20)}
    assert protect_overlapping(rows, None, LEAST) == Shown({}, None)


def test_of_the_same_people_the_finest_cut_that_may_be_shown() -> None:
    assert finest([(12, 13, 11), (25, 11), (36,)], LEAST) == 0
    assert finest([(12, 13, 3), (25, 11), (36,)], LEAST) == 1
    assert finest([(5,)], LEAST) is None
    assert finest([(0, 0)], LEAST) is None


SMALL = 4
TABLES = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=4)


@given(TABLES)
@settings(max_examples=300, deadline=None)
def test_no_hidden_number_can_be_computed_from_what_is_shown(table: list[Parts]) -> None:
    """For every hidden small number there is another one with which all that is shown is the same; and no number that is
    shown, or follows from those by a subtraction, is small."""
    rows = {str(number): parts for number, parts in enumerate(table)}
    shown = protect(rows, SMALL)
    assert all(safe(parts, SMALL) for parts in shown.rows.values())
    if shown.total is None:
        assert not shown.rows
        return
    assert safe(shown.total, SMALL)
    hidden = [name for name in rows if name not in shown.rows]
    for column, total in enumerate(shown.total):
        numbers = [rows[name][column] for name in hidden]
        rest = total - sum(parts[column] for parts in shown.rows.values())
        assert rest == sum(numbers)
        assert safe([rest], SMALL)
        for place, number in enumerate(numbers):
            if 0 < number < SMALL:
                assert len({other[place] for other in _others(numbers, rest)}) > 1


def _others(numbers: list[int], total: int) -> Iterator[tuple[int, ...]]:
    """Every way to fill the hidden places that adds up to the same, also for who knows which are nobody, few and many."""
    kinds = [range(1) if one == 0 else range(1, SMALL) if one < SMALL else range(SMALL, total + 1) for one in numbers]
    return (other for other in itertools.product(*kinds) if sum(other) == total)


@given(TABLES)
@settings(max_examples=100, deadline=None)
def test_the_order_of_the_rows_changes_nothing(table: list[Parts]) -> None:
    rows = {str(number): parts for number, parts in enumerate(table)}
    assert protect(rows, SMALL) == protect(dict(reversed(rows.items())), SMALL)


FAMILIES = st.lists(
    st.builds(
        Reached,
        language=st.sampled_from(["en", "es", "vi"]),
        region=st.sampled_from(["jefferson", "orleans", ""]),
        systems=st.frozensets(st.sampled_from(["courts", "medicaid", "education"])),
        has_peer=st.booleans(),
        was_in_touch=st.booleans(),
        days=st.none() | st.integers(0, 90),
    ),
    max_size=60,
)


@given(FAMILIES)
@settings(max_examples=100, deadline=None)
def test_no_line_of_a_report_shows_a_small_number(families: list[Reached]) -> None:
    made = report(families, SMALL)
    for line in [made.total, *made.languages.lines, *made.regions.lines, *made.systems.lines]:
        numbers = [line.asked, line.has_peer, line.rematched, line.in_touch]
        assert safe([one for one in numbers if one is not None], SMALL)
        if line.asked is not None and line.has_peer is not None:
            assert safe([line.asked - line.has_peer], SMALL)


# -- counting, without a database --------------------------------------------------------------------------------------


def many(count: int, language: str = "en", *systems: str, **told: Any) -> list[Reached]:
    return [Reached(language, "jefferson", frozenset(systems), **told) for _number in range(count)]


def test_families_are_counted_by_language_region_and_each_system_they_went_through() -> None:
    families = [
        *many(20, "en", "courts", "medicaid", has_peer=True, was_in_touch=True, days=4),
        *many(12, "en", "courts"),
        *many(15, "es", "medicaid", has_peer=True, is_rematched=True, was_in_touch=True, days=9),
        *many(11, "es"),
    ]
    made = report(families, LEAST)
    assert (made.total.asked, made.total.has_peer, made.total.percent) == (58, 35, 60)
    assert (made.total.rematched, made.total.in_touch, made.total.days) == (15, 35, 4)
    assert [(one.name, one.asked, one.has_peer) for one in made.languages.lines] == [("en", 32, 20), ("es", 26, 15)]
    assert [(one.name, one.asked) for one in made.regions.lines] == [("jefferson", 58)]
    assert [(one.name, one.asked, one.has_peer) for one in made.systems.lines if one.asked] == [
        ("", 11, 0),
        ("courts", 32, 20),
        ("medicaid", 35, 35),
    ]
    assert not made.languages.hides_some


def test_a_small_group_has_no_line_and_no_name() -> None:
    families = [*many(40, has_peer=True), *many(30), *many(14, "es", has_peer=True), *many(12, "es"), *many(3, "vi")]
    made = report(families, LEAST)
    assert made.total.asked == 99
    assert [one.name for one in made.languages.lines if one.has_peer is not None] == ["en"]
    assert "vi" not in [one.name for one in made.languages.lines if one.asked is not None]
    assert made.languages.hides_some


def test_how_many_asked_is_told_where_how_many_have_somebody_cannot_be() -> None:
    made = report([*many(18, has_peer=True), *many(6)], LEAST)
    assert (made.total.asked, made.total.has_peer, made.total.percent) == (24, None, None)
    assert report(many(6), LEAST).total.asked is None
    assert report([], LEAST).total.asked == 0


def test_only_months_that_are_over_can_be_chosen() -> None:
    assert [one.code for one in periods(dt.date(2027, 2, 5))] == [
        *("2026-q4", "2026-q3", "2026-q2", "2026-q1"),
        *("2026", "2025"),
    ]
    assert [one.code for one in quarters_before(dt.date(2027, 4, 1), 2)] == ["2027-q1", "2026-q4"]
    quarter, year = Period(2026, 4), Period(2026)
    assert (quarter.first, quarter.last) == (dt.date(2026, 10, 1), dt.date(2026, 12, 31))
    assert (year.first, year.last) == (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
    assert Period(2026, 1).end == dt.date(2026, 4, 1)


def test_the_trend_counts_each_person_once_a_quarter_by_their_last_word() -> None:
    first, second, third, fourth = quarters_before(dt.date(2027, 1, 1))[::-1]
    changed = [(first.first, person, "not_yet") for person in range(12)]
    answers = [
        *changed,
        *((first.last, person, "a_lot") for person in range(12)),
        *((first.last, 100 + person, "a_little") for person in range(11)),
        *((second.first, person, "a_little") for person in range(6)),
        *((second.first, 20 + person, "a_lot") for person in range(6)),
        *((third.first, person, "a_lot") for person in range(9)),
        *((third.first, 20 + person, "unsaid") for person in range(4)),
        *((fourth.first, person, "not_yet") for person in range(10)),
    ]
    told = trend(answers, [first, second, third, fourth], LEAST)
    assert (told[0].people, told[0].a_lot, told[0].a_little, told[0].not_yet) == (23, 12, 11, 0)
    assert (told[1].people, told[1].a_lot, told[1].less_alone) == (12, None, 12)
    assert (told[2].people, told[2].less_alone) == (13, None)
    assert told[3].people is None


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1"])
def test_no_cell_of_the_file_runs_in_a_spreadsheet(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


def test_a_plain_cell_stays_as_it_is() -> None:
    assert (harmless("Jefferson"), harmless(12), harmless(None)) == ("Jefferson", "12", "too few to show")


# -- the page ----------------------------------------------------------------------------------------------------------


QUARTER = quarters_before(dt.datetime.now(tz=dt.UTC).date() - dt.timedelta(days=1), 1)[0]
THEN = dt.datetime.combine(QUARTER.first, dt.time(18), dt.UTC) + dt.timedelta(days=20)


def crowd(
    world: World,
    count: int,
    *,
    language: str = "en",
    systems: tuple[str, ...] = (),
    has_peer: bool = False,
    liaison: StaffRole | None = None,
    peer: StaffRole | None = None,
    region: str = "jefferson",
) -> list[Member]:
    """Families that asked last quarter; those with somebody said yes after five days."""
    liaison, peer = liaison or world.liaison_role, peer or world.peer_role
    people = Person.objects.bulk_create(
        Person(display_name=f"Invented {number}", language=language) for number in range(count)
    )
    families = Family.objects.bulk_create(
        Family(program=world.program, name="Invented", region=region, created_at=THEN) for _one in people
    )
    members = Member.objects.bulk_create(
        Member(family=family, person=person, role="caregiver", joined_at=THEN)
        for family, person in zip(families, people, strict=True)
    )
    StaffAssignment.objects.bulk_create(
        StaffAssignment(family=family, staff_role=liaison, started_at=THEN) for family in families
    )
    Wish.objects.bulk_create(
        Wish(member=member, languages=[language], systems=list(systems), asked_by=member.person, asked_at=THEN)
        for member in members
    )
    if has_peer:
        Pairing.objects.bulk_create(
            Pairing(
                family=member.family,
                member=member,
                peer=peer,
                state="active",
                proposed_by=liaison.person,
                proposed_at=THEN + dt.timedelta(days=3),
                answered_at=THEN + dt.timedelta(days=5),
                began_at=THEN + dt.timedelta(days=5),
            )
            for member in members
        )
    return members


def page_of(person: Person, query: str = "") -> str:
    answer = signed_in(None, person).get(f"/reach/{query}")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


@pytest.mark.django_db
@pytest.mark.promise("FSO-10")
def test_the_report_shows_the_share_of_families_with_somebody_by_system(world: World) -> None:
    """And kin, foster and justice-involved roles are in a peer's profile."""
    crowd(world, 18, systems=("child_welfare",), has_peer=True)
    crowd(world, 12, systems=("child_welfare",))
    crowd(world, 12, systems=("juvenile_justice",), has_peer=True)
    crowd(world, 11, systems=("juvenile_justice",))
    crowd(world, 3, systems=("developmental",))
    page = page_of(world.liaison)
    assert "Of 56 families who asked, 30 had a peer partner or mentor (54%)." in page
    assert "Foster care and child protection" in page
    assert "18 of 30 families (60%)" in page
    assert "12 of 23 families (52%)" in page
    assert "Help with a developmental disability" not in page
    assert "Others, too few to show" in page
    assert {"kin", "foster"} <= set(PeerProfile.Relation.values)


@pytest.mark.django_db
def test_no_family_is_named_and_race_is_not_there(world: World) -> None:
    members = crowd(world, 30, has_peer=True)
    page = page_of(world.liaison)
    for word in (members[0].person.display_name, members[0].family.name, world.caregiver.display_name, "Marchand"):
        assert word not in page
    assert "Race is not asked and not used." in page


@pytest.mark.django_db
def test_waits_another_peer_and_contacts_are_counted_where_they_were(world: World) -> None:
    members = crowd(world, 24, language="es", has_peer=True)
    crowd(world, 12, language="es")
    Pairing.objects.bulk_create(
        Pairing(
            family=member.family,
            member=member,
            peer=world.second_peer_role,
            state="active",
            proposed_by=world.liaison,
            proposed_at=THEN + dt.timedelta(days=8),
            answered_at=THEN + dt.timedelta(days=9),
        )
        for member in members[:12]
    )
    Contact.objects.bulk_create(
        Contact(
            family=member.family,
            member=member,
            by=world.peer_role,
            way="call",
            outcome="reached",
            happened_at=THEN + dt.timedelta(days=6),
        )
        for member in members
    )
    total = report(access.reached(organization(world), QUARTER), LEAST).total
    assert (total.asked, total.has_peer, total.rematched, total.in_touch, total.days) == (36, 24, 12, 24, 5)
    page = page_of(world.liaison)
    for words in ("24 of 36 families (67%)", "<dd>12</dd>", "<dd>24</dd>", "<dd>5 days</dd>"):
        assert words in page


@pytest.mark.django_db
def test_what_was_before_or_after_the_months_or_taken_back_is_not_counted(world: World) -> None:
    members = crowd(world, 5, has_peer=True)
    assert len(access.reached(organization(world), QUARTER)) == 5
    earlier = quarters_before(QUARTER.first, 1)[0]
    assert access.reached(organization(world), earlier) == []
    ended = THEN + dt.timedelta(days=30)
    Pairing.objects.filter(member__in=members).update(state="ended", ended_at=ended)
    Wish.objects.filter(member__in=members).update(ended_at=ended)
    assert len(access.reached(organization(world), QUARTER)) == 5
    Pairing.objects.filter(member=members[0]).update(state="withdrawn")
    Wish.objects.filter(member__in=members).delete()
    assert len(access.reached(organization(world), QUARTER)) == 4
    Pairing.objects.filter(member=members[1]).update(state="declined", ended_at=None)
    found = access.reached(organization(world), QUARTER)
    assert sorted(one.has_peer for one in found) == [False, True, True, True]
    assert {one.language for one in found} == {"en"}
    Pairing.objects.filter(member__in=members).update(state="ended", ended_at=THEN - dt.timedelta(days=60))
    assert access.reached(organization(world), QUARTER) == []


@pytest.mark.django_db
def test_somebody_who_wants_to_talk_in_another_language_than_they_read_counts_with_that(world: World) -> None:
    (member,) = crowd(world, 1)
    Wish.objects.filter(member=member).update(languages=["vi", "es"])
    assert [one.language for one in access.reached(organization(world), QUARTER)] == ["vi"]


@pytest.mark.django_db
def test_the_wait_after_a_goodbye_begins_anew(world: World) -> None:
    (member,) = crowd(world, 1, has_peer=True)
    Pairing.objects.filter(member=member).update(
        state="ended", answered_at=THEN - dt.timedelta(days=40), ended_at=THEN + dt.timedelta(days=10)
    )
    Pairing.objects.create(
        family=member.family,
        member=member,
        peer=world.second_peer_role,
        state="active",
        proposed_by=world.liaison,
        proposed_at=THEN + dt.timedelta(days=11),
        answered_at=THEN + dt.timedelta(days=13),
    )
    (found,) = access.reached(organization(world), QUARTER)
    assert (found.days, found.is_rematched) == (3, True)


@pytest.mark.django_db
def test_the_trend_is_read_by_quarter(world: World) -> None:
    members = crowd(world, 25, has_peer=True)
    CheckIn.objects.bulk_create(
        CheckIn(
            pairing=member.pairings.get(),
            number=1,
            asked_at=THEN,
            answered_at=THEN + dt.timedelta(days=20),
            answer="a_lot" if number < 13 else "not_yet",
        )
        for number, member in enumerate(members)
    )
    page = page_of(world.liaison)
    assert "25 people answered. Yes, a lot: 13. Yes, a little: 0. Not yet: 12." in page
    CheckIn.objects.filter(pairing__member__in=members[:4]).update(answer="a_little")
    assert "25 people answered. Yes, a lot or a little: 13. Not yet: 12." in page_of(world.liaison)
    CheckIn.objects.filter(pairing__member__in=members[-4:]).update(answer="unsaid")
    assert "25 people answered. What they said is too few to show." in page_of(world.liaison)
    CheckIn.objects.all().delete()
    assert page_of(world.liaison).count("too few to show") >= 4


@pytest.mark.django_db
def test_an_organization_that_reaches_few_or_nobody_yet_reads_so(world: World) -> None:
    assert "Nobody asked in this time, or too few to show." in page_of(world.liaison)
    crowd(world, 18, has_peer=True)
    crowd(world, 6)
    page = page_of(world.liaison)
    assert "24 families asked." in page
    assert "How many of them had somebody is too small a number to show." in page
    assert "18 of 24" not in page


@pytest.mark.django_db
def test_a_quarter_or_a_year_is_chosen_and_a_strange_address_is_the_newest_quarter(world: World) -> None:
    crowd(world, 30, has_peer=True)
    for query in ("", "?period=1999-q9&of=nowhere", f"?period={QUARTER.code}"):
        assert "Of 30 families who asked, 30 had" in page_of(world.liaison, query)
    older = quarters_before(QUARTER.first, 1)[0]
    assert "Nobody asked in this time" in page_of(world.liaison, f"?period={older.code}")
    for one in periods(world.program.today()):
        page_of(world.liaison, f"?period={one.code}")


@pytest.mark.django_db
def test_the_lead_of_the_organization_reads_it_and_who_works_for_two_chooses(world: World) -> None:
    lead = StaffRole.objects.create(
        person=world.lead, organization=organization(world), role=StaffRole.Role.PROGRAMME_LEAD
    )
    assert organization(world).name in page_of(world.lead)
    assert "/reach/" in signed_in(None, world.lead).get("/peers/").content.decode()
    StaffRole.objects.filter(pk=lead.pk).update(ended_at=lead.started_at)
    assert signed_in(None, world.lead).get("/reach/").status_code == 404
    StaffRole.objects.create(
        person=world.liaison, organization=world.organization("local-providers"), role=StaffRole.Role.LIAISON
    )
    page = page_of(world.liaison, "?of=local-providers")
    assert "?of=fhf-jefferson" in page


@pytest.mark.django_db
def test_the_file_says_the_same_as_the_page_and_carries_no_formula(world: World) -> None:
    crowd(world, 18, systems=("courts",), has_peer=True)
    crowd(world, 12, systems=("courts",))
    crowd(world, 3, systems=("courts",), language="vi")
    crowd(world, 15, has_peer=True)
    crowd(world, 12)
    Organization.objects.filter(pk=world.liaison_role.organization_id).update(name='=HYPERLINK("http://x")')
    answer = signed_in(None, world.liaison).get("/reach/file/")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="reach-{QUARTER.code}.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0][0] == '\'=HYPERLINK("http://x")'
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert ["What families went through", "Court", "33", "18", "55"] in [row[:5] for row in rows]
    assert "too few to show" in cells
    assert "3" not in cells
    assert signed_in(None, world.caregiver).get("/reach/file/").status_code == 404


@pytest.mark.django_db
def test_counting_asks_the_same_number_of_questions_for_few_and_for_many(world: World) -> None:
    crowd(world, 2, has_peer=True)
    asked = []
    for more in (0, 200):
        crowd(world, more, has_peer=True)
        with CaptureQueriesContext(connection) as found:
            access.reached(organization(world), QUARTER)
        asked.append(len(found))
    assert asked[0] == asked[1] <= 5
    client = signed_in(None, world.liaison)
    client.get("/reach/")
    with CaptureQueriesContext(connection) as page:
        client.get("/reach/")
    assert len(page) <= 20


def organization(world: World) -> Organization:
    return Organization.objects.select_related("program").get(pk=world.liaison_role.organization_id)
