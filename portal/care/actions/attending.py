"""Who comes to a meeting, who helps with the language, and whom the family asks to stay out of the room for once."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from portal.access import granted, require
from portal.access import meetings as access
from portal.access.meetings import Standing
from portal.accounts.models import Person
from portal.care import refusals
from portal.care.actions.meetings import about_of, held, note, page_of, tell, unconfirm, words_of
from portal.care.kinds import LINE
from portal.care.models import Guest, TeamMeeting
from portal.families.models import Member
from portal.notices import actions as notices
from portal.notices.models import Notice

Needs = Guest.Interpreter


@transaction.atomic
def answer_meeting(*, actor: Person, guest: Guest, says: str) -> None:
    """Comes, cannot, or does not know yet: the newest word counts. Raises MeetingOver."""
    meeting, who, guest = _held(actor, guest)
    require(access.may_answer_for(who, guest))
    require(says in Guest.Says.values)
    _check(meeting)
    guest.says = says
    guest.save(update_fields=["says"])


@transaction.atomic
def ask_for_interpreter(*, actor: Person, guest: Guest, language: str) -> None:
    """Somebody needs help with the language. What was confirmed without it is a proposal again. Raises MeetingOver."""
    meeting, who, guest = _held(actor, guest)
    require(access.may_see_to_interpreter(who, guest))
    _check(meeting)
    if (guest.interpreter, guest.language) == (Needs.NEEDED, language):
        return
    _set(guest, Needs.NEEDED, language=language)
    if meeting.state == TeamMeeting.State.CONFIRMED:
        unconfirm(meeting)
        meeting.save()
    note(actor, meeting)
    tell(meeting, but=actor)


@transaction.atomic
def assign_interpreter(*, actor: Person, guest: Guest, helper: str) -> None:
    """Who interprets for them: staff find somebody, never a child of the family. Raises ChildInterprets, MeetingOver."""
    meeting, who, guest = _held(actor, guest)
    require(who.keeps and guest.interpreter != Needs.NOT_NEEDED)
    _check(meeting)
    helper = words_of("helper", helper, LINE)
    if _is_child_of(meeting, helper):
        raise refusals.ChildInterprets
    _set(guest, Needs.ASSIGNED, language=guest.language, helper=helper)
    note(actor, meeting)


@transaction.atomic
def waive_interpreter(*, actor: Person, guest: Guest, read_in: str) -> None:
    """They do without, in their own word alone and having read in their own language what they give up.

    Raises NotInTheirLanguage, MeetingOver.
    """
    meeting, _who, guest = _held(actor, guest)
    require(guest.seat.person_id == actor.pk and guest.interpreter in {Needs.NEEDED, Needs.ASSIGNED})
    _check(meeting)
    if read_in not in {guest.language, actor.language}:
        raise refusals.NotInTheirLanguage
    _set(guest, Needs.WAIVED, language=guest.language, read_in=read_in)
    note(actor, meeting)


@transaction.atomic
def take_back_need(*, actor: Person, guest: Guest) -> None:
    """A slip of the pen about somebody who has no account; whoever has one says so themselves, by doing without."""
    meeting, who, guest = _held(actor, guest)
    require(guest.seat.person_id is None and access.may_answer_for(who, guest))
    _check(meeting)
    _set(guest, Needs.NOT_NEEDED, language="")
    note(actor, meeting)


@transaction.atomic
def keep_out(*, actor: Person, guest: Guest) -> None:
    """The family: not in the room for this. No reason is asked. What was told of it leaves their notices, time and all.

    Raises KeeperNeeded.
    """
    meeting, who, guest = _held(actor, guest)
    require(access.may_keep_out(who, guest, meeting.plan))
    if guest.kept_out_at is not None:
        return
    person = guest.seat.person
    if person is not None and access.keepers(meeting) == {person.pk}:
        raise refusals.KeeperNeeded
    guest.kept_out_by, guest.kept_out_at = actor, timezone.now()
    guest.save(update_fields=["kept_out_by", "kept_out_at"])
    note(actor, meeting)
    if person is not None:
        for about in (about_of(meeting), soon(meeting), late(meeting), wanted(meeting)):
            notices.forget(person=person, about=about)
        if meeting.is_planned and access.may_come(guest.seat):
            notices.notify(
                person=person, kind=Notice.Kind.MEETING, path="/meetings/", about=f"meeting-without:{meeting.public_id}"
            )


@transaction.atomic
def let_in(*, actor: Person, guest: Guest) -> None:
    """In the room again."""
    meeting, who, guest = _held(actor, guest)
    require(access.may_keep_out(who, guest, meeting.plan))
    if guest.kept_out_at is None:
        return
    guest.kept_out_by = guest.kept_out_at = None
    guest.says = ""
    guest.save(update_fields=["kept_out_by", "kept_out_at", "says"])
    note(actor, meeting)
    if guest.seat.person is not None:
        notices.forget(person=guest.seat.person, about=f"meeting-without:{meeting.public_id}")
    if meeting.is_planned:
        tell(meeting, but=actor, only=[one for one in access.told_of(meeting) if one.pk == guest.seat.person_id])


@transaction.atomic
def ask_to_come(*, actor: Person, guest: Guest) -> None:
    """One of the family would like their liaison there. Who was out of the room for it is in it again."""
    meeting, who, guest = _held(actor, guest)
    require(access.may_want(who, guest, meeting, access.liaison_ids(meeting)))
    if guest.wanted_at is not None and guest.kept_out_at is None:
        return
    if guest.kept_out_at is not None:
        let_in(actor=actor, guest=guest)
        guest.refresh_from_db()
    guest.wanted_by, guest.wanted_at = actor, timezone.now()
    guest.save(update_fields=["wanted_by", "wanted_at"])
    note(actor, meeting)
    if guest.seat.person is not None:
        notices.notify(person=guest.seat.person, kind=Notice.Kind.MEETING, path=page_of(meeting), about=wanted(meeting))


@transaction.atomic
def see_meeting(*, actor: Person, meeting: TeamMeeting) -> None:
    """They have its page open: what told them of it is read, so that the next news of it reaches them again."""
    abouts = [one(meeting) for one in (about_of, soon, late, wanted, alone)]
    notices.mark_each_read(person=actor, abouts=abouts)


def wanted(meeting: TeamMeeting) -> str:
    """What a liaison is told whom the family asks to come."""
    return f"meeting-wanted:{meeting.public_id}"


def alone(meeting: TeamMeeting) -> str:
    """What a liaison is told of a meeting without anybody of the family."""
    return f"meeting-alone:{meeting.public_id}"


def soon(meeting: TeamMeeting) -> str:
    """What the word for the day before is about, once for each time it was set."""
    return f"meeting-soon:{meeting.public_id}:{meeting.sequence}"


def late(meeting: TeamMeeting) -> str:
    return f"meeting-late:{meeting.public_id}:{meeting.sequence}"


def _held(actor: Person, guest: Guest) -> tuple[TeamMeeting, Standing, Guest]:
    """The meeting, how the actor stands to it, and the guest as they are now, where the actor sees that guest."""
    meeting, who = held(actor, guest.meeting)
    seen = {one.pk: one for one in access.guests_of(who, meeting)}
    return meeting, who, granted(seen.get(guest.pk))


def _check(meeting: TeamMeeting) -> None:
    if not meeting.is_planned:
        raise refusals.MeetingOver


def _set(guest: Guest, need: Guest.Interpreter, *, language: str, helper: str = "", read_in: str = "") -> None:
    guest.interpreter, guest.language, guest.helper = need, language, helper
    guest.waived_at, guest.waived_language = (timezone.now(), read_in) if read_in else (None, "")
    guest.save(update_fields=["interpreter", "language", "sealed_helper", "waived_at", "waived_language"])


def _is_child_of(meeting: TeamMeeting, helper: str) -> bool:
    young = Member.objects.filter(
        Member.in_force(timezone.now()), family=meeting.plan.family_id, role=Member.Role.YOUTH
    ).select_related("person")
    named = helper.casefold()
    return any(named in {one.person.display_name.casefold(), one.person.first_name.casefold()} for one in young)
