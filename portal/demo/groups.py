"""A group of Jefferson's caregivers in mid-flow: four people in it, one waits for a place, one message is reported."""

from __future__ import annotations

import datetime as dt

from messaging.actions import mark_read, send_message
from messaging.models import Conversation, Message
from peer_support.actions import NewGroup, admit, ask_to_join, open_group, report_message
from peer_support.models import Group, GroupMembership, GroupReport
from portal.accounts.actions import create_person
from portal.accounts.models import Person
from portal.demo import cast
from portal.families.actions import add_member, open_family
from portal.families.models import Member
from portal.notices.actions import mark_all_read
from portal.programs.actions import appoint
from portal.programs.models import StaffRole

DAYS_AGO = 20  # the group was opened
# Caregivers beside Renée: nobody signs in as them. The name each chose; the last one still waits.
OTHERS = (
    ("tamika", "Tamika Broussard", ""),
    ("gil", "Gil Arceneaux", "Papa G"),
    ("phuong", "Phương Lê", "Magnolia"),
    ("yvonne", "Yvonne Picard", ""),
)
# (who, days ago, hour, text); the last but one is reported.
SAID = (
    ("alma", 18, 10, "Welcome, all of you. Say as much or as little as you like. Denise and I read along."),
    ("tamika", 18, 20, "First time I do this. My boy is 11. It was a long week."),
    ("phuong", 17, 21, "Long weeks here, too. It helps to read that I am not the only one."),
    ("renee", 9, 20, "Today he got on the bus. I wanted to tell someone who knows what that means."),
    ("gil", 9, 21, "I know what that means. Well done, both of you."),
    ("gil", 4, 19, "By the way: I sell a tea that calms kids down. Ten dollars a box. Write to me!"),
    ("denise", 3, 9, "Good morning, porch. What is one small thing that went well this week?"),
)
REPORTED = 6


def tell(people: dict[str, Person], roles: dict[str, StaffRole], *, now: dt.datetime) -> None:
    people = people | _neighbors(roles["alma"], now)
    group = open_group(
        actor=people["alma"],
        role=roles["alma"],
        said=NewGroup(
            name="The Tuesday porch",
            about="For anyone who raises a child with big needs. Come as you are. Listening is enough.",
            audience=Group.Audience.CAREGIVERS,
            languages=["en"],
            region="jefferson",
            way=Group.Way.IN_PERSON,
            meets="Tuesdays at 6 pm, in the library in Harvey",
            most=8,
            leads=[roles["alma"], roles["denise"]],
            rules=["Phones are quiet while we sit together."],
        ),
    )
    names = dict.fromkeys(("renee",), "") | {slug: name for slug, _full, name in OTHERS}
    places = {
        slug: ask_to_join(actor=people[slug], group=group, has_agreed=True, name=name) for slug, name in names.items()
    }
    for slug in [*places][:-1]:
        admit(actor=people["alma"], membership=places[slug])
    _talk(group, people, now)
    report_message(actor=people["tamika"], group=group, seq=REPORTED, words="We agreed: no selling.")
    _long_ago(group, now)
    mark_all_read(person=people["renee"])


def _neighbors(network: StaffRole, now: dt.datetime) -> dict[str, Person]:
    """Each with a family that another liaison of the network enrolled."""
    bea = _person("bea", "Bea Landry")
    role = appoint(
        actor=None,
        person=bea,
        organization=network.organization,
        role=StaffRole.Role.LIAISON,
        started_at=now - dt.timedelta(days=400),
    )
    found = {}
    for slug, name, _called in OTHERS:
        found[slug] = _person(slug, name)
        family = open_family(actor=bea, role=role, name=name.rpartition(" ")[2], region="jefferson")
        add_member(actor=bea, family=family, person=found[slug], role=Member.Role.CAREGIVER)
    return found


def _person(slug: str, name: str) -> Person:
    return create_person(
        display_name=name,
        email=f"{slug}@example.org",
        is_adult_confirmed=True,
        public_id=cast.id_of(slug),
        is_demo=True,
    )


def _talk(group: Group, people: dict[str, Person], now: dt.datetime) -> None:
    conversation = Conversation.objects.get(group=group)
    zone = group.organization.program.zone
    for place, (slug, days, hour, text) in enumerate(SAID):
        key = cast.id_of(f"group-message-{place}")
        send_message(author=people[slug], conversation=conversation, key=key, body=text)
        day = now.astimezone(zone).date() - dt.timedelta(days=days)
        sent_at = dt.datetime.combine(day, dt.time(hour, 5), zone)
        Message.objects.filter(key=key).update(sent_at=sent_at)
        Conversation.objects.filter(pk=conversation.pk).update(last_sent_at=sent_at, announced_seq=place + 1)
    for slug in ("alma", "denise", "renee"):
        mark_read(person=people[slug], conversation=conversation, seq=len(SAID))


def _long_ago(group: Group, now: dt.datetime) -> None:
    """All but who waits, since the day before yesterday."""
    opened = now - dt.timedelta(days=DAYS_AGO)
    Group.objects.filter(pk=group.pk).update(opened_at=opened)
    within = GroupMembership.objects.filter(group=group, state=GroupMembership.State.ADMITTED)
    within.update(asked_at=opened, rules_agreed_at=opened, admitted_at=opened + dt.timedelta(hours=20))
    waiting = GroupMembership.objects.filter(group=group, state=GroupMembership.State.ASKED)
    waiting.update(asked_at=now - dt.timedelta(days=2), rules_agreed_at=now - dt.timedelta(days=2))
    GroupReport.objects.filter(group=group).update(reported_at=now - dt.timedelta(days=1))
