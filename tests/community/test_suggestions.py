"""A rule that made it hard: written without a name, answered every month, and late for both sides when it is not."""

from __future__ import annotations

import datetime as dt
from uuid import uuid4

import pytest
from django.utils import timezone

from portal.access import Refused, clocks
from portal.access import policy_suggestions as access
from portal.clocks.firing import fire_due
from portal.clocks.models import Clock
from portal.community import actions, tries
from portal.community.codes import code_of
from portal.community.models import Suggestion, SuggestionStep
from portal.community.refusals import CommunityRefusal
from portal.notices.models import Notice
from portal.programs.actions import appoint
from portal.programs.models import Program, StaffRole
from portal.programs.registry import profiles
from portal.rewrapping import rewrap_words
from tests.community.stage import HARD, answer, clocks_of, get, post, suggest, suggestion_form, text
from tests.peer_support.conftest import Later
from tests.world import VIEWERS, World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ADD = "/community/suggestions/add/"
CODE = "/community/suggestions/code/"
MONTH = dt.timedelta(days=31)


def page_of(suggestion: Suggestion) -> str:
    return f"/community/suggestions/{suggestion.public_id}/"


@pytest.mark.promise("FSO-14")
def test_a_suggestion_gets_an_answer_or_still_working_every_30_days(world: World, later: Later) -> None:
    """A word each month keeps it; a month without one is late on the page of both sides, until there is one."""
    post(world.caregiver, ADD, **suggestion_form())
    found = access.own_suggestions(world.caregiver).get()
    (first,) = clocks_of(found)
    assert (first.rule_id, first.rule.length, first.rule.unit) == ("LA-SUGGEST", 30, "calendar_days")
    assert "30 days left" in text(get(world.caregiver, page_of(found)))
    later(dt.timedelta(days=25))
    answer(world, found, "working", "We asked the state office.")
    assert "30 days left" in text(get(world.caregiver, page_of(found)))
    assert "We asked the state office." in text(get(world.caregiver, page_of(found)))
    later(MONTH)
    fire_due()
    for person, page in (
        (world.caregiver, page_of(found)),
        (world.lead, page_of(found)),
        (world.lead, "/community/desk/"),
    ):
        assert "1 day late" in text(get(person, page))
    assert "1 is late" in text(get(world.lead, "/"))
    assert "You do not have to chase it." in text(get(world.caregiver, page_of(found)))
    post(
        world.lead,
        f"{page_of(found)}answer/",
        key=uuid4(),
        seen=1,
        kind="changed",
        body="One signature is enough from May on.",
    )
    done = text(get(world.caregiver, page_of(found)))
    assert "One signature is enough from May on." in done
    assert "late" not in done
    assert not Clock.objects.filter(subject="policy_suggestion", state__in=["open", "paused", "missed"]).exists()
    later(3 * MONTH)
    fire_due()
    assert "late" not in text(get(world.caregiver, page_of(found)))


@pytest.mark.parametrize("slug", sorted(profiles()))
def test_every_program_promises_a_word_each_month(world: World, slug: str) -> None:
    program = Program.objects.get(slug=slug)
    rules = [rule for rule in program.profile.rules(on=program.today()).values() if rule.trigger == "suggestion_made"]
    assert [(rule.kind, rule.length, rule.certainty) for rule in rules] == [("recurring", 30, "design")]


@pytest.mark.parametrize("who", ["caregiver", "second_caregiver", "youth", "natural_support", "peer", "mentor"])
def test_anybody_of_a_family_and_any_peer_can_say_it_in_their_language(world: World, who: str) -> None:
    words = "هذه القاعدة صعبة علينا <b>جدا</b>"
    said = post(getattr(world, who), ADD, **suggestion_form(words))
    assert said.status_code == 200
    assert access.own_suggestions(getattr(world, who)).get().words == words
    assert "&lt;b&gt;" in text(said)


@pytest.mark.parametrize("who", ["liaison", "facilitator", "coordinator", "lead", "faraway_liaison"])
def test_who_works_for_the_program_finds_no_such_page(world: World, who: str) -> None:
    assert get(getattr(world, who), ADD).status_code == 404
    with pytest.raises(Refused):
        suggest(getattr(world, who), world.program)


