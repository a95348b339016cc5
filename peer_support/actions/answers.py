"""A liaison answers what a family asked for: takes it up, arranges it, or says why it could not be done and what there is."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from peer_support.actions.requests import Kind, State, Step, answered, check_day, end, locked, move, note, tell
from peer_support.models import EducatorClass, RequestStep, SupportRequest
from peer_support.refusals import ClassFull, NotYetHeld
from portal.access import require
from portal.access import support as access
from portal.accounts.models import Person
from portal.audit.models import Entry


@transaction.atomic
def take_up_request(*, actor: Person, request: SupportRequest, words: str, next_on: dt.date) -> None:
    """Someone takes care of it, says so to who asked, and names the day by which they hear more.

    Taking it up again names another day, or another person. Raises DayBehind, DayTooFar.
    """
    require(access.may_answer(actor, request))
    request = locked(request)
    check_day(next_on, access.today_of(request.family))
    request.next_on, request.next_at = next_on, None
    by = access.answering_role(actor, request.family)
    move(actor, request, State.TAKEN_UP, Step.TAKEN_UP, by=by, words=words)
    answered(request)


@transaction.atomic
def arrange_request(
    *, actor: Person, request: SupportRequest, on: dt.date, at_time: dt.time | None = None, words: str = ""
) -> None:
    """It is arranged for a day. A peer or mentor is arranged by an offer. Raises DayBehind, DayTooFar, ClassFull."""
    require(access.may_answer(actor, request) and not request.is_by_wish)
    request = locked(request)
    check_day(on, access.today_of(request.family))
    if request.educator_class is not None and request.state != State.ARRANGED:
        held = EducatorClass.objects.select_for_update(no_key=True).get(pk=request.educator_class.pk)
        if access.places_taken(held) >= held.places:
            raise ClassFull
    request.next_on, request.next_at = on, at_time
    by = access.answering_role(actor, request.family)
    move(actor, request, State.ARRANGED, Step.ARRANGED, by=by, words=words)
    answered(request)


@transaction.atomic
def finish_request(*, actor: Person, request: SupportRequest) -> None:
    """What was asked for is done. Not before the day it was arranged for. Raises NotYetHeld."""
    require(access.may_answer(actor, request) and not request.is_by_wish)
    request = locked(request)
    if request.state == State.ARRANGED and request.next_on and request.next_on > access.today_of(request.family):
        raise NotYetHeld
    end(actor, request, State.DONE, Step.DONE, by=access.answering_role(actor, request.family))
    answered(request)


@transaction.atomic
def decline_request(*, actor: Person, request: SupportRequest, words: str, instead: str) -> None:
    """It could not be done: why, and what there is instead. Both are read by who asked."""
    require(access.may_answer(actor, request) and bool(words.strip()) and bool(instead.strip()))
    request = locked(request)
    by = access.answering_role(actor, request.family)
    end(actor, request, State.COULD_NOT, Step.COULD_NOT, by=by, words=words, instead=instead)
    answered(request)


@transaction.atomic
def say_if_coming(*, actor: Person, request: SupportRequest, comes: bool) -> None:
    """The one they asked for says whether they come to the meeting. Without words: nobody has to say why not."""
    request = locked(request)
    require(access.may_say_if_coming(actor, request) and request.kind == Kind.MEETING)
    if comes:
        request.next_on, request.next_at = request.meets_on, request.meets_at
        move(actor, request, State.ARRANGED, Step.ARRANGED, by=request.helper)
        answered(request)
        return
    RequestStep.objects.create(request=request, kind=Step.CANNOT_COME, by=request.helper)
    request.helper = None
    request.save(update_fields=["helper"])
    note(actor, Entry.Verb.CHANGED, request)
    tell(actor, request, Step.CANNOT_COME)
