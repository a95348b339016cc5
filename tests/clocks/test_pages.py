"""What is owed by when, as families and staff see it: the same clocks on both sides, through the pages."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.access import Refused
from portal.access import clocks as access
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.clocks import actions, refusals
from portal.clocks.firing import fire_due
from portal.clocks.models import Clock, Matter
from portal.families.models import LegalAuthority
from portal.notices.models import Notice
from portal.programs.vocabulary import Event
from tests.world import World, signed_in

if TYPE_CHECKING:
    from django.http import HttpResponse

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def ago(days: float) -> dt.datetime:
    return timezone.now() - dt.timedelta(days=days)


def owed(world: World, rule_id: str = "LA-PLAN", days: float = 10, key: str = "", **matter: Any) -> Clock:
    """Promised to the family so many days ago."""
    return actions.start_clock(
        actor=None,
        program=world.program,
        rule_id=rule_id,
        started_at=ago(days),
        trigger_key=key or f"{rule_id}:{days}",
        matter=Matter(family=world.family, **matter),
    )


def grievance(world: World, days: float = 10) -> Clock:
    return owed(world, "GRIEVANCE-RESOLVE", days, plan="csoc-contractor")


def page_of(person: Person, path: str) -> str:
    response: Any = signed_in(None, person).get(path)
    assert response.status_code == 200, (path, response)
    return text_of(response)


def text_of(response: HttpResponse) -> str:
    """What stands on the page: words only, each gap one space; the drawings aside."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"<svg.*?</svg>", " ", main, flags=re.DOTALL)).split())


def url(clock: Clock, act: str = "") -> str:
    return f"/owed/{clock.public_id}/{act}"


# -- the family ---------------------------------------------------------------------------------------------------------


def test_home_says_what_is_owed_by_when_and_late_is_said_as_late(world: World) -> None:
    late, soon = owed(world, days=34), owed(world, "LA-TEAM", days=25)
    fire_due()
    response: Any = signed_in(None, world.caregiver).get("/")
    page, words = response.content.decode(), text_of(response)
    assert "1 promise to you is late. You do not have to chase it." in words
    assert "4 days late. It was due" in words
    assert "5 days left. By" in words
    assert words.index("4 days late") < words.index("5 days left")
    rule = "Your first plan of care should be ready within 30 days of the day you joined."
    assert rule not in words  # a first page stays short
    assert rule in page_of(world.caregiver, "/owed/")
    assert url(late) in page
    assert url(soon) in page
    assert 'class="when"' in page


def test_home_says_what_will_be_here_while_nothing_is_owed(world: World) -> None:
    assert "Nothing has a date right now." in page_of(world.caregiver, "/")
    assert "Nothing has a date right now." in page_of(world.stranger_caregiver, "/owed/")


def test_a_date_that_passed_is_late_at_once_also_before_anybody_wrote_it_down(world: World) -> None:
    clock = owed(world, days=34)
    assert clock.state == Clock.State.OPEN
    assert "4 days late." in page_of(world.caregiver, url(clock))


def test_what_was_kept_is_shown_as_kept_and_what_was_kept_late_as_that(world: World) -> None:
    in_time, late = owed(world, days=10), owed(world, days=40)
    actions.meet_clock(actor=None, clock=in_time, at=ago(1))
    actions.meet_clock(actor=None, clock=late, at=ago(2))
    assert ", in time." in page_of(world.caregiver, url(in_time))
    assert ", late. It was due" in page_of(world.caregiver, url(late))
    assert "Done on" in page_of(world.caregiver, "/")
    page = page_of(world.caregiver, "/owed/")
    done = page.index("Done lately")
    assert done < page.index("in time.")
    assert done < page.index(", late.")


def test_a_clock_shows_how_its_date_was_found_where_the_rule_stands_and_who_has_to_act(world: World) -> None:
    clock = owed(world, responsible=world.facilitator_role)
    page = page_of(world.caregiver, url(clock))
    assert "Day 30 is" in page
    assert "Where the rule stands: Common wraparound fidelity markers" in page
    assert "To be done by Abel Nwosu, facilitator" in page
    assert "It began." in page
    assert "You do not have to do anything." in page


