"""A family asks the lead family partner for help; they take it up and answer, by a day that the programme promises."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.access import partners as access
from portal.access import require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.clocks.actions import cancel_all_about, record_happening
from portal.clocks.models import Matter
from portal.families.models import Member
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from portal.programs.vocabulary import Event
from portal.text import says_nothing
from portal.voice.choice_refusals import SettledMeanwhile
from portal.voice.models import PartnerConsent, PartnerRequest
from portal.voice.models.partners import PARTNER_SUBJECT
from portal.voice.refusals import WordsMissing

State = PartnerRequest.State


@transaction.atomic
def ask_partner(*, actor: Person, member: Member, key: UUID, words: str) -> PartnerRequest:
    """Ask for help. It goes to the lead family partner; where there is none, to who leads the programme, so that somebody
    sees it. The same key again is the same request. Raises WordsMissing.
    """
    require(access.asking_member(actor) == member)
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    known = PartnerRequest.objects.filter(public_id=key).first()
    if known is not None:
        require(known.member_id == member.pk)
        return known
    if says_nothing(words):
        raise WordsMissing
    request = PartnerRequest(public_id=key, member=member)
    request.words = words.strip()
    request.save()
    _note(actor, request, Entry.Verb.CREATED)
    routed = access.partners_of(member.family).first()
    _happened(request, Event.PARTNER_ASKED, "asked", routed)
    for person in access.answering(member.family):
        _tell(person, request, Notice.Kind.SUPPORT_ASKED)
    return request


@transaction.atomic
def take_request(*, actor: Person, request: PartnerRequest) -> None:
    """Say that one takes care of it: the family reads who. Raises SettledMeanwhile."""
    request = _locked(request)
    require(access.may_answer(actor, request))
    _move(request, State.TAKEN)
    request.taken_by, request.taken_at = access.own_partner_role(actor), timezone.now()
    request.save()
    _note(actor, request, Entry.Verb.CHANGED)
    _tell(request.member.person, request, Notice.Kind.SUPPORT)


@transaction.atomic
def answer_request(*, actor: Person, request: PartnerRequest, words: str) -> None:
    """Answer in words: what was promised at the asking is kept. Raises WordsMissing, SettledMeanwhile."""
    request = _locked(request)
    require(access.may_answer(actor, request))
    if says_nothing(words):
        raise WordsMissing
    _move(request, State.ANSWERED)
    request.answer, request.answered_by = words.strip(), actor
    request.save()
    _note(actor, request, Entry.Verb.ENDED)
    _happened(request, Event.PARTNER_ANSWERED, "answered", None)
    notices.take_back(about=request.told_as)
    _tell(request.member.person, request, Notice.Kind.SUPPORT)


@transaction.atomic
def take_back_partner_request(*, actor: Person, request: PartnerRequest) -> None:
    """They do not want it any more. No reason is asked. Raises SettledMeanwhile."""
    request = _locked(request)
    require(request.member.person_id == actor.pk and access.own_requests(actor).filter(pk=request.pk).exists())
    _move(request, State.TAKEN_BACK)
    request.save()
    _note(actor, request, Entry.Verb.ENDED)
    notices.take_back(about=request.told_as)
    cancel_all_about(subject=PARTNER_SUBJECT, subject_id=str(request.public_id), reason="taken_back")


@transaction.atomic
def show_name(*, actor: Person, shows: bool) -> None:
    """A lead family partner lets families read their name, or ends that. Saying it twice changes nothing."""
    role = access.own_partner_role(actor)
    require(role is not None)
    given = PartnerConsent.objects.filter(staff_role=role, ended_at=None)
    if shows:
        PartnerConsent.objects.get_or_create(staff_role=role, ended_at=None)
    else:
        given.update(ended_at=timezone.now())
    verb = Entry.Verb.CREATED if shows else Entry.Verb.ENDED
    record(actor=actor, verb=verb, subject="partner_name", subject_id=role.public_id if role is not None else "")


def see_partner_request(*, actor: Person, request: PartnerRequest) -> None:
    """They have its page open: what told them of it is read."""
    notices.mark_read(person=actor, about=request.told_as)


def _locked(request: PartnerRequest) -> PartnerRequest:
    held = PartnerRequest.objects.select_for_update(of=("self",))
    return held.select_related("member__person", "member__family__program").get(pk=request.pk)


def _move(request: PartnerRequest, state: PartnerRequest.State) -> None:
    if state not in PartnerRequest.NEXT[State(request.state)]:
        raise SettledMeanwhile
    request.state = state
    request.ended_at = None if state in PartnerRequest.LIVE else timezone.now()


def _happened(request: PartnerRequest, event: Event, step: str, responsible: StaffRole | None) -> None:
    record_happening(
        actor=None,
        program=request.member.family.program,
        event=event,
        at=timezone.now(),
        key=f"partner-{step}:{request.public_id}",
        matter=Matter(
            family=request.member.family,
            subject=PARTNER_SUBJECT,
            subject_id=str(request.public_id),
            matter_of=request.member.person,
            responsible=responsible,
        ),
    )


def _tell(person: Person, request: PartnerRequest, kind: Notice.Kind) -> None:
    path = reverse("partner_request_show", args=[request.public_id])
    notices.notify(person=person, kind=kind, path=path, about=request.told_as)


def _note(actor: Person, request: PartnerRequest, verb: Entry.Verb) -> None:
    record(actor=actor, verb=verb, subject=PARTNER_SUBJECT, subject_id=request.public_id, state=request.state)
