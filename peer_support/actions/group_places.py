"""Who comes into a group and who leaves it: asked after reading the rules, let in by who leads it, gone at a word."""

from __future__ import annotations

from itertools import count

from django.db import transaction
from django.utils import timezone

from messaging import actions as messaging
from peer_support.actions import groups
from peer_support.actions.groups import locked, tell
from peer_support.group_refusals import CannotBeIn, GroupFull, ReasonMissing, RulesFirst
from peer_support.models import Group, GroupMembership
from portal.access import Refused, require
from portal.access import groups as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.notices import actions as notices
from portal.text import one_line

State = GroupMembership.State

LONGEST_NAME = 30  # a number may follow, where two chose the same


@transaction.atomic
def ask_to_join(*, actor: Person, group: Group, has_agreed: bool, name: str = "") -> GroupMembership:
    """Ask for a place, having read the rules and agreed; by one's first name or another one. Raises RulesFirst."""
    group = locked(group)
    known = GroupMembership.objects.filter(group=group, person=actor, state__in=access.LIVE).first()
    if known is not None:
        return known
    require(access.may_ask(actor, group))
    member = access.place_for(actor, group)
    if member is None:
        raise Refused
    if not has_agreed:
        raise RulesFirst
    membership = GroupMembership.objects.create(
        group=group,
        member=member,
        person=actor,
        name=_name(actor, name),
        rules_agreed_at=timezone.now(),
    )
    _note(actor, Entry.Verb.CREATED, membership)
    for moderator in access.moderators(group):
        tell(moderator.staff_role.person, group, "ask")
    return membership


@transaction.atomic
def admit(*, actor: Person, membership: GroupMembership) -> None:
    """Let somebody in: under a lock on the group, so that two who press at once for the last place give it away once.

    Raises NotOpen, GroupFull, and CannotBeIn, which says no more than that.
    """
    group = locked(membership.group)
    membership = _again(membership)
    require(access.may_decide(actor, membership))
    if membership.state == State.ADMITTED:
        return
    groups.require_open(group)
    if access.places_taken(group) >= group.most:
        raise GroupFull
    if not access.still_belongs(membership) or not access.may_meet({membership.person_id}, group):
        raise CannotBeIn
    membership.name = _free_name(group, membership)
    membership.state, membership.admitted_at, membership.admitted_by = State.ADMITTED, timezone.now(), actor
    membership.save(update_fields=["name", "state", "admitted_at", "admitted_by"])
    if group.conversation is not None:
        messaging.let_in(conversation=group.conversation, person=membership.person, shown_as=membership.name)
    _note(actor, Entry.Verb.CHANGED, membership)
    _seen(actor, group)
    tell(membership.person, group, "in")


@transaction.atomic
def decline(*, actor: Person, membership: GroupMembership, words: str = "") -> None:
    """No place, in kind words; without any of their own the house has some."""
    group = locked(membership.group)
    membership = _again(membership)
    require(access.may_decide(actor, membership) and membership.state == State.ASKED)
    membership.state, membership.declined_at, membership.words = State.DECLINED, timezone.now(), words.strip()
    membership.save(update_fields=["state", "declined_at", "sealed_words"])
    _note(actor, Entry.Verb.CHANGED, membership)
    _seen(actor, group)
    tell(membership.person, group, "no")


@transaction.atomic
def leave_group(*, actor: Person, group: Group) -> None:
    """Go, or take back having asked. No reason is asked for, and nobody is told who went."""
    group = locked(group)
    _go(actor, group, _own(actor, group), State.LEFT)


@transaction.atomic
def remove_from_group(*, actor: Person, membership: GroupMembership, reason: str) -> None:
    """Take somebody out, for a reason that they read. They can turn to their liaison, or complain. Raises ReasonMissing."""
    group = locked(membership.group)
    membership = _again(membership)
    require(access.may_decide(actor, membership) and membership.state == State.ADMITTED)
    if not reason.strip():
        raise ReasonMissing
    membership.words, membership.removed_by = reason.strip(), actor
    _go(actor, group, membership, State.REMOVED)
    tell(membership.person, group, "out")