def test_a_date_that_moved_stands_beside_the_old_one_with_the_reason(world: World) -> None:
    clock = owed(world, "LA-TEAM-CHANGE", days=1)
    old = clock.due_on
    assert old is not None
    actions.add_closure(actor=world.lead, program=world.program, name="The river rose", first_on=old)
    clock.refresh_from_db()
    assert clock.due_on is not None
    assert clock.due_on > old
    for path in (url(clock), "/owed/"):
        page = page_of(world.caregiver, path)
        assert "The date moved from" in page, path
        assert "Why: The river rose" in page, path


def test_a_right_that_comes_with_a_delay_is_said_on_its_day(world: World) -> None:
    clock = owed(world, "APPEAL-STANDARD", days=31, plan="csoc-contractor")
    assert "Because it is late, you may ask the state for a hearing now." in page_of(world.caregiver, url(clock))


def test_what_a_family_may_do_itself_is_in_its_hands(world: World) -> None:
    clock = owed(world, "APPEAL-FILE", days=1, plan="csoc-contractor")
    page = page_of(world.caregiver, url(clock))
    assert "This one is in your hands, if you want it." in page
    assert "You may do this or leave it." in page
    assert "To be done by the family" in page_of(world.liaison, url(clock))


def test_a_family_reads_it_in_its_own_language(world: World) -> None:
    world.caregiver.language = "es"
    world.caregiver.save(update_fields=["language"])
    clock = owed(world)
    response: Any = signed_in(None, world.caregiver).get(url(clock))
    assert '<html lang="es"' in response.content.decode()
    assert 'lang="en" dir="ltr">Your first plan of care' in response.content.decode()


def test_an_hour_that_counts_is_shown_with_its_time(world: World) -> None:
    clock = owed(world, "APPEAL-EXPEDITED", days=1, plan="csoc-contractor")
    page = page_of(world.caregiver, url(clock))
    assert re.search(r"2 days left. By .*\d:\d\d\s[ap]m", page)


def test_the_timeline_says_what_happened_newest_first(world: World) -> None:
    clock = owed(world, days=34)
    fire_due()
    actions.meet_clock(actor=None, clock=clock, at=timezone.now())
    page = page_of(world.caregiver, "/owed/")
    happened = page[page.index("What happened so far") :]
    assert happened.index("It was done.") < happened.index("It was not done by") < happened.index("It began.")


def test_a_right_that_comes_with_a_delay_is_said_wherever_the_date_is(world: World) -> None:
    late = owed(world, "GRIEVANCE-RESOLVE", days=31, plan="csoc-contractor")
    for path in ("/", "/owed/", url(late)):
        assert "Because it is late, you may appeal now." in page_of(world.caregiver, path), path
    answered = owed(world, "GRIEVANCE-RESOLVE", days=5, plan="csoc-contractor")
    assert "you may appeal now" not in page_of(world.caregiver, url(answered))


def test_the_familys_own_last_day_is_never_called_late(world: World) -> None:
    own = owed(world, "APPEAL-FILE", days=70, plan="csoc-contractor")
    fire_due()
    own.refresh_from_db()
    assert own.state == Clock.State.MISSED
    for path in ("/", "/owed/", url(own)):
        page = page_of(world.caregiver, path)
        assert "The last day was" in page, path
        assert not re.search(r"\blate\b", page), path
    assert "Tell us anyway: there may still be a way." in page_of(world.caregiver, url(own))
    assert not Notice.objects.filter(person=world.caregiver, kind=Notice.Kind.CLOCK_MISSED).exists()
    assert Notice.objects.filter(person=world.liaison, kind=Notice.Kind.CLOCK_MISSED).count() == 1
    assert "Nothing is late." in page_of(world.liaison, "/worklist/?show=late")
    actions.meet_clock(actor=None, clock=own)
    assert "Done on" in page_of(world.caregiver, url(own))
    assert ", late." not in page_of(world.caregiver, url(own))


