"""The four programmes as shipped, what the schema refuses, and the how-to for a fifth."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portal.programs.profiles import BUILT_IN, ProfileError, all_profiles, load_profile, main, seed_holidays
from portal.programs.schema import Profile, Rule
from portal.programs.vocabulary import OrganizationKind, RoleCode

ROOT = Path(__file__).resolve().parents[2]
SLUGS = ("florida-care-coordination", "louisiana-csoc", "missouri-initiative", "north-carolina-soc")
CASE_RULES = (
    *("GRIEVANCE-ACK", "GRIEVANCE-RESOLVE", "APPEAL-FILE", "APPEAL-STANDARD", "APPEAL-EXPEDITED"),
    *("EXTENSION-NOTICE", "SFH-REQUEST", "CONTINUE-SERVICES", "EFFECTUATE"),
)


def profile(slug: str) -> Profile:
    return all_profiles()[slug]


def text_of(slug: str) -> str:
    return (BUILT_IN / f"{slug}.toml").read_text(encoding="utf-8")


def rule_of(slug: str, rule_id: str, plan: str | None = None) -> Rule:
    rule = profile(slug).rule(rule_id, plan=plan)
    assert rule is not None, f"{slug} has no {rule_id}"
    return rule


# What is shipped


def test_the_four_programmes_load() -> None:
    assert tuple(sorted(all_profiles())) == SLUGS


def test_loading_needs_no_django() -> None:
    code = "import sys, portal.programs.profiles as p; p.all_profiles(); sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_the_lists_of_the_founding_documents_are_complete() -> None:
    louisiana, missouri = profile("louisiana-csoc"), profile("missouri-initiative")
    assert len(louisiana.services) == 20
    assert [one.id for one in louisiana.services if one.free_text] == ["other"]
    assert len(missouri.services) == 29
    assert len([one for one in louisiana.target_population if one.kind == "setting"]) == 9
    ages = {
        p.slug: (c.minimum_age, c.maximum_age)
        for p in (louisiana, missouri)
        for c in p.target_population
        if c.kind == "age"
    }
    assert ages == {"louisiana-csoc": (5, 20), "missouri-initiative": (4, 18)}


@pytest.mark.parametrize(
    ("slug", "count"),
    [
        ("louisiana-csoc", 64),
        ("florida-care-coordination", 67),
        ("north-carolina-soc", 100),
        ("missouri-initiative", 2),
    ],
)
def test_every_parish_and_county_is_there(slug: str, count: int) -> None:
    assert len({region.id for region in profile(slug).regions}) == count


def tables(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, dict):
        yield path, value
        for key, below in value.items():
            yield from tables(below, f"{path}.{key}")
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            yield from tables(entry, f"{path}[{index}]")


def states_something(table: dict[str, Any]) -> bool:
    nested = [
        isinstance(value, dict) or (isinstance(value, list) and value and isinstance(value[0], dict))
        for value in table.values()
    ]
    return not all(nested)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_fact_says_where_it_is_from_and_how_sure_we_are(slug: str) -> None:
    facts = [(path, table) for path, table in tables(tomllib.loads(text_of(slug))) if states_something(table)]
    assert len(facts) > 80
    for path, table in facts:
        assert {"source", "certainty"} <= table.keys(), path
        assert len(table["source"]) >= 8, path


@pytest.mark.parametrize("slug", SLUGS)
def test_sources_name_documents_a_reader_can_find(slug: str) -> None:
    # The founding documents are named by title and line; the private shorthand of notes would mean nothing here.
    assert not re.search(r"\bS[0-4]:\d|\[[PM][:-]", text_of(slug))
    for path, table in tables(tomllib.loads(text_of(slug))):
        if table.get("certainty") == "seed":
            assert re.search(r"\blines? \d+", table["source"]), path


@pytest.mark.parametrize("slug", SLUGS)
def test_no_person_is_named_as_a_contact(slug: str) -> None:
    assert "@" not in text_of(slug)
    for one in profile(slug).organizations:
        if one.contact:
            assert one.contact.desk.endswith(("pages", "grievances and appeals")), one.id


@pytest.mark.parametrize("slug", SLUGS)
def test_every_organization_reports_up_to_one_the_family_can_see(slug: str) -> None:
    ids = {one.id for one in profile(slug).organizations}
    assert profile(slug).fallback_organization in ids
    assert {one.reports_to for one in profile(slug).organizations if one.reports_to} <= ids


def test_jefferson_parish_has_its_family_support_organization() -> None:
    louisiana = profile("louisiana-csoc")
    (serving,) = louisiana.organizations_serving("jefferson", OrganizationKind.FSO)
    assert (serving.id, serving.name) == ("fhf-jefferson", "Families Helping Families of Jefferson")
    assert louisiana.organizations_serving("orleans", OrganizationKind.FSO) == ()


@pytest.mark.parametrize("slug", SLUGS)
def test_every_role_of_the_product_has_the_programmes_own_title(slug: str) -> None:
    assert {role.code for role in profile(slug).roles} == set(RoleCode)


@pytest.mark.parametrize(
    ("slug", "shipped"),
    [
        ("louisiana-csoc", ["en", "es", "vi", "ar", "fr"]),
        ("florida-care-coordination", ["en", "es", "ht"]),
        ("north-carolina-soc", ["en", "es"]),
        ("missouri-initiative", ["en", "es", "zh-hans", "vi"]),
    ],
)
def test_languages_come_in_the_order_to_build_them(slug: str, shipped: list[str]) -> None:
    assert [one.code for one in profile(slug).languages if one.stage == "ship"] == shipped


def test_the_panhandle_lives_on_central_time() -> None:
    florida = profile("florida-care-coordination")
    assert florida.time_zone_of("escambia") == "America/Chicago"
    assert florida.time_zone_of("miami-dade") == "America/New_York"
    assert florida.time_zone_of(None) == "America/New_York"
    assert len([one for one in florida.regions if one.time_zone == "America/Chicago"]) == 9


# Reading grade: Flesch-Kincaid with syllables estimated from vowel groups; good to about one grade.


def syllables(word: str) -> int:
    word = re.sub(r"[^a-z]", "", word.lower())
    count = len(re.findall(r"[aeiouy]+", word))
    if word.endswith("e") and not word.endswith(("le", "ee")):
        count -= 1
    if re.search(r"[^aeioutdy]ed$", word):
        count -= 1
    return max(count, 1)


def grade(text: str) -> float:
    words = re.findall(r"[A-Za-z0-9'/-]+", text)
    sentences = len(re.findall(r"[.!?:](?:\s|$)", text)) or 1
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@pytest.mark.parametrize("slug", SLUGS)
def test_what_a_family_reads_is_at_grade_six(slug: str) -> None:
    names = {one["name"] for _, one in tables(tomllib.loads(text_of(slug))) if "name" in one}
    names |= {one.term for one in profile(slug).terms} | {"Local Management Entity and Managed Care Organization"}
    for path, table in tables(tomllib.loads(text_of(slug))):
        for key in {"plain", "does", "who", "when", "about", "must_not"} & table.keys():
            text = table[key]
            for name in sorted(names, key=len, reverse=True):
                text = text.replace(name, "Name")
            assert grade(text) < 7, f"{path}.{key}: {table[key]}"


# Clocks


@pytest.mark.parametrize(
    ("slug", "plan", "rule", "length", "unit"),
    [
        ("louisiana-csoc", None, "GRIEVANCE-ACK", 3, "business_days"),
        ("louisiana-csoc", None, "GRIEVANCE-RESOLVE", 30, "calendar_days"),
        ("louisiana-csoc", None, "APPEAL-STANDARD", 30, "calendar_days"),
        ("louisiana-csoc", None, "APPEAL-EXPEDITED", 72, "hours"),
        ("louisiana-csoc", None, "SFH-REQUEST", 120, "calendar_days"),
        ("louisiana-csoc", "hcbs-agency", "GRIEVANCE-RESOLVE", 5, "business_days"),
        ("louisiana-csoc", "fee-for-service", "GRIEVANCE-RESOLVE", 90, "calendar_days"),
        ("louisiana-csoc", "fee-for-service", "SFH-REQUEST", 90, "calendar_days"),
        ("florida-care-coordination", "sunshine", "GRIEVANCE-ACK", 5, "business_days"),
        ("florida-care-coordination", "sunshine", "GRIEVANCE-RESOLVE", 90, "calendar_days"),
        ("florida-care-coordination", "sunshine", "APPEAL-EXPEDITED", 48, "hours"),
        ("north-carolina-soc", None, "GRIEVANCE-ACK", 5, "calendar_days"),
        ("north-carolina-soc", "children-and-families-plan", "GRIEVANCE-RESOLVE", 30, "calendar_days"),
        ("north-carolina-soc", "standard-plan", "SFH-REQUEST", 120, "calendar_days"),
        ("missouri-initiative", "mo-healthnet", "GRIEVANCE-ACK", 10, "business_days"),
        ("missouri-initiative", "mo-healthnet", "APPEAL-FILE", 60, "calendar_days"),
        ("missouri-initiative", "private-insurance", "GRIEVANCE-INVESTIGATE", 20, "business_days"),
        ("missouri-initiative", None, "MO-ASSESS", 7, "calendar_days"),
        ("missouri-initiative", None, "MO-PLAN", 14, "calendar_days"),
        ("missouri-initiative", None, "MO-TERM", 6, "months"),
        ("missouri-initiative", None, "MO-EXT", 9, "months"),
        ("florida-care-coordination", None, "FL-PSY", 7, "calendar_days"),
    ],
)
def test_the_numbers_of_each_programme_and_plan(slug: str, plan: str | None, rule: str, length: int, unit: str) -> None:
    found = rule_of(slug, rule, plan)
    assert (found.length, found.unit) == (length, unit)


@pytest.mark.parametrize(
    ("slug", "ids"),
    [
        ("missouri-initiative", "MO-ASSESS MO-PLAN MO-LEAD MO-TERM MO-EXT MO-UTIL MO-SLOTS MO-SUGGEST"),
        ("florida-care-coordination", "FL-CONTACT FL-PSY FL-ONCALL FL-OWNER FL-REVIEW FL-LIST FL-SUGGEST"),
        ("north-carolina-soc", "NC-REPORT NC-CFTDATA NC-TRAIN NC-SUGGEST NC-PARTNER"),
        (
            "louisiana-csoc",
            "LA-FIRST-CONTACT LA-FACE LA-PLAN LA-TEAM LA-REASSESS LA-TEAM-CHANGE LA-CHOICE LA-REQUEST LA-HELPING LA-SUGGEST",
        ),
    ],
)
def test_a_programmes_own_clocks_are_exactly_these(slug: str, ids: str) -> None:
    # When somebody tells us that something is wrong, and when somebody says something to their team.
    of_every_program = ["PROMISE-ACK", "PROMISE-CONFIRM", "PROMISE-ANSWER", "PROMISE-VOICE"]
    assert [rule.id for rule in profile(slug).clocks] == [*ids.split(), *of_every_program]


@pytest.mark.parametrize("slug", ["florida-care-coordination", "missouri-initiative"])
def test_a_programme_that_is_no_health_plan_has_no_medicaid_clock(slug: str) -> None:
    assert not set(profile(slug).rules()) & set(CASE_RULES)
    assert not [one for one in profile(slug).clocks if one.id.startswith(("GRIEVANCE", "APPEAL", "SFH"))]


@pytest.mark.parametrize(
    ("slug", "plan"),
    [
        ("louisiana-csoc", "csoc-contractor"),
        ("florida-care-coordination", "sunshine"),
        ("north-carolina-soc", "tailored-plan"),
        ("missouri-initiative", "mo-healthnet"),
    ],
)
def test_a_medicaid_plan_has_every_clock_of_a_case(slug: str, plan: str) -> None:
    rules = profile(slug).rules(plan=plan)
    assert set(CASE_RULES) <= set(rules)
    for rule_id in ("GRIEVANCE-RESOLVE", "APPEAL-STANDARD", "APPEAL-EXPEDITED"):
        more = rules[rule_id].extension
        assert more is not None
        assert (more.length, more.unit, more.anchor, more.at_most) == (14, "calendar_days", "due_date", 1)
    assert rules["GRIEVANCE-RESOLVE"].if_missed == "appeal"
    assert rules["APPEAL-STANDARD"].if_missed == "fair_hearing"
    assert rules["CONTINUE-SERVICES"].later_of == "change_effective"
    assert {rules[one].duty_of for one in ("APPEAL-FILE", "SFH-REQUEST", "CONTINUE-SERVICES")} == {"family"}


def test_no_plan_borrows_a_number_it_does_not_state() -> None:
    louisiana = profile("louisiana-csoc")
    assert louisiana.rule("APPEAL-FILE", plan="fee-for-service") is None
    assert louisiana.rule("GRIEVANCE-ACK", plan="medicaid-managed-care") is None
    assert louisiana.rule("LA-PLAN", plan="fee-for-service") is not None
    with pytest.raises(KeyError):
        louisiana.rules(plan="nobody")


def test_north_carolina_counts_from_the_day_of_mailing() -> None:
    assert rule_of("north-carolina-soc", "APPEAL-FILE").counted_from == "adverse_notice_mailed"
    assert rule_of("north-carolina-soc", "SFH-REQUEST").counted_from == "resolution_notice_mailed"
    assert rule_of("louisiana-csoc", "APPEAL-FILE").counted_from == "adverse_notice_dated"


def test_missouri_gives_nine_months_from_enrolment_and_only_once() -> None:
    term = rule_of("missouri-initiative", "MO-TERM")
    assert term.extension is not None
    assert (term.extension.rule, term.extension.at_most, term.extension.anchor) == ("MO-EXT", 1, "trigger")
    assert rule_of("missouri-initiative", "MO-EXT").counted_from == "enrolled"
    assert rule_of("missouri-initiative", "MO-LEAD").counted_from == "enrolled"


def test_florida_wants_three_contacts_in_each_of_four_weeks() -> None:
    contact = rule_of("florida-care-coordination", "FL-CONTACT")
    assert (contact.count, contact.length, contact.window_count, contact.period) == (3, 7, 4, 30)
    switch = profile("florida-care-coordination").settings.chat_counts_as_contact
    assert switch is not None
    assert not switch.on


def test_a_rule_that_changed_keeps_its_older_version_for_older_days() -> None:
    louisiana = profile("louisiana-csoc")
    lengths = []
    for day in (dt.date(2017, 6, 30), dt.date(2025, 12, 31), dt.date(2026, 1, 1), None):
        rule = louisiana.rule("AUTH-STANDARD", on=day)
        lengths.append(rule and rule.length)
    assert lengths == [None, 14, 7, 7]


# Office closings


def test_louisiana_closes_for_mardi_gras_and_washingtons_birthday() -> None:
    closings = seed_holidays(profile("louisiana-csoc"), 2027)
    assert closings[dt.date(2027, 2, 9)] == "Mardi Gras"
    assert dt.date(2027, 2, 15) in closings
    assert closings[dt.date(2027, 7, 5)] == "Independence Day (observed)"
    assert dt.date(2027, 7, 4) not in closings


def test_florida_does_not_close_for_days_its_law_does_not_list() -> None:
    names = " ".join(seed_holidays(profile("florida-care-coordination"), 2027).values())
    assert "Susan B. Anthony" not in names
    assert "Juneteenth" not in names
    assert "Friday After Thanksgiving" in names


def test_missouri_closes_for_lincolns_birthday_kept_on_a_weekday() -> None:
    missouri = profile("missouri-initiative")
    assert seed_holidays(missouri, 2027)[dt.date(2027, 2, 12)] == "Lincoln's Birthday"
    assert seed_holidays(missouri, 2028)[dt.date(2028, 2, 11)] == "Lincoln's Birthday (observed)"
    assert seed_holidays(missouri, 2034)[dt.date(2034, 2, 13)] == "Lincoln's Birthday (observed)"
    assert dt.date(2027, 5, 7) in seed_holidays(missouri, 2027)


@pytest.mark.parametrize("slug", SLUGS)
def test_closings_are_weekdays_of_that_year_and_removals_are_spelled_right(slug: str) -> None:
    for year in range(2026, 2032):
        closings = seed_holidays(profile(slug), year)
        assert len(closings) >= 8  # a New Year on a Saturday is kept the year before
        assert all(day.year == year and day.weekday() < 5 for day in closings)
    bare = profile(slug).model_copy(
        update={"holidays": profile(slug).holidays.model_copy(update={"remove": (), "observed": "both"})}
    )
    listed = {
        name for year in range(2026, 2032) for names in seed_holidays(bare, year).values() for name in names.split("; ")
    }
    assert {one.name for one in profile(slug).holidays.remove} <= listed


# Help now


@pytest.mark.parametrize("slug", SLUGS)
def test_988_and_911_are_always_shown_and_other_numbers_grow_old(slug: str) -> None:
    far = dt.date(2099, 1, 1)
    shown = {one.id for one in profile(slug).crisis_contacts if one.is_shown(far, 180)}
    assert shown == {"911-call", *(f"988-{way}" for way in ("call", "text", "chat", "call-es", "text-es", "chat-es"))}
    text_line = next(one for one in profile(slug).crisis_contacts if one.id == "741741-text")
    assert text_line.is_shown(text_line.verified_on + dt.timedelta(days=180), 180)
    assert not text_line.is_shown(text_line.verified_on + dt.timedelta(days=181), 180)
    assert profile(slug).settings.crisis_contact_days.value == 180


@pytest.mark.parametrize("slug", SLUGS)
def test_spanish_speakers_get_the_official_words(slug: str) -> None:
    ways = {one.id: one for one in profile(slug).crisis_contacts}
    assert ways["988-call-es"].press == "2"
    assert ways["988-text-es"].word == "AYUDA"
    assert not [one for one in ways.values() if one.press == "3"]


def test_reports_of_abuse_go_where_the_state_says() -> None:
    numbers = {slug: [one.to for one in profile(slug).crisis_contacts if "abuse-hotline" in one.id] for slug in SLUGS}
    assert numbers == {
        "florida-care-coordination": ["1-800-962-2873"],
        "louisiana-csoc": ["1-855-452-5437"],
        "missouri-initiative": ["1-800-392-3738"],
        "north-carolina-soc": [],
    }
    assert {slug for slug in SLUGS if profile(slug).reporting.any_person} == {
        "florida-care-coordination",
        "north-carolina-soc",
    }


# What is refused

MISSOURI = text_of("missouri-initiative")
BROKEN = [
    pytest.param('state = "MO"\n', "", "state", "is missing", id="a key left out"),
    pytest.param('state = "MO"\n', 'state = "Missouri"\n', "state", "not written in the form", id="a state in words"),
    pytest.param(
        'state = "MO"\n', 'state = "MO"\ncolour = "red"\n', "colour", "not a key that belongs", id="an unknown key"
    ),
    pytest.param('state = "MO"\n', "state = 5\n", "state", "must be text", id="a number for text"),
    pytest.param("America/Chicago", "America/St_Louis", "time_zone", "not a time zone", id="a time zone nobody keeps"),
    pytest.param("America/Chicago", "../etc/passwd", "time_zone", "not a time zone", id="a path for a time zone"),
    pytest.param('certainty = "seed"', 'certainty = "sure"', "certainty", "must be 'seed'", id="an invented certainty"),
    pytest.param('code = "bs"', 'code = "xx"', "languages.xx.code", "not a language code", id="an unknown language"),
    pytest.param(
        'code = "bs"\nstage = "later"',
        'code = "bs"\nstage = "ship"',
        "languages.bs.stage",
        "not translated",
        id="too early",
    ),
    pytest.param('code = "de"', 'code = "sr"', "languages", 'has "sr" more than once', id="a language twice"),
    pytest.param(
        'code = "en"\nstage = "ship"', 'code = "en"\nstage = "later"', "languages", 'must ship "en"', id="no English"
    ),
    pytest.param(
        'code = "liaison"', 'code = "boss"', "roles.boss.code", "must be 'peer_partner'", id="an unknown role"
    ),
    pytest.param(
        'kind = "tso"', 'kind = "club"', "organizations.valueoptions.kind", "must be 'governance'", id="an unknown kind"
    ),
    pytest.param(
        'id = "education"', 'id = "health"', "organizations", 'has "health" more than once', id="an organization twice"
    ),
    pytest.param(
        'reports_to = "social-services"',
        'reports_to = "nobody"',
        "organizations.mo-healthnet.reports_to",
        'names "nobody", which is not an organization',
        id="reporting to nobody",
    ),
    pytest.param(
        'reports_to = "social-services"',
        'reports_to = "mo-healthnet"',
        "organizations.mo-healthnet.reports_to",
        "leads back to",
        id="reporting to itself",
    ),
    pytest.param(
        'regions = ["eastern", "central"]',
        'regions = ["eastern", "moon"]',
        "organizations.interagency-team.regions",
        'names "moon", which is not a region',
        id="an unknown region",
    ),
    pytest.param(
        'regions = ["eastern", "central"]\n',
        "",
        "organizations.interagency-team.regions",
        "must list",
        id="serving nowhere",
    ),
    pytest.param(
        'fallback_organization = "management-team"',
        'fallback_organization = "us"',
        "fallback_organization",
        'names "us"',
        id="an unknown last resort",
    ),
    pytest.param(
        'names = ["Central"]', 'names = ["Eastern"]', "regions", 'has "eastern" more than once', id="a region twice"
    ),
    pytest.param(
        'names = ["Central"]', "names = [5]", "regions.entry 2.names.entry 1", "must be text", id="a number for a name"
    ),
    pytest.param('names = ["Central"]', "names = []", "regions.entry 2.names", "must not be empty", id="no names"),
    pytest.param(
        'subdivision = "MO"', 'subdivision = "M0"', "holidays.subdivision", "does not know", id="no such state"
    ),
    pytest.param("month = 2\nday = 12", "month = 2\nday = 29", "day", "no such day every year", id="29 February"),
    pytest.param(
        'id = "MO-EXT"',
        'id = "MO-MORE"',
        "clocks.MO-TERM.extension.rule",
        'names "MO-EXT", which is not a rule',
        id="no rule",
    ),
    pytest.param(
        "length = 9", "length = 8", "clocks.MO-TERM.extension.rule", "length is not 6 and 3", id="wrong total"
    ),
    pytest.param(
        'id = "MO-PLAN"', 'id = "mo plan"', "clocks.mo plan.id", "not written in the form", id="a bad rule id"
    ),
    pytest.param('id = "MO-PLAN"', 'id = "MO-ASSESS"', "clocks", "more than once", id="a rule twice"),
    pytest.param("length = 14", "length = 0", "clocks.MO-PLAN.length", "greater than or equal to 1", id="no days"),
    pytest.param(
        "length = 14", 'length = "14"', "clocks.MO-PLAN.length", "must be a whole number", id="days in quotes"
    ),
    pytest.param(
        "length = 14\n", "", "clocks.MO-PLAN.length", "a deadline rule needs it", id="a deadline without length"
    ),
    pytest.param(
        "length = 14\n", "length = 14\ncount = 2\n", "clocks.MO-PLAN.count", "does not belong", id="a stray count"
    ),
    pytest.param(
        'kind = "recurring"', 'kind = "weekly"', "clocks.MO-UTIL.kind", "must be 'deadline'", id="an unknown rule kind"
    ),
    pytest.param(
        'trigger = "interagency_decided"',
        'trigger = "decided"',
        "clocks.MO-LEAD.trigger",
        "must be",
        id="an unknown trigger",
    ),
    pytest.param(
        "effective_from = 1999-03-01",
        'effective_from = "1999-03-01"',
        "clocks.MO-ASSESS.effective_from",
        "must be a date",
        id="a date in quotes",
    ),
    pytest.param(
        'organization = "mo-healthnet"',
        'organization = "mo"',
        "plans.mo-healthnet.organization",
        'names "mo"',
        id="a plan of an unknown organization",
    ),
    pytest.param(
        'responsible = "missouri-alliance"',
        'responsible = "alliance"',
        "enrollment.responsible",
        'names "alliance"',
        id="an unknown organization that answers for care",
    ),
    pytest.param(
        '"mental-health", "health", "education"]',
        '"mental-health", "wealth", "education"]',
        "enrollment.agencies",
        'names "wealth"',
        id="an unknown agency that decides",
    ),
    pytest.param(
        '"mental-health", "health", "education"]',
        '"mental-health", "mental-health", "education"]',
        "enrollment.agencies",
        'has "mental-health" more than once',
        id="an agency that decides twice",
    ),
    pytest.param(
        "[plans.private-insurance]\n",
        '[plans.private-insurance]\nbased_on = "mo-healthnet"\n',
        "plans.private-insurance.clocks",
        'changes "GRIEVANCE-ACK", so overrides must name it',
        id="shadowing a rule in silence",
    ),
    pytest.param(
        "[plans.private-insurance]\n",
        '[plans.private-insurance]\noverrides = ["MO-PLAN"]\n',
        "plans.private-insurance.overrides",
        'names "MO-PLAN", which this plan does not change',
        id="claiming to change a rule",
    ),
    pytest.param(
        "[plans.private-insurance]\n",
        '[plans.private-insurance]\nbased_on = "private-insurance"\n',
        "plans.private-insurance.based_on",
        "leads back to",
        id="a plan based on itself",
    ),
    pytest.param(
        "[plans.private-insurance]\n",
        '[plans.private-insurance]\nbased_on = "gone"\n',
        "plans.private-insurance.based_on",
        'names "gone", which is not a plan',
        id="a plan based on nothing",
    ),
    pytest.param(
        'state = "MO"\n',
        'state = "MO"\ndefault_plan = "gone"\n',
        "default_plan",
        'names "gone"',
        id="an unknown default plan",
    ),
    pytest.param("minimum_age = 4\n", "minimum_age = 40\n", "minimum_age", "less than or equal to 30", id="not an age"),
    pytest.param(
        "minimum_age = 4\n", "minimum_age = 19\n", "target_population.age.minimum_age", "above", id="ages turned round"
    ),
    pytest.param(
        'kind = "age"', 'kind = "need"', "target_population.age.minimum_age", "only there", id="ages where none belong"
    ),
    pytest.param("always = true", "always = false", "crisis_contacts", "always shown", id="nothing always shown"),
    pytest.param(
        "verified_on = 2026-11-21", "verified_on = 2999-01-01", "verified_on", "has not come yet", id="checked tomorrow"
    ),
    pytest.param(
        'to = "1-800-392-3738"', 'to = "call us"', "mo-child-abuse-hotline.to", "form", id="not a phone number"
    ),
    pytest.param(
        'contacts = ["mo-child-abuse-hotline"]',
        'contacts = ["hotline"]',
        "reporting.routes.any.contacts",
        'names "hotline", which is not a crisis contact',
        id="reporting to an unknown number",
    ),
    pytest.param(
        'contacts = ["mo-child-abuse-hotline"]',
        'contacts = ["mo-child-abuse-hotline"]\ntrafficking = true',
        "reporting.routes",
        "must have one without conditions",
        id="a report that leads nowhere",
    ),
    pytest.param(
        'title = "You keep custody"',
        'title = "Ask pat@example.org"',
        "rights.keep-custody.title",
        "a person",
        id="a mail address",
    ),
    pytest.param(
        "[settings.small_cell_minimum]\nvalue = 11",
        "[settings.small_cell_minimum]\nvalue = true",
        "settings.small_cell_minimum.value",
        "must be a whole number",
        id="a truth for a number",
    ),
]


@pytest.mark.parametrize(("old", "new", "key", "why"), BROKEN)
def test_a_broken_profile_is_refused_with_file_key_and_why(
    tmp_path: Path, old: str, new: str, key: str, why: str
) -> None:
    assert old in MISSOURI
    everywhere = old.startswith(("always", "length = 9"))
    path = tmp_path / "missouri-initiative.toml"
    path.write_text(MISSOURI.replace(old, new, -1 if everywhere else 1), encoding="utf-8")
    with pytest.raises(ProfileError) as refused:
        load_profile(path)
    about = [one for one in refused.value.problems if one.startswith("In missouri-initiative.toml, ") and key in one]
    assert about, refused.value.problems
    assert any(why in one and one.endswith(".") for one in about), about


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "missouri-initiative.toml"
    path.write_text(
        MISSOURI.replace("length = 14", "length = 0").replace('state = "MO"', "state = 5"), encoding="utf-8"
    )
    with pytest.raises(ProfileError) as refused:
        load_profile(path)
    assert len(refused.value.problems) >= 3


def test_a_local_contact_must_be_reachable_and_plans_must_not_go_in_circles(tmp_path: Path) -> None:
    path = tmp_path / "north-carolina-soc.toml"
    good = text_of("north-carolina-soc")
    path.write_text(good.replace('web = "ncdhhs.gov"\n', "", 1), encoding="utf-8")
    with pytest.raises(ProfileError, match=r"organizations.dmh.contact.phone is missing, and so are fax, mail and web"):
        load_profile(path)
    circle = good.replace("[plans.tailored-plan]\n", '[plans.tailored-plan]\nbased_on = "standard-plan"\n')
    path.write_text(circle, encoding="utf-8")
    with pytest.raises(ProfileError, match=r"plans.tailored-plan.based_on leads back"):
        load_profile(path)


def test_a_window_may_not_be_longer_than_its_whole_period(tmp_path: Path) -> None:
    path = tmp_path / "florida-care-coordination.toml"
    path.write_text(text_of("florida-care-coordination").replace("period = 30", "period = 3"), encoding="utf-8")
    with pytest.raises(ProfileError, match=r"clocks.FL-CONTACT.period is 3, shorter than one window of 7"):
        load_profile(path)


@pytest.mark.parametrize(
    ("slug", "said", "instead", "why"),
    [
        ("florida-care-coordination", "window_count = 4\n", "", "clocks.FL-CONTACT.period needs window_count"),
        (
            "florida-care-coordination",
            "window_count = 4",
            "window_count = 5",
            "FL-CONTACT.period is 30, shorter than 5",
        ),
        (
            "louisiana-csoc",
            'later_of = "change_effective"',
            'later_of = "change_effective"\nanchor = "enrolled"',
            "CONTINUE-SERVICES.later_of does not go with an anchor",
        ),
        (
            "louisiana-csoc",
            'satisfied_by = "appeal_received_by_plan"',
            'satisfied_by = "appeal_received_by_plan"\nif_missed = "appeal"',
            "APPEAL-FILE.if_missed does not go with a duty of the family",
        ),
        (
            "louisiana-csoc",
            'satisfied_by = "adverse_notice_sent"',
            'satisfied_by = "adverse_notice_sent"\npause = ["refused"]',
            "ADVANCE-NOTICE.pause does not belong in a backward rule",
        ),
    ],
)
def test_what_would_do_nothing_or_something_else_than_it_says_is_refused(
    tmp_path: Path, slug: str, said: str, instead: str, why: str
) -> None:
    assert said in text_of(slug)
    path = tmp_path / f"{slug}.toml"
    path.write_text(text_of(slug).replace(said, instead), encoding="utf-8")
    with pytest.raises(ProfileError, match=why):
        load_profile(path)


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"slug = ", "is not a TOML file"), (b'name = "\xff"', "is not text in UTF-8"), (None, "cannot be read")],
)
def test_a_file_that_is_no_profile_is_refused_in_one_sentence(tmp_path: Path, content: bytes | None, why: str) -> None:
    path = tmp_path / "ohio.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ProfileError, match=f"ohio.toml {why}"):
        load_profile(path)


def test_a_file_is_named_after_its_slug(tmp_path: Path) -> None:
    path = tmp_path / "missouri.toml"
    path.write_text(MISSOURI, encoding="utf-8")
    with pytest.raises(ProfileError, match=r'In missouri.toml, slug is "missouri-initiative"'):
        load_profile(path)


def test_folders_of_a_site_are_read_too_and_may_not_repeat_a_slug(tmp_path: Path) -> None:
    (tmp_path / "missouri-initiative.toml").write_text(MISSOURI, encoding="utf-8")
    with pytest.raises(ProfileError, match="already the slug of another profile"):
        all_profiles([tmp_path])
    with pytest.raises(ProfileError, match="does not exist"):
        all_profiles([tmp_path / "nowhere"])
    (tmp_path / "missouri-initiative.toml").rename(tmp_path / "ohio.toml")
    with pytest.raises(ProfileError, match=r"In ohio.toml, slug is"):
        all_profiles([tmp_path / "..", tmp_path])


def test_the_caller_may_not_change_what_others_get() -> None:
    all_profiles().clear()
    assert len(all_profiles()) == 4


def test_the_command_says_which_files_are_fine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(BUILT_IN / "louisiana-csoc.toml")]) == 0
    assert main([str(tmp_path / "gone.toml")]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "louisiana-csoc.toml is fine: Louisiana Coordinated System of Care, 32 clocks.",
        "gone.toml cannot be read: No such file or directory.",
    ]


# The how-to


def test_the_steps_of_the_howto_make_a_programme(tmp_path: Path) -> None:
    page = (ROOT / "docs/howto-new-programme.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(\w+)\n(.*?)```", page, flags=re.DOTALL)
    (tmp_path / "my-programmes").mkdir()
    file = tmp_path / "my-programmes/ohio-example.toml"
    file.write_text("\n".join(text for kind, text in blocks if kind == "toml"), encoding="utf-8")
    (command,) = [text.split() for kind, text in blocks if kind == "sh"]
    assert command[0] == "python"
    done = subprocess.run(
        [sys.executable, *command[1:]],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout.startswith("ohio-example.toml is fine")) == (0, True), (
        done.stdout + done.stderr
    )
    known = all_profiles([tmp_path / "my-programmes"])
    assert len(known) == 5
    rule = known["ohio-example"].rule("OH-FIRST-CONTACT")
    assert rule is not None
    assert (rule.length, rule.unit) == (2, "business_days")
