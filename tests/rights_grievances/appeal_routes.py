"""What is in the paths of letters, appeals, hearings and files for the walk over all routes, and forms that would be accepted."""

from __future__ import annotations

from collections.abc import Callable

from rights_grievances.actions import adverse, hearings
from rights_grievances.models import AdverseNotice, Case
from tests.media.files import photo
from tests.rights_grievances import appealing
from tests.rights_grievances.appealing import at_plan, given_to_lead
from tests.rights_grievances.telling import tell
from tests.world import World

Made = tuple[dict[str, object], dict[str, object]]


def letter(world: World) -> AdverseNotice:
    """One of its own for each page: the same letter again would be the same row."""
    return appealing.letter(world, service=f"Respite at home, {AdverseNotice.objects.count()} hours")


def appealed(world: World, **said: object) -> Case:
    return appealing.appealed(world, letter(world), **said)


def answered(world: World, result: str = "upheld") -> Case:
    return appealing.answered(world, result, appealed(world))


def _notice(notice: AdverseNotice, **form: object) -> Made:
    return {"notice_id": notice.public_id}, form


def _case(case: Case, **form: object) -> Made:
    return {"case_id": case.public_id}, form


def _listed(world: World) -> Made:
    letter(world)
    return {}, {}


def _new(world: World) -> Made:
    said: dict[str, object] = {"youth": str(world.youth.public_id), "what": "b", "service": "Respite", "told": "letter"}
    return {}, said | {"dated_on": str(world.program.today())}


def _photo(world: World) -> Made:
    file = adverse.add_photo(actor=world.caregiver, notice=letter(world), data=photo(size=(32, 24)))
    return {"file_id": file.public_id}, {}


def _start(world: World) -> Made:
    on = str(world.program.today())
    return _notice(letter(world), speaker=str(world.caregiver.public_id), way="phone", on=on)


def _make(world: World) -> Made:
    return _case(tell(world), notice=str(letter(world).public_id))


def _hearing(world: World, **form: object) -> Made:
    return _case(answered(world), on=str(world.program.today()), **form)


def _decided(world: World) -> Made:
    case = answered(world)
    hearings.request_hearing(actor=world.caregiver, case=case)
    return _case(case, result="won", on=str(world.program.today()))


def _to_answer(world: World) -> Made:
    case = at_plan(world, appealed(world))
    given_to_lead(world, case)
    return _case(case, result="upheld", answer="We looked at all of it.")


APPEALS: dict[str, Callable[[World], Made]] = {
    "adverse_list": _listed,
    "adverse_add": _new,
    "adverse_show": lambda world: _notice(letter(world)),
    "adverse_photos": lambda world: _notice(letter(world)),
    "adverse_photo": _photo,
    "case_letter": lambda world: _case(tell(world), **_new(world)[1]),
    "appeal_start": _start,
    "appeal_make": _make,
    "appeal_show": lambda world: _case(appealed(world)),
    "appeal_fast": lambda world: _case(appealed(world)),
    "appeal_fast_answer": lambda world: _case(appealed(world, wants_fast=True), goes="yes"),
    "appeal_keep": lambda world: _case(appealed(world)),
    "appeal_keep_answer": lambda world: _case(appealed(world, wants_continuing=True), goes_on="yes"),
    "appeal_answer": _to_answer,
    "appeal_carried_out": lambda world: _case(answered(world, "overturned")),
    "hearing_show": _hearing,
    "hearing_form": _hearing,
    "hearing_ask": lambda world: _hearing(world, way="fax"),
    "hearing_decide": _decided,
    "pack_make": lambda world: _case(tell(world)),
}
