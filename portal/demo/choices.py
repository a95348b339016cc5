"""What the Guidry family chooses: one thing open with three to choose from, one chosen, only one ride, another facilitator."""

from __future__ import annotations

import datetime as dt
from typing import Any

from portal.access import directory
from portal.accounts.actions import create_person
from portal.accounts.models import Person
from portal.care.actions import add_item, ask_change, take_seats
from portal.care.models import Item, Plan, Seat
from portal.demo import cast, peers
from portal.directory.actions import import_directory
from portal.directory.models import Service
from portal.directory.rows import PlaceRow, ProviderRow, ServiceRow
from portal.families.models import StaffAssignment
from portal.notices.models import Notice
from portal.programs.actions import appoint
from portal.programs.models import StaffRole
from portal.voice.actions.choices import Said, say
from portal.voice.actions.offers import Named, offer_facilitators, offer_service

# Two more who could be a family's facilitator: they have no page of the demo.
OTHERS = (
    ("theresa", "Theresa Boudreaux", "I listen first, and I write things down.", ["en", "fr"]),
    ("sam", "Sam Nguyen", "My own brother had a team like this.", ["en", "vi"]),
)


def tell(people: dict[str, Person], roles: dict[str, StaffRole]) -> None:
    paul, renee = people["paul"], people["renee"]
    plan = Plan.objects.select_related("youth", "family__program").get(youth__person=people["marcus"])
    _agency(plan)
    soon = plan.family.program.today() + dt.timedelta(days=10)

    def service(name: str, setting: str) -> Item:
        return add_item(
            actor=paul, plan=plan, kind="service", data={"name": name, "setting": setting, "start_by": soon}
        )

    def entries(*ids: str) -> list[Service]:
        known = {one.external_id: one for one in directory.visible_entries(paul)}
        return [known[one] for one in ids]

    def show(name: str, setting: str, category: str, *ids: str, **said: Any) -> Any:
        return offer_service(actor=paul, item=service(name, setting), category=category, entries=entries(*ids), **said)

    school = show(
        "Someone beside us at school meetings",
        "school",
        "school-based-services",
        "demo-lantern-school",
        named=[Named("Ms. Ott", "A mother from the school council")],
    )
    say(actor=renee, choice=school, said=Said("pick", school.options.get(place=1), "She knows the rules."))
    show(
        "Rides to the clinic",
        "community",
        "transportation",
        "demo-pelican-rides",
        looked_for="Jefferson and the parishes around it, and the plan’s own list. Nobody else drives before 7.",
    )
    show(
        "A free evening a week",
        "home",
        "respite-services",
        *("demo-heron-evening", "demo-heron-respite", "demo-delta-respite"),
        note="All three have room this month. One is our own agency: please read what stands there.",
    )
    told = Notice.objects.filter(about__startswith="choice:")
    told.exclude(person=renee, kind=Notice.Kind.CHOICE).delete()
    _another_facilitator(people, roles, plan)


def _agency(plan: Plan) -> None:
    """The agency that coordinates gives a service, too: a family reads that before it chooses it."""
    row = ServiceRow(
        id="demo-delta-respite",
        name="A sitter at your home",
        category="respite-services",
        languages=("en",),
        setting="home",
        checked_on=plan.family.program.today() - dt.timedelta(days=20),
        wait_words="A week or two",
        places=(PlaceRow(id="jefferson", region="jefferson", phone="(504) 555-0168"),),
    )
    provider = ProviderRow(id="demo-delta", name=cast.CARE_ORGANIZATION[1], services=(row,))
    import_directory(program=plan.family.program, providers=[provider])


def _another_facilitator(people: dict[str, Person], roles: dict[str, StaffRole], plan: Plan) -> None:
    """Marcus asked for someone else and gave no reason; Alma shows two, and he has not picked yet."""
    take_seats(plan)
    seat = Seat.objects.get(plan=plan, person=people["paul"], state=Seat.State.IN)
    ask = ask_change(actor=people["marcus"], seat=seat)
    made = [_facilitator(people["carla"], roles["paul"], *one) for one in OTHERS]
    choice = offer_facilitators(
        actor=people["alma"],
        youth=plan.youth,
        roles=made,
        replaces=StaffAssignment.objects.get(family=plan.family, staff_role=roles["paul"], ended_at=None),
        note="You asked for someone else, and you need no reason. Here are two who have room for you.",
        ask=ask,
    )
    about = f"choice:{choice.public_id}"
    Notice.objects.filter(about=about).exclude(person=people["marcus"]).delete()
    Notice.objects.filter(about__startswith="team-ask:").delete()


def _facilitator(by: Person, like: StaffRole, slug: str, name: str, about: str, languages: list[str]) -> StaffRole:
    person = create_person(
        display_name=name, is_adult_confirmed=True, public_id=cast.id_of(f"facilitator-{slug}"), is_demo=True
    )
    role = appoint(
        actor=None,
        person=person,
        organization=like.organization,
        role=StaffRole.Role.FACILITATOR,
        about=about,
        languages=languages,
    )
    peers.papers(role, by, ends_in=None)
    return role