def test_what_a_family_left_undone_long_ago_does_not_stand_above_what_is_owed_to_it(world: World) -> None:
    owed(world, "APPEAL-FILE", days=200, plan="csoc-contractor")
    owed(world, "LA-TEAM", days=25)
    fire_due()
    for person, path in ((world.caregiver, "/"), (world.liaison, "/worklist/")):
        assert "5 days left" in page_of(person, path)
        assert "The last day was" not in page_of(person, path).partition("What happened so far")[0]


# -- who may see ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("viewer", ["stranger_caregiver", "stranger_liaison", "faraway_caregiver", "lead", "peer"])
def test_an_outsider_finds_no_clock_and_cannot_act_on_one(world: World, viewer: str) -> None:
    clock = owed(world)
    client = signed_in(None, getattr(world, viewer))
    for path in (url(clock), url(clock, "done/"), f"/owed/{uuid4()}/"):
        assert client.get(path).status_code == 404
    assert client.post(url(clock, "done/"), {"on": timezone.now().date()}).status_code == 404


def test_one_persons_own_matter_is_on_nobody_elses_page(world: World) -> None:
    clock = owed(world, matter_of=world.youth, responsible=world.coordinator_role)
    assert "Your plan of care" in page_of(world.youth, "/owed/")
    assert "Your plan of care" in page_of(world.coordinator, "/worklist/")
    for person in (world.caregiver, world.liaison):
        assert signed_in(None, person).get(url(clock)).status_code == 404
    assert "Your plan of care" not in page_of(world.caregiver, "/owed/")
    assert "Your plan of care" not in page_of(world.caregiver, "/")
    assert "Your plan of care" not in page_of(world.liaison, "/worklist/")
    page = page_of(world.coordinator, "/worklist/")
    assert "Marchand" not in page  # the family's page is not open to her


def test_an_adult_whom_a_court_keeps_out_sees_no_date(world: World) -> None:
    clock = owed(world)
    LegalAuthority.objects.filter(pk=world.second_caregiver_authority.pk).update(scope=LegalAuthority.Scope.NONE)
    client = signed_in(None, world.second_caregiver)
    assert client.get(url(clock)).status_code == 404
    assert "Your plan of care" not in page_of(world.second_caregiver, "/")


def test_a_look_by_staff_at_a_date_stands_in_the_familys_record(world: World) -> None:
    clock = owed(world)
    page_of(world.liaison, url(clock))
    (entry,) = Entry.objects.filter(verb=Entry.Verb.VIEWED, subject="clock", actor=world.liaison)
    assert (entry.family_id, entry.actor_role) == (world.family.public_id, "liaison")
    page_of(world.caregiver, url(clock))
    assert not Entry.objects.filter(verb=Entry.Verb.VIEWED, subject="clock", actor=world.caregiver).exists()


# -- the list of work -----------------------------------------------------------------------------------------------------


def test_staff_see_the_same_clocks_by_what_is_due_next_late_first(world: World) -> None:
    owed(world, "LA-TEAM", days=25)
    owed(world, days=34)
    owed(world, "LA-REASSESS", days=1)
    fire_due()
    page = page_of(world.liaison, "/worklist/")
    assert "Late: 1" in page
    assert "In 7 days: 1" in page
    found = [page.index(words) for words in ("4 days late", "5 days left", "179 days left")]
    assert found == sorted(found)
    assert "Marchand" in page
    late = page_of(world.liaison, "/worklist/?show=late")
    assert "4 days late" in late
    assert "days left" not in late
    week = page_of(world.liaison, "/worklist/?show=week")
    assert "5 days left" in week
    assert "late. It was due" not in week
    assert "Nothing is late." in page_of(world.stranger_liaison, "/worklist/?show=late")


def test_a_long_list_is_paged_and_asks_the_same_number_of_questions(world: World) -> None:
    client = signed_in(None, world.liaison)
    owed(world, days=1, key="first")
    client.get("/worklist/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/worklist/")
    for number in range(30):
        owed(world, days=1, key=f"more:{number}")
    with CaptureQueriesContext(connection) as many:
        first: Any = client.get("/worklist/")
    assert len(many) == len(few)
    assert first.content.decode().count('role="rowheader"') == 25
    second: Any = client.get("/worklist/?page=2")
    assert second.content.decode().count('role="rowheader"') == 6


