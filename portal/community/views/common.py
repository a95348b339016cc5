"""What pages of this room begin with: who reads, of which programme, and what a form that was refused says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest

from portal.access import community as access
from portal.accounts.door import may_pass
from portal.community.refusals import CommunityRefusal
from portal.home.context import frame_of

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.families.forms import PlainForm
    from portal.programs.models import Program


def reader_of(request: HttpRequest) -> Person | None:
    """Who is signed in and all the way in; on public pages everybody else reads what is for everybody."""
    person = frame_of(request).person
    return person if person is not None and may_pass(person, request.session) is None else None


def program_shown(request: HttpRequest, person: Person | None) -> Program | None:
    """The reader's own, else the one a public page is asked for."""
    own = frame_of(request).program if person is not None else None
    return own or access.program_called(request.GET.get("program", ""))


def speak_for(request: HttpRequest, program: Program) -> None:
    """A page about a programme carries its name and whom to call there, for who has none of their own."""
    frame = frame_of(request)
    if frame.program is None:
        frame.program, frame.zone = program, program.zone


def answered_program(request: HttpRequest, person: Person) -> Program:
    """The one this page is about, of those the person answers for: the first, or the one asked for."""
    programs = list(access.answered_programs(person))
    if not programs:
        raise Http404
    return next((one for one in programs if one.slug == request.GET.get("of")), programs[0])


def refuse(form: PlainForm, refusal: CommunityRefusal, **said: str) -> None:
    """At the field it is about, or above all of them; what was typed stays."""
    message = str(refusal.message) % said if said else str(refusal.message)
    if refusal.field in form.fields:
        form.refuse(refusal.field, message)
    else:
        form.add_error(None, message)
