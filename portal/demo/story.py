"""Builds the demo: a small believable programme in Louisiana and one in Missouri, in mid-flow, the same every time."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from messaging.actions import mark_read, send_message
from messaging.models import Conversation, Message
from peer_support.actions import (
    accept_pairing,
    begin_pairing,
    decline_pairing,
    propose_pairing,
    start_coordination,
)
from peer_support.models import Pairing
from portal.accounts.actions import create_person
from portal.accounts.models import Acknowledgement, Person
from portal.accounts.welcome.actions import acknowledge
from portal.accounts.welcome.steps import open_steps
from portal.clocks.actions import add_closure, record_happening
from portal.clocks.firing import fire_due
from portal.clocks.models import Clock, Matter
from portal.demo import (
    asking,
    cast,
    choices,
    complaints,
    contacts,
    deciding,
    directory,
    groups,
    guardian,
    meetings,
    missed,
    missouri,
    on_call,
    peers,
    plan,
    policy,
    preparing,
    reach,
    releases,
    reports,
    statements,
    steps,
    team,
    wishes,
    young,
)
from portal.enrollment.actions import enroll, record_milestone
from portal.families.actions import (
    add_member,
    assign,
    open_family,
    record_authority,
    record_view,
    set_no_contact,
)
from portal.families.models import Family, LegalAuthority, Member
from portal.notices import actions as notices
from portal.notices.models import Delivery, Notice
from portal.programs.actions import appoint, sync_profiles
from portal.programs.models import Organization, Program, StaffRole
from portal.programs.vocabulary import Event


class NotADemo(Exception):
    """The database holds people the demo did not make."""


def is_demo_only() -> bool:
    return not Person.objects.filter(is_demo=False).exists()


def build() -> bool:
    """Fill an empty database with the story; False when it is there already. Raises NotADemo."""
    if not is_demo_only():
        raise NotADemo
    sync_profiles()
    if Person.objects.filter(public_id=cast.id_of("renee")).exists():
        return False
    Story().tell()
    return True


class Story:
    def __init__(self) -> None:
        self.now = timezone.now()
        self.program = Program.objects.get(slug=cast.PROGRAM)
        self.own_cast = [part for part in cast.CAST if part.program == cast.PROGRAM]
        self.people = {part.slug: self._person(part) for part in cast.CAST}
        self.network = self._organization(*cast.ORGANIZATION, "fso")
        self.agency = self._organization(*cast.CARE_ORGANIZATION, "provider")
        self.roles: dict[str, StaffRole] = {}

    def tell(self) -> None:
        self._appoint_staff()
        peers.tell(self.roles, self.people["carla"])
        guidry = self._guidry()
        paredes = self._paredes()
        wishes.tell(self.people, self.roles, now=self.now)
        directory.tell(self.program, lucia=self.people["lucia"])
        choices.tell(self.people, self.roles)
        self._talks(guidry, paredes)
        young.tell(self.people, self.roles, guidry, now=self.now)
        groups.tell(self.people, self.roles, now=self.now)
        self._dates(guidry)
        contacts.tell(gloria=self.people["gloria"], ray=self.people["ray"], now=self.now)
        on_call.tell(people=self.people, now=self.now)
        asking.tell(alma=self.people["alma"], role=self.roles["alma"], now=self.now)
        steps.tell(self.people, self.roles, now=self.now)
        missouri.Missouri(self.people).tell()
        reach.tell(self.people, self.roles, now=self.now)
        preparing.tell(self.people, now=self.now)
        reports.tell(self.people, self.roles, now=self.now)
        guardian.tell(people=self.people, roles=self.roles, family=paredes, now=self.now)
        missed.tell(marisol=self.people["marisol"], family=paredes, now=self.now)
        complaints.tell(self.people, self.roles, guidry, now=self.now)
        statements.tell(self.people, self.roles, now=self.now)
        policy.tell(self.people, self.program, now=self.now)
        self._welcome_everyone_but("odile")
        Delivery.objects.update(state=Delivery.State.DROPPED)  # the story is old news: nobody is written to about it
        record_view(actor=self.people["paul"], family=guidry, role=StaffRole.Role.FACILITATOR)
        record_view(actor=self.people["alma"], family=guidry, role=StaffRole.Role.LIAISON)

    def _person(self, part: cast.Part) -> Person:
        born_on = None if part.age is None else self.program.today().replace(day=1) - dt.timedelta(days=366 * part.age)
        return create_person(
            display_name=part.name,
            language=part.language,
            email=part.email,
            born_on=born_on,
            is_adult_confirmed=part.age is None,
            public_id=part.public_id,
            pronouns=part.pronouns,
            is_demo=True,
        )

    def _organization(self, slug: str, name: str, kind: str) -> Organization:
        row, _created = Organization.objects.get_or_create(
            program=self.program, slug=slug, defaults={"name": name, "kind": kind}
        )
        return row

    def _appoint_staff(self) -> None:
        for part in self.own_cast:
            if part.role in cast.FAMILY_ROLES:
                continue
            is_agency = part.role == StaffRole.Role.FACILITATOR
            self.roles[part.slug] = appoint(
                actor=None,
                person=self.people[part.slug],
                organization=self.agency if is_agency else self.network,
                role=StaffRole.Role(part.role),
                about=part.about,
                languages=list(part.speaks),
                answers_from=dt.time(9),
                answers_until=dt.time(20),
                answers_within_hours=2,
                started_at=self.now - dt.timedelta(days=400),
            )
        for slug in ("denise", "lucia", "tre"):
            self.roles[slug].supervisor = self.roles["carla"]
            self.roles[slug].save(update_fields=["supervisor"])

    def _family(self, name: str, region: str) -> Family:
        family = open_family(actor=self.people["alma"], role=self.roles["alma"], name=name, region=region)
        # Before anybody of the family is here who could choose.
        assign(actor=self.people["alma"], family=family, staff_role=self.roles["paul"])
        start_coordination(actor=self.people["alma"], family=family, coordinator=self.roles["paul"])
        return family

    def _guidry(self) -> Family:
        alma, people = self.people["alma"], self.people
        family = self._family("Guidry", "jefferson")
        renee = add_member(
            actor=alma,
            family=family,
            person=people["renee"],
            role=Member.Role.CAREGIVER,
            relation="mother",
            address="12 Cypress Row, Harvey",
        )
        marcus = add_member(
            actor=alma, family=family, person=people["marcus"], role=Member.Role.YOUTH, relation="son",
            address="12 Cypress Row, Harvey",
        )  # fmt: skip
        odile = add_member(
            actor=alma,
            family=family,
            person=people["odile"],
            role=Member.Role.CAREGIVER,
            relation="grandmother",
            evidence="Court order of 3 March, shown by Renée Guidry",
        )
        self._authority(renee, marcus, LegalAuthority.Scope.FULL, "Birth certificate")
        self._authority(odile, marcus, LegalAuthority.Scope.SCHOOL, "Court order of 3 March")
        set_no_contact(
            actor=alma, protected=renee, hidden_from=odile, reason="Asked for by Renée, noted in the court order"
        )
        self._enroll(family, marcus)
        plan.fill(people, family, marcus)
        team.fill(people, marcus)
        releases.tell(people, family, marcus)
        meetings.fill(people, marcus)
        deciding.fill(people, marcus)
        self._pair(renee, "denise", "Denise’s son was in foster care and in court too. She lives two parishes away.")
        decline = propose_pairing(
            actor=alma, member=odile, peer=self.roles["denise"], reason="Denise knows the schools in Jefferson."
        )
        decline_pairing(actor=people["odile"], pairing=decline)
        waiting = propose_pairing(
            actor=alma,
            member=odile,
            peer=self.roles["lucia"],
            reason="Lucía raised her grandson while he was in juvenile court. She is free in the evenings.",
        )
        Pairing.objects.filter(pk=waiting.pk).update(proposed_at=self.now - dt.timedelta(days=4))
        return family

    def _enroll(self, family: Family, marcus: Member) -> None:
        """Three weeks in: the plan is made, one goal is met and one is left."""
        paul, today = self.people["paul"], self.program.today()
        enrollment = enroll(
            actor=paul,
            family=family,
            youth=marcus,
            care_manager=self.roles["paul"],
            enrolled_on=today - dt.timedelta(days=21),
            next_on=today + dt.timedelta(days=9),
        )
        record_milestone(
            actor=paul,
            enrollment=enrollment,
            kind="plan",
            on=today - dt.timedelta(days=6),
            parts=["family", "community", "team"],
        )
        Notice.objects.filter(about__startswith="clock").update(read_at=self.now)

    def _paredes(self) -> Family:
        alma, people = self.people["alma"], self.people
        family = self._family("Paredes", "orleans")
        marisol = add_member(
            actor=alma, family=family, person=people["marisol"], role=Member.Role.CAREGIVER, relation="madre"
        )
        self._pair(marisol, "lucia", "Lucía habla español y acompañó a su nieto en el tribunal.")
        return family

    def _authority(self, adult: Member, youth: Member, scope: LegalAuthority.Scope, evidence: str) -> None:
        record_authority(
            actor=self.people["alma"],
            adult=adult,
            youth=youth,
            scope=scope,
            evidence=evidence,
            starts_on=self.program.today() - dt.timedelta(days=200),
        )

    def _pair(self, member: Member, peer: str, reason: str) -> None:
        pairing = propose_pairing(actor=self.people["alma"], member=member, peer=self.roles[peer], reason=reason)
        accept_pairing(actor=member.person, pairing=pairing)
        begin_pairing(actor=pairing.peer.person, pairing=pairing)
        notices.mark_all_read(person=member.person)
        began = self.now - dt.timedelta(days=5)
        Pairing.objects.filter(pk=pairing.pk).update(
            proposed_at=self.now - dt.timedelta(days=6), answered_at=began, began_at=began
        )

    def _talks(self, guidry: Family, paredes: Family) -> None:
        talks = {
            "renee-denise": Conversation.objects.get(family=guidry, pairing__member__person=self.people["renee"]),
            "marisol-lucia": Conversation.objects.get(family=paredes, pairing__member__person=self.people["marisol"]),
        }
        for place, (name, author, days, clock, text) in enumerate(cast.TALK):
            conversation = talks[name]
            key = cast.id_of(f"message-{place}")
            send_message(author=self.people[author], conversation=conversation, key=key, body=text)
            sent_at = self._moment(days, clock)
            Message.objects.filter(key=key).update(sent_at=sent_at)
            Conversation.objects.filter(pk=conversation.pk).update(last_sent_at=sent_at)
            conversation.refresh_from_db(fields=["last_seq"])
            if conversation.last_seq < 7:  # the last word to Renée is still unread
                for slug in name.split("-"):
                    mark_read(person=self.people[slug], conversation=conversation, seq=conversation.last_seq)

    def _dates(self, guidry: Family) -> None:
        """Promises kept, one that is late, one due soon, and one whose date a closing has moved."""
        paul, renee = self.people["paul"], self.people["renee"]
        for event, days, clock in cast.HAPPENED:
            self._happened(guidry, paul, event, self._moment(days, clock))
        (asked,) = self._happened(guidry, renee, Event.TEAM_CHANGE_REQUESTED, self._moment(1, "09:10"))
        assert asked.due_on is not None  # noqa: S101 - 3 working days from yesterday
        add_closure(actor=None, program=self.program, name="The office has no water", first_on=asked.due_on)
        fire_due()
        told = Notice.objects.filter(kind__in=[Notice.Kind.CLOCK_STARTED, Notice.Kind.CLOCK_MET])
        told.update(read_at=self.now)  # long seen

    def _happened(self, family: Family, actor: Person, event: Event, at: dt.datetime) -> list[Clock]:
        return record_happening(
            actor=actor,
            program=self.program,
            event=event,
            at=at,
            key=f"demo:{event.value}",
            matter=Matter(family=family, responsible=self.roles["paul"]),
        )

    def _moment(self, days: int, clock: str) -> dt.datetime:
        """A time of day so many days ago in the programme's zone; today's are "that long ago" instead, never in the future."""
        if days == 0:
            hours, minutes = (int(part) for part in clock.split(":"))
            return self.now - dt.timedelta(hours=hours, minutes=minutes)
        day = self.program.today() - dt.timedelta(days=days)
        return dt.datetime.combine(day, dt.time.fromisoformat(clock), self.program.zone)

    def _welcome_everyone_but(self, newcomer: str) -> None:
        for slug, person in self.people.items():
            if slug == newcomer:
                continue
            for step in open_steps(person):
                acknowledge(
                    person=person,
                    kind=step.kind,
                    answer=Acknowledgement.Answer.YES if step.needs_yes else Acknowledgement.Answer.SEEN,
                    language="en",
                    version=step.version,
                    about=step.about,
                    basis=step.basis,
                )
