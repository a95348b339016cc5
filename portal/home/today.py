"""A staff member's first page: what waits for them, by the jobs they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from peer_support.waiting import families_waiting, offers_waiting
from portal.access import check_ins, families, groups, hand_offs, pairings
from portal.community import waiting
from portal.home import work
from portal.safety import rota

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.home.context import Frame
    from portal.home.people import Talk


def of(here: Frame, person: Person, talks: list[Talk]) -> dict[str, Any]:
    """Each list is there only for those whose job it is."""
    context: dict[str, Any] = {}
    if here.works_as("peer_partner") or talks:
        context |= {"talks": talks, "talks_waiting": [talk for talk in talks if talk.unread]}
    if here.works_as("youth_mentor"):
        context["is_mentor"] = True
    if here.works_as("liaison"):
        context |= {"families_waiting": families_waiting(person), "offers_waiting": offers_waiting(person)}
        context["calls"] = list(check_ins.perhaps_a_call(person))
    if here.works_as("liaison", "facilitator"):
        context["assigned"] = list(families.assigned_families(person).order_by("name", "pk"))
    if here.works_as("peer_partner", "youth_mentor", "liaison", "facilitator"):
        context["hand_offs_to_do"] = list(hand_offs.to_confirm(person))
        context["said_yes"] = list(pairings.said_yes(person))
    context["has_only_later_work"] = not context
    context |= rota.first_page(person)
    if here.works_as(*work.FOR) or work.is_needed(person):
        context["work_steps"] = work.work_steps(here, person, talks, context)
    context["answers_requests"] = bool(here.works_as("liaison"))
    context["is_peer"] = bool(here.works_as(*work.PEERS))
    if here.works_as(*groups.LEADS):
        context["groups_to_do"] = groups.to_do(person)
    context["own_page"] = next((one.role for one in here.works_as("peer_partner", "youth_mentor", "facilitator")), "")
    context["logs_contacts"] = bool(here.works_as("peer_partner", "liaison", "facilitator"))
    context["policy"] = waiting.desk_of(person)
    context["sees_answers"] = bool(here.works_as("liaison", "programme_lead"))
    context["reviews_translations"] = bool(here.works_as("programme_lead"))
    return context
