"""Telling us something: no account, no category, no name needed; a receipt at once, and the answer by the code."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from portal.access import grievances
from portal.audit.models import Entry
from portal.families.models import Family
from portal.notices.models import Notice
from portal.programs.models import Program
from portal.programs.registry import profiles
from rights_grievances import actions
from rights_grievances.actions.drafts import send_draft
from rights_grievances.models import Case, Draft
from tests.rights_grievances.begun import WORDS, begin, by_code, text_of
from tests.world import World, signed_in


@pytest.mark.promise("NC-14")
def test_a_visitor_chooses_a_state_and_nothing_else(world: World) -> None:
    page = text_of(Client().get("/tell/"))
    for slug in profiles():
        assert f'value="{slug}"' in page
    assert Client().post("/tell/", {}).status_code == 422
    show = begin().page()
    assert "Ask or raise a concern" in show
    for word in ("grievance", "appeal", "category", "type of"):
        assert word not in show.lower()


@pytest.mark.promise("NC-14")
@pytest.mark.parametrize("slug", sorted(profiles()))
def test_whatever_is_told_becomes_a_case_that_nobody_sorted(world: World, slug: str) -> None:
    program = Program.objects.get(slug=slug)
    for words in ("When is the next meeting?", "The ride never came.", "I do not agree with the letter."):
        case = begin(program=slug).tell(words=words)
        assert (case.kind, case.state, case.words) == ("unsorted", "filed", words)
        assert case.program == program
        assert case.handler is not None or case.is_outside


@pytest.mark.promise("NC-14")
@pytest.mark.promise("LA-44")
def test_the_receipt_says_when_it_was_told_and_what_comes_next_by_which_day(world: World) -> None:
    teller = begin()
    case = teller.tell()
    page = teller.page("receipt/")
    assert "We have your words" in page
    assert teller.code in page
    assert str(case.public_id)[:8].upper() in page
    clocks = list(grievances.clocks_of(case))
    assert page.count("data-promise") == len(clocks) > 0
    assert WORDS in page


def test_the_receipt_is_opened_again_by_the_code_on_another_phone(world: World) -> None:
    teller = begin()
    teller.tell()
    client, answer = by_code(teller.code)
    assert answer.headers["Location"] == f"{teller.url}receipt/"
    page = text_of(client.get(answer.headers["Location"]))
    assert WORDS in page
    assert "data-code" not in page  # we cannot show it again: we do not have it


def test_whoever_is_signed_in_tells_their_own_programme(world: World) -> None:
    page = text_of(signed_in(None, world.faraway_caregiver).get("/tell/?program=louisiana-csoc"))
    assert world.other_program.name in page
    case = begin(world.faraway_caregiver).tell()
    assert case.program == world.other_program
    assert (case.filed_by, case.family) == (world.faraway_caregiver, world.faraway_family)


def test_a_caregivers_words_are_of_their_family(world: World) -> None:
    teller = begin(world.caregiver)
    case = teller.tell(who="child", youth=str(world.youth_member.pk), wish="A call", language="es")
    assert (case.filed_by, case.filed_as, case.family) == (world.caregiver, "caregiver", world.family)
    assert (case.youth, case.is_own_matter, case.wish, case.language) == (world.youth_member, False, "A call", "es")
    assert teller.page("receipt/").count(f"/cases/{case.public_id}/") >= 1
    assert case in grievances.visible_cases(world.youth)


def test_a_caregiver_can_keep_it_from_the_others_of_the_family(world: World) -> None:
    case = begin(world.caregiver).tell(youth=str(world.youth_member.pk), alone="on")
    assert grievances.readers_of_case(case) == sorted(
        [world.caregiver, world.coordinator], key=lambda one: one.display_name
    )


@pytest.mark.promise("LA-44")
def test_what_a_young_person_tells_us_is_not_announced_to_a_caregiver(world: World) -> None:
    teller = begin(world.youth)
    page = teller.page()
    assert "We do not tell your parents." in page
    assert re.search(r'<input type="checkbox" name="alone"[^>]* checked', page)
    teller.post("go", words=WORDS, who="self", alone="on")
    check = teller.page("send/")
    assert "Your parents, and everybody else in your family. We do not tell your parents." in check
    teller.send()
    case = teller.case
    assert (case.filed_by, case.filed_as, case.is_own_matter) == (world.youth, "youth", True)
    for parent in (world.caregiver, world.second_caregiver):
        browser = signed_in(None, parent)
        assert case not in grievances.visible_cases(parent)
        assert not Notice.objects.filter(person=parent, about=case.told_as).exists()
        for path in ("/", "/tell/", "/record/"):
            assert str(case.public_id) not in text_of(browser.get(path))


def test_a_young_person_may_let_the_grown_ups_see_it(world: World) -> None:
    case = begin(world.youth).tell(who="self")
    assert not case.is_own_matter
    assert case in grievances.visible_cases(world.caregiver)


# -- who will see it -----------------------------------------------------------------------------------------------------------


def test_before_it_is_sent_it_says_by_name_who_will_see_it(world: World) -> None:
    teller = begin(world.caregiver)
    teller.post("go", words=WORDS)
    page = teller.page("send/")
    assert "Who looks after complaints here: Priya Raman" in page
    assert "You, the young person it is about, and who else in your family may decide for them." in page
    assert "If somebody is in danger or a child is hurt, we have to tell those who can help." in page
    assert not Case.objects.exists()


def test_who_it_is_about_is_chosen_from_who_helps_here_and_does_not_see_it(world: World) -> None:
    teller = begin(world.caregiver)
    page = teller.page()
    assert "Joy Landrieu" in page
    assert "Simone Picourt" in page
    assert "Marcus Hebertson" not in page  # offered to somebody else of the family
    teller.post("go", words=WORDS, about=[str(world.peer.public_id)], not_wanted=[str(world.liaison.public_id)])
    page = teller.page("send/")
    assert "Joy Landrieu" in page
    assert "Whoever it is about. They do not see it" in page
    teller.send()
    case = teller.case
    assert case.against.get().person == world.peer
    assert case.involved.get().person == world.liaison
    assert case not in grievances.visible_cases(world.peer)


def test_against_the_coordinator_it_says_that_somebody_outside_looks_at_it(world: World) -> None:
    teller = begin(world.caregiver)
    teller.post("go", words=WORDS, about_names="Priya Raman\nthe driver")
    teller.send()
    case = teller.case
    assert {one.name for one in case.against.all() if one.name} == {"Priya Raman", "the driver"}
    assert case.is_outside
    assert case not in grievances.visible_cases(world.coordinator)
    assert not Notice.objects.filter(person=world.coordinator, about=case.told_as).exists()


def test_against_the_whole_agency(world: World) -> None:
    house = world.organization("fhf-jefferson")
    case = begin(world.caregiver).tell(about=[f"at:{house.slug}"])
    assert case.against.get().organization == house


def test_nobody_names_somebody_they_do_not_know_here_by_their_number(world: World) -> None:
    case = begin(world.caregiver).tell(about=[str(world.stranger_peer.public_id), "at:governance"])
    assert not case.against.exists()


# -- without a name --------------------------------------------------------------------------------------------------------------


@pytest.mark.promise("LA-44")
def test_who_does_not_say_who_they_are_is_written_down_nowhere(world: World) -> None:
    teller = begin(world.caregiver)
    teller.post("go", words=WORDS, unnamed="on", who="child")
    page = teller.page("send/")
    assert "We write down no name and no account." in page
    assert "It goes without an account." in page
    teller.send()
    case = teller.case
    assert (case.filed_as, case.filed_by, case.family, case.youth) == ("anonymous", None, None, None)
    assert teller.draft.person is None
    ids = [str(case.public_id), str(teller.id)]
    assert not Entry.objects.filter(subject_id__in=ids).exclude(actor=None).exists()
    assert not case.steps.exclude(by=None).exists()
    assert teller.url not in text_of(signed_in(None, world.caregiver).get("/tell/"))
    client, answer = by_code(teller.code)
    assert WORDS in text_of(client.get(answer.headers["Location"]))


def test_a_neighbour_without_consent_is_never_turned_away(world: World) -> None:
    teller = begin(world.natural_support)
    teller.post("go", words="Nobody looks after the boy next door.", who="other")
    assert "data-consent" in teller.page("send/")  # in the neighbor's own language
    teller.send()
    assert (teller.case.filed_as, teller.case.consent, teller.case.state) == ("other", "pending", "filed")
    assert grievances.clocks_of(teller.case).exists()


@pytest.mark.parametrize(
    ("who", "filed_as"),
    [("child", "caregiver"), ("self", "youth"), ("asked", "representative"), ("work", "provider"), ("other", "other")],
)
def test_without_an_account_one_says_for_whom_one_speaks(world: World, who: str, filed_as: str) -> None:
    case = begin().tell(who=who, reach="Call 504 555 0117 after five")
    assert (case.filed_as, case.filed_by, case.reach) == (filed_as, None, "Call 504 555 0117 after five")


# -- danger first -----------------------------------------------------------------------------------------------------------------


CRISIS = "I want to kill myself tonight."


def test_words_of_danger_show_help_at_once_and_the_case_goes_on(world: World) -> None:
    teller = begin()
    assert "data-help hidden" in teller.page()
    assert teller.save(1, words=CRISIS).json()["help"] is True  # type: ignore[attr-defined]
    for path in ("", "send/"):
        page = teller.page(path)
        assert "data-help hidden" not in page
        assert page.index("tel:988") < page.index(CRISIS)
    teller.send()
    assert teller.case.words == CRISIS
    page = teller.page("receipt/")
    assert page.index("Call 988") < page.index(CRISIS)


def test_a_threat_is_a_case_as_well(world: World) -> None:
    teller = begin(world.caregiver)
    teller.post("go", words="I will kill him with my gun tonight.")
    assert "data-help hidden" not in teller.page("send/")
    teller.send()
    assert teller.case.state == "filed"


def test_the_screener_is_down_and_everything_goes_on(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError

    teller = begin()
    monkeypatch.setattr("portal.safety.screening.screen", broken)
    assert teller.save(1, words=WORDS).status_code == 200
    assert teller.client.get(teller.url).status_code == 200
    assert teller.tell().words == WORDS


# -- the last second of a day --


@pytest.mark.promise("LA-44")
def test_the_day_counts_where_the_family_lives(world: World) -> None:
    """23:59:59 in Jefferson is past midnight on the coast: the receipt and the dates go by the family's clock."""
    teller = begin(world.caregiver)
    teller.save(1, words=WORDS)
    at = dt.datetime(2026, 3, 2, 23, 59, 59, tzinfo=ZoneInfo("America/Chicago"))
    send_draft(draft=teller.draft, person=world.caregiver, at=at)
    page = teller.page("receipt/")
    assert "2 March" in page
    assert "11:59" in page
    assert teller.case.filed_at == at
    for clock in grievances.clocks_of(teller.case):
        assert clock.opens_at.astimezone(clock.tzinfo).date() == dt.date(2026, 3, 2)