@pytest.mark.parametrize("path", ["/", "/owed/"])
def test_a_familys_pages_ask_the_same_number_of_questions_however_much_is_owed(world: World, path: str) -> None:
    client = signed_in(None, world.caregiver)
    kept = owed(world, days=2, key="kept")
    actions.meet_clock(actor=None, clock=kept)
    owed(world, "LA-TEAM", days=1, key="first", responsible=world.facilitator_role)
    client.get(path)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    for number in range(8):
        owed(world, days=number, key=f"more:{number}", responsible=world.facilitator_role)
        actions.meet_clock(actor=None, clock=owed(world, days=3, key=f"kept:{number}"))
    with CaptureQueriesContext(connection) as many:
        client.get(path)
    assert len(many) == len(few)


# -- what staff do ----------------------------------------------------------------------------------------------------------


def act(world: World, clock: Clock, what: str, **form: object) -> HttpResponse:
    answer: Any = signed_in(None, world.facilitator).post(url(clock, what), form)
    clock.refresh_from_db()
    return answer  # type: ignore[no-any-return]


def test_staff_write_down_the_day_on_which_it_was_done(world: World) -> None:
    clock = owed(world, days=34)
    fire_due()
    done_on = (timezone.now().astimezone(clock.tzinfo) - 6 * DAY).date()
    assert act(world, clock, "done/", on=done_on).status_code == 302
    assert clock.state == Clock.State.MET
    assert clock.met_at is not None
    assert clock.met_at.astimezone(clock.tzinfo).date() == done_on
    assert not clock.is_late  # it was done on day 28, and we heard of it late
    assert "in time." in page_of(world.caregiver, url(clock))


@pytest.mark.promise("MO-15")
def test_a_family_counts_seven_days_down_and_an_assessment_on_the_eighth_is_shown_as_late(world: World) -> None:
    clock = actions.start_clock(
        actor=None,
        program=world.other_program,
        rule_id="MO-ASSESS",
        started_at=ago(2),
        trigger_key="joined",
        matter=Matter(family=world.faraway_family),
    )
    assert "5 days left." in page_of(world.faraway_caregiver, "/")
    began = clock.started_at.astimezone(clock.tzinfo)
    for day, words in ((7, ", in time."), (8, ", late. It was due")):
        again = actions.start_clock(
            actor=None,
            program=world.other_program,
            rule_id="MO-ASSESS",
            started_at=ago(20),
            trigger_key=f"joined:{day}",
            matter=Matter(family=world.faraway_family, subject="visit", subject_id=str(day)),
        )
        on = (began - 18 * DAY).date() + day * DAY
        signed_in(None, world.faraway_liaison).post(url(again, "done/"), {"on": on})
        assert words in page_of(world.faraway_caregiver, url(again))


@pytest.mark.parametrize(
    ("days", "words"),
    [(-2, "That date has not come yet."), (40, "On that day this was not owed yet."), (None, "Please fill this in.")],
)
def test_a_day_that_cannot_be_is_questioned_and_stays_as_typed(world: World, days: int | None, words: str) -> None:
    clock = owed(world)
    on = "" if days is None else (timezone.now() - days * DAY).date().isoformat()
    answer = act(world, clock, "done/", on=on)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert f'value="{on}"' in answer.content.decode() or not on
    assert clock.state == Clock.State.OPEN


def test_an_hour_that_counts_is_asked_for(world: World) -> None:
    clock = owed(world, "APPEAL-EXPEDITED", days=1, plan="csoc-contractor")
    on = timezone.now().astimezone(clock.tzinfo) - dt.timedelta(hours=2)
    assert act(world, clock, "done/", on=on.date()).status_code == 422
    assert act(world, clock, "done/", on=on.date(), at_time=on.strftime("%H:%M")).status_code == 302
    assert clock.met_at == on.replace(second=0, microsecond=0)


def test_what_was_done_meets_every_clock_that_it_satisfies(world: World) -> None:
    first, second = grievance(world, 10), grievance(world, 9)
    act(world, first, "done/", on=timezone.now().astimezone(first.tzinfo).date())
    second.refresh_from_db()
    assert (first.state, second.state) == (Clock.State.MET, Clock.State.MET)