def _go(actor: Person | None, group: Group, membership: GroupMembership, state: GroupMembership.State) -> None:
    """From this commit on they read nothing of it, on any page."""
    membership.state = state
    if state == State.LEFT:
        membership.left_at = timezone.now()
    else:
        membership.removed_at = timezone.now()
    membership.save(update_fields=["state", "left_at", "removed_at", "removed_by", "sealed_words"])
    if group.conversation is not None:
        messaging.end_participation(conversation=group.conversation, person=membership.person)
    _note(actor, Entry.Verb.ENDED, membership)


@transaction.atomic
def rename_in_group(*, actor: Person, group: Group, name: str) -> None:
    """Be called something else in this group, in what was written before, too."""
    group = locked(group)
    membership = _own(actor, group)
    membership.name = _name(actor, name)
    if membership.state == State.ADMITTED:
        membership.name = _free_name(group, membership)
    membership.save(update_fields=["name"])
    if group.conversation is not None:
        messaging.show_as(conversation=group.conversation, person=actor, name=membership.name)
    _note(actor, Entry.Verb.CHANGED, membership)


def _name(person: Person, wanted: str) -> str:
    return one_line(wanted, LONGEST_NAME) or one_line(person.first_name, LONGEST_NAME)


def _free_name(group: Group, membership: GroupMembership) -> str:
    """Nobody speaks by the name of another, nor of somebody who leads the group: a number is put behind it."""
    others = GroupMembership.objects.filter(group=group, state=State.ADMITTED).exclude(pk=membership.pk)
    taken = {name.casefold() for name in others.values_list("name", flat=True)}
    for moderator in access.moderators(group):
        person = moderator.staff_role.person
        taken |= {person.display_name.casefold(), person.first_name.casefold()}
    names = (membership.name if number == 1 else f"{membership.name} {number}" for number in count(1))
    return next(name for name in names if name.casefold() not in taken)


# -- by itself ---------------------------------------------------------------------------------------------------------


def keep_groups() -> int:
    """What follows by itself: who may not be in a group any more is out of it, and one that nobody leads stands still.

    Gives how many. Each group is looked at again under its lock, so that any number of workers may run this.
    """
    done = sum(_end_place(row) for row in access.no_longer_theirs())
    done += sum(_part(group) for group in access.to_be_kept_apart())
    for group in access.lacking_a_lead():
        with transaction.atomic():
            done += groups.pause_if_alone(locked(group))
    return done


@transaction.atomic
def _end_place(membership: GroupMembership) -> int:
    group = locked(membership.group)
    now = _again(membership)
    if now.state not in access.LIVE or access.still_belongs(now):
        return 0
    _go(None, group, now, State.REMOVED)
    tell(now.person, group, "over")
    return 1


@transaction.atomic
def _part(group: Group) -> int:
    """Two are in it who must not meet: whoever is kept away leaves, whoever came first. Nobody is told why."""
    group = locked(group)
    done = 0
    kept_away = access.kept_away_in(group)
    for membership in GroupMembership.objects.filter(
        group=group, person__in=kept_away, state=State.ADMITTED
    ).select_related("person"):
        _go(None, group, membership, State.REMOVED)
        tell(membership.person, group, "over")
        done += 1
    for moderator in access.moderators(group).filter(staff_role__person__in=kept_away):
        groups.stop_leading(None, group, moderator)
        tell(moderator.staff_role.person, group, "over")
        done += 1
    groups.pause_if_alone(group)
    return done


# -- parts of the above ------------------------------------------------------------------------------------------------


def _own(person: Person, group: Group) -> GroupMembership:
    membership = GroupMembership.objects.filter(group=group, person=person, state__in=access.LIVE).first()
    if membership is None:
        raise Refused
    return membership


def _again(membership: GroupMembership) -> GroupMembership:
    return GroupMembership.objects.select_related(
        "person", "member__person", "member__family", "group__organization__program"
    ).get(pk=membership.pk)


def _seen(actor: Person, group: Group) -> None:
    """Nobody waits any more: what told of it is read."""
    if not GroupMembership.objects.filter(group=group, state=State.ASKED).exists():
        notices.mark_read(person=actor, about=groups.about(group, "ask"))


def _note(actor: Person | None, verb: Entry.Verb, membership: GroupMembership) -> None:
    record(actor=actor, verb=verb, subject="group_place", subject_id=membership.public_id, state=membership.state)
