"""Somebody calls, and who picks up the phone writes down what they say."""

from __future__ import annotations

import datetime as dt
import json
import re
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from portal.access import grievances
from portal.accounts.models import Person
from rights_grievances.models import Case, Draft
from tests.rights_grievances.begun import WORDS, begin, by_code, text_of
from tests.world import World, signed_in

PAGE = "/desk/phone/"


def call(person: Person, client: Client | None = None, **said: object) -> tuple[Client, Case]:
    client = client or signed_in(None, person)
    answer = client.post(PAGE, {"key": str(uuid4()), "words": WORDS, "who": "child", **said})
    assert answer.status_code == 302, text_of(answer)
    return client, Case.objects.order_by("-pk")[0]


@pytest.mark.promise("LA-44")
def test_the_coordinator_writes_it_down_as_it_was_said_and_reads_out_the_code(world: World) -> None:
    words = "  They said: “come back in May”.\n"
    client, case = call(world.coordinator, words=words, name="Rosa", reach="504 555 0117", language="es")
    assert (case.words, case.way, case.taken_by, case.language) == (words, "phone", world.coordinator_role, "es")
    assert (case.filed_as, case.filed_by, case.reach) == ("caregiver", None, "Rosa\n504 555 0117")
    page = text_of(client.get(PAGE))
    found = re.search(r"data-code>([A-Z ]+)<", page)
    assert found
    caller, answer = by_code(found[1])
    assert words.strip() in text_of(caller.get(answer.headers["Location"]))
    client.post(PAGE, {"read": "1"})
    assert "data-code" not in text_of(client.get(PAGE))


def test_the_words_come_first_and_nothing_else_is_needed(world: World) -> None:
    page = text_of(signed_in(None, world.coordinator).get(PAGE))
    names = re.findall(r'<(?:textarea|input|select) [^>]*name="(\w+)"', page.split("<main")[1])
    wanted = [
        "words",
        "name",
        "family_name",
        "who",
        "reach",
        "language",
        "needs_interpreter",
        "about_names",
        "wish",
        "day",
        "time",
    ]
    assert [name for name in names if name in wanted] == wanted
    assert "autofocus" in page.split('name="words"')[1].split(">")[0]
    assert page.count(" required") == 0
    _client, case = call(world.coordinator)
    assert case.filed_as == "anonymous"


def test_it_counts_from_when_they_called(world: World) -> None:
    zone = ZoneInfo(world.program.profile.time_zone)
    day = timezone.now().astimezone(zone) - dt.timedelta(days=2)
    _client, case = call(world.coordinator, day=day.strftime("%Y-%m-%d"), time=day.strftime("%H:%M"))
    assert case.filed_at == day.replace(second=0, microsecond=0)
    assert (timezone.now() - case.recorded_at).total_seconds() < 60


def test_a_day_alone_is_taken_as_that_day(world: World) -> None:
    zone = ZoneInfo(world.program.profile.time_zone)
    today = timezone.now().astimezone(zone).date()
    for day in (today, today - dt.timedelta(days=3)):
        _client, case = call(world.coordinator, day=day.isoformat())
        assert case.filed_at.astimezone(zone).date() == day


def test_a_time_that_is_still_to_come_is_questioned_and_all_stays(world: World) -> None:
    tomorrow = (timezone.now() + dt.timedelta(days=2)).strftime("%Y-%m-%d")
    form = {"key": str(uuid4()), "words": WORDS, "day": tomorrow, "reach": "504 555 0117"}
    answer = signed_in(None, world.coordinator).post(PAGE, form)
    assert answer.status_code == 422
    page = text_of(answer)
    assert "This is still to come." in page
    assert WORDS in page
    assert "504 555 0117" in page


def test_the_same_form_twice_is_one_case(world: World) -> None:
    key = str(uuid4())
    client, case = call(world.coordinator, key=key)
    _client, again = call(world.coordinator, client, key=key)
    assert case == again
    assert "data-code" in text_of(client.get(PAGE))


def test_a_parent_named_whole_is_that_parent(world: World) -> None:
    _client, case = call(world.coordinator, name="odette", family_name="MARCHAND")
    assert (case.filed_by, case.family, case.filed_as) == (world.caregiver, world.family, "caregiver")
    assert case in grievances.visible_cases(world.caregiver)


@pytest.mark.parametrize(
    ("name", "family_name"), [("Odette", ""), ("", "Marchand"), ("Rosa", "Marchand"), ("Theo", "Marchand")]
)
def test_half_a_name_is_nobody(world: World, name: str, family_name: str) -> None:
    _client, case = call(world.coordinator, name=name, family_name=family_name)
    assert (case.filed_by, case.family) == (None, None)


def test_a_young_person_who_calls_tells_it_alone(world: World) -> None:
    _client, case = call(world.coordinator, name="Theo", family_name="Marchand", who="self")
    assert (case.filed_by, case.is_own_matter) == (world.youth, True)
    assert case not in grievances.visible_cases(world.caregiver)


