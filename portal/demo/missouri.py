"""The demo's second programme: agencies that decide together, a time in the programme that comes near its end, a late date."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from portal.accounts.actions import create_person
from portal.accounts.models import Person
from portal.clocks.firing import fire_due
from portal.clocks.rules import add_months
from portal.demo import cast
from portal.enrollment.actions import (
    add_objective,
    close_meeting,
    enroll,
    meet_objective,
    open_decision,
    recommend_ending,
    record_milestone,
    say_position,
)
from portal.enrollment.models import Decision, Enrollment, Meeting, Position
from portal.enrollment.standing import agencies_of
from portal.families.actions import add_member, open_family, record_authority
from portal.families.models import Family, LegalAuthority, Member, StaffAssignment
from portal.programs.actions import appoint
from portal.programs.models import Organization, Program, StaffRole

Stance = Position.Stance
MONTHS = 6  # of the programme's own rule
NEAR = 61  # days: tomorrow it is 60, and both sides are told


class Missouri:
    def __init__(self, people: dict[str, Person]) -> None:
        self.people = people
        self.program = Program.objects.get(slug=cast.SECOND_PROGRAM)
        self.today = self.program.today()
        self.nora = people["nora"]
        self.role = self._appoint("nora", "missouri-alliance", StaffRole.Role.FACILITATOR)
        self._appoint("grant", "management-team", StaffRole.Role.PROGRAMME_LEAD)

    def tell(self) -> None:
        self._boone()
        self._whitfield()
        fire_due()

    def _appoint(self, slug: str, organization: str, role: StaffRole.Role) -> StaffRole:
        return appoint(
            actor=None,
            person=self.people[slug],
            organization=Organization.objects.get(program=self.program, slug=organization),
            role=role,
            started_at=timezone.now() - dt.timedelta(days=400),
        )

    # -- one family that waits, and one that is in it ------------------------------------------------------------------

    def _boone(self) -> None:
        """Three of four departments have no objection; the school's does not agree, and they meet in three days."""
        family = self._family("Boone", "central")
        ruthie = self._caregiver(family, "ruthie", "aunt")
        sam = self._child(family, ruthie, "Sam Boone", 12)
        decision = self._asked(family, sam, referred=9, met=self.today + dt.timedelta(days=3))
        self._say(decision, "social-services", Stance.AGREE, "Ms. Lark")
        self._say(decision, "mental-health", Stance.AGREE, "Mr. Dove")
        self._say(decision, "health", Stance.STAND_ASIDE, "Ms. Wren")
        reason = "His school has no one who can be with him in class before the new term. We look for someone."
        self._say(decision, "education", Stance.NOT_AGREE, "Mr. Heron", reason)
        say_position(actor=self.people["ruthie"], decision=decision, person=self.people["ruthie"], stance=Stance.AGREE)

    def _whitfield(self) -> None:
        family = self._family("Whitfield", "eastern")
        dana = self._caregiver(family, "dana", "mother")
        caleb = add_member(
            actor=self.nora, family=family, person=self.people["caleb"], role=Member.Role.YOUTH, relation="son"
        )
        self._authority(dana, caleb)
        june = self._child(family, dana, "June Whitfield", 9)
        self._goes_on(self._enrolled(family, caleb, first_day=self._half_a_year_before(NEAR)))
        self._begins(self._enrolled(family, june, first_day=self.today - dt.timedelta(days=9)))

    def _goes_on(self, enrollment: Enrollment) -> None:
        """All was done in time; the team says yes to ending, one goal is left, and the agencies have not met about it."""
        self._done(enrollment, "assessment", 6, ["child", "family"])
        self._done(enrollment, "plan", 13, ["family", "community", "team"])
        met = add_objective(actor=self.nora, enrollment=enrollment, text="Caleb sleeps at home every night.")
        meet_objective(actor=self.nora, objective=met)
        add_objective(actor=self.nora, enrollment=enrollment, text="Caleb finishes the term at his own school.")
        recommend_ending(
            actor=self.nora,
            enrollment=enrollment,
            met_on=self.today - dt.timedelta(days=2),
            who_met="Dana, Caleb, Nora, his teacher, Mr. Dove",
            is_approved=True,
            person=self.people["dana"],
            family_agrees=True,
            family_words="If he keeps his school, yes.",
        )

    def _begins(self, enrollment: Enrollment) -> None:
        """Nine days in: the assessment that was due in seven is late, the plan is due in five."""
        add_objective(actor=self.nora, enrollment=enrollment, text="June plays with other children again.")

    # -- how they came there ---------------------------------------------------------------------------------------------

    def _family(self, name: str, region: str) -> Family:
        family = open_family(actor=self.nora, role=self.role, name=name, region=region)
        # Nora stands beside them since before anything below happened.
        StaffAssignment.objects.filter(family=family).update(started_at=timezone.now() - dt.timedelta(days=240))
        return family

    def _caregiver(self, family: Family, slug: str, relation: str) -> Member:
        return add_member(
            actor=self.nora,
            family=family,
            person=self.people[slug],
            role=Member.Role.CAREGIVER,
            relation=relation,
        )

    def _child(self, family: Family, adult: Member, name: str, age: int) -> Member:
        born_on = self.today.replace(day=1) - dt.timedelta(days=366 * age)
        person = create_person(display_name=name, born_on=born_on, public_id=cast.id_of(name), is_demo=True)
        child = add_member(actor=self.nora, family=family, person=person, role=Member.Role.YOUTH)
        self._authority(adult, child)
        return child

    def _authority(self, adult: Member, youth: Member) -> None:
        record_authority(
            actor=self.nora,
            adult=adult,
            youth=youth,
            scope=LegalAuthority.Scope.FULL,
            evidence="Birth certificate, court papers",
            starts_on=self.today - dt.timedelta(days=300),
        )

    def _asked(self, family: Family, youth: Member, *, referred: int, met: dt.date) -> Decision:
        decision = open_decision(
            actor=self.nora,
            family=family,
            youth=youth,
            referred_on=self.today - dt.timedelta(days=referred),
            meets_on=max(met, self.today),
        )
        Meeting.objects.filter(decision=decision).update(on=met)
        Decision.objects.filter(pk=decision.pk).update(meets_on=met)
        return decision

    def _say(self, decision: Decision, agency: str, stance: Position.Stance, by: str, reason: str = "") -> None:
        voice = next(one for one in agencies_of(decision) if one.slug == agency)
        say_position(actor=self.nora, decision=decision, agency=voice, stance=stance, spoken_by=by, reason=reason)

    def _enrolled(self, family: Family, youth: Member, *, first_day: dt.date) -> Enrollment:
        """All agreed three weeks before the first day, and in between Nora came to know them."""
        agreed_on = first_day - dt.timedelta(days=21)
        decision = self._asked(family, youth, referred=(self.today - agreed_on).days + 10, met=agreed_on)
        for agency in agencies_of(decision):
            self._say(decision, agency.slug, Stance.AGREE, "")
        at = dt.datetime.combine(agreed_on, dt.time(10), self.program.zone)
        Position.objects.filter(decision=decision).update(recorded_at=at)
        close_meeting(actor=self.nora, decision=decision, met_at=at)
        enrollment = enroll(
            actor=self.nora,
            family=family,
            youth=youth,
            care_manager=self.role,
            enrolled_on=first_day,
            next_on=self.today + dt.timedelta(days=12),
        )
        self._done(enrollment, "family_met", -16)
        return enrollment

    def _done(self, enrollment: Enrollment, kind: str, day: int, parts: list[str] | None = None) -> None:
        on = enrollment.enrolled_on + dt.timedelta(days=day)
        record_milestone(actor=self.nora, enrollment=enrollment, kind=kind, on=on, parts=parts or [])

    def _half_a_year_before(self, days: int) -> dt.date:
        """The first day of a time in the programme that is over in that many days, or a little later at a month's end."""
        over = self.today + dt.timedelta(days=days)
        first_day = add_months(over, -MONTHS)
        while add_months(first_day, MONTHS) < over:
            first_day += dt.timedelta(days=1)
        return first_day
