"""Comments on a draft: a receipt in time, the day it closed when it is too late, and an answer that everyone can read."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from portal.access import Refused
from portal.access import comments as access
from portal.community import actions, tries
from portal.community.models import Comment, CommentPeriod
from portal.community.refusals import CommunityRefusal
from portal.notices.models import Notice
from tests.community.stage import (
    closed_period,
    draft,
    draft_form,
    get,
    in_days,
    open_period,
    post,
    text,
)
from tests.peer_support.conftest import Later
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
RECEIPT = re.compile(r'<b class="code" dir="ltr">([B-Z]{4} [B-Z]{4})</b>')
ADD = "/community/comments/add/"


def page_of(period: CommentPeriod) -> str:
    return f"/community/comments/{period.public_id}/"


def said(words: str = "Una vez al año es mejor.", **more: Any) -> dict[str, Any]:
    return {"key": uuid4(), "body": words} | more


@pytest.mark.promise("LA-12")
def test_a_comment_before_the_close_gets_a_receipt_and_after_it_the_day_it_closed(world: World, later: Later) -> None:
    """Also without an account. What was typed too late stays in the box, and nothing of it is kept here."""
    period = open_period(world, closes_on=in_days(world, 3))
    page = text(get(None, page_of(period)))
    assert "Families would ask once a year" in page
    for person in (None, world.caregiver, world.faraway_caregiver):
        receipt = RECEIPT.search(text(post(person, page_of(period), **said())))
        assert receipt is not None
        assert Comment.objects.filter(number=receipt[1].replace(" ", "")).exists()
    later(dt.timedelta(days=4))
    closed = post(None, page_of(period), **said("I come too late, and this is what I wanted to say."))
    assert closed.status_code == 422
    assert f"This closed on {closes_in_words(world, period)}, so nothing can be added any more." in text(closed)
    assert "I come too late, and this is what I wanted to say.</textarea>" in text(closed)
    assert Comment.objects.count() == 3


def closes_in_words(world: World, period: CommentPeriod) -> str:
    day = period.closes_on
    year = "" if day.year == timezone.now().astimezone(world.program.zone).year else f" {day.year}"
    return f"{day:%A} {day.day} {day:%B}{year}"


def test_the_last_day_counts_whole_by_the_clock_of_the_program(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """One minute before midnight in Louisiana, where it is the next day in London already."""
    period = open_period(world, closes_on=in_days(world, 3))
    midnight = dt.datetime.combine(period.closes_on + dt.timedelta(days=1), dt.time(), tzinfo=world.program.zone)
    for minutes, status in ((-1, 200), (1, 422)):
        moment = midnight + dt.timedelta(minutes=minutes)
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        assert post(None, page_of(period), **said()).status_code == status


def test_before_it_opens_it_is_read_and_not_commented(world: World) -> None:
    period = open_period(world, opens_on=in_days(world, 2))
    page = text(get(world.caregiver, page_of(period)))
    assert "Comments open on" in page
    assert 'name="body"' not in page
    early = post(world.caregiver, page_of(period), **said())
    assert "Comments are not open yet." in text(early)
    assert "Una vez al año" in text(early)


def test_the_same_page_sent_twice_is_one_comment_with_one_number_also_if_it_closed_meanwhile(
    world: World, later: Later
) -> None:
    period = open_period(world, closes_on=in_days(world, 1))
    form = said()
    first = RECEIPT.search(text(post(None, page_of(period), **form)))
    later(dt.timedelta(days=3))
    again = RECEIPT.search(text(post(None, page_of(period), **form)))
    assert first is not None
    assert again is not None
    assert first[1] == again[1]
    assert Comment.objects.count() == 1


def test_empty_very_long_and_marked_up_comments(world: World) -> None:
    period = open_period(world)
    assert "A few words are enough." in text(post(None, page_of(period), **said("  ")))
    long = text(post(None, page_of(period), **said("ж" * 5001)))
    assert "This has 5001 letters. We can keep 5000." in long
    assert "ж" * 5001 in long
    marked = text(post(None, page_of(period), **said("<script>alert(1)</script>")))
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in marked
    assert "<script>alert" not in marked


def test_one_device_cannot_fill_a_desk_and_keeps_its_words(world: World) -> None:
    period = open_period(world)
    most = int(tries.RATES["comment"].split("/")[0])
    answers = [post(None, page_of(period), **said(f"{place}")) for place in range(most + 1)]
    assert [one.status_code for one in answers] == [200] * most + [429]
    assert f" {most}</textarea>" in text(answers[-1])


def test_whose_a_comment_is_stands_nowhere_but_on_their_own_page(world: World) -> None:
    period = open_period(world)
    post(world.caregiver, page_of(period), **said("Once a year."))
    post(world.youth, page_of(period), **said("Twice a year.", signed_as="T."))
    read = text(get(world.lead, f"{page_of(period)}read/"))
    assert "Once a year." in read
    assert "<bdi>T.</bdi>" in read
    assert world.caregiver.display_name not in read
    assert "Once a year." in text(get(world.caregiver, page_of(period)))
    for person in (world.second_caregiver, world.youth, world.liaison, None):
        assert "Once a year." not in text(get(person, page_of(period)))
    assert get(world.liaison, f"{page_of(period)}read/").status_code == 404


def test_few_comments_are_not_counted_for_everyone_and_many_are(world: World) -> None:
    period = closed_period(world)
    assert "0 comments came in." in text(get(None, page_of(period)))
    for place in range(11):
        if place in {1, 10}:
            assert "fewer than 11" in text(get(None, page_of(period)))
        comment = Comment(period=period, number=f"BCDFGH{'BCDFGHJKMNP'[place]}J")
        comment.words = "Yes."
        comment.save()
    assert "11 comments came in." in text(get(None, page_of(period)))


def test_what_was_heard_and_changed_is_published_once_it_has_closed(world: World) -> None:
    still = open_period(world)
    with pytest.raises(CommunityRefusal, match="still_open"):
        actions.answer_period(actor=world.lead, period=still, heard="Much.", changed="All.")
    period = closed_period(world)
    page = post(world.lead, f"{page_of(period)}answer/", heard="Once a year is enough.", changed="One form a year.")
    assert page.status_code == 200
    public = text(get(None, page_of(period)))
    assert "Once a year is enough." in public
    assert "One form a year." in public
    actions.answer_period(
        actor=world.lead, period=period, heard="Once a year is enough.", changed="One form a year."
    )  # a second press changes nothing
    with pytest.raises(CommunityRefusal, match="already_answered"):
        actions.answer_period(actor=world.lead, period=period, heard="Something else.", changed="Nothing.")


def test_who_commented_with_an_account_is_told_on_the_page_that_there_is_an_answer(world: World) -> None:
    period = open_period(world)
    post(world.caregiver, page_of(period), **said("Yes, please."))
    assert Notice.objects.filter(person=world.lead, about=f"comments:{period.public_id}").count() == 1
    CommentPeriod.objects.filter(pk=period.pk).update(opens_on=in_days(world, -9), closes_on=in_days(world, -1))
    actions.answer_period(actor=world.lead, period=period, heard="You agree.", changed="It is the rule now.")
    assert Notice.objects.filter(person=world.caregiver, kind="community").count() == 1
    assert not Notice.objects.filter(person=world.second_caregiver, kind="community").exists()


def test_an_answer_quotes_nobody_and_names_nobody_who_did_not_agree(world: World) -> None:
    period = open_period(world)
    post(None, page_of(period), **said("My sister drives two hours to sign one single form every month."))
    CommentPeriod.objects.filter(pk=period.pk).update(opens_on=in_days(world, -9), closes_on=in_days(world, -1))
    form = {"heard": "Somebody drives TWO hours to sign one, single form!", "changed": "You can sign by phone."}
    page = text(post(world.lead, f"{page_of(period)}answer/", **form))
    assert "the very words of somebody who did not agree" in page
    assert "Somebody drives TWO hours" in page
    form["heard"] = "Odette Marchand was right."
    assert "This names somebody." in text(post(world.lead, f"{page_of(period)}answer/", **form))
    Comment.objects.update(may_quote=True)
    form["heard"] = "Somebody drives two hours to sign one single form."
    assert post(world.lead, f"{page_of(period)}answer/", **form).status_code == 200
    assert CommentPeriod.objects.get().answered_at is not None


# -- a draft and its days --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("opens", "closes", "sentence"),
    [
        (5, 2, "The last day is before the first one."),
        (-9, -2, "This day has passed. Please choose a day that is still to come."),
        (-2, 9, "Comments can open today at the earliest."),
        (0, 500, "This date is too far away."),
    ],
)
def test_days_that_cannot_be_are_said_plainly_and_nothing_typed_is_lost(
    world: World, opens: int, closes: int, sentence: str
) -> None:
    form = draft_form(world, opens_on=in_days(world, opens), closes_on=in_days(world, closes))
    page = post(world.lead, ADD, **form)
    assert page.status_code == 422
    assert sentence in text(page)
    assert "Who can get respite" in text(page)
    assert not CommentPeriod.objects.exists()


def test_a_draft_needs_a_text_or_an_address_and_the_address_is_a_safe_one(world: World) -> None:
    assert "Please write the draft here" in text(post(world.lead, ADD, **draft_form(world, text="")))
    for link in ("javascript:alert(1)", "ftp://example.org/a", "not an address"):
        assert "It begins with https://" in text(post(world.lead, ADD, **draft_form(world, text="", link=link)))
    page = post(world.lead, ADD, **draft_form(world, text="", link="https://example.org/draft"))
    assert 'href="https://example.org/draft" rel="noreferrer"' in text(page)


def test_the_same_draft_sent_twice_is_one(world: World) -> None:
    form = draft_form(world)
    for _time in range(2):
        assert post(world.lead, ADD, **form).status_code == 200
    assert CommentPeriod.objects.count() == 1


def test_once_it_is_open_only_the_last_day_changes_and_only_gets_later(world: World) -> None:
    period = open_period(world)
    longer = draft_form(world, closes_on=in_days(world, 40))
    assert post(world.lead, f"{page_of(period)}change/", **longer).status_code == 200
    assert CommentPeriod.objects.get().closes_on == in_days(world, 40)
    sooner = text(post(world.lead, f"{page_of(period)}change/", **draft_form(world)))
    assert "It can only get later." in sooner
    other = draft_form(world, title="Something else", closes_on=in_days(world, 41))
    assert "What it says stays as it is" in text(post(world.lead, f"{page_of(period)}change/", **other))
    closed = closed_period(world)
    with pytest.raises(CommunityRefusal, match="closes_behind"):
        actions.change_period(actor=world.lead, period=closed, draft=draft(world, opens_on=closed.opens_on))


def test_before_it_opens_everything_can_change_and_it_can_be_taken_back(world: World) -> None:
    period = open_period(world, opens_on=in_days(world, 2))
    changed = draft_form(world, title="Who may have respite", opens_on=in_days(world, 3))
    post(world.lead, f"{page_of(period)}change/", **changed)
    assert CommentPeriod.objects.get().title == "Who may have respite"
    with pytest.raises(CommunityRefusal, match="opens_behind"):
        actions.change_period(actor=world.lead, period=period, draft=draft(world, opens_on=in_days(world, -1)))
    post(world.lead, f"{page_of(period)}withdraw/")
    assert get(None, page_of(period)).status_code == 404
    stays = open_period(world)
    assert "People have read it." in text(post(world.lead, f"{page_of(stays)}withdraw/"))
    assert access.public_periods().filter(pk=stays.pk).exists()


def test_only_those_who_lead_that_program_publish_change_and_answer(world: World) -> None:
    period = closed_period(world)
    for person in (world.caregiver, world.liaison, world.faraway_liaison, world.facilitator):
        with pytest.raises(Refused):
            actions.add_period(actor=person, program=world.program, key=uuid4(), draft=draft(world))
        with pytest.raises(Refused):
            actions.change_period(actor=person, period=period, draft=draft(world))
        with pytest.raises(Refused):
            actions.withdraw_period(actor=person, period=period)
        with pytest.raises(Refused):
            actions.answer_period(actor=person, period=period, heard="No.", changed="No.")
        assert not access.comments_to_read(person, period).exists()
    actions.withdraw_period(actor=world.lead, period=open_period(world, opens_on=in_days(world, 1)))


def test_a_draft_that_was_taken_back_takes_no_comment(world: World) -> None:
    period = open_period(world, opens_on=in_days(world, 1))
    actions.withdraw_period(actor=world.lead, period=period)
    with pytest.raises(Refused):
        actions.leave_comment(person=None, period=period, key=uuid4(), words="Hello?")
