"""Staff show a family who or what there is to choose from.

At least two are shown where there are two. Where there is only one, it is written down what was looked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from portal.access import care as care_access
from portal.access import choices as access
from portal.access import directory, granted, offered, require
from portal.access.enrollment import basis_of_cases
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.care import actions as care
from portal.care.actions.versions import locked as locked_plan
from portal.care.models import Item, Plan, TeamAsk
from portal.care.refusals import TimeBehind
from portal.directory.models import Service
from portal.families import actions as families
from portal.families.models import AccessBasis, Family, Member, StaffAssignment
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from portal.text import one_line, says_nothing
from portal.voice.actions.choice_steps import happened, keep_record, live, standing_choice, tell_family
from portal.voice.choice_refusals import (
    KindMissing,
    LookedForMissing,
    NoteMissing,
    NothingShown,
    SameTwice,
    TooFew,
)
from portal.voice.models import Choice, Option

About, State = Choice.About, Choice.State
NAME = 120


@dataclass(frozen=True, slots=True)
class Named:
    """One option that stands in no list: a name, and what is to know about it."""

    name: str
    what: str = ""


@dataclass(frozen=True, slots=True)
class Time:
    """One place and time of a meeting."""

    starts_at: dt.datetime
    how: str
    place: str


# -- services ----------------------------------------------------------------------------------------------------------------


@transaction.atomic
def offer_service(
    *,
    actor: Person,
    item: Item,
    category: str,
    entries: Sequence[Service],
    named: Sequence[Named] = (),
    note: str = "",
    looked_for: str = "",
) -> Choice:
    """Show the family who could give a service of the plan. `category`: the kind in the directory where staff looked.

    Raises NothingShown, KindMissing, TooFew, LookedForMissing, SameTwice, ShownAlready, PlanClosed.
    """
    plan = locked_plan(item.plan)
    granted(access.offered_service(actor, item))
    family = plan.family
    listed = {one.pk: one for one in offered.entries_of(actor, family, category)}
    require(all(one.pk in listed for one in entries))
    known = {one.pk for one in offered.fitting(actor, family, category)} | {one.pk for one in entries}
    shown = [*(_of_entry(listed[one.pk], family) for one in entries), *map(_of_name, named)]
    if len(shown) == 1 and not category and directory.visible_entries(actor).exists():
        raise KindMissing  # without it nobody knows how many there are
    is_only_one = _check_count(shown, len(known) + len(named), looked_for)
    choice = live(About.SERVICE, family, item=item) or Choice(
        family=family, youth=plan.youth, plan=plan, item=item, about=About.SERVICE, access_basis=item.access_basis
    )
    choice.follows = choice.follows or standing_choice(item=item)
    return _shown(actor, choice, shown, note=note, looked_for=looked_for if is_only_one else "")


def _of_entry(entry: Service, family: Family) -> Option:
    option = Option(entry=entry, is_listed=True)
    option.shown = {
        "name": entry.provider.name,
        "what": entry.name,
        "step": int(entry.step),  # type: ignore[attr-defined] # annotated by access
        "region": family.region,
        "wait": entry.wait_days,
        "wait_on": entry.wait_said_on.isoformat() if entry.wait_said_on is not None else "",
        "wait_words": entry.wait_words,
        "languages": entry.languages,
        "interpreter": entry.interpreter,
        "conflict": offered.tied_to(family, entry.provider.name),
    }
    return option


def _of_name(named: Named) -> Option:
    name = one_line(named.name, NAME)
    if not name:
        raise NothingShown
    option = Option()
    option.shown = {"name": name, "what": one_line(named.what, NAME)}
    return option


def _check_count(shown: Sequence[Option], there: int, looked_for: str) -> bool:
    """Whether it is the only one. `there`: how many could be shown."""
    if not shown:
        raise NothingShown
    names = [(one.shown["name"], one.shown.get("what"), one.staff_role, one.starts_at) for one in shown]
    if len(set(names)) < len(names):
        raise SameTwice
    if len(shown) > 1:
        return False
    if there > 1:
        raise TooFew(there)
    if says_nothing(looked_for):
        raise LookedForMissing
    return True


# -- facilitators ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def offer_facilitators(
    *,
    actor: Person,
    youth: Member,
    roles: Sequence[StaffRole],
    note: str = "",
    looked_for: str = "",
    replaces: StaffAssignment | None = None,
    override_reason: str = "",
    ask: TeamAsk | None = None,
) -> Choice:
    """Show the family who could be its facilitator (the Louisiana CSoC model, lines 596 to 597).

    The only one there is stands beside it at once, so that nobody is missing, and the family still says yes or no. Where one
    of the family asked for somebody else, this answers them. Raises NothingShown, TooFew, LookedForMissing, NoteMissing,
    ShownAlready, NotTrained.
    """
    family = Family.objects.select_for_update(no_key=True).get(pk=youth.family_id)
    require(access.may_offer(actor, family) and youth.role == Member.Role.YOUTH and youth.left_at is None)
    free = {one.pk: one for one in offered.free_facilitators(family)}
    require(all(one.pk in free for one in roles))
    require(replaces is None or offered.facilitators_beside(family).filter(pk=replaces.pk).exists())
    for role in roles:
        families.reason_to_begin(role, override_reason)
    plan = Plan.objects.filter(youth=youth, closed_at=None).first()
    shown = [_of_role(free[one.pk], plan) for one in roles]
    is_only_one = _check_count(shown, len(free), looked_for)
    if ask is not None and ask.answered_at is None:
        if says_nothing(note):
            raise NoteMissing
        require(ask.seat.plan.youth_id == youth.pk)
        care.answer_ask(actor=actor, ask=ask, answer=TeamAsk.Answer.CHANGES, words=note)
    basis = max((plan.access_basis if plan is not None else AccessBasis.PARENT, basis_of_cases(youth)), key=_narrowness)
    choice = live(About.FACILITATOR, family, youth=youth) or Choice(
        family=family, youth=youth, plan=plan, about=About.FACILITATOR, access_basis=basis
    )
    choice.replaces, choice.override_reason = replaces, override_reason.strip()
    choice.answers = ask or choice.answers
    choice.follows = choice.follows or standing_choice(youth=youth)
    choice = _shown(actor, choice, shown, note=note, looked_for=looked_for if is_only_one else "")
    if is_only_one:
        put_facilitator(actor, choice, shown[0])
    return choice


def _narrowness(basis: str) -> int:
    return list(AccessBasis).index(AccessBasis(basis))


def _of_role(role: StaffRole, plan: Plan | None) -> Option:
    option = Option(staff_role=role)
    option.shown = {
        "name": role.person.display_name,
        "what": role.organization.name,
        "said": role.about,
        "languages": list(role.languages),
        "families": role.beside,  # type: ignore[attr-defined] # annotated by access
        "gives": offered.gives_already(plan, role.organization.name),
    }
    return option


def put_facilitator(actor: Person, choice: Choice, option: Option) -> None:
    """They stand beside the family from now on. Who stands there already, stays."""
    role = option.staff_role
    if role is None or offered.facilitators_beside(choice.family).filter(staff_role=role).exists():
        return
    families.put_beside(actor=actor, family=choice.family, staff_role=role, override_reason=choice.override_reason)
    record(
        actor=actor,
        verb=Entry.Verb.CREATED,
        subject="assignment",
        subject_id=role.public_id,
        family=choice.family,
        kind=role.role,
    )
    notices.notify(
        person=role.person,
        kind=Notice.Kind.PAIRING_ACCEPTED,
        path=reverse("family_show", args=[choice.family.public_id]),
        about=f"assignment:{choice.family.public_id}:{role.public_id}",
    )


# -- the team, and its meetings ----------------------------------------------------------------------------------------------


@transaction.atomic
def offer_team(*, actor: Person, plan: Plan, key: UUID, role: str, named: Sequence[Named], note: str = "") -> Choice:
    """Show the family who could take a place on the team: two or more. `key`: sent twice, it is one choice.

    One alone is proposed as before (portal.care.actions.add_seat). Raises NothingShown, TooFew, SameTwice, PlanClosed.
    """
    plan = _kept_plan(actor, plan)
    known = _by_key(key, plan)
    if known is not None:
        return known
    shown = [_of_name(one) for one in named]
    if len(shown) < 2:
        raise NothingShown
    _check_count(shown, len(shown), "")
    choice = Choice(
        public_id=key, family=plan.family, youth=plan.youth, plan=plan, about=About.TEAM, access_basis=plan.access_basis,
        team_role=role,
    )  # fmt: skip
    return _shown(actor, choice, shown, note=note)


@transaction.atomic
def offer_times(*, actor: Person, plan: Plan, key: UUID, times: Sequence[Time], minutes: int, note: str = "") -> Choice:
    """Show the family two or more places and times for a meeting of the team; the one it picks is proposed and agreed.

    Raises NothingShown, SameTwice, TimeBehind, PlanClosed.
    """
    plan = _kept_plan(actor, plan)
    known = _by_key(key, plan)
    if known is not None:
        return known
    if len(times) < 2:
        raise NothingShown
    if any(one.starts_at <= timezone.now() for one in times):
        raise TimeBehind
    zone = plan.family.program.profile.time_zone_of(plan.family.region or None)
    shown = [_of_time(one, zone) for one in times]
    _check_count(shown, len(shown), "")
    choice = Choice(
        public_id=key, family=plan.family, youth=plan.youth, plan=plan, about=About.MEETING,
        access_basis=plan.access_basis, minutes=minutes,
    )  # fmt: skip
    return _shown(actor, choice, shown, note=note)


def _of_time(time: Time, zone: str) -> Option:
    option = Option(starts_at=time.starts_at)
    option.shown = {"name": time.place.strip(), "how": time.how, "zone": zone}
    return option


def _kept_plan(actor: Person, plan: Plan) -> Plan:
    plan = locked_plan(plan)
    reader = care_access.reader_of(actor, plan)
    require(reader is not None and care_access.may_keep(reader))
    return plan


def _by_key(key: UUID, plan: Plan) -> Choice | None:
    known = Choice.objects.filter(public_id=key).first()
    require(known is None or known.plan_id == plan.pk)
    return known


# -- put before the family ------------------------------------------------------------------------------------------------


def _shown(actor: Person, choice: Choice, shown: Sequence[Option], *, note: str, looked_for: str = "") -> Choice:
    """Put it before the family, tell who decides, and keep what was promised to who asked."""
    choice.state, choice.offered_by, choice.offered_at = State.OPEN, actor, timezone.now()
    choice.note, choice.looked_for = note.strip(), looked_for.strip()
    choice.is_only_one = bool(choice.looked_for)
    choice.save()
    for place, option in enumerate(shown, start=1):
        option.choice, option.place = choice, place
        option.save()
    keep_record(actor, choice, Entry.Verb.CREATED)
    _answer_who_asked(choice)
    tell_family(choice, but=actor)
    return choice


def _answer_who_asked(choice: Choice) -> None:
    """What is shown now answers whoever asked for it: by asking, or by wanting none of those before."""
    same = Choice.objects.filter(
        family=choice.family_id, youth=choice.youth_id, about=choice.about, item=choice.item_id
    )
    for earlier in same.filter(state=State.NONE).exclude(pk=choice.pk):
        happened(None, earlier, asks=False)
    if choice.asked_by_id is not None:
        happened(None, choice, asks=False)
