"""A group from its opening to its goodbye, and who leads it. Not on a family's record: a group is a person's own affair."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from messaging import actions as messaging
from peer_support.group_refusals import CannotBeIn, LastLead, NobodyLeads, NotOpen
from peer_support.models import Group, GroupMembership, GroupModerator, GroupRule
from portal.access import groups as access
from portal.access import require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.programs.models import StaffRole

State = Group.State


@dataclass(frozen=True, slots=True)
class NewGroup:
    """What a family organization says of a group it opens. `rules` are its own lines, below those of the house."""

    name: str
    about: str
    audience: str
    most: int
    leads: Sequence[StaffRole]
    languages: Sequence[str] = ()
    region: str = ""
    way: str = Group.Way.CHAT
    meets: str = ""
    rules: Sequence[str] = ()


@transaction.atomic
def open_group(*, actor: Person, role: StaffRole, said: NewGroup) -> Group:
    """A liaison opens a group of her organization, with at least one who leads it. Raises NobodyLeads, CannotBeIn.

    One for young people opens without a conversation (docs/decisions/0010): it can be asked for, and nobody writes in it.
    """
    require(access.may_open(actor, role))
    if not said.leads:
        raise NobodyLeads
    require(
        access.possible_leads(role.organization).filter(pk__in=[one.pk for one in said.leads]).count()
        == len(said.leads)
    )
    group = Group.objects.create(
        organization=role.organization,
        name=said.name.strip(),
        about=said.about.strip(),
        audience=said.audience,
        languages=list(said.languages),
        region=said.region,
        way=said.way,
        meets=said.meets.strip(),
        most=said.most,
        opened_by=role,
    )
    _write_rules(group, said.rules)
    if group.audience == Group.Audience.CAREGIVERS:
        group.conversation = messaging.open_group_conversation(actor=actor)
        group.save(update_fields=["conversation"])
    for lead in said.leads:
        _begin_lead(actor, group, lead)
    note(actor, Entry.Verb.CREATED, group)
    return group


def _write_rules(group: Group, own: Sequence[str]) -> None:
    lines = [{"house": code} for code in GroupRule.House.values]
    lines += [{"own": text.strip()} for text in own if text.strip()]
    GroupRule.objects.bulk_create(
        GroupRule(group=group, place=place, **line) for place, line in enumerate(lines, start=1)
    )


@transaction.atomic
def add_lead(*, actor: Person, group: Group, role: StaffRole) -> GroupModerator:
    """The organization's liaison names one more who leads it. They read what is written from now on. Raises CannotBeIn."""
    group = locked(group)
    require(access.is_liaison_of(actor, group) and group.state != State.CLOSED)
    require(access.possible_leads(group.organization).filter(pk=role.pk).exists())
    moderator = _begin_lead(actor, group, role)
    tell(role.person, group, "lead")
    return moderator


def _begin_lead(actor: Person, group: Group, role: StaffRole) -> GroupModerator:
    known = access.moderators(group).filter(staff_role__person=role.person_id).first()
    if known is not None:
        return known
    is_within = GroupMembership.objects.filter(group=group, person=role.person_id, state__in=access.LIVE).exists()
    if is_within or not access.may_meet({role.person_id}, group):
        raise CannotBeIn
    moderator = GroupModerator.objects.create(group=group, staff_role=role, added_by=actor)
    if group.conversation is not None:
        messaging.let_in(conversation=group.conversation, person=role.person, role=role)
    note(actor, Entry.Verb.CREATED, group, lead=str(role.public_id))
    return moderator


@transaction.atomic
def end_lead(*, actor: Person, moderator: GroupModerator) -> None:
    """Step back, or be taken back by the liaison. Not the last one of a group that goes on. Raises LastLead."""
    group = locked(moderator.group)
    require(access.may_end_lead(actor, moderator))
    if not access.moderators(group).filter(pk=moderator.pk).exists():
        return
    if group.state != State.CLOSED and access.moderators(group).count() == 1:
        raise LastLead
    stop_leading(actor, group, moderator)


def stop_leading(actor: Person | None, group: Group, moderator: GroupModerator) -> None:
    """They read nothing more, at once."""
    moderator.ended_at = timezone.now()
    moderator.save(update_fields=["ended_at"])
    if group.conversation is not None:
        messaging.end_participation(conversation=group.conversation, person=moderator.staff_role.person)
    note(actor, Entry.Verb.ENDED, group, lead=str(moderator.staff_role.public_id))