def test_more_time_is_given_once_with_the_reason_both_sides_read(world: World) -> None:
    clock = grievance(world)
    old = clock.due_on
    assert old is not None
    assert act(world, clock, "more-time/", reason="").status_code == 422
    assert act(world, clock, "more-time/", reason="One record is still missing.").status_code == 302
    assert clock.due_on == old + 14 * DAY
    page = page_of(world.caregiver, url(clock))
    assert "More time was added. The date moved from" in page
    assert "Why: One record is still missing." in page
    assert "Ask for more time" not in page_of(world.facilitator, url(clock))
    again: Any = signed_in(None, world.facilitator).get(url(clock, "more-time/"), follow=True)
    assert "It cannot be changed any more." in text_of(again)


def test_it_stands_still_and_goes_on_only_for_a_reason_of_the_rule(world: World) -> None:
    clock = owed(world, "SFH-DECISION", plan="medicaid-managed-care")
    assert act(world, clock, "pause/", reason="holidays").status_code == 422
    assert act(world, clock, "pause/", reason="family_had_not_asked_yet").status_code == 302
    assert clock.state == Clock.State.PAUSED
    page = page_of(world.caregiver, url(clock))
    assert "It stands still for now." in page
    assert "Why: The family had not asked for the hearing yet" in page
    assert act(world, clock, "go-on/").status_code == 302
    assert clock.state == Clock.State.OPEN
    assert (
        act(world, owed(world), "pause/", reason="family_had_not_asked_yet").status_code == 302
    )  # its rule names none
    assert not Clock.objects.filter(state=Clock.State.PAUSED).exists()


def of_contacts(world: World) -> Clock:
    """One that a family may let wait, as Florida's rule of contacts lets it."""
    clock = owed(world, days=10)
    Clock.objects.filter(pk=clock.pk).update(terms=clock.terms | {"pause": ["family_said_not_now"]})
    return Clock.objects.get(pk=clock.pk)


def test_a_family_says_not_now_with_the_day_to_ask_again_and_may_change_its_mind(world: World) -> None:
    clock = of_contacts(world)
    until = timezone.now().astimezone(clock.tzinfo).date() + 7 * DAY
    parent = signed_in(None, world.caregiver)
    assert "Say “not now”" in page_of(world.caregiver, url(clock))
    for wrong, words in (
        ("", "Please fill this in."),
        (until - 7 * DAY, "This day has passed."),
        ("3027-01-01", "year"),
    ):
        answer: Any = parent.post(url(clock, "not-now/"), {"until": wrong})
        assert answer.status_code == 422
        assert words in text_of(answer)
    form = {"until": until, "words": "We have\nto breathe."}
    assert parent.post(url(clock, "not-now/"), form).status_code == 302
    clock.refresh_from_db()
    assert clock.state == Clock.State.PAUSED
    assert clock.next_fire_at is not None
    assert clock.next_fire_at.astimezone(clock.tzinfo).date() == until
    event = clock.events.get(kind="paused")
    assert (event.actor, event.reason) == (world.caregiver, "family_said_not_now: We have to breathe.")
    for person in (world.caregiver, world.liaison):  # both sides read the same
        page = page_of(person, url(clock))
        assert "It stands still until" in page
        assert "Why: The family said: not now: We have to breathe." in page
    assert Notice.objects.filter(person=world.liaison, kind=Notice.Kind.CLOCK_MOVED).count() == 1
    assert "Say “not now”" not in page_of(world.caregiver, url(clock))
    assert parent.post(url(clock, "again/")).status_code == 302
    clock.refresh_from_db()
    assert clock.state == Clock.State.OPEN