def test_one_second_later_is_the_next_day(world: World) -> None:
    Family.objects.filter(pk=world.family.pk).update(region="jefferson")
    teller = begin(world.caregiver)
    teller.save(1, words=WORDS)
    at = dt.datetime(2026, 3, 3, 0, 0, 0, tzinfo=ZoneInfo("America/Chicago"))
    send_draft(draft=teller.draft, person=world.caregiver, at=at)
    assert "3 March" in teller.page("receipt/")


# -- later -------------------------------------------------------------------------------------------------------------------------


def test_who_has_the_code_adds_words_until_it_is_over(world: World) -> None:
    teller = begin()
    case = teller.tell()
    assert teller.client.post(f"{teller.url}receipt/", {"words": " "}).status_code == 422
    assert teller.client.post(f"{teller.url}receipt/", {"words": "He called today."}).status_code == 302
    assert "He called today." in teller.page("receipt/")
    assert case.steps.get(kind="submitted").by is None


def test_what_staff_note_among_themselves_is_not_on_the_receipt(world: World) -> None:
    teller = begin()
    case = teller.tell()
    actions.take_note(actor=world.coordinator, case=case, text="Look at the rota first.")
    actions.take_note(actor=world.coordinator, case=case, text="We looked at the rota.", is_review=True)
    page = teller.page("receipt/")
    assert "Look at the rota first." not in page
    assert "We looked at the rota." in page