def test_nobody_says_it_in_a_program_that_is_not_theirs(world: World) -> None:
    with pytest.raises(Refused):
        suggest(world.faraway_caregiver, world.program)


def test_it_is_read_by_its_writer_and_by_those_who_lead_alone(world: World) -> None:
    found = suggest(world.youth, world.program)
    seen = {name for name in VIEWERS if access.visible_suggestions(getattr(world, name)).filter(pk=found.pk).exists()}
    assert seen == {"youth", "lead", "supervisor"}
    page = text(get(world.youth, ADD))
    assert "Gus Robich" in page
    assert "Ruth Castille" in page
    assert "Nobody in your family sees it" in page


def test_a_program_without_a_family_organization_is_answered_by_its_lead(world: World) -> None:
    found = suggest(world.faraway_caregiver, world.other_program)
    assert not access.suggestions_to_answer(world.lead).filter(pk=found.pk).exists()
    organization = world.other_program.organizations.get(slug="missouri-alliance")
    appoint(actor=None, person=world.second_peer, organization=organization, role=StaffRole.Role.PROGRAMME_LEAD)
    assert access.suggestions_to_answer(world.second_peer).filter(pk=found.pk).exists()


def test_a_lead_who_is_a_parent_too_does_not_answer_themselves(world: World) -> None:
    found = suggest(world.caregiver, world.program)
    organization = world.organization("governance")
    appoint(actor=None, person=world.caregiver, organization=organization, role=StaffRole.Role.PROGRAMME_LEAD)
    assert not access.may_answer(world.caregiver, found)
    other = suggest(world.youth, world.program)
    assert access.may_answer(world.caregiver, other)


# -- with a code alone -----------------------------------------------------------------------------------------------------


def test_who_wants_no_trace_gets_a_code_that_opens_the_answer_on_any_phone(world: World) -> None:
    form = suggestion_form(trace="code")
    page = text(post(world.caregiver, ADD, **form))
    code = code_of(form["key"])
    shown = f"{code[:4]} {code[4:8]} {code[8:]}"
    assert shown in page
    found = Suggestion.objects.get()
    assert found.author is None
    assert not access.own_suggestions(world.caregiver).exists()
    assert get(world.caregiver, page_of(found)).status_code == 404
    answer(world, found, "answered", "From now on one parent can sign.")
    opened = text(post(None, CODE, code=shown.lower()))
    assert "From now on one parent can sign." in opened
    assert HARD in opened.replace("&#x27;", "'")
    assert "not find this code" in text(post(None, CODE, code="BCDF GHJK MNPR"))


def test_the_same_page_sent_twice_is_one_with_the_same_code(world: World) -> None:
    form = suggestion_form(trace="code")
    pages = [text(post(world.caregiver, ADD, **form)) for _time in range(2)]
    codes = [page.split('<b class="code" dir="ltr">')[1][:14] for page in pages]
    assert codes[0] == codes[1]
    named = suggestion_form()
    for _time in range(2):
        post(world.caregiver, ADD, **named)
    assert Suggestion.objects.count() == 2
    assert Clock.objects.filter(subject="policy_suggestion").count() == 2


def test_many_wrong_codes_have_to_wait(world: World) -> None:
    most = int(tries.RATES["suggestion_code"].split("/")[0])
    answers = [post(None, CODE, code="BCDF GHJK MNPR").status_code for _try in range(most + 1)]
    assert answers == [422] * most + [429]


def test_very_many_in_an_hour_have_to_wait_and_the_words_stay(world: World) -> None:
    most = int(tries.RATES["suggestion"].split("/")[0])
    answers = [post(world.caregiver, ADD, **suggestion_form(f"No. {one}")) for one in range(most + 1)]
    assert [one.status_code for one in answers] == [200] * most + [429]
    assert f"No. {most}</textarea>" in text(answers[-1])
    assert post(world.youth, ADD, **suggestion_form()).status_code == 200


# -- what is typed is kept -----------------------------------------------------------------------------------------------


