"""What the Guidrys let others know: one consent in force, one taken back, what was shared by the first, and one refusal."""

from __future__ import annotations

import datetime as dt
from contextlib import suppress

from portal.accounts.models import Person
from portal.families.actions import Consent, NoRelease, revoke_release, share, sign_release
from portal.families.models import Category, Family, Member


def tell(people: dict[str, Person], family: Family, marcus: Member) -> None:
    today, renee, paul = family.program.today(), people["renee"], people["paul"]
    school = Consent(
        categories=frozenset({Category.SCHOOL, Category.PLAN}),
        discloser=family.program.name,
        to_name="Ms. Reed, Bayou Middle School",
        what="Goals and steps about school mornings",
        why="So that school and home do the same",
        signed_as=renee.display_name,
        explained_by=paul.display_name,
        starts_on=today,
        ends_on=today + dt.timedelta(days=200),
    )
    release = sign_release(actor=renee, youth=marcus, consent=school)
    club = Consent(
        categories=frozenset({Category.TEAM}),
        discloser=family.program.name,
        to_name="Riverside Music Club",
        what="Who is on the team",
        why="So that they know whom to call",
        signed_as=renee.display_name,
        starts_on=today,
        ends_on=today + dt.timedelta(days=90),
    )
    revoke_release(actor=renee, release=sign_release(actor=renee, youth=marcus, consent=club))
    what = "The goals about school, on paper"
    share(
        actor=paul,
        youth=marcus,
        to_name=school.to_name,
        categories=[Category.SCHOOL],
        what=what,
        release=release,
    )
    with suppress(NoRelease):  # shown as what it is: refused, and on the list
        share(actor=paul, youth=marcus, to_name="Coach of the swim team", categories=[Category.PLAN], what=what)