def test_the_receipt_of_a_case_opens_for_nobody_else(world: World) -> None:
    teller = begin(world.caregiver)
    teller.tell()
    for other in (None, world.second_caregiver, world.peer, world.liaison, world.coordinator):
        browser = signed_in(None, other) if other is not None else Client()
        assert browser.get(f"{teller.url}receipt/").headers["Location"] == "/tell/code/"
    assert Draft.objects.count() == 1


def test_the_way_in_stands_on_the_help_page_and_at_home(world: World) -> None:
    assert 'href="/tell/"' in text_of(Client().get("/help/"))
    assert 'href="/tell/"' in text_of(signed_in(None, world.caregiver).get("/"))
    assert 'href="/tell/"' in text_of(signed_in(None, world.youth).get("/"))


@pytest.mark.parametrize("viewer", ["mentor", "peer", "liaison", "facilitator", "lead"])
def test_staff_have_concerns_of_their_own(world: World, viewer: str) -> None:
    person = getattr(world, viewer)
    case = begin(person).tell(who="work")
    assert (case.filed_by, case.filed_as, case.family) == (person, "provider", None)


# -- what a code can do -----------------------------------------------------------------------------------------------------------


def answered(world: World, case: Case) -> None:
    actions.sort_case(actor=world.coordinator, case=case, kind="question")
    actions.resolve_case(actor=world.coordinator, case=case, outcome="answered", answer="On Monday.")


