"""The rota and one's own hours on their pages, and what the first page of staff says of them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils.html import escape

from portal.access import on_call as access
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.safety.actions import check_rota
from portal.safety.models import DutyHours, OnCallLine, OnCallShift
from tests.clocks.conftest import SetTime
from tests.safety.conftest import NUMBER, ZONE, Rota, local
from tests.world import World, signed_in

pytestmark = pytest.mark.django_db


def ask(person: Person, path: str = "/on-call/") -> str:
    answer = signed_in(None, person).get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode()).replace("\u00a0", " ")


def send(person: Person, path: str, **form: object) -> Any:
    return signed_in(None, person).post(path, form)


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", answer.content.decode().replace("\u00a0", " "))


def main_of(page: str) -> str:
    return re.sub(r"\s+", " ", page.partition("<main")[2].partition("</main>")[0])


def shift_form(rota: Rota, **more: object) -> dict[str, object]:
    form = {"role": rota.role("peer").public_id, "on": "2027-03-02", "starts": "20:00", "ends": "08:00"}
    return form | more


def test_an_empty_rota_says_what_is_missing_and_what_to_do(rota: Rota) -> None:
    page = main_of(ask(rota.liaison))
    assert "No shifts are planned for these days." in page
    assert "Monday 1 March 8:00 am to Monday 8 March 12:00 am" in page
    assert "There is no number yet" in page
    assert "Put somebody on call" in page
    peer = main_of(ask(rota.florida.people["peer"]))
    assert "Put somebody on call" not in peer
    assert "Change or check the number" not in peer


def test_a_liaison_puts_somebody_on_call_over_midnight_and_calls_it_off(rota: Rota) -> None:
    answer = send(rota.liaison, "/on-call/add/", **shift_form(rota))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/on-call/?of={rota.organization.pk}")
    shift = OnCallShift.objects.get()
    assert (shift.starts_at, shift.ends_at) == (
        dt.datetime(2027, 3, 2, 20, tzinfo=ZONE),
        dt.datetime(2027, 3, 3, 8, tzinfo=ZONE),
    )
    page = main_of(ask(rota.florida.people["peer"]))
    assert "Tuesday 2 March 8:00 pm to Wednesday 3 March 8:00 am" in page
    assert "Call it off" not in page
    assert "Call it off" in main_of(ask(rota.liaison))
    assert send(rota.liaison, f"/on-call/{shift.public_id}/cancel/").status_code == 302
    assert send(rota.liaison, f"/on-call/{shift.public_id}/cancel/").status_code == 404
    assert "No shifts are planned" in main_of(ask(rota.liaison))


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"ends": "20:00"}, "It begins and ends at the same time."),
        ({"ends": "20:00", "ends_on": "2027-03-02"}, "It begins and ends at the same time."),
        ({"ends_on": "2027-03-04"}, "Nobody can be on call for more than 24 hours."),
        ({"ends_on": "2027-03-01"}, "The end is before the beginning."),
        ({"on": "2027-02-01"}, "This time is over already."),
        ({"on": "2029-02-01"}, "This date is too far away."),
        ({"on": ""}, "Please fill this in."),
        ({"role": ""}, "Please choose one of these."),
    ],
)
def test_what_cannot_be_is_said_plainly_and_nothing_typed_is_lost(
    rota: Rota, more: dict[str, object], said: str
) -> None:
    form = shift_form(rota, **more)
    answer = send(rota.liaison, "/on-call/add/", **form)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert f'value="{form["starts"]}"' in text_of(answer)
    assert not OnCallShift.objects.exists()


def test_the_second_of_two_who_add_the_same_reads_a_plain_sentence(rota: Rota) -> None:
    assert send(rota.liaison, "/on-call/add/", **shift_form(rota)).status_code == 302
    answer = send(rota.lead, f"/on-call/add/?of={rota.organization.pk}", **shift_form(rota))
    assert answer.status_code == 422
    assert "Maybe someone else has just added it." in text_of(answer)


def test_a_pattern_of_weeks_is_filled_in_one_go(rota: Rota) -> None:
    form = {"role": rota.role().public_id, "weekdays": ["0", "2"], "starts": "08:00", "ends": "20:00"}
    form |= {"first_on": "2027-03-08", "weeks": "2"}
    answer = signed_in(None, rota.liaison).post("/on-call/fill/", form, follow=True)
    assert "4 shifts were added." in text_of(answer)
    again = send(rota.liaison, "/on-call/fill/", **form)
    assert "None of these times can be added" in text_of(again)
    many = send(rota.liaison, "/on-call/fill/", **form | {"weeks": "27"})
    assert "Please write a number from 1 to 26." in text_of(many)
    assert OnCallShift.objects.count() == 4


def test_a_gap_leads_to_a_form_that_is_filled_in_with_it(rota: Rota) -> None:
    rota.shift("2027-03-01T08:00", "2027-03-01T20:00")
    rota.shift("2027-03-02T08:00", "2027-03-03T08:00", "peer")
    page = ask(rota.liaison)
    link = re.search(r'href="(/on-call/add/\?[^"]*on=[^"]+)"', page)
    assert link is not None
    path = link[1].replace("&amp;", "&")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
    assert asked == {
        "of": str(rota.organization.pk),
        "on": "2027-03-01",
        "starts": "20:00",
        "ends": "08:00",
        "ends_on": "2027-03-02",
    }
    form = ask(rota.liaison, path)
    assert 'value="20:00"' in form
    assert send(rota.liaison, path, **asked, role=rota.role("peer").public_id).status_code == 302
    assert (
        access.gaps_between(rota.organization, local("2027-03-01T08:00").in_utc(rota.organization), shift_end()) == []
    )


def shift_end() -> dt.datetime:
    return OnCallShift.objects.latest("ends_at").ends_at


def test_weeks_are_turned_and_an_address_that_makes_no_sense_shows_this_one(rota: Rota) -> None:
    rota.shift("2027-03-09T08:00", "2027-03-09T20:00")
    assert "No shifts are planned" in main_of(ask(rota.liaison))
    assert "Tuesday 9 March 8:00 am to 8:00 pm" in main_of(ask(rota.liaison, "/on-call/?from=2027-03-08"))
    for address in ("?from=never", "?from=9999-12-31"):
        assert "Seven days from Monday 1 March" in main_of(ask(rota.liaison, f"/on-call/{address}"))
    for address in ("?of=0", "?of=x", "?of=99999999999999"):
        assert signed_in(None, rota.liaison).get(f"/on-call/{address}").status_code == 404


def test_a_lead_finds_each_organization(rota: Rota) -> None:
    rota.shift("2027-03-01T08:00", "2027-03-01T20:00")
    page = ask(rota.lead)
    assert 'aria-current="true"' in page
    assert "Network Service Provider" in page
    assert "Coordinator" in main_of(ask(rota.lead, f"/on-call/?of={rota.organization.pk}"))


def test_a_shift_that_does_not_count_whole_says_so(rota: Rota) -> None:
    rota.shift("2027-03-01T08:00", "2027-03-02T08:00", "peer")
    Person.objects.filter(pk=rota.florida.people["peer"].pk).update(is_active=False)
    assert "Not all of this counts" in main_of(ask(rota.liaison))


def test_the_number_is_called_first_and_kept_fresh(rota: Rota, at: SetTime) -> None:
    assert "This does not look like a phone number" in text_of(send(rota.liaison, "/on-call/number/", phone="555"))
    assert send(rota.liaison, "/on-call/number/", phone="850-555-0139").status_code == 302
    assert OnCallLine.objects.get().phone == NUMBER
    assert NUMBER in main_of(ask(rota.florida.people["peer"]))
    at("2027-12-01T12:00-05:00")
    page = main_of(ask(rota.liaison))
    assert f"{NUMBER} was checked last on Monday 1 March" in page
    assert f'value="{NUMBER}"' in ask(rota.liaison, "/on-call/number/")
    assert send(rota.lead, f"/on-call/number/?of={rota.organization.pk}", phone=NUMBER).status_code == 302
    assert "Families do not see it any more" not in main_of(ask(rota.liaison))
    assert Entry.objects.filter(subject="on_call_line").count() == 2


def test_todays_page_says_where_somebody_is_missing_and_when_ones_own_time_is(rota: Rota, at: SetTime) -> None:
    rota.shift("2027-03-01T08:00", "2027-03-01T20:00", "peer")
    rota.shift("2027-03-02T08:00", "2027-03-02T20:00", "peer")
    for person in (rota.liaison, rota.lead):
        assert "Monday 1 March 8:00 pm to Tuesday 2 March 8:00 am" in main_of(ask(person, "/"))
    peer = main_of(ask(rota.florida.people["peer"], "/"))
    assert "Your next time: Monday 1 March 8:00 am to 8:00 pm" in peer
    assert "Nobody is on call" not in peer
    at("2027-03-01T21:00-05:00")
    assert "Nobody is on call now" in main_of(ask(rota.liaison, "/"))
    check_rota()
    notices = ask(rota.lead, "/notices/")
    assert "Nobody is on call for some time." in notices
    assert f'href="/on-call/?of={rota.organization.pk}"' in notices
    dates = main_of(ask(rota.lead, "/worklist/"))
    assert "This does not hold right now." in dates


def test_who_has_no_rota_reads_nothing_of_it(world: World) -> None:
    for person in (world.coordinator, world.mentor):
        assert "/on-call/" not in ask(person, "/")


def test_somebody_says_when_they_answer_and_takes_it_back(world: World) -> None:
    page = main_of(ask(world.peer, "/me/duty-hours/"))
    assert "You have not said yet when you answer." in page
    form = {"role": world.peer_role.public_id, "weekdays": ["0", "4"], "starts": "09:00", "ends": "17:00"}
    answer = signed_in(None, world.peer).post("/me/duty-hours/", form, follow=True)
    assert "Families read it above your conversation." in text_of(answer)
    assert "<b>Monday</b>, 9 am to 5 pm" in main_of(ask(world.peer, "/me/duty-hours/"))
    twice = send(world.peer, "/me/duty-hours/", **form)
    assert escape("You have hours on that day that begin at this time.") in text_of(twice)
    empty = send(world.peer, "/me/duty-hours/", **form | {"ends": "09:00"})
    assert "It begins and ends at the same time." in text_of(empty)
    assert 'value="09:00"' in text_of(empty)
    for one in DutyHours.objects.all():
        assert send(world.peer, f"/me/duty-hours/{one.public_id}/remove/").status_code == 302
    assert not DutyHours.objects.exists()


@pytest.mark.parametrize("field", ["on", "ends_on"])
def test_the_last_day_there_is_is_a_slip_of_the_pen(rota: Rota, field: str) -> None:
    answer = signed_in(None, rota.liaison).post("/on-call/add/", shift_form(rota, **{field: "9999-12-31"}))
    assert answer.status_code == 422
