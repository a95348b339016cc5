"""A report of abuse by its pages: whom to call now, what to say, and that nobody it names ever finds it."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.access import Refused
from portal.access import record as family_record
from portal.access import reports as access
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from portal.safety import actions, refusals
from portal.safety.models import AbuseReport, ReportCall, StaffTie
from tests.world import World, signed_in

WORDS = "He said: my stepfather locks me in the shed."
MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)


def typed(**more: Any) -> dict[str, Any]:
    said = {"key": str(uuid4()), "seen": "0", "suspect": "parent", "danger": "no", "trafficking": "no", "in_care": "no"}
    return said | {"work": "counsels", "child_name": "Theo M.", "age": "15", "what": WORDS, "when": "Monday"} | more


def write(person: Person, **more: Any) -> AbuseReport:
    answer = signed_in(None, person).post("/reports/new/", typed(**more))
    assert answer.status_code == 302, answer.content.decode()
    return AbuseReport.objects.get(public_id=UUID(answer["Location"].strip("/").rpartition("/")[2]))


def call(client: Client, report: AbuseReport, **more: Any) -> Any:
    now = timezone.now().astimezone(report.staff_role.organization.program.zone)
    said = {"key": str(uuid4()), "whom": "The hotline", "on": f"{now:%Y-%m-%d}", "time": f"{now:%H:%M}"}
    said |= {"took": "Worker 12", "reference": "LA-5550-17", "outcome": "taken"} | more
    return client.post(reverse("report_call", args=[report.public_id]), said)


def page(client: Client, report: AbuseReport, route: str = "report_show") -> str:
    answer = client.get(reverse(route, args=[report.public_id]))
    assert answer.status_code == 200
    return answer.content.decode()


# -- whom to call, and what to say --------------------------------------------------------------------------------------------


def test_the_page_says_whom_to_call_now_with_a_link_that_calls(world: World) -> None:
    client = signed_in(None, world.mentor)
    report = write(world.mentor)
    shown = page(client, report)
    assert 'href="tel:18554525437"' in shown or 'href="tel:+18554525437"' in shown or "1-855-452-5437" in shown
    assert "The law asks you to call yourself" in shown
    assert "my stepfather locks me in the shed" in shown
    assert "Not all of this has been checked" not in shown


def test_in_danger_911_stands_first_and_the_hotline_after_it(world: World) -> None:
    shown = page(signed_in(None, world.mentor), write(world.mentor, danger="yes"))
    assert shown.index("tel:911") < shown.index("1-855-452-5437")
    assert "The report is a second call" in shown


def test_what_nobody_has_checked_carries_its_mark(world: World) -> None:
    shown = page(signed_in(None, world.mentor), write(world.mentor, suspect="professional", in_care="yes"))
    assert "Not all of this has been checked against the law yet" in shown
    assert "Have counsel read which staff count as caretakers" in shown


def test_nothing_has_to_be_answered_to_get_the_number(world: World) -> None:
    answer = signed_in(None, world.mentor).post("/reports/new/", {"key": str(uuid4())})
    report = AbuseReport.objects.get()
    assert answer["Location"] == f"/reports/{report.public_id}/"
    assert "1-855-452-5437" in page(signed_in(None, world.mentor), report)


def test_the_number_stands_on_the_form_before_anything_is_written(world: World) -> None:
    shown = signed_in(None, world.mentor).get("/reports/new/").content.decode()
    assert "1-855-452-5437" in shown
    assert "A message here is never a report" in shown


def test_only_what_changes_the_answer_is_asked(world: World) -> None:
    louisiana = signed_in(None, world.mentor).get("/reports/new/").content.decode()
    missouri = signed_in(None, world.faraway_liaison).get("/reports/new/").content.decode()
    assert 'name="suspect"' in louisiana
    assert 'name="suspect"' not in missouri
    assert 'name="work"' in missouri


def test_the_address_is_on_the_sheet_for_who_may_see_it_alone(world: World) -> None:
    theo = str(world.youth.public_id)
    world.youth_member.address = "7 Example Street, Gretna"
    world.youth_member.save()
    liaison = page(signed_in(None, world.liaison), write(world.liaison, child=theo, child_name="", age=""))
    assert "7 Example Street" in liaison
    assert "15" in liaison
    mentor = page(signed_in(None, world.mentor), write(world.mentor, child=theo))
    assert "7 Example Street" not in mentor
    assert "I do not know." in mentor
    assert AbuseReport.objects.get(reporter=world.mentor).child is None  # not one of those the mentor meets


def test_in_spanish(world: World) -> None:
    world.mentor.language = "es"
    world.mentor.save()
    answer = signed_in(None, world.mentor).get("/reports/new/")
    assert '<html lang="es"' in answer.content.decode()
    assert page(signed_in(None, world.mentor), write(world.mentor)).count('<html lang="es"') == 1


# -- the call --------------------------------------------------------------------------------------------------------------


def test_a_call_is_written_down_with_its_time_and_number(world: World) -> None:
    client = signed_in(None, world.mentor)
    report = write(world.mentor)
    assert call(client, report).status_code == 302
    shown = page(client, report)
    assert "LA-5550-17" in shown
    assert "Worker 12" in shown
    assert "Your report is made" in shown


def test_who_could_not_reach_them_is_told_what_next_and_the_report_stays_open(world: World) -> None:
    client = signed_in(None, world.mentor)
    report = write(world.mentor)
    call(client, report, outcome="not_reached", took="", reference="")
    assert "If nobody answers, call 911" in page(client, report)
    report.refresh_from_db()
    assert report.is_open


def test_a_number_can_come_later(world: World) -> None:
    client = signed_in(None, world.mentor)
    report = write(world.mentor)
    call(client, report, reference="")
    assert "There is no number yet" in page(client, report)
    assert client.post(reverse("report_reference", args=[report.public_id]), {}).status_code == 422
    client.post(reverse("report_reference", args=[report.public_id]), {"reference": "LA-1"})
    assert "LA-1" in page(client, report)


def test_a_call_tomorrow_is_not_a_call(world: World) -> None:
    client = signed_in(None, world.mentor)
    report = write(world.mentor)
    tomorrow = f"{timezone.now() + dt.timedelta(days=2):%Y-%m-%d}"
    answer = call(client, report, on=tomorrow)
    assert answer.status_code == 422
    assert "This time has not come yet" in answer.content.decode()
    assert "LA-5550-17" in answer.content.decode()  # what was typed stays
    assert not ReportCall.objects.exists()


def test_the_button_pressed_twice_is_one_call(world: World) -> None:
    client = signed_in(None, world.mentor)
    report, key = write(world.mentor), str(uuid4())
    for _ in range(2):
        assert call(client, report, key=key).status_code == 302
    assert ReportCall.objects.count() == 1


# -- nothing written is lost ------------------------------------------------------------------------------------------------


def test_what_is_typed_is_kept_while_it_is_typed(world: World) -> None:
    client = signed_in(None, world.mentor)
    said = typed(what="He said")
    answer = client.post("/reports/save/", said)
    assert answer.status_code == 200
    assert "Nobody but you sees it" in answer.json()["saved"]
    report = AbuseReport.objects.get()
    assert report.ready_at is None
    assert "He said" in page(client, report, "report_write")
    assert "Go on with what you began" in client.get("/reports/new/").content.decode()
    assert client.get(f"/reports/{report.public_id}/")["Location"] == f"/reports/{report.public_id}/write/"


def test_two_tabs_lose_nothing_of_each_other(world: World) -> None:
    client, key = signed_in(None, world.mentor), str(uuid4())
    client.post("/reports/save/", typed(key=key, seen="0", what="One tab."))
    joined = client.post("/reports/save/", typed(key=key, seen="0", what="Another tab.")).json()["joined"]
    assert joined["what"] == "One tab.\n\nAnother tab."


def test_the_back_button_changes_the_same_report(world: World) -> None:
    client, key = signed_in(None, world.mentor), str(uuid4())
    client.post("/reports/new/", typed(key=key))
    client.post("/reports/new/", typed(key=key, seen="1", suspect="other_adult"))
    report = AbuseReport.objects.get()
    assert "1-855-452-5437" not in page(client, report)
    assert "tel:911" in page(client, report)


def test_after_the_call_the_words_stay_as_they_were(world: World) -> None:
    client = signed_in(None, world.mentor)
    report = write(world.mentor)
    call(client, report)
    assert client.get(reverse("report_write", args=[report.public_id])).status_code == 302
    client.post("/reports/new/", typed(key=str(report.public_id), what="Nothing happened."))
    assert client.post("/reports/save/", typed(key=str(report.public_id))).status_code == 409
    report.refresh_from_db()
    assert report.said["what"] == WORDS


def test_a_slip_keeps_all_that_was_typed(world: World) -> None:
    answer = signed_in(None, world.mentor).post("/reports/new/", typed(age="x" * 90, suspect="nobody"))
    assert answer.status_code == 422
    assert "my stepfather" in answer.content.decode()
    assert AbuseReport.objects.get().said["what"] == WORDS


@pytest.mark.parametrize("broken", [{"key": "1"}, {}])
def test_a_form_that_is_not_ours_is_not_found(world: World, broken: dict[str, str]) -> None:
    assert signed_in(None, world.mentor).post("/reports/save/", broken).status_code == 404


def test_nobody_writes_into_somebody_elses_report(world: World) -> None:
    report = write(world.mentor)
    client = signed_in(None, world.liaison)
    assert client.post("/reports/save/", typed(key=str(report.public_id))).status_code == 404
    assert client.post("/reports/new/", typed(key=str(report.public_id))).status_code == 404


def test_a_draft_can_go_and_a_report_cannot(world: World) -> None:
    client = signed_in(None, world.mentor)
    client.post("/reports/save/", typed())
    client.post(reverse("report_drop", args=[AbuseReport.objects.get().public_id]))
    assert not AbuseReport.objects.exists()
    report = write(world.mentor)
    client.post(reverse("report_drop", args=[report.public_id]))
    assert AbuseReport.objects.get() == report


def test_the_words_lie_sealed(world: World) -> None:
    report = write(world.mentor, who="Lucien", address="9 Hidden Lane")
    call(signed_in(None, world.mentor), report)
    stored = [bytes(AbuseReport.objects.get().sealed_said), bytes(ReportCall.objects.get().sealed_facts)]
    for word in (b"shed", b"Lucien", b"Hidden", b"5550", b"Theo"):
        assert all(word not in one for one in stored)


# -- no veto, and no hand-over ------------------------------------------------------------------------------------------------

WRITES = (
    "report_write",
    "report_drop",
    "report_call",
    "report_reference",
    "report_family",
    "report_name",
    "report_share",
)


@pytest.mark.parametrize("who", ["supervisor", "lead", "coordinator", "liaison", "facilitator", "peer"])
def test_nobody_but_who_makes_it_can_change_a_report_by_any_route(world: World, who: str) -> None:
    report = write(world.mentor)
    call(signed_in(None, world.mentor), report)
    client = signed_in(None, getattr(world, who))
    before = AbuseReport.objects.values().get()
    for route in WRITES:
        said = {
            "key": str(uuid4()),
            "outcome": "taken",
            "told": "yes",
            "words": "No.",
            "reference": "0",
            "shared": "yes",
        }
        answer = client.post(reverse(route, args=[report.public_id]), said)
        assert answer.status_code == 404, route
    assert AbuseReport.objects.values().get() == before


def test_every_write_of_a_report_asks_whether_it_is_ones_own(world: World) -> None:
    report = write(world.mentor)
    call(signed_in(None, world.mentor), report)
    row = ReportCall.objects.get()
    tries = (
        lambda who: actions.finish_report(actor=who, report=report),
        lambda who: actions.drop_draft(actor=who, report=report),
        lambda who: actions.note_call(
            actor=who, report=report, key=uuid4(), outcome="taken", at=timezone.now(), facts={}
        ),
        lambda who: actions.add_reference(actor=who, call=row, reference="0"),
        lambda who: actions.name_more(actor=who, report=report, named=[], who=""),
        lambda who: actions.say_family(actor=who, report=report, is_told=True, words="x"),
        lambda who: actions.share_words(actor=who, report=report, is_shared=True),
    )
    for attempt in tries:
        with pytest.raises(Refused):
            attempt(world.supervisor)
    with pytest.raises(Refused):
        actions.save_report(actor=world.supervisor, role=world.mentor_role, key=uuid4(), said={}, seen=0)


def test_no_state_of_a_report_waits_for_anybodys_yes() -> None:
    names = {field.name for field in AbuseReport._meta.get_fields()}
    assert not [name for name in names if re.search("approv|reject|review|allow|status|state", name)]


def test_the_supervisor_hears_that_it_was_made_and_reads_no_word(world: World) -> None:
    report = write(world.mentor)
    supervisor = signed_in(None, world.supervisor)
    assert not Notice.objects.filter(person=world.supervisor).exists()
    call(signed_in(None, world.mentor), report)
    notice = Notice.objects.get(person=world.supervisor)
    facts = supervisor.get(notice.path).content.decode()
    assert "LA-5550-17" in facts
    assert "stepfather" not in facts
    assert "Theo" not in facts
    assert Entry.objects.filter(actor=world.supervisor, verb="viewed", subject="abuse_report").count() == 1
    assert world.mentor.display_name in supervisor.get("/reports/").content.decode()


def test_the_words_only_if_they_are_shared(world: World) -> None:
    mentor, supervisor = signed_in(None, world.mentor), signed_in(None, world.supervisor)
    report = write(world.mentor)
    call(mentor, report)
    share = reverse("report_share", args=[report.public_id])
    mentor.post(share, {"shared": "yes"})
    assert "stepfather" in page(supervisor, report, "report_facts")
    mentor.post(share, {"shared": "no"})
    assert "stepfather" not in page(supervisor, report, "report_facts")


# -- who must not know ---------------------------------------------------------------------------------------------------------


def finds_nothing(person: Person, report: AbuseReport) -> None:
    """By pages, lists, notices, the record and every question access answers."""
    client = signed_in(None, person)
    for route in ("report_show", "report_write", "report_facts"):
        assert client.get(reverse(route, args=[report.public_id])).status_code == 404
    assert not access.visible_reports(person).exists()
    assert not Notice.objects.filter(person=person, about__contains=str(report.public_id)).exists()
    listed = client.get("/reports/")
    assert str(report.public_id) not in listed.content.decode()
    for path in ("/", "/notices/", "/help/"):
        assert str(report.public_id) not in client.get(path).content.decode()


def test_a_supervisor_who_is_named_never_knows_and_the_next_above_hears(world: World) -> None:
    report = write(world.mentor, named=[str(world.supervisor.public_id)])
    call(signed_in(None, world.mentor), report)
    finds_nothing(world.supervisor, report)
    report.refresh_from_db()
    assert report.told == world.lead_role


def test_who_is_named_by_words_alone_never_knows_either(world: World) -> None:
    report = write(world.mentor, who="It was ruth  CASTILLE, at the office.")
    call(signed_in(None, world.mentor), report)
    assert list(report.named.all()) == [world.supervisor]
    finds_nothing(world.supervisor, report)


def test_who_is_married_to_somebody_named_never_knows(world: World) -> None:
    StaffTie.objects.create(one=world.supervisor, other=world.peer, noted_by=world.lead)
    report = write(world.mentor, named=[str(world.peer.public_id)])
    call(signed_in(None, world.mentor), report)
    finds_nothing(world.supervisor, report)
    finds_nothing(world.peer, report)


def test_who_is_named_later_forgets_at_once(world: World) -> None:
    mentor = signed_in(None, world.mentor)
    report = write(world.mentor)
    call(mentor, report)
    signed_in(None, world.supervisor).get(reverse("report_facts", args=[report.public_id]))
    assert Notice.objects.filter(person=world.supervisor).exists()
    mentor.post(reverse("report_name", args=[report.public_id]), {"named": [str(world.supervisor.public_id)]})
    finds_nothing(world.supervisor, report)
    report.refresh_from_db()
    assert report.told == world.lead_role


def test_where_everyone_is_named_nobody_is_told(world: World) -> None:
    both = [str(world.supervisor.public_id), str(world.lead.public_id)]
    report = write(world.mentor, named=both)
    call(signed_in(None, world.mentor), report)
    report.refresh_from_db()
    assert report.told is None
    assert not Notice.objects.filter(kind=Notice.Kind.REPORT).exists()
    for person in (world.supervisor, world.lead):
        finds_nothing(person, report)


def test_who_leads_the_reporter_and_belongs_to_the_childs_family_is_not_told(world: World) -> None:
    role = StaffRole.objects.create(
        person=world.caregiver, organization=world.organization("fhf-jefferson"), role=StaffRole.Role.LIAISON
    )
    StaffRole.objects.filter(pk=world.peer_role.pk).update(supervisor=role)
    report = write(world.peer, conversation=str(world.conversation.public_id))
    call(signed_in(None, world.peer), report)
    report.refresh_from_db()
    assert report.told == world.lead_role
    assert not access.visible_reports(world.caregiver).exists()


@pytest.mark.parametrize("who", ["caregiver", "second_caregiver", "youth"])
def test_nobody_of_the_family_finds_it_in_their_record(world: World, who: str) -> None:
    report = write(world.liaison, child=str(world.youth.public_id), named=[str(world.second_caregiver.public_id)])
    call(signed_in(None, world.liaison), report)
    person = getattr(world, who)
    entries = family_record.visible_entries(person, world.family)
    assert not entries.filter(subject="abuse_report").exists()
    assert not entries.filter(subject_id=str(report.public_id)).exists()
    assert not access.visible_reports(person).exists()
    client = signed_in(None, person)
    for path in ("/reports/", "/reports/new/", f"/reports/{report.public_id}/", f"/reports/{report.public_id}/facts/"):
        assert client.get(path).status_code == 404
    assert "report abuse" not in client.get("/help/").content.decode()


def test_a_peer_partner_learns_no_childs_name_from_the_form(world: World) -> None:
    shown = (
        signed_in(None, world.peer).get(f"/reports/new/?conversation={world.conversation.public_id}").content.decode()
    )
    assert "Theo" not in shown
    assert "Ines" not in shown
    assert "Odette Marchand" in shown  # with whom they talk


def test_staff_find_the_way_on_help_and_today(world: World) -> None:
    client = signed_in(None, world.mentor)
    for path in ("/", "/help/"):
        assert 'href="/reports/"' in client.get(path).content.decode()


# -- the family, told or not -----------------------------------------------------------------------------------------------------


def test_unless_somebody_says_that_it_is_safe_the_family_is_not_to_be_told(world: World) -> None:
    client = signed_in(None, world.mentor)
    assert "Do not tell them now" in page(client, write(world.mentor))
    assert "You said that it is safe" in page(client, write(world.mentor, safe="yes"))


def test_telling_or_not_is_written_down_with_its_reason(world: World) -> None:
    client = signed_in(None, world.mentor)
    report = write(world.mentor)
    where = reverse("report_family", args=[report.public_id])
    assert client.post(where, {"told": "no", "words": ""}).status_code == 422
    client.post(where, {"told": "no", "words": "He may hurt them."})
    shown = page(client, report)
    assert "It is not safe to tell them" in shown
    assert "He may hurt them." in shown
    assert Entry.objects.filter(subject="abuse_report", detail__of="family", detail__is_told=False).count() == 1


# -- what the worker does ----------------------------------------------------------------------------------------------------------


def later(monkeypatch: pytest.MonkeyPatch, by: dt.timedelta) -> None:
    moment = timezone.now() + by
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_who_has_not_called_is_reminded_twice_and_then_who_leads_them_hears(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = write(world.mentor)
    own = Notice.objects.filter(person=world.mentor, kind=Notice.Kind.REPORT_CALL)
    assert actions.remind_reports() == 0
    later(monkeypatch, 16 * MINUTE)
    assert (actions.remind_reports(), actions.remind_reports()) == (1, 0)
    assert own.get().path == f"/reports/{report.public_id}/"
    own.update(read_at=timezone.now())
    later(monkeypatch, HOUR)
    assert (actions.remind_reports(), actions.remind_reports()) == (1, 0)
    assert own.count() == 2
    assert not Notice.objects.filter(person=world.supervisor).exists()
    later(monkeypatch, 24 * HOUR)
    assert (actions.remind_reports(), actions.remind_reports()) == (1, 0)
    facts = page(signed_in(None, world.supervisor), report, "report_facts")
    assert "Nobody has taken the report yet" in facts
    assert "stepfather" not in facts
    # It blocks nothing: the call can still be written down.
    call(signed_in(None, world.mentor), report)
    report.refresh_from_db()
    assert report.called_at
    assert actions.remind_reports() == 0


def test_a_call_ends_the_reminders(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    report = write(world.mentor)
    later(monkeypatch, 16 * MINUTE)
    actions.remind_reports()
    call(signed_in(None, world.mentor), report)
    assert not Notice.objects.filter(person=world.mentor, read_at=None).exists()
    later(monkeypatch, 48 * HOUR)
    assert actions.remind_reports() == 0


def test_of_a_draft_only_its_writer_ever_hears(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    signed_in(None, world.mentor).post("/reports/save/", typed())
    for hours in (1, 2, 48):
        later(monkeypatch, hours * HOUR)
        actions.remind_reports()
        Notice.objects.update(read_at=timezone.now())
    assert {notice.person_id for notice in Notice.objects.filter(about__startswith="report:")} == {world.mentor.pk}
    assert not access.told_reports(world.supervisor).exists()


def test_two_workers_remind_once(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from portal.safety.actions import reports

    report = write(world.mentor)
    later(monkeypatch, 16 * MINUTE)
    report.refresh_from_db()
    seen = report.next_at
    assert reports._remind(report.pk, seen) is True
    assert reports._remind(report.pk, seen) is False


def test_a_report_called_already_cannot_be_saved_by_an_action(world: World) -> None:
    report = write(world.mentor)
    call(signed_in(None, world.mentor), report)
    with pytest.raises(refusals.CalledAlready):
        actions.save_report(actor=world.mentor, role=world.mentor_role, key=report.public_id, said={}, seen=0)
