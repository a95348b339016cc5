"""Letters: nothing the law wants said is left out, nothing is said that does not hold, and what was sent stays as it was."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from portal.access import Refused
from portal.access import grievances as cases
from portal.access.telling import letters_told
from portal.audit.models import Entry
from portal.clocks.models import Clock, Happening
from portal.language import actions as reviews
from portal.language import content, formats
from portal.notices.models import Notice
from portal.programs.registry import profiles
from rights_grievances import actions
from rights_grievances.actions import letters
from rights_grievances.letters import contents, shown
from rights_grievances.letters.facts import Standing
from rights_grievances.letters.kept import kept_of, preview
from rights_grievances.letters.refusals import LetterIncomplete, LetterRefusal
from rights_grievances.letters.taglines import taglines
from rights_grievances.models import AdverseNotice, Appeal, Case, CaseStep, Letter
from rights_grievances.refusals import CaseRefusal
from tests.rights_grievances.letters_ready import (
    DAY,
    READY,
    WRITTEN,
    after_the_decision,
    an_appeal,
    answered,
    at_the_plan,
    coordinator_of,
    draft,
    exhausted,
    overdue,
    promise_missed,
    sent,
)
from tests.rights_grievances.telling import clock_of, fresh, tell
from tests.world import World, signed_in

# Words that only fit where a health plan is bound by the law of Medicaid.
OF_A_PLAN = re.compile(r"medicaid|hearing|appeal|\bplan\b|the law|keep a service|you may have to pay", re.IGNORECASE)
every_letter = pytest.mark.parametrize("ready", READY)


def made(world: World, ready: str) -> tuple[str, Case]:
    kind, make = READY[ready]
    return kind, make(world)


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


# -- what has to be in it ------------------------------------------------------------------------------------------------------


@every_letter
def test_with_all_of_it_a_letter_is_sent_and_says_each_thing(world: World, ready: str) -> None:
    kind, case = made(world, ready)
    letter = sent(world, case, kind)
    html = text_of(letter.html)
    assert letter.sent_at is not None
    assert "…" not in html
    assert "{" not in html
    for element in contents.elements(kind, Standing(case, kind).situation):
        title = content.source_of(element.text).title
        assert not title or title in html, element


@every_letter
def test_a_letter_that_misses_one_thing_is_not_sent_and_says_which(
    world: World, ready: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    kind, case = made(world, ready)
    letter = draft(world, case, kind)
    facts = Standing.facts
    for fact in contents.needed(kind, Standing(case, kind).situation):

        def all_but_one(self: Standing, written: dict[str, str], gone: str = fact) -> dict[str, Any]:
            return {name: value for name, value in facts(self, written).items() if name != gone}

        monkeypatch.setattr(Standing, "facts", all_but_one)
        with pytest.raises(LetterIncomplete) as refused:
            letters.send_letter(actor=world.coordinator, letter=letter, way="site")
        assert refused.value.facts == [fact]
        assert str(refused.value.sentences[0])
    letter.refresh_from_db()
    assert (letter.sent_at, letter.html, letter.dated_on) == (None, "", None)
    assert not CaseStep.objects.filter(case=case, kind="letter", data__letter=str(letter.public_id)).exists()


@pytest.mark.parametrize(
    ("ready", "parts"),
    [
        ("acknowledgment of a complaint", {"received", "by_when", "who", "add_words", "papers", "help", "no_harm"}),
        ("acknowledgment of an appeal", {"received_appeal", "by_when", "who", "add_words_appeal", "papers", "help"}),
        ("acknowledgment of a fast appeal", {"short_time"}),
        ("more time", {"reason", "new_date", "grieve"}),
        ("not fast", {"reason", "date", "grieve"}),
        ("no to an appeal", {"upheld", "why", "papers", "hearing", "fast_hearing", "keep", "cost"}),
        ("partly to an appeal", {"partly_appeal", "why", "papers", "hearing", "fast_hearing", "keep", "cost"}),
        ("late with a complaint", {"decision", "reason", "papers", "appeal", "fast", "keep", "cost"}),
        ("late with an appeal", {"decision_hearing", "reason", "papers", "hearing_now", "keep_now", "cost"}),
        ("the service goes on", {"goes_on", "until", "cost"}),
        ("the service does not go on", {"refused", "grieve"}),
        ("a hearing after a no", {"right", "hearing", "keep", "cost", "papers", "fast_hearing"}),
        ("a hearing after a delay", {"right_late", "hearing_now", "keep_now", "cost", "papers"}),
    ],
)
def test_each_letter_has_what_its_law_lists(world: World, ready: str, parts: set[str]) -> None:
    kind, case = made(world, ready)
    now = Standing(case, kind).situation
    assert parts | {"help", "no_harm", "about"} <= {element.id for element in contents.elements(kind, now)}


def test_a_yes_to_an_appeal_does_not_speak_of_a_hearing(world: World) -> None:
    letter = sent(world, answered(world, "agreed", "appeal", "overturned"), "decision")
    assert "hearing" not in letter.html


def test_every_text_names_the_facts_its_letter_has_to_have(world: World) -> None:
    known = {key for key in content.every_key() if key.startswith("letters.")}
    used: dict[str, tuple[str, ...]] = {}
    for ready in READY:
        kind, case = made(world, ready)
        used |= {element.text: element.needs for element in contents.elements(kind, Standing(case, kind).situation)}
        Case.objects.filter(pk=case.pk).update(filed_at=timezone.now())
    assert known - set(used) == {"letters.hearing.right_notice"}  # no appeal comes before it: a service without a plan
    for key, needs in used.items():
        assert set(re.findall(r"\{(\w+)\}", content.source_of(key).text)) == set(needs), key
    assert set(contents.MISSING) >= {fact for needs in used.values() for fact in needs}


def test_no_text_of_a_letter_is_above_grade_six() -> None:
    from tests.language.test_content import _grade

    for key in content.every_key():
        text = content.source_of(key).text
        if key.startswith("letters.") and not re.fullmatch(r"\{\w+\}", text):
            assert _grade(re.sub(r"\{\w+\}", "Tuesday", text)) <= 6, key


# -- no plan, no such right ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("slug", ["florida-care-coordination", "missouri-initiative"])
@pytest.mark.parametrize("kind", list(Letter.Kind))
def test_where_no_plan_is_bound_no_letter_speaks_of_one(world: World, slug: str, kind: str) -> None:
    role = coordinator_of(slug)
    program, at = role.organization.program, timezone.now() - 40 * DAY
    case = tell(world, program=program, family=None, youth=None, filed_by=world.faraway_caregiver, at=at)
    assert case.plan == ""
    actions.sort_case(
        actor=role.person, case=case, kind="appeal"
    )  # they call it so: it opens nothing that is not there
    Case.objects.filter(pk=case.pk).update(outcome="not_agreed", resolved_at=timezone.now(), state="resolved")
    case = fresh(case)
    now = Standing(case, kind).situation
    if not contents.may_be_written(kind, now):
        with pytest.raises(LetterRefusal):
            draft(world, case, kind, actor=role.person)
        return
    paper, _lacking = preview(draft(world, case, kind, actor=role.person))
    words = " ".join([paper.title, *(block.text for block in (*paper.blocks, *paper.help) if not block.is_own)])
    assert not OF_A_PLAN.search(words.replace(program.name, "")), words
    assert kind not in {"not_fast", "continuation", "hearing"}


def test_a_licensed_agency_gives_no_right_to_a_hearing(world: World) -> None:
    case = tell(world, plan="hcbs-agency")
    actions.sort_case(actor=world.coordinator, case=case, kind="grievance")
    kinds = {choice.kind for choice in shown.letters_for(world.coordinator, case).to_write}
    assert kinds == {"acknowledgment", "extension", "late"}


# -- its dates -----------------------------------------------------------------------------------------------------------------


def test_the_dates_in_a_letter_are_those_of_the_clocks(world: World) -> None:
    letter = sent(world, answered(world, "not_agreed", "appeal", "upheld"), "decision", way="mail")
    for rule in ("SFH-REQUEST", "CONTINUE-HEARING"):
        due = clock_of(letter.case, rule).due_on
        assert due is not None
        assert formats.full_day(due, "en") in letter.html
    assert {"resolution_notice_dated", "resolution_notice_mailed", "resolution_notice_sent"} <= set(
        Happening.objects.filter(subject_id=str(letter.case.public_id)).values_list("event", flat=True)
    )


def test_what_a_preview_says_of_dates_is_what_the_letter_says(world: World) -> None:
    letter = draft(world, answered(world, "not_agreed", "appeal", "upheld"), "decision")
    paper, lacking = preview(letter)
    assert lacking == []
    letters.send_letter(actor=world.coordinator, letter=letter, way="site")
    letter.refresh_from_db()
    assert all(block.text in text_of(letter.html) for block in paper.blocks if "2" in block.text and not block.is_own)


def test_the_new_date_in_the_letter_is_the_one_the_case_then_gets(world: World) -> None:
    case = at_the_plan(world)
    letter = sent(world, case, "extension")
    actions.note_try(actor=world.coordinator, case=case, reached=False)
    actions.extend_case(actor=world.coordinator, case=case, reason=WRITTEN["reason"])
    due = clock_of(case, "GRIEVANCE-RESOLVE").due_on
    assert due is not None
    assert formats.full_day(due, "en") in letter.html
    assert clock_of(case, "EXTENSION-NOTICE").state == Clock.State.MET


def test_a_late_letter_opens_the_appeal_from_its_own_day(world: World) -> None:
    case = overdue(world, "GRIEVANCE-RESOLVE")
    letter = sent(world, case, "late")
    running = Clock.objects.get(subject_id=str(case.public_id), rule_id="APPEAL-FILE", state="open")
    assert running.due_on is not None
    assert formats.full_day(running.due_on, "en") in letter.html
    notice = AdverseNotice.objects.get(case=case)
    assert (notice.dated_on, notice.sent_at) == (letter.dated_on, letter.sent_at)


def test_the_hours_of_a_fast_appeal_are_said_with_the_time(world: World) -> None:
    case = tell(world)
    actions.sort_case(actor=world.coordinator, case=case, kind="appeal")
    Appeal.objects.filter(case=case).update(speed="granted", speed_asked_at=timezone.now())
    actions.forward_case(actor=world.coordinator, case=case)
    actions.confirm_receipt(actor=world.coordinator, case=case)
    letter = sent(world, case, "acknowledgment")
    due = clock_of(case, "APPEAL-EXPEDITED").due_at
    assert due is not None
    assert formats.clock_time(due, "en", world.program.zone) in letter.html
    assert "Central Time" in letter.html


def test_an_acknowledgment_is_the_step_that_keeps_both_promises(world: World) -> None:
    case = at_the_plan(world)
    sent(world, case, "acknowledgment")
    assert fresh(case).state == Case.State.ACKNOWLEDGED
    assert {clock_of(case, rule).state for rule in ("GRIEVANCE-ACK", "PROMISE-ACK")} == {"met"}
    sent(world, case, "acknowledgment")  # once more, to another address
    assert fresh(case).state == Case.State.ACKNOWLEDGED


def test_a_refusal_to_go_fast_is_kept_as_sent(world: World) -> None:
    case = an_appeal(world, speed="refused")
    sent(world, case, "not_fast")
    assert Happening.objects.filter(subject_id=str(case.public_id), event="expedite_refusal_sent").exists()


def test_what_comes_now_is_a_day_that_the_writer_names_where_no_clock_does(world: World) -> None:
    letter = sent(world, promise_missed(world), "late")
    assert "4 February 2030" in letter.html
    assert not OF_A_PLAN.search(text_of(letter.html).replace("The plan", ""))


# -- language --------------------------------------------------------------------------------------------------------------------


def translate(monkeypatch: pytest.MonkeyPatch, kind: str, now: contents.Situation) -> list[str]:
    """A Spanish draft of every text of that letter."""
    keys = [element.text for element in contents.elements(kind, now)]
    for key in keys:
        source = content.source_of(key)
        spanish = content.Text(source.title and f"ES {source.title}", f"ES {source.text}", "", source.hash)
        monkeypatch.setitem(content._translations("es"), key, spanish)
    return keys


def test_a_letter_is_in_the_familys_language_only_when_a_person_has_read_all_of_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = tell(world, language="es")
    keys = translate(monkeypatch, "acknowledgment", Standing(case, "acknowledgment").situation)
    assert draft(world, case, "acknowledgment").language == "en"
    for key in keys[:-1]:
        reviews.record_review(actor=world.lead, key=key, language="es", qualification="Ana Reyes, translator")
    content.forget_reviews()
    assert draft(world, case, "acknowledgment").language == "en"
    reviews.record_review(actor=world.lead, key=keys[-1], language="es", qualification="Ana Reyes, translator")
    content.forget_reviews()
    letter = sent(world, case, "acknowledgment")
    assert (letter.language, letter.wanted_language) == ("es", "es")
    assert 'lang="es"' in letter.html
    assert "ES We have your words" in letter.html
    assert formats.full_day(world.program.today(), "es") in letter.html


def test_the_writers_own_words_need_a_translator_by_name(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = at_the_plan(world, language="es")
    for key in translate(monkeypatch, "extension", Standing(case, "extension").situation):
        reviews.record_review(actor=world.lead, key=key, language="es", qualification="Ana Reyes, translator")
    content.forget_reviews()
    letter = draft(world, case, "extension")
    assert letter.language == "es"
    with pytest.raises(LetterIncomplete) as refused:
        letters.send_letter(actor=world.coordinator, letter=letter, way="site")
    assert refused.value.facts == ["translator"]
    fields = WRITTEN | {"translator": "Ana Reyes"}
    letters.write_letter(actor=world.coordinator, case=case, kind="extension", fields=fields)
    letters.send_letter(actor=world.coordinator, letter=letter, way="site")


def test_a_letter_whose_review_fell_away_meanwhile_is_looked_at_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = draft(world, tell(world, language="es"), "acknowledgment")
    Letter.objects.filter(pk=letter.pk).update(language="es")
    letter.refresh_from_db()
    with pytest.raises(LetterRefusal) as refused:
        letters.send_letter(actor=world.coordinator, letter=letter, way="site")
    assert refused.value.code == "letter_language"


@pytest.mark.promise("LA-46")
@pytest.mark.parametrize("slug", sorted(profiles()))
def test_each_letter_says_in_every_language_of_the_programme_that_help_is_free(slug: str) -> None:
    profile = profiles()[slug]
    lines = taglines(profile, phone="(504) 555-0142", tty="711")
    assert [line.language for line in lines] == [one.code for one in profile.languages]
    assert len([line for line in lines if line.language != "en"]) >= 15
    assert all("(504) 555-0142" in line.text and "711" in line.text and "{" not in line.text for line in lines)


def test_taglines_stand_out_and_are_marked_with_their_language(world: World) -> None:
    letter = sent(world, tell(world), "acknowledgment")
    for line in taglines(world.program.profile, phone=WRITTEN["phone"], tty="711"):
        assert f'<li lang="{line.language}" dir="{line.direction}">{line.text}' in letter.html
    assert "large print" in letter.html
    from django.contrib.staticfiles import finders

    found = finders.find("portal/css/letters.css")
    assert isinstance(found, str)
    with open(found, encoding="utf-8") as file:  # noqa: PTH123
        css = file.read()
    assert "font-size: max(12pt" in css
    assert re.search(r"\.taglines \{[^}]*border: 2px[^}]*font-size: 1\.1em", css)


# -- sent is sent ----------------------------------------------------------------------------------------------------------------


def test_what_was_sent_does_not_change_with_the_case(world: World) -> None:
    case = at_the_plan(world)
    letter = sent(world, case, "acknowledgment")
    before = (letter.html, letter.pdf, letter.fields, letter.dated_on)
    actions.assign_decider(actor=world.coordinator, case=case, staff_role=world.lead_role)
    with pytest.raises(LetterRefusal):
        letters.send_letter(actor=world.coordinator, letter=letter, way="mail")
    letter.refresh_from_db()
    assert (letter.html, letter.pdf, letter.fields, letter.dated_on) == before
    draft(world, case, "acknowledgment", without="phone")
    letter.refresh_from_db()
    assert (letter.html, letter.fields) == (before[0], before[2])


def test_every_fact_a_letter_states_is_kept_with_it(world: World) -> None:
    case = at_the_plan(world)
    letter = sent(world, case, "acknowledgment")
    stated = kept_of(letter)["stated"]
    due = clock_of(case, "GRIEVANCE-RESOLVE").due_on
    assert due is not None
    assert (stated["phone"], stated["due"]) == (WRITTEN["phone"], due.isoformat())


def test_a_mistake_is_put_right_by_another_letter(world: World) -> None:
    case = at_the_plan(world)
    first = sent(world, case, "acknowledgment")
    second = letters.replace_letter(actor=world.coordinator, letter=first)
    assert Letter.objects.get(pk=first.pk).replaced_by is None
    letters.write_letter(
        actor=world.coordinator, case=case, kind="acknowledgment", fields=WRITTEN | {"phone": "(504) 555-0199"}
    )
    letters.send_letter(actor=world.coordinator, letter=second, way="mail")
    first.refresh_from_db()
    assert first.replaced_by == second
    assert WRITTEN["phone"] in first.html
    with pytest.raises(LetterRefusal):
        letters.replace_letter(actor=world.coordinator, letter=draft(world, case, "acknowledgment"))


def test_a_letter_cannot_be_dated_ahead_nor_before_it_was_told(world: World) -> None:
    letter = draft(world, at_the_plan(world), "acknowledgment")
    for at in (timezone.now() + DAY, timezone.now() - 9 * DAY):
        with pytest.raises(CaseRefusal):
            letters.send_letter(actor=world.coordinator, letter=letter, way="mail", at=at)


def test_who_it_was_for_hears_that_there_is_news_and_nothing_more(world: World) -> None:
    case = at_the_plan(world)
    Notice.objects.all().delete()
    sent(world, case, "acknowledgment")
    notice = Notice.objects.get(person=world.caregiver)
    assert (notice.kind, notice.about) == (Notice.Kind.CASE, case.told_as)
    assert not Notice.objects.filter(person__in=[world.youth, world.second_caregiver]).exists()


def test_sending_goes_on_the_record_without_a_word_of_it(world: World) -> None:
    letter = sent(world, at_the_plan(world), "extension")
    kept = Entry.objects.filter(subject="letter", subject_id=str(letter.public_id))
    assert kept.count() == 2
    assert not [entry for entry in kept if entry.family_id or "doctor" in str(entry.detail)]
    assert letter.case.steps.filter(kind="letter", data__what="sent").count() == 1


# -- who ---------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["caregiver", "youth", "peer", "liaison", "facilitator", "stranger_liaison", "lead"])
def test_only_who_deals_with_a_case_or_decides_it_writes_its_letters(world: World, who: str) -> None:
    case = at_the_plan(world)
    letter = draft(world, case, "acknowledgment")
    person = getattr(world, who)
    with pytest.raises(Refused):
        draft(world, case, "acknowledgment", actor=person)
    with pytest.raises(Refused):
        letters.send_letter(actor=person, letter=letter, way="site")
    with pytest.raises(Refused):
        letters.mark_returned(actor=person, letter=letter)
    with pytest.raises(Refused):
        letters.replace_letter(actor=person, letter=letter)
    browser = signed_in(None, person)
    assert browser.get(f"/letters/{letter.public_id}/").status_code == 404
    assert browser.get(f"/cases/{case.public_id}/letters/acknowledgment/").status_code == 404


def test_who_is_complained_of_sees_no_letter(world: World) -> None:
    case = tell(world, against=[world.liaison])
    letter = sent(world, case, "acknowledgment")
    for person in (world.liaison, world.supervisor, world.second_caregiver, world.stranger_caregiver):
        for page in ("", "pdf/"):
            assert signed_in(None, person).get(f"/letters/{letter.public_id}/{page}").status_code == 404


def test_who_spoke_without_the_familys_consent_reads_that_we_have_it_and_no_answer(world: World) -> None:
    case = tell(world, filed_as="provider", filed_by=world.natural_support)
    assert case.consent == Case.Consent.PENDING
    first = sent(world, case, "acknowledgment")
    actions.sort_case(actor=world.coordinator, case=case, kind="grievance")
    actions.assign_decider(actor=world.coordinator, case=case, staff_role=world.lead_role)
    actions.resolve_case(actor=world.lead, case=case, outcome="agreed", answer="It was so.", changed="We call back.")
    answer = sent(world, fresh(case), "decision")
    browser = signed_in(None, world.natural_support)
    assert browser.get(f"/letters/{first.public_id}/").status_code == 200
    assert browser.get(f"/letters/{answer.public_id}/").status_code == 404


def test_a_letter_that_is_still_written_is_not_the_familys_yet(world: World) -> None:
    case = at_the_plan(world)
    letter = draft(world, case, "acknowledgment")
    assert signed_in(None, world.caregiver).get(f"/letters/{letter.public_id}/").status_code == 404
    assert shown.letters_for(world.caregiver, case).sent == ()
    assert not letters_told(None, case).exists()


# -- seen and returned -------------------------------------------------------------------------------------------------------------


def test_the_first_look_of_the_family_is_kept_and_staff_looking_is_not_one(world: World) -> None:
    letter = sent(world, at_the_plan(world), "acknowledgment")
    page = f"/letters/{letter.public_id}/"
    signed_in(None, world.coordinator).get(page)
    signed_in(None, world.caregiver).head(page)
    assert Letter.objects.get(pk=letter.pk).seen_at is None
    signed_in(None, world.caregiver).get(page)
    first = Letter.objects.get(pk=letter.pk).seen_at
    assert first is not None
    signed_in(None, world.caregiver).get(page)
    letter.refresh_from_db()
    assert letter.seen_at == first
    assert letter.case.steps.filter(kind="letter", data__what="seen", for_staff=True).count() == 1


def test_a_letter_the_mail_brings_back_asks_for_another_way(world: World) -> None:
    case = at_the_plan(world)
    letter = sent(world, case, "acknowledgment", way="mail", actor=world.coordinator)
    Notice.objects.all().delete()
    browser = signed_in(None, world.coordinator)
    answer = browser.post(f"/letters/{letter.public_id}/returned/", {"on": world.program.today().isoformat()})
    assert answer.status_code == 302
    letter.refresh_from_db()
    assert letter.returned_at is not None
    assert case.steps.filter(kind="letter", data__what="returned").exists()
    assert Notice.objects.filter(person=world.caregiver, kind=Notice.Kind.CASE).exists()
    assert "The mail brought it back" in browser.get(f"/letters/{letter.public_id}/").content.decode()
    letters.mark_returned(actor=world.coordinator, letter=letter)
    assert case.steps.filter(kind="letter", data__what="returned").count() == 1


def test_only_what_went_by_mail_comes_back_and_not_before_it_went(world: World) -> None:
    case = at_the_plan(world, ago=5)
    by_site = sent(world, case, "acknowledgment")
    browser = signed_in(None, world.coordinator)
    today = world.program.today()
    assert browser.post(f"/letters/{by_site.public_id}/returned/", {"on": today.isoformat()}).status_code == 404
    with pytest.raises(LetterRefusal):
        letters.mark_returned(actor=world.coordinator, letter=by_site)
    by_mail = sent(world, case, "extension", way="mail")
    for on in (today - 3 * DAY, today + 9 * DAY, "x"):
        page = browser.post(f"/letters/{by_mail.public_id}/returned/", {"on": str(on)})
        assert page.status_code == 422
    by_mail.refresh_from_db()
    assert by_mail.returned_at is None


# -- pages -------------------------------------------------------------------------------------------------------------------------


def test_a_coordinator_writes_looks_and_sends(world: World) -> None:
    case = at_the_plan(world)
    browser = signed_in(None, world.coordinator)
    write = f"/cases/{case.public_id}/letters/extension/"
    page = browser.get(write).content.decode()
    assert "The reason, in your own words." in page
    assert "The new date" in page
    assert "{" not in page.split('id="said"')[1].split("</section>")[0]
    assert "if you like" not in page
    answer = browser.post(
        write, {"to": "Rosa", "reason": "", "phone": "", "tty": "711", "signed": "P", "language": "en"}
    )
    show = answer.headers["Location"]
    page = browser.get(show).content.decode()
    assert "It cannot be sent yet" in page
    assert "The number families call for free help." in page
    assert "Send this letter" not in page
    assert browser.post(f"{show}send/", {"way": "site"}).status_code == 422
    browser.post(write, WRITTEN | {"language": "en"})
    assert "Send this letter" in browser.get(show).content.decode()
    assert browser.post(f"{show}send/", {}).status_code == 422
    assert browser.post(f"{show}send/", {"way": "site"}).status_code == 302
    page = browser.get(show).content.decode()
    assert WRITTEN["reason"] in page
    assert "Nobody has opened it on this site yet." in page
    assert browser.post(f"{show}send/", {"way": "site"}, follow=True).content.decode().count("It stays as it is") == 1


def test_the_next_letter_begins_with_the_numbers_of_the_last(world: World) -> None:
    sent(world, at_the_plan(world), "extension")
    page = (
        signed_in(None, world.coordinator)
        .get(f"/cases/{tell(world).public_id}/letters/acknowledgment/")
        .content.decode()
    )
    assert f'value="{WRITTEN["phone"]}"' in page
    assert WRITTEN["reason"] not in page


def test_a_letter_that_does_not_fit_the_case_has_no_page(world: World) -> None:
    case = at_the_plan(world)
    browser = signed_in(None, world.coordinator)
    for kind in ("decision", "hearing-x", "not_fast", "continuation"):
        assert browser.get(f"/cases/{case.public_id}/letters/{kind}/").status_code == 404
    letter = draft(world, answered(world, "agreed"), "decision")
    Case.objects.filter(pk=letter.case.pk).update(outcome="", state="under_review")
    with pytest.raises(LetterRefusal):
        letters.send_letter(actor=world.coordinator, letter=letter, way="site")


def test_a_case_that_was_opened_again_has_no_answer_to_write(world: World) -> None:
    case = answered(world, "agreed")
    assert "decision" in {choice.kind for choice in shown.letters_for(world.coordinator, case).to_write}
    actions.reopen_case(actor=world.caregiver, case=case, text="It is not fixed.")
    assert "decision" not in {choice.kind for choice in shown.letters_for(world.coordinator, fresh(case)).to_write}


@pytest.mark.parametrize(
    ("outcome", "says"), [("agreed", "taken back"), ("partly", "yes in part"), ("not_agreed", "stays")]
)
def test_an_appeal_answered_as_a_case_is_told_as_one(world: World, outcome: str, says: str) -> None:
    letter = sent(world, answered(world, outcome, "appeal"), "decision")
    assert says in letter.html


def test_markup_in_anybodys_words_is_shown_as_it_was_written(world: World) -> None:
    case = at_the_plan(world)
    nasty = WRITTEN | {"reason": "<script>alert(1)</script>\n#panic() *x*\n\n{phone}", "to": "<b>Rosa</b>"}
    letter = letters.write_letter(actor=world.coordinator, case=case, kind="extension", fields=nasty)
    letters.send_letter(actor=world.coordinator, letter=letter, way="site")
    letter.refresh_from_db()
    page = signed_in(None, world.caregiver).get(f"/letters/{letter.public_id}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "&lt;b&gt;Rosa" in page
    assert "{phone}" in page
    assert letter.pdf


def test_the_family_finds_its_letters_and_a_newer_one_in_an_olders_place(world: World) -> None:
    from django.template.loader import render_to_string

    case = at_the_plan(world)
    first = sent(world, case, "acknowledgment", way="mail")
    letters.mark_returned(actor=world.coordinator, letter=first)
    second = letters.replace_letter(actor=world.coordinator, letter=first)
    here = "rights_grievances/_letters.html"
    page = str(render_to_string(here, {"letters": shown.letters_for(world.caregiver, case)}))
    assert f"/letters/{first.public_id}/" in page
    assert f"/letters/{second.public_id}/" not in page
    assert "tell us where to send it" in page
    assert "Write a letter" not in page
    desk = render_to_string(here, {"letters": shown.letters_for(world.coordinator, case)})
    assert "(begun, not sent)" in desk
    letters.send_letter(actor=world.coordinator, letter=second, way="site")
    page = signed_in(None, world.caregiver).get(f"/letters/{first.public_id}/").content.decode()
    assert f"/letters/{second.public_id}/" in page


def test_signed_out_nobody_reads_a_letter(world: World, client: Client) -> None:
    letter = sent(world, at_the_plan(world), "acknowledgment")
    assert client.get(f"/letters/{letter.public_id}/").status_code == 302


def test_letters_of_a_case_take_few_questions(world: World, django_assert_max_num_queries: Any) -> None:
    case = at_the_plan(world)
    for _again in range(4):
        sent(world, case, "acknowledgment")
    case = cases.own_cases(world.caregiver).get(pk=case.pk)
    with django_assert_max_num_queries(22):
        assert len(shown.letters_for(world.caregiver, case).sent) == 4


def test_a_hearing_letter_is_there_after_a_no_and_after_a_delay(world: World) -> None:
    for case in (after_the_decision(world), exhausted(world)):
        assert "hearing" in {choice.kind for choice in shown.letters_for(world.coordinator, case).to_write}
    assert Appeal.objects.filter(is_exhausted_by_delay=True).count() == 1