def test_a_family_lets_only_that_wait_which_its_rule_leaves_to_it(world: World) -> None:
    clock = owed(world, "SFH-DECISION", plan="medicaid-managed-care")
    parent = signed_in(None, world.caregiver)
    assert "Say “not now”" not in page_of(world.caregiver, url(clock))
    until = timezone.now().date() + 7 * DAY
    with pytest.raises(refusals.NotInTheRule):
        actions.say_not_now(actor=world.caregiver, clock=clock, until=until)
    assert parent.post(url(clock, "not-now/"), {"until": until}).status_code == 302
    actions.pause_clock(actor=None, clock=clock, reason="family_had_not_asked_yet")
    assert "Let it go on" not in page_of(world.caregiver, url(clock))
    with pytest.raises(Refused):
        actions.resume_clock(actor=world.caregiver, clock=Clock.objects.get(pk=clock.pk))
    with pytest.raises(Refused):
        actions.say_not_now(actor=world.stranger_caregiver, clock=of_contacts(world), until=until)


def test_what_could_not_be_done_needs_a_reason_of_the_rule_and_words(world: World) -> None:
    clock = owed(world, "ADVANCE-NOTICE", days=-30, plan="medicaid-managed-care")
    assert act(world, clock, "reason/", exception="busy", reason="No time").status_code == 422
    assert act(world, clock, "reason/", exception="probable_fraud_5_days", reason="").status_code == 422
    assert act(world, clock, "reason/", exception="probable_fraud_5_days", reason="Seen on paper").status_code == 302
    assert clock.state == Clock.State.EXCUSED
    assert "Probable fraud: 5 days are enough: Seen on paper" in page_of(world.caregiver, url(clock))


def test_how_a_family_leaves_is_never_ticked_off_as_a_date(world: World) -> None:
    term = actions.start_clock(
        actor=None,
        program=world.other_program,
        rule_id="MO-TERM",
        started_at=ago(10),
        trigger_key="joined",
        matter=Matter(family=world.faraway_family),
    )
    client = signed_in(None, world.faraway_liaison)
    assert "Write down that it is done" not in text_of(client.get(url(term)))  # type: ignore[arg-type]
    client.post(url(term, "done/"), {"on": timezone.now().date()})
    term.refresh_from_db()
    assert term.state == Clock.State.OPEN


# -- notices ----------------------------------------------------------------------------------------------------------------


def test_each_notice_leads_a_family_to_the_clock_and_staff_to_their_list(world: World) -> None:
    clock = owed(world, days=34)
    fire_due()
    told = Notice.objects.filter(kind__in=[Notice.Kind.CLOCK_STARTED, Notice.Kind.CLOCK_MISSED])
    paths = {(notice.person_id, notice.kind): notice.path for notice in told}
    assert paths[world.caregiver.pk, "clock_started"] == "/owed/"
    assert paths[world.caregiver.pk, "clock_missed"] == url(clock)
    assert paths[world.liaison.pk, "clock_missed"] == "/worklist/"
    for (person, _kind), path in paths.items():
        someone = Person.objects.get(pk=person)
        if someone != world.child:
            assert signed_in(None, someone).get(path).status_code == 200


def test_started_near_missed_and_moved_are_each_told_once(world: World) -> None:
    def told(kind: str) -> int:
        return Notice.objects.filter(person=world.caregiver, kind=kind).count()

    near = owed(world, "LA-TEAM", days=29)
    owed(world, days=34)
    moved = owed(world, "LA-TEAM-CHANGE", days=1)
    Clock.objects.filter(pk=near.pk).update(next_fire_at=timezone.now())
    assert moved.due_on is not None
    for _ in range(2):
        actions.add_closure(actor=None, program=world.program, name="Flood", first_on=moved.due_on)
        fire_due()
    assert told("clock_started") == 3
    assert told("clock_near") == 1
    assert told("clock_missed") == 1
    assert told("clock_moved") == 1


def test_what_the_family_did_starts_its_clock_on_its_own_page(world: World) -> None:
    actions.record_happening(
        actor=world.caregiver,
        program=world.program,
        event=Event.TEAM_CHANGE_REQUESTED,
        at=timezone.now(),
        key="asked",
        matter=Matter(family=world.family),
    )
    assert "An answer about your team" in page_of(world.caregiver, "/")
    assert access.own_clocks(world.caregiver).count() == 1


def test_who_is_not_signed_in_is_asked_to(client: Client) -> None:
    for path in ("/owed/", "/worklist/", "/calendar/", f"/owed/{uuid4()}/"):
        assert client.get(path).headers["Location"].startswith("/sign-in/")
