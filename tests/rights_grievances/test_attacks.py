"""What somebody would try who wants to see, learn of or bend a case that is not theirs."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from portal.access import grievances as access
from portal.access import telling as telling_access
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from rights_grievances import actions, holding
from rights_grievances.actions.drafts import MOST_BESIDE
from rights_grievances.actions.packing import make_pack
from rights_grievances.models import Case, Involved
from rights_grievances.told import opened
from tests.media.files import photo
from tests.media.filling import show_photo
from tests.rights_grievances.appealing import appealed, clock
from tests.rights_grievances.appealing import letter as plans_letter
from tests.rights_grievances.begun import begin, text_of
from tests.rights_grievances.letters_ready import sent
from tests.rights_grievances.telling import fresh, hire, tell
from tests.world import World, signed_in

pytestmark = pytest.mark.django_db


def files_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as found:
        return {name: found.read(name) for name in found.namelist()}


# -- who spoke for a family without its yes --------------------------------------------------------------------------------


def spoken_for(world: World) -> Case:
    """A neighbour told it, the family said no to that and added words of its own, and it was answered by letter."""
    case = tell(world, filed_by=world.natural_support, filed_as="other")
    actions.give_consent(actor=world.caregiver, case=case, given=False, text="She is not to know of the clinic.")
    actions.add_words(actor=world.caregiver, case=case, text="He was in the hospital in May.")
    actions.add_words(actor=world.natural_support, case=case, text="I saw it again.")
    actions.sort_case(actor=world.coordinator, case=case, kind="grievance")
    actions.assign_decider(actor=world.coordinator, case=case, staff_role=world.lead_role)
    actions.resolve_case(actor=world.lead, case=case, outcome="agreed", answer="It was so.", changed="We call back.")
    sent(world, fresh(case), "decision")
    return fresh(case)


FOUND_OUT = ("the clinic", "in the hospital", "It was so.", "We call back.")


def test_who_has_no_consent_reads_on_no_page_and_in_no_file_what_the_family_said(world: World) -> None:
    case = spoken_for(world)
    page = text_of(signed_in(None, world.natural_support).get(case.get_absolute_url()))
    made = files_of(make_pack(actor=world.natural_support, case=case).data)
    assert not [name for name in made if name.startswith("letters/")]
    for said in (page, made["case.html"].decode()):
        assert not [words for words in FOUND_OUT if words in said]
        assert "I saw it again." in said
    assert telling_access.letters_told(world.natural_support, case).count() == 0
    own = files_of(make_pack(actor=world.caregiver, case=case).data)
    assert [name for name in own if name.startswith("letters/")]
    assert not [words for words in FOUND_OUT if words not in own["case.html"].decode()]


def test_who_has_no_consent_does_not_read_who_of_the_family_sees_it(world: World) -> None:
    case = tell(world, filed_by=world.natural_support, filed_as="other")
    asker = signed_in(None, world.natural_support)
    assert world.caregiver.display_name not in text_of(asker.get(case.get_absolute_url()))
    assert world.caregiver.display_name in text_of(signed_in(None, world.caregiver).get(case.get_absolute_url()))


# -- whom it is against ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["Ms. PRIYA  Raman, the coordinator", "Príya Raman."])
def test_a_coordinator_who_is_only_named_in_passing_never_gets_it(world: World, typed: str) -> None:
    teller = begin(world.caregiver)
    teller.post("go", words="She hung up on me.", about_names=typed)
    assert "So somebody outside looks at it." in teller.page("send/")
    case = tell(world, against=[typed])
    assert case.is_outside
    assert not access.visible_cases(world.coordinator).filter(pk=case.pk).exists()


def test_whom_one_does_not_want_by_name_does_not_decide(world: World) -> None:
    teller = begin(world.caregiver)
    case = teller.tell(not_wanted_names="not priya raman, please")
    assert Involved.objects.filter(case=case, person=world.coordinator, why="not_wanted").exists()
    assert case.handler is None


def test_a_parent_named_by_a_young_person_who_lets_the_grown_ups_see_it_does_not(world: World) -> None:
    name = world.caregiver.display_name
    case = tell(world, filed_by=world.youth, filed_as="youth", against=[f"My mother, {name}"])
    assert not access.visible_cases(world.caregiver).filter(pk=case.pk).exists()
    other = tell(world, against=[f"about my son {world.youth.display_name}"])
    assert access.visible_cases(world.youth).filter(pk=other.pk).exists()


def test_a_parent_who_is_named_later_finds_no_notice_of_it_any_more(world: World) -> None:
    case = tell(world, filed_by=world.natural_support, filed_as="other")
    assert Notice.objects.filter(person=world.caregiver, about__startswith=case.told_as).exists()
    actions.add_named(actor=world.coordinator, case=case, named=world.caregiver)
    assert not Notice.objects.filter(person=world.caregiver, about__startswith=case.told_as).exists()
    assert signed_in(None, world.caregiver).get(case.get_absolute_url()).status_code == 404


def test_an_alarm_about_words_of_danger_is_forgotten_with_the_rest(world: World) -> None:
    case = tell(
        world, filed_as="anonymous", filed_by=None, family=None, youth=None, words="I want to kill myself tonight"
    )
    assert Notice.objects.filter(person=world.coordinator, about=f"{case.told_as}:crisis").exists()
    actions.add_named(actor=world.coordinator, case=case, named=world.coordinator)
    assert not Notice.objects.filter(person=world.coordinator, about__startswith=case.told_as).exists()


def test_an_appeal_made_alone_shows_by_no_date_on_the_parents_page(world: World) -> None:
    notice = plans_letter(world)
    page = f"/plan-letters/{notice.public_id}/"
    browser = signed_in(None, world.caregiver)

    def days() -> str:
        return text_of(browser.get(page)).partition('<section aria-labelledby="days">')[2].partition("</section>")[0]

    before = days()
    assert before
    appealed(world, notice, actor=world.youth, is_own_matter=True, wants_continuing=True)
    assert clock(notice, "APPEAL-FILE").state == "met"
    assert days() == before


# -- who may no longer ----------------------------------------------------------------------------------------------------------


def test_who_was_chosen_and_left_a_minute_ago_decides_nothing_with_the_page_still_open(world: World) -> None:
    case = tell(world)
    actions.sort_case(actor=world.coordinator, case=case, kind="grievance")
    actions.assign_decider(actor=world.coordinator, case=case, staff_role=world.lead_role)
    browser = signed_in(None, world.lead)
    assert browser.get(f"{case.get_absolute_url()}answer/").status_code == 200
    StaffRole.objects.filter(pk=world.lead_role.pk).update(ended_at=timezone.now() - dt.timedelta(minutes=1))
    answer = {"outcome": "not_agreed", "answer": "No.", "changed": "Nothing."}
    assert browser.post(f"{case.get_absolute_url()}answer/", answer).status_code == 404
    assert fresh(case).outcome == ""


def test_two_coordinators_answer_one_question_and_the_first_answer_stands(world: World) -> None:
    other = hire(world, "Noor Haddad", StaffRole.Role.GRIEVANCE_COORDINATOR)
    case = tell(world)
    actions.sort_case(actor=world.coordinator, case=case, kind="question")
    page = f"{case.get_absolute_url()}answer/"
    first, second = signed_in(None, world.coordinator), signed_in(None, other.person)
    assert first.post(page, {"outcome": "answered", "answer": "On Monday."}).status_code == 302
    late = second.post(page, {"outcome": "answered", "answer": "Never."})
    assert late.status_code == 422
    assert "Never." in text_of(late)
    assert fresh(case).answer == "On Monday."


# -- the box that needs no account ----------------------------------------------------------------------------------------------


def test_a_program_that_plays_a_thousand_pages_fills_no_disk(world: World) -> None:
    teller = begin()
    hidden = teller.hidden()
    assert teller.save(1, hidden=hidden, words="The first page.").status_code == 200
    for number in range(MOST_BESIDE + 5):
        teller.save(1, hidden=hidden | {"page": f"page-{number}", "seen": "0"}, words=f"Word {number}.")
    kept = opened(teller.draft.form)
    assert kept.text("words") == "The first page."
    assert len(kept.beside) == MOST_BESIDE


@pytest.mark.parametrize(
    "sent_in",
    [
        {"page": "\ud800", "fields": {"words": "x"}},
        {"page": {"a": 1}, "fields": {"words": ["a"], "about": {"b": 1}, "alone": {}}},
        {"page": "p", "seen": "1e9", "seq": -1, "fields": {"words": "\u0000\ud800 x"}},
    ],
)
def test_nonsense_instead_of_a_page_breaks_nothing(world: World, sent_in: dict[str, Any]) -> None:
    teller = begin()
    body = {"token": teller.hidden()["token"], "seen": 1, "seq": 1, **sent_in}
    answer = teller.client.post(f"{teller.url}save/", json.dumps(body), content_type="application/json")
    assert answer.status_code == 200


def test_files_are_counted_whichever_page_they_come_by(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(holding.RATES, "tell_file", "1/h/key")
    teller = begin()
    for status in (302, 422):
        file = SimpleUploadedFile("IMG_1.jpg", photo(size=(64, 48)))
        assert teller.post(words="Look.", file=file).status_code == status
    assert teller.draft.files.count() == 1
    assert opened(teller.draft.form).text("words") == "Look."


def test_a_form_from_elsewhere_sends_opens_and_drops_nothing(world: World) -> None:
    """The two pages that are open without the site's own token want theirs, which only their page knows."""
    teller = begin()
    teller.post(words="Nobody called.")
    teller.client.handler.enforce_csrf_checks = True
    for path in ("send/", "drop/", "file/", "receipt/"):
        assert teller.client.post(teller.url + path, {"words": "x"}).status_code == 403, path
    assert teller.client.post("/tell/code/", {"code": teller.code}).status_code == 403
    teller.client.post(teller.url, {"words": "Changed.", "token": "made up", "page": "p", "seen": "9"})
    body = json.dumps({"token": "made up", "page": "p", "seen": 9, "seq": 1, "fields": {"words": "Changed."}})
    assert teller.client.post(f"{teller.url}save/", body, content_type="application/json").status_code == 410
    assert opened(teller.draft.form).text("words") == "Nobody called."
    assert teller.draft.case is None


def test_anothers_draft_and_one_that_never_was_answer_alike(world: World) -> None:
    teller = begin()
    stranger, made_up = Client(), "00000000-0000-4000-8000-000000000000"
    for path in ("", "send/", "file/", "receipt/", f"letters/{made_up}/"):
        real, none = stranger.get(teller.url + path), stranger.get(f"/tell/{made_up}/{path}")
        assert (real.status_code, real.headers["Location"]) == (none.status_code, none.headers["Location"]), path


# -- the file to take along -------------------------------------------------------------------------------------------------


def test_photos_of_ticked_messages_come_along_as_their_reader_sees_them(world: World) -> None:
    attached = show_photo(world.conversation, world.caregiver, words="The bruise")
    case = tell(world)
    made = files_of(make_pack(actor=world.caregiver, case=case, conversations=[world.conversation.public_id]).data)
    assert made["messages/01-001.jpg"] == attached.file(world.conversation.cipher())
    assert 'href="../messages/01-001.jpg"' in made["messages/01.html"].decode()
    listed = {one["path"] for one in json.loads(made["manifest.json"])["entries"]}
    assert "messages/01-001.jpg" in listed
    assert not [name for name in files_of(make_pack(actor=world.caregiver, case=case).data) if "messages" in name]