def test_a_neighbours_call_is_not_put_under_the_familys_name(world: World) -> None:
    _client, case = call(world.coordinator, name="Odette", family_name="Marchand", who="other")
    assert (case.filed_by, case.family) == (None, None)


@pytest.mark.parametrize("viewer", ["liaison", "facilitator", "peer"])
def test_who_helps_a_family_takes_it_down_and_does_not_see_it_afterward(world: World, viewer: str) -> None:
    person = getattr(world, viewer)
    client = signed_in(None, person)
    page = text_of(client.get(PAGE))
    assert "Odette Marchand (Marchand)" in page
    assert "Thibeau" not in page
    client, case = call(person, client, caller=str(world.caregiver_member.pk))
    assert (case.filed_by, case.family) == (world.caregiver, world.family)
    assert case not in grievances.visible_cases(person)
    assert client.get(f"/cases/{case.public_id}/").status_code == 404
    page = text_of(client.get(PAGE))
    assert "data-code" in page
    assert WORDS not in page


def test_a_peer_partner_knows_only_who_they_are_paired_with(world: World) -> None:
    page = text_of(signed_in(None, world.peer).get(PAGE))
    assert "Odette Marchand" in page
    assert "Theo Marchand" not in page


def test_a_caller_of_a_family_one_does_not_help_cannot_be_chosen(world: World) -> None:
    form = {"key": str(uuid4()), "words": WORDS, "caller": str(world.stranger_caregiver_member.pk)}
    answer = signed_in(None, world.liaison).post(PAGE, form)
    assert answer.status_code == 422
    assert not Case.objects.exists()


def test_nobody_else_has_the_page(world: World) -> None:
    for person in (world.caregiver, world.youth, world.mentor, world.lead, world.natural_support):
        assert signed_in(None, person).get(PAGE).status_code == 404
        assert signed_in(None, person).post(PAGE, {"key": str(uuid4()), "words": WORDS}).status_code == 404


def test_a_call_about_danger_shows_help_before_anything_else(world: World) -> None:
    form = {"key": str(uuid4()), "words": "I want to kill myself tonight.", "day": "2999-01-01"}
    page = text_of(signed_in(None, world.coordinator).post(PAGE, form))
    assert "data-help hidden" not in page


def as_typed(client: Client, page: str, seq: int = 1, **fields: object) -> int:
    """As the page's script hands it in, every few seconds."""
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token
    sent = {"token": token[1], "page": "one", "seen": 0, "seq": seq, "fields": fields}
    return client.post("/desk/phone/save/", json.dumps(sent), content_type="application/json").status_code


def test_what_a_caller_says_is_kept_as_it_is_typed_and_goes_on_in_another_session(world: World) -> None:
    client = signed_in(None, world.coordinator)
    page = text_of(client.get(PAGE))
    assert not Draft.objects.exists()
    assert as_typed(client, page, words="They said:", name="Rosa", day="2026") == 200
    assert as_typed(Client(), page, 2, words=WORDS, name="Rosa", day="2026") == 200  # the session ended meanwhile
    assert WORDS.encode() not in bytes(Draft.objects.get().sealed_form or b"")
    again = signed_in(None, world.coordinator)
    begun = re.search(r'href="(\?call=[^"]+)"', text_of(again.get(PAGE)))
    assert begun
    page = text_of(again.get(PAGE + begun[1]))
    assert f">\n{WORDS}</textarea>" in page
    assert 'value="Rosa"' in page
    assert "?call=" not in text_of(signed_in(None, world.liaison).get(PAGE))


def test_a_call_that_is_told_takes_nothing_more_and_the_code_stands_alone(world: World) -> None:
    client = signed_in(None, world.coordinator)
    page = text_of(client.get(PAGE))
    as_typed(client, page, words="They said:")
    call(world.coordinator, client, key=str(Draft.objects.get().public_id))
    assert as_typed(client, page, 2, words="And one more thing.") == 410
    page = text_of(client.get(PAGE))
    assert "data-code" in page
    assert "<textarea" not in page
    code = re.search(r"data-code>([A-Z ]+)<", page)
    assert code
    caller, answer = by_code(code[1])
    assert "one more thing" not in text_of(caller.get(answer.headers["Location"]))


def test_without_the_script_a_call_can_be_kept_for_later_and_thrown_away(world: World) -> None:
    client = signed_in(None, world.coordinator)
    said = {"key": str(uuid4()), "words": WORDS, "keep": "1"}
    assert client.post(PAGE, said).status_code == 302
    assert (Draft.objects.count(), Case.objects.count()) == (1, 0)
    client.post(PAGE, {"key": said["key"], "drop": "1"})
    assert not Draft.objects.exists()


def test_nobody_writes_into_what_somebody_else_began(world: World) -> None:
    told = begin()
    key = str(told.id)
    assert signed_in(None, world.coordinator).post(PAGE, {"key": key, "words": WORDS}).status_code == 404
    assert told.draft.case is None
