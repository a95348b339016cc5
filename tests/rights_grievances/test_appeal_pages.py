"""The pages on which a family answers a "no": read, asked, sent, without JavaScript, in few fields."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from rights_grievances.actions import adverse, appeals, hearings
from rights_grievances.models import AdverseNotice, Appeal, Case
from tests.media.files import photo
from tests.rights_grievances.appealing import DAY, answered, appeal_of, appealed, at_plan, given_to_lead, letter
from tests.rights_grievances.telling import fresh, tell
from tests.world import World, signed_in

OF_MEDICAID = ("medicaid", "appeal", "hearing", "42 cfr", "look again")


def read(browser: Client, path: str) -> str:
    answer = browser.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def written(world: World, **said: Any) -> dict[str, Any]:
    today = world.program.today()
    return {
        "youth": str(world.youth.public_id),
        "what": "b",
        "service": "Respite at home",
        "plan": "csoc-contractor",
        "dated_on": str(today - DAY),
        "sent_on": str(today - DAY),
        "effective_on": str(today + 20 * DAY),
        "reason": "Not needed.",
    } | said


def test_a_mother_writes_down_a_letter_and_reads_until_when_she_can_do_what(world: World) -> None:
    browser = signed_in(None, world.caregiver)
    assert "Write down a letter" in read(browser, "/plan-letters/")
    assert read(browser, "/plan-letters/new/").count("<input") < 20
    answer = browser.post("/plan-letters/new/", written(world))
    notice = AdverseNotice.objects.get()
    assert answer.headers["Location"] == f"/plan-letters/{notice.public_id}/"
    page = read(browser, answer.headers["Location"])
    for words in ("Until when", "How we get to this date", "Ask the plan to look again", "keep the service going"):
        assert words in page


def test_what_was_typed_stays_when_a_day_is_still_to_come(world: World) -> None:
    browser = signed_in(None, world.caregiver)
    answer = browser.post("/plan-letters/new/", written(world, sent_on=str(world.program.today() + 3 * DAY)))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "still to come" in page
    assert 'value="Respite at home"' in page
    assert not AdverseNotice.objects.exists()


def test_one_tap_asks_the_plan_to_look_again(world: World) -> None:
    notice = letter(world)
    browser = signed_in(None, world.caregiver)
    answer = browser.post(f"/plan-letters/{notice.public_id}/appeal/", {"wants_fast": "on", "wants_continuing": "on"})
    case = Case.objects.get(appeal__notice=notice)
    assert answer.headers["Location"] == f"/cases/{case.public_id}/appeal/"
    page = read(browser, answer.headers["Location"])
    assert page.count("Yes.") >= 6
    for words in ("asked to go fast", "When it would stop", "the plan may ask you to pay", "Get the file"):
        assert words.lower() in page.lower()


def test_every_line_shows_yes_no_or_that_a_person_looks(world: World) -> None:
    today = world.program.today()
    notice = letter(
        world,
        dated_on=today - 20 * DAY,
        sent_on=today - 20 * DAY,
        effective_on=today - 5 * DAY,
        ordered_by_provider=None,
    )
    case = appealed(world, notice, wants_continuing=True)
    page = read(signed_in(None, world.caregiver), f"/cases/{case.public_id}/appeal/")
    assert "This came after the last day." in page
    assert "A person looks at this." in page
    assert "We do not know yet who ordered it." in page


def test_the_desk_looks_at_what_is_not_known_and_decides(world: World) -> None:
    case = at_plan(world, appealed(world, letter(world, ordered_by_provider=None), wants_continuing=True))
    browser = signed_in(None, world.coordinator)
    path = f"/cases/{case.public_id}/appeal/keep/answer/"
    assert "A provider who may do so ordered the service." in read(browser, path)
    assert browser.post(path, {"goes_on": "yes"}).status_code == 422
    assert browser.post(path, {"goes_on": "yes", "ordered": "yes"}).status_code == 302
    assert appeal_of(case).continuing == Appeal.Continuing.GRANTED


def test_a_no_to_going_fast_is_told_with_the_right_to_complain(world: World) -> None:
    case = at_plan(world, appealed(world, wants_fast=True))
    browser = signed_in(None, world.coordinator)
    path = f"/cases/{case.public_id}/appeal/fast/answer/"
    assert browser.post(path, {"goes": "no", "reason": "No harm seen."}).status_code == 422
    said = {"goes": "no", "reason": "No harm seen.", "on": str(world.program.today())}
    assert browser.post(path, said).status_code == 302
    page = read(signed_in(None, world.caregiver), f"/cases/{case.public_id}/appeal/")
    assert "You may complain that it does not go fast." in page


def test_a_coordinator_writes_down_a_call_and_it_counts_from_then(world: World) -> None:
    notice = letter(world)
    called = world.program.today() - DAY
    said = {
        "speaker": str(world.caregiver.public_id),
        "way": "phone",
        "on": str(called),
        "at_time": "23:59",
        "words": "No.",
    }
    answer = signed_in(None, world.coordinator).post(f"/plan-letters/{notice.public_id}/appeal/", said)
    assert answer.status_code == 302
    case = Case.objects.get(appeal__notice=notice)
    assert (case.filed_by, case.taken_by) == (world.caregiver, world.coordinator_role)
    assert case.filed_at.astimezone(world.program.zone).strftime("%H:%M") == "23:59"


def test_a_complaint_becomes_an_appeal_at_the_desk(world: World) -> None:
    case = tell(world)
    notice = letter(world)
    browser = signed_in(None, world.coordinator)
    path = f"/cases/{case.public_id}/appeal/make/"
    assert "Respite at home" in read(browser, path)
    assert browser.post(path, {"notice": str(notice.public_id)}).status_code == 302
    assert fresh(case).kind == Case.Kind.APPEAL
    assert signed_in(None, world.caregiver).get(path).status_code == 404


def test_the_decider_answers_and_the_desk_writes_that_it_is_done(world: World) -> None:
    case = at_plan(world, appealed(world))
    given_to_lead(world, case)
    browser = signed_in(None, world.lead)
    path = f"/cases/{case.public_id}/appeal/answer/"
    assert browser.post(path, {"result": "overturned"}).status_code == 422
    assert browser.post(path, {"result": "overturned", "answer": "You were right."}).status_code == 302
    desk = signed_in(None, world.coordinator)
    assert "It is done" in read(desk, f"/cases/{case.public_id}/appeal/")
    desk.post(f"/cases/{case.public_id}/appeal/done/")
    assert appeal_of(case).carried_out_at is not None


# -- LA-45 ---------------------------------------------------------------------------------------------------------------


@pytest.mark.promise("LA-45")
def test_the_page_of_the_hearing_says_after_what_until_when_where_how_and_about_the_service(world: World) -> None:
    case = answered(world)
    browser = signed_in(None, world.caregiver)
    page = read(browser, f"/cases/{case.public_id}/hearing/")
    for words in (
        "First <bdi",
        "looks at its decision again",
        "Until when",
        "120",
        "Division of Administrative Law, Health and Hospitals Section",
        "We help you fill it in",
        "Send it by mail or fax, or call.",
        "Keeping the service until then",
        "the plan may ask you to pay",
    ):
        assert words in page, words
    form = read(browser, f"/cases/{case.public_id}/hearing/form/")
    for words in ("Theo Marchand", "Odette Marchand", "Respite at home", "CSoC contractor"):
        assert words in form, words
    said = {"on": str(world.program.today()), "way": "fax", "wants_continuing": "on"}
    assert browser.post(f"/cases/{case.public_id}/hearing/ask/", said).status_code == 302
    appeal = appeal_of(case)
    assert (appeal.hearing, appeal.continuing) == (Appeal.Hearing.REQUESTED, Appeal.Continuing.ASKED)
    assert browser.get(f"/cases/{case.public_id}/hearing/ask/").status_code == 404


def test_before_the_plan_has_answered_the_page_says_what_comes_first(world: World) -> None:
    case = at_plan(world, appealed(world))
    browser = signed_in(None, world.caregiver)
    assert "Not yet: first the plan answers your appeal." in read(browser, f"/cases/{case.public_id}/hearing/")
    assert browser.get(f"/cases/{case.public_id}/hearing/form/").status_code == 404
    appeals.exhaust(case=case)
    page = read(browser, f"/cases/{case.public_id}/hearing/")
    assert "You can ask now." in page
    assert "You do not have to wait for its letter." in page


def test_the_desk_writes_down_what_the_state_decided(world: World) -> None:
    case = answered(world)
    hearings.request_hearing(actor=world.caregiver, case=case, at=timezone.now())
    path = f"/cases/{case.public_id}/hearing/decided/"
    assert signed_in(None, world.caregiver).get(path).status_code == 404
    said = {"result": "won", "on": str(world.program.today()), "text": "The service comes back."}
    assert signed_in(None, world.coordinator).post(path, said).status_code == 302
    assert appeal_of(case).hearing == Appeal.Hearing.WON


# -- no plan -------------------------------------------------------------------------------------------------------------


@pytest.mark.promise("MO-22")
def test_without_a_plan_the_change_is_told_in_plain_words_and_nothing_of_medicaid(world: World) -> None:
    notice = adverse.record_adverse_notice(
        actor=world.faraway_liaison,
        youth=world.faraway_youth_member,
        service="Mentor",
        reason="The weekly review found fewer hours enough.",
        what=AdverseNotice.What.REDUCED,
        told=AdverseNotice.Told.REVIEW,
        was_authorized=True,
        dated_on=world.other_program.today(),
        effective_on=world.other_program.today() + 5 * DAY,
    )
    page = read(signed_in(None, world.faraway_caregiver), f"/plan-letters/{notice.public_id}/")
    main = page[page.index("<main") : page.index("</main>")].lower()
    for words in (
        "mentor",
        "the weekly review found fewer hours enough.",
        "you do not have to agree",
        "what you can do",
    ):
        assert words in main, words
    for words in OF_MEDICAID:
        assert words not in main, words


@pytest.mark.promise("MO-22")
def test_with_a_plan_the_same_change_is_told_with_each_step_of_an_appeal(world: World) -> None:
    browser = signed_in(None, world.faraway_liaison)
    today = world.other_program.today()
    said = written(
        world,
        youth=str(world.faraway_youth.public_id),
        plan="mo-healthnet",
        told="review",
        dated_on=str(today),
        sent_on=str(today),
        effective_on=str(today + 3 * DAY),
    )
    assert browser.post("/plan-letters/new/", said).status_code == 302
    page = read(signed_in(None, world.faraway_caregiver), f"/plan-letters/{AdverseNotice.objects.get().public_id}/")
    for words in ("Ask the plan to look again", "you can go to the state", "This letter came too close to"):
        assert words in page, words


def test_pages_of_an_appeal_are_not_there_where_no_plan_is_bound(world: World) -> None:
    case = tell(
        world,
        program=world.other_program,
        filed_by=world.faraway_caregiver,
        family=world.faraway_family,
        youth=world.faraway_youth_member,
        kind=Case.Kind.APPEAL,
    )
    Appeal.objects.get_or_create(case=case)
    browser = signed_in(None, world.faraway_caregiver)
    for path in ("appeal/", "appeal/fast/", "hearing/", "hearing/form/", "hearing/ask/"):
        assert browser.get(f"/cases/{case.public_id}/{path}").status_code == 404


def test_who_stands_beside_the_family_reads_the_letter_and_never_that_it_was_appealed(world: World) -> None:
    notice = letter(world)
    case = appealed(world, notice)
    for person in (world.facilitator, world.liaison):
        browser = signed_in(None, person)
        page = read(browser, f"/plan-letters/{notice.public_id}/")
        assert str(case.public_id) not in page
        assert "Done on" not in page
        assert browser.get(f"/cases/{case.public_id}/appeal/").status_code == 404
        assert browser.get(f"/plan-letters/{notice.public_id}/appeal/").status_code == 404


def picture(name: str = "letter.jpg", data: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo(size=(32, 24)) if data is None else data)


def test_a_photo_goes_with_the_letter_and_one_that_cannot_be_taken_loses_nothing(world: World) -> None:
    browser = signed_in(None, world.caregiver)
    files = [picture(), picture("notes.exe", b"MZ no picture")]
    answer = browser.post("/plan-letters/new/", written(world, file=files))
    notice = AdverseNotice.objects.get()
    page = read(browser, answer.headers["Location"])
    assert "notes.exe: This is not a photo" in page
    kept = notice.files.get()
    path = f"/plan-letters/photos/{kept.public_id}/"
    assert path in page
    shown = signed_in(None, world.coordinator).get(path)
    assert (shown.status_code, shown.headers["Content-Type"]) == (200, "image/jpeg")
    assert browser.post(path).status_code == 302
    assert not notice.files.exists()


def test_a_photo_can_come_later_and_goes_into_the_file_for_the_hearing(world: World) -> None:
    notice = letter(world)
    browser = signed_in(None, world.caregiver)
    browser.post(f"/plan-letters/{notice.public_id}/photos/", {"file": picture()})
    case = appealed(world, notice)
    pack = browser.post(f"/cases/{case.public_id}/pack/")
    assert b"files/01.jpg" in b"".join(pack)  # the names in a zip stand there as they are


def test_a_coordinator_writes_down_the_letter_that_a_caller_tells_of(world: World) -> None:
    case = tell(world)
    browser = signed_in(None, world.coordinator)
    page = f"/cases/{case.public_id}/plan-letter/"
    assert page in read(browser, f"/cases/{case.public_id}/")
    assert browser.post(page, written(world, told="letter")).status_code == 302
    desk = read(browser, f"/cases/{case.public_id}/")
    assert f"/cases/{case.public_id}/appeal/make/" in desk
    browser.post(f"/cases/{case.public_id}/appeal/make/", {"notice": str(AdverseNotice.objects.get().public_id)})
    desk = read(browser, f"/cases/{case.public_id}/")
    assert f'href="/cases/{case.public_id}/appeal/"' in desk
    assert page not in desk


def test_help_leads_to_the_letters_who_may_answer_them(world: World) -> None:
    assert 'href="/plan-letters/"' in read(signed_in(None, world.caregiver), "/help/")
    assert 'href="/plan-letters/"' not in read(signed_in(None, world.second_caregiver), "/help/")
    assert 'href="/plan-letters/"' not in read(Client(), "/help/")
