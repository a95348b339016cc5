"""What a family asks its family organization for: each request is tracked, and someone answers it by a promised day.

It stays out of the record that the whole family reads: it is between who asked and who answers.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from peer_support.models import EducatorClass, Pairing, RequestStep, SupportRequest
from peer_support.models.helping import SUBJECT as HELPING
from peer_support.models.requests import SUBJECT
from peer_support.refusals import AlreadyAsked, DayBehind, DayTooFar
from portal.access import Refused, families, require, wishes
from portal.access import support as access
from portal.access.enrollment import leads_of
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.clocks.actions import cancel_all_about, give_to_role, record_happening
from portal.clocks.models import Clock, Matter
from portal.families.models import Family, Member
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from portal.programs.vocabulary import Event

Kind = SupportRequest.Kind
State = SupportRequest.State
Step = RequestStep.Kind

FARTHEST = dt.timedelta(days=366)
ONCE_AT_A_TIME = (Kind.LIAISON, Kind.CLASS)


@dataclass(frozen=True, slots=True)
class Ask:
    """What somebody asks for. `key` is made by their page: sent twice, it is one request."""

    key: UUID
    kind: str
    words: str = ""
    educator_class: EducatorClass | None = None
    helper: StaffRole | None = None
    meets_on: dt.date | None = None
    meets_at: dt.time | None = None
    place: str = ""
    at: dt.datetime | None = None  # when it was said, if that was before it was written down


@transaction.atomic
def ask_for_support(*, actor: Person, member: Member, ask: Ask) -> SupportRequest:
    """Ask for a class, for someone who speaks up or comes along, or for a liaison of one's choice; a clock starts.

    Peers and mentors are asked for by a wish. Raises AlreadyAsked, DayBehind, DayTooFar.
    """
    require(access.may_ask(actor, member) and ask.kind not in SupportRequest.BY_WISH)
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    known = SupportRequest.objects.filter(public_id=ask.key).first()
    if known is not None:
        require(known.member_id == member.pk)
        return known
    _check(actor, member, ask)
    request = SupportRequest(
        public_id=ask.key,
        family=member.family,
        member=member,
        for_member=member,
        kind=ask.kind,
        educator_class=ask.educator_class,
        helper=ask.helper,
        meets_on=ask.meets_on,
        meets_at=ask.meets_at,
        asked_at=ask.at or timezone.now(),
    )
    request.words, request.place = ask.words.strip(), ask.place.strip()
    _start(actor, request)
    return request


def _check(actor: Person, member: Member, ask: Ask) -> None:
    """Only what the person was shown may be named, on a day that can be."""
    allowed = {Kind.LIAISON: access.liaisons_to_choose, Kind.MEETING: access.companions}
    if ask.helper is not None:
        require(ask.kind in allowed and allowed[Kind(ask.kind)](actor, member).filter(pk=ask.helper.pk).exists())
    if ask.kind == Kind.CLASS:
        held = ask.educator_class
        require(held is not None and access.open_classes(actor, member).filter(pk=held.pk).exists())
    if ask.kind == Kind.MEETING:
        require(ask.meets_on is not None)
        check_day(ask.meets_on, access.today_of(member.family))
    if ask.kind in ONCE_AT_A_TIME:
        same = SupportRequest.objects.filter(member=member, kind=ask.kind, state__in=SupportRequest.OPEN)
        if same.filter(educator_class=ask.educator_class).exists():
            raise AlreadyAsked


def check_day(day: dt.date | None, today: dt.date) -> None:
    """Today or later, and not by a slip of the pen in another year."""
    if day is not None and day < today:
        raise DayBehind
    if day is not None and day > today + FARTHEST:
        raise DayTooFar


def _start(actor: Person, request: SupportRequest) -> None:
    request.save()
    note(actor, Entry.Verb.CREATED, request)
    answering = list(access.answering_roles(request.family))
    record_happening(
        actor=None,
        program=request.family.program,
        event=Event.SUPPORT_REQUESTED,
        at=request.asked_at,
        key=f"support:{request.public_id}",
        matter=_matter(request, answering[0] if answering else None),
    )
    told = {role.person for role in answering} or set(leads_of(request.family.program))
    path = request_path(request) if answering else "/coordination/"
    kind = Notice.Kind.SUPPORT_ASKED if answering else Notice.Kind.NO_COORDINATOR
    if request.helper is not None and request.kind == Kind.MEETING:
        told.add(request.helper.person)
    for person in sorted(told, key=lambda one: one.pk):
        notices.notify(person=person, kind=kind, path=path, about=f"request:{request.public_id}")


@transaction.atomic
def take_back_request(*, actor: Person, request: SupportRequest) -> None:
    """They do not want it any more. No reason is asked; a wish for a peer ends with it."""
    require(access.may_take_back(actor, request))
    if request.is_by_wish:
        raise Refused  # by its wish, so that nobody goes on looking
    end(actor, locked(request), State.TAKEN_BACK, Step.TAKEN_BACK)


# -- peers and mentors: asked for by a wish, and answered by what becomes of it ----------------------------------------------


def track_wish(actor: Person, member: Member) -> None:
    """A wish is a request, too, so that its wait has a date. Asking again goes on with the same one."""
    asking = next((one for one in access.asking_members(actor) if one.family_id == member.family_id), None)
    if asking is None:
        return
    is_peer = wishes.job_for(member) == StaffRole.Role.PEER_PARTNER
    about = {"member": asking, "for_member": member, "kind": Kind.PEER if is_peer else Kind.MENTOR}
    if not SupportRequest.objects.filter(**about, state__in=SupportRequest.OPEN).exists():
        _start(actor, SupportRequest(family=member.family, **about))


def wish_was_offered(actor: Person, pairing: Pairing) -> None:
    """The liaison offers somebody: that is the answer. Several offers at once are one step."""
    for request in _of_wish(pairing.member, pairing.peer.role):
        if request.state == State.ASKED:
            role = access.answering_role(actor, request.family)
            move(actor, request, State.TAKEN_UP, Step.OFFERED, by=role)
            answered(request)


def wish_was_granted(actor: Person, pairing: Pairing) -> None:
    for request in _of_wish(pairing.member, pairing.peer.role):
        end(actor, request, State.DONE, Step.DONE)
        answered(request)


def wish_was_ended(actor: Person, member: Member) -> None:
    for request in _of_wish(member):
        end(actor, request, State.TAKEN_BACK, Step.TAKEN_BACK)


def _of_wish(member: Member, job: str = "") -> list[SupportRequest]:
    kinds = [Kind.MENTOR] if job == StaffRole.Role.YOUTH_MENTOR else [Kind.PEER] if job else [*SupportRequest.BY_WISH]
    found = SupportRequest.objects.filter(for_member=member, kind__in=kinds, state__in=SupportRequest.OPEN)
    return [locked(one) for one in found.order_by("pk")]


# -- shared by all that happens to a request -------------------------------------------------------------------------------


def locked(request: SupportRequest) -> SupportRequest:
    """The row as it is now, held until this is done."""
    held = SupportRequest.objects.select_for_update(of=("self",))
    return held.select_related("member__person", "family__program", "educator_class", "helper").get(pk=request.pk)


def move(
    actor: Person,
    request: SupportRequest,
    state: SupportRequest.State,
    kind: RequestStep.Kind,
    *,
    by: StaffRole | None = None,
    words: str = "",
    instead: str = "",
) -> None:
    """Write the row and the step that says what happened. Raises Refused where it cannot follow."""
    if state not in SupportRequest.NEXT[State(request.state)]:
        raise Refused
    request.state, request.taken_by = state, by or request.taken_by
    request.save()
    step = RequestStep(request=request, kind=kind, by=by, day=request.next_on if request.is_open else None)
    step.words, step.instead = words.strip(), instead.strip()
    step.save()
    note(actor, Entry.Verb.CHANGED if request.is_open else Entry.Verb.ENDED, request)
    tell(actor, request, kind)


def end(
    actor: Person,
    request: SupportRequest,
    state: SupportRequest.State,
    kind: RequestStep.Kind,
    *,
    by: StaffRole | None = None,
    words: str = "",
    instead: str = "",
) -> None:
    request.ended_at, request.next_on, request.next_at = timezone.now(), None, None
    move(actor, request, state, kind, by=by, words=words, instead=instead)
    if state == State.TAKEN_BACK:
        cancel(SUBJECT, request.public_id)


def answered(request: SupportRequest) -> None:
    """What was promised at the asking is kept: someone answered."""
    record_happening(
        actor=None,
        program=request.family.program,
        event=Event.SUPPORT_ANSWERED,
        at=timezone.now(),
        key=f"support-answered:{request.public_id}",
        matter=_matter(request, None),
    )


def cancel(subject: str, public_id: UUID) -> None:
    cancel_all_about(subject=subject, subject_id=str(public_id), reason="taken_back")


def _matter(request: SupportRequest, responsible: StaffRole | None) -> Matter:
    return Matter(
        family=request.family,
        subject=SUBJECT,
        subject_id=str(request.public_id),
        matter_of=request.member.person,
        responsible=responsible,
    )


def tell(actor: Person, request: SupportRequest, kind: RequestStep.Kind) -> None:
    """The other side: who asked, or, where they did something themselves, who took it up."""
    about = f"request:{request.public_id}:{kind}"
    if request.member.person_id != actor.pk:
        person = request.member.person
        notices.notify(person=person, kind=Notice.Kind.SUPPORT, path=request_path(request), about=about)
    elif request.taken_by is not None and access.may_answer(request.taken_by.person, request):
        person = request.taken_by.person
        notices.notify(person=person, kind=Notice.Kind.SUPPORT_ASKED, path=request_path(request), about=about)


def request_path(request: SupportRequest) -> str:
    return f"/support/{request.public_id}/"


def note(actor: Person, verb: Entry.Verb, request: SupportRequest) -> None:
    record(
        actor=actor,
        verb=verb,
        subject=SUBJECT,
        subject_id=request.public_id,
        kind=request.kind,
        state=request.state,
    )


# -- what is to be done by itself ----------------------------------------------------------------------------------------


def keep_requests() -> int:
    """An open date whose liaison no longer answers for that family goes to one who does; how many went."""
    now = timezone.now()
    beside = families.standing_beside(now).filter(family=OuterRef("family"), staff_role=OuterRef("responsible"))
    astray = Clock.objects.filter(~Exists(beside), subject__in=[SUBJECT, HELPING], state__in=Clock.UNMET)
    return sum(_hand_on(clock) for clock in astray.select_related("family__program").order_by("pk"))


@transaction.atomic
def _hand_on(clock: Clock) -> bool:
    family: Family | None = clock.family
    answering = list(access.answering_roles(family)) if family is not None else []
    if not answering or clock.responsible_id in {role.pk for role in answering}:
        return False
    return bool(give_to_role(actor=None, subject=clock.subject, subject_id=clock.subject_id, role=answering[0]))