def test_who_holds_the_code_says_that_it_is_fixed_and_later_that_it_is_not(world: World) -> None:
    teller = begin()
    case = teller.tell()
    client, _answer = by_code(teller.code)
    assert "data-fixed" not in text_of(client.get(f"{teller.url}receipt/"))
    answered(world, case)
    assert "data-fixed" in text_of(client.get(f"{teller.url}receipt/"))
    assert client.post(f"{teller.url}fixed/", {"fixed": "yes"}).status_code == 302
    case.refresh_from_db()
    assert (case.state, case.is_fixed) == ("closed", True)
    page = text_of(client.get(f"{teller.url}receipt/"))
    assert "data-fixed" not in page
    assert "Open it again" in page
    client.post(f"{teller.url}fixed/", {"fixed": "no"})
    case.refresh_from_db()
    assert (case.state, case.is_fixed) == ("under_review", False)
    assert not case.steps.filter(kind__in=["fixed", "reopened"], by__isnull=False).exists()


def test_who_holds_the_code_takes_it_back_and_opens_it_again(world: World) -> None:
    teller = begin()
    case = teller.tell()
    client, _answer = by_code(teller.code)
    assert "Did somebody ask you or press you" in text_of(client.get(f"{teller.url}take-back/"))
    assert client.post(f"{teller.url}take-back/", {}).status_code == 422
    client.post(f"{teller.url}take-back/", {"was_pressed": "yes"})
    case.refresh_from_db()
    assert case.is_open, "somebody pressed for it: it stays open"
    client.post(f"{teller.url}take-back/", {"was_pressed": "no", "text": "We found a way."})
    case.refresh_from_db()
    assert case.state == "withdrawn"
    assert client.get(f"{teller.url}take-back/").status_code == 302
    client.post(f"{teller.url}fixed/", {"fixed": "no"})
    case.refresh_from_db()
    assert case.is_open


def test_without_the_code_nobody_takes_it_back(world: World) -> None:
    teller = begin()
    case = teller.tell()
    for client in (Client(), signed_in(None, world.caregiver)):
        assert client.post(f"{teller.url}take-back/", {"was_pressed": "no"}).headers["Location"] == "/tell/code/"
        assert client.post(f"{teller.url}fixed/", {"fixed": "no"}).headers["Location"] == "/tell/code/"
    case.refresh_from_db()
    assert case.is_open


def test_what_is_only_begun_is_neither_fixed_nor_taken_back(world: World) -> None:
    teller = begin()
    assert teller.client.post(f"{teller.url}fixed/", {"fixed": "yes"}).headers["Location"] == teller.url
    assert teller.client.get(f"{teller.url}take-back/").headers["Location"] == teller.url


def test_under_their_own_name_the_receipt_does_the_same_and_says_who(world: World) -> None:
    teller = begin(world.caregiver)
    case = teller.tell(who="child", youth=str(world.youth_member.pk))
    teller.client.post(f"{teller.url}take-back/", {"was_pressed": "no"})
    assert case.steps.get(kind="withdrawn").by == world.caregiver
