"""Whom to call about a child who may be hurt: every line of every state's table, and that no answer leads nowhere."""

from __future__ import annotations

import datetime as dt
from itertools import product

import pytest

from portal.programs.registry import profile_of
from portal.programs.schema import CrisisContact, Profile
from portal.programs.vocabulary import Suspect, Work
from portal.safety.routing import Answers, route

S = Suspect
TODAY = dt.date(2026, 12, 1)
SLUGS = ("florida-care-coordination", "louisiana-csoc", "missouri-initiative", "north-carolina-soc")
LA, FL, MO, POLICE = "1-855-452-5437", "1-800-962-2873", "1-800-392-3738", "911"
SURE = (True, False, None)
# Louisiana, La. Ch.C. art. 610: (who, trafficking, where the child is looked after) -> calls in order. None is "not sure".
LOUISIANA = [
    (S.PARENT, False, False, [LA]),
    (S.CARETAKER, False, False, [LA]),
    (S.CARETAKER, False, True, [LA]),
    (S.HOUSEHOLD, False, False, [LA]),
    (S.PROFESSIONAL, False, True, [LA, POLICE]),
    (S.PROFESSIONAL, False, False, [POLICE, LA]),
    (S.PROFESSIONAL, False, None, [LA, POLICE]),
    (S.OTHER_ADULT, False, False, [POLICE]),
    (S.OTHER_CHILD, False, False, [POLICE]),
    (S.UNKNOWN, False, False, [LA]),
    # Trafficking: the hotline always, and who else the law names for that person.
    (S.PARENT, True, False, [LA]),
    (S.OTHER_ADULT, True, False, [POLICE, LA]),
    (S.OTHER_CHILD, True, False, [POLICE, LA]),
    (S.UNKNOWN, True, False, [LA]),
    (S.OTHER_ADULT, None, False, [POLICE, LA]),  # who is not sure calls both
]


def calls(slug: str, answers: Answers) -> list[str]:
    return [call.contact.to for call in route(profile_of(slug), answers, TODAY).calls]


@pytest.mark.parametrize(("suspect", "trafficking", "in_care", "expected"), LOUISIANA)
def test_louisiana_by_who_may_have_done_it(
    suspect: Suspect, trafficking: bool | None, in_care: bool | None, expected: list[str]
) -> None:
    answers = Answers(suspect, is_danger=False, is_trafficking=trafficking, is_in_care=in_care)
    assert calls("louisiana-csoc", answers) == expected


@pytest.mark.parametrize(("slug", "number"), [("florida-care-coordination", FL), ("missouri-initiative", MO)])
@pytest.mark.parametrize("suspect", Suspect)
def test_florida_and_missouri_have_one_hotline_whoever_did_it(slug: str, number: str, suspect: Suspect) -> None:
    for trafficking, in_care in product(SURE, SURE):
        assert calls(slug, Answers(suspect, is_trafficking=trafficking, is_in_care=in_care)) == [number]


def test_north_carolina_says_how_to_find_the_county_where_its_number_is_not_known() -> None:
    advice = route(profile_of("north-carolina-soc"), Answers(S.PARENT, region="wake"), TODAY)
    assert advice.calls == ()
    assert "department of social services in the child's county" in advice.lines[0].plain
    assert not advice.is_checked
    assert advice.cautions


def test_north_carolina_calls_the_county_whose_number_is_known() -> None:
    profile = with_county(profile_of("north-carolina-soc"))
    wake, elsewhere = (route(profile, Answers(region=region), TODAY) for region in ("wake", "durham"))
    assert [call.contact.to for call in wake.calls] == ["(919) 555-0110"]
    assert elsewhere.calls == ()


def with_county(profile: Profile) -> Profile:
    county = CrisisContact(
        id="dss-wake",
        service="Wake County social services",
        way="call",
        to="(919) 555-0110",
        languages=("en",),
        hours="Day and night",
        plain="Call.",
        verified_on=dt.date(2026, 11, 1),
        source="invented",
        certainty="design",  # type: ignore[arg-type]
    )
    line = profile.reporting.routes[0].model_copy(update={"local": {"wake": "dss-wake"}})
    reporting = profile.reporting.model_copy(update={"routes": (line,)})
    return profile.model_copy(update={"reporting": reporting, "crisis_contacts": (*profile.crisis_contacts, county)})


@pytest.mark.parametrize("slug", SLUGS)
def test_in_danger_911_is_the_first_call_and_the_report_follows(slug: str) -> None:
    for suspect, trafficking, in_care in product(Suspect, SURE, SURE):
        quiet = Answers(suspect, is_danger=False, is_trafficking=trafficking, is_in_care=in_care)
        danger = Answers(suspect, is_danger=True, is_trafficking=trafficking, is_in_care=in_care)
        rest = [number for number in calls(slug, quiet) if number != POLICE]
        assert calls(slug, danger) == [POLICE, *rest]


@pytest.mark.parametrize("slug", SLUGS)
def test_no_answer_leads_nowhere(slug: str) -> None:
    """Everything that can be answered gives a number or, where the law names an office, how to find it; and when and why."""
    for suspect, danger, trafficking, in_care, work in product(Suspect, SURE, SURE, SURE, [*Work, None]):
        advice = route(profile_of(slug), Answers(suspect, danger, trafficking, in_care, work), TODAY)
        assert advice.lines
        assert advice.calls or slug == "north-carolina-soc"
        assert all(line.plain and line.by and line.law and line.source for line in advice.lines)
        numbers = [call.contact.to for call in advice.calls]
        assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize(
    ("slug", "work", "is_duty"),
    [
        ("louisiana-csoc", Work.COUNSELS, True),
        ("louisiana-csoc", Work.LEADS_YOUTH, True),
        ("louisiana-csoc", Work.OTHER, False),
        ("louisiana-csoc", None, True),
        ("missouri-initiative", Work.OTHER, False),
        ("missouri-initiative", Work.COUNSELS, True),
        ("florida-care-coordination", Work.OTHER, True),
        ("north-carolina-soc", Work.OTHER, True),
    ],
)
def test_whose_duty_it_is(slug: str, work: Work | None, is_duty: bool) -> None:
    assert route(profile_of(slug), Answers(work=work), TODAY).is_duty is is_duty


def test_a_number_nobody_checked_for_long_is_still_given_and_says_so() -> None:
    """An old number is better than none in this hour; the page says what to do if it does not answer."""
    advice = route(profile_of("missouri-initiative"), Answers(), TODAY + dt.timedelta(days=400))
    assert [call.is_old for call in advice.calls] == [True]


def test_what_is_known_for_sure_carries_no_mark() -> None:
    sure = Answers(S.PARENT, is_danger=False, is_trafficking=False, is_in_care=False)
    assert route(profile_of("louisiana-csoc"), sure, TODAY).is_checked
    assert not route(profile_of("louisiana-csoc"), Answers(S.PROFESSIONAL, is_in_care=True), TODAY).is_checked