def test_an_empty_box_and_a_very_long_text_are_said_plainly_and_nothing_is_lost(world: World) -> None:
    assert "A few words are enough." in text(post(world.caregiver, ADD, **suggestion_form(" \n ")))
    long = post(world.caregiver, ADD, **suggestion_form("ä" * 6000))
    assert long.status_code == 422
    assert "This has 6000 letters. We can keep 5000." in text(long)
    assert "ä" * 6000 in text(long)
    with pytest.raises(CommunityRefusal, match="empty"):
        suggest(world.caregiver, world.program, "  ")
    assert not Suggestion.objects.exists()


def test_a_zero_byte_in_the_words_does_no_harm(world: World) -> None:
    post(world.caregiver, ADD, **suggestion_form("It is\x00 hard."))
    assert Suggestion.objects.get().words == "It is hard."


# -- answering -------------------------------------------------------------------------------------------------------------


def test_an_answer_written_on_an_old_page_is_not_sent_unread_and_its_words_stay(world: World) -> None:
    found = suggest(world.caregiver, world.program)
    answer(world, found)
    page = post(world.supervisor, f"{page_of(found)}answer/", key=uuid4(), seen=0, kind="answered", body="No.")
    assert page.status_code == 422
    assert "Somebody answered this since you opened the page." in text(page)
    assert "No.</textarea>" in text(page)


def test_the_same_answer_twice_is_one_and_the_last_word_is_the_last(world: World) -> None:
    found = suggest(world.caregiver, world.program)
    key = uuid4()
    for _time in range(2):
        post(world.lead, f"{page_of(found)}answer/", key=key, seen=0, kind="changed", body="One signature is enough.")
    assert SuggestionStep.objects.count() == 1
    page = post(world.lead, f"{page_of(found)}answer/", key=uuid4(), seen=1, kind="working", body="Still at it.")
    assert "This is answered for good." in text(page)
    assert "Still at it." in text(page)


def test_what_was_answered_can_still_be_changed_later_and_then_said_so(world: World) -> None:
    found = suggest(world.caregiver, world.program)
    answer(world, found, "answered", "The state asks for it.")
    answer(world, found, "changed", "The state agreed to one signature.")
    assert Suggestion.objects.get().state == "changed"
    with pytest.raises(CommunityRefusal, match="over"):
        answer(world, found, "answered", "No.")


def test_only_those_who_lead_answer_and_never_without_words(world: World) -> None:
    found = suggest(world.caregiver, world.program)
    for person in (world.caregiver, world.liaison, world.faraway_liaison):
        with pytest.raises(Refused):
            actions.answer_suggestion(actor=person, suggestion=found, key=uuid4(), kind="working", words="Wait.")
    with pytest.raises(CommunityRefusal, match="empty"):
        answer(world, found, "working", "  ")
    page = post(world.lead, f"{page_of(found)}answer/", key=uuid4(), seen=0, kind="working", body="")
    assert "Please fill this in." in text(page)


def test_its_writer_is_told_on_the_page_alone_and_both_leads_of_a_new_one(world: World) -> None:
    found = suggest(world.caregiver, world.program)
    assert Notice.objects.filter(person=world.supervisor, kind="community").exists()
    assert Notice.objects.filter(person=world.lead, kind="clock_started").exists()
    answer(world, found)
    (told,) = Notice.objects.filter(person=world.caregiver, kind="community")
    assert not told.deliveries.exists()


def test_nothing_ticks_off_its_date_but_a_word_to_its_writer(world: World) -> None:
    (clock,) = clocks_of(suggest(world.caregiver, world.program))
    assert clock in clocks.work_clocks(world.lead)
    page = text(get(world.lead, f"/owed/{clock.public_id}/"))
    assert "Write down that it is done" not in page


def test_the_words_can_be_read_after_the_keys_were_changed(world: World) -> None:
    found = suggest(world.caregiver, world.program)
    answer(world, found)
    assert rewrap_words() >= 2
    assert Suggestion.objects.get().words == HARD
    assert timezone.now().date() >= found.made_on - dt.timedelta(days=1)