@transaction.atomic
def pause_group(*, actor: Person, group: Group) -> None:
    """Nobody writes and nobody comes in until it goes on; what was written can be read."""
    group = locked(group)
    require(access.may_keep(actor, group))
    if group.state == State.OPEN:
        stand_still(actor, group)


def stand_still(actor: Person | None, group: Group) -> None:
    _turn(actor, group, State.PAUSED, lambda conversation: messaging.pause_conversation(conversation=conversation))
    _tell_everyone(actor, group, "paused")


@transaction.atomic
def resume_group(*, actor: Person, group: Group) -> None:
    """It goes on, with somebody who leads it. Raises NobodyLeads."""
    group = locked(group)
    require(access.may_keep(actor, group) and group.state != State.CLOSED)
    if not access.moderators(group).exists():
        raise NobodyLeads
    if group.state == State.PAUSED:
        _turn(actor, group, State.OPEN, lambda conversation: messaging.resume_conversation(conversation=conversation))
        _tell_everyone(actor, group, "goes-on")


@transaction.atomic
def close_group(*, actor: Person, group: Group, goodbye: str) -> None:
    """It ends, with a last word to those who were in it. They keep what was written in their time; who waits is told."""
    group = locked(group)
    require(access.may_keep(actor, group) and group.state != State.CLOSED)
    group.goodbye, group.closed_at = goodbye.strip(), timezone.now()
    group.save(update_fields=["goodbye", "closed_at"])
    _turn(
        actor,
        group,
        State.CLOSED,
        lambda conversation: messaging.end_conversation(actor=actor, conversation=conversation),
    )
    _tell_everyone(actor, group, "closed")
    for waiting in GroupMembership.objects.filter(group=group, state=GroupMembership.State.ASKED).select_related(
        "person"
    ):
        waiting.state, waiting.declined_at = GroupMembership.State.DECLINED, timezone.now()
        waiting.save(update_fields=["state", "declined_at"])
        tell(waiting.person, group, "closed")


def _turn(actor: Person | None, group: Group, state: Group.State, act: Callable[..., None]) -> None:
    group.state = state
    group.save(update_fields=["state"])
    if group.conversation is not None:
        act(group.conversation)
    note(actor, Entry.Verb.ENDED if state == State.CLOSED else Entry.Verb.CHANGED, group)


# -- by itself ---------------------------------------------------------------------------------------------------------


def release_role(actor: Person | None, role: StaffRole) -> None:
    """With the job ends what one led by it; a group that nobody leads stands still, and its liaisons are told at once."""
    for moderator in (
        GroupModerator.objects.filter(staff_role=role, ended_at=None).select_related("group").order_by("pk")
    ):
        group = locked(moderator.group)
        stop_leading(actor, group, moderator)
        pause_if_alone(group)


def pause_if_alone(group: Group) -> bool:
    """True where it stood still from now on. The group is locked by whoever calls this."""
    if group.state != State.OPEN or access.moderators(group).exists():
        return False
    stand_still(None, group)
    for liaison in access.liaisons_of(group.organization):
        tell(liaison.person, group, "alone")
    return True


# -- shared by all that happens to a group -----------------------------------------------------------------------------


def locked(group: Group) -> Group:
    """The row as it is now, held until this is done: places are counted, and who meets whom is asked, under it."""
    return (
        Group.objects.select_for_update(of=("self",), no_key=True)
        .select_related("organization__program", "conversation")
        .get(pk=group.pk)
    )


def require_open(group: Group) -> None:
    if group.state != State.OPEN:
        raise NotOpen


def about(group: Group, what: str) -> str:
    return f"group:{group.public_id}:{what}"


def tell(person: Person, group: Group, what: str) -> None:
    """Each step is told by itself; the page says what it is."""
    notices.notify(person=person, kind=Notice.Kind.GROUP, path=f"/groups/{group.public_id}/", about=about(group, what))


def _tell_everyone(actor: Person | None, group: Group, what: str) -> None:
    people = Person.objects.filter(pk__in=access.everyone_in(group), is_active=True).order_by("pk")
    told = [(person, f"/groups/{group.public_id}/") for person in people if person != actor]
    notices.notify_all(told=told, kind=Notice.Kind.GROUP, about=about(group, what))


def note(actor: Person | None, verb: Entry.Verb, group: Group, lead: str = "") -> None:
    detail = {"lead": lead} if lead else {"state": group.state}
    record(actor=actor, verb=verb, subject="group", subject_id=group.public_id, family=None, role="", **detail)
