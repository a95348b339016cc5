"""What a family says to a choice, and what follows: a name in the plan, a facilitator, a place on the team, a meeting.

Who decides settles it with the first word that says which one; whoever comes second, or has not the say, is heard and kept as
a wish. Nothing said is overwritten.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from portal.access import choices as access
from portal.access import granted, offered, require
from portal.access.care import Part
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.care import actions as care
from portal.care.models import Plan
from portal.enrollment.actions import hand_on_cases
from portal.families import actions as families
from portal.families.models import Family, StaffAssignment
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.text import says_nothing
from portal.voice.actions.choice_steps import EVENTS, check_open, keep_record, page_of, tell_family, wants_others
from portal.voice.actions.offers import put_facilitator
from portal.voice.choice_refusals import NoteMissing, OptionGone, SettledMeanwhile, WhichOne
from portal.voice.models import Choice, ChoiceWord, Option

About, State, Kind = Choice.About, Choice.State, ChoiceWord.Kind


class Heard(StrEnum):
    """What became of a word."""

    SETTLED = "settled"
    KEPT = "kept"  # as a wish: of who has not the say, or came after another
    SAME = "same"  # said before


@dataclass(frozen=True, slots=True)
class Said:
    kind: str
    option: Option | None = None
    text: str = ""


def say(*, actor: Person, choice: Choice, said: Said) -> Heard:
    """One of the family says which one, none of these, that they need time, or "you choose for us".

    Raises WhichOne, OptionGone (what was wanted is kept, and staff know), SettledMeanwhile, and what the plan refuses.
    """
    return _say_or_keep(choice, by=actor, written_by=None, said=said)


def write_down(*, actor: Person, choice: Choice, by: Person, said: Said) -> Heard:
    """Staff write down what one who decides told them, by word of mouth. That person reads it and can say it anew."""
    found = granted(access.standing(actor, choice))
    require(found.keeps and by in access.deciders(choice))
    return _say_or_keep(choice, by=by, written_by=actor, said=said)


def choose_for(*, actor: Person, choice: Choice, said: Said) -> Heard:
    """Staff choose, as the family asked them to, and say why. Raises NoteMissing, WhichOne, OptionGone, SettledMeanwhile."""
    found = granted(access.standing(actor, choice))
    require(found.keeps)
    handed = ChoiceWord.objects.filter(choice=choice, choice__state=State.HANDED, kind=Kind.YOU, is_counted=True)
    asked = handed.select_related("by").last()
    if asked is None:
        raise SettledMeanwhile
    require(asked.by in access.deciders(choice))
    if says_nothing(said.text):
        raise NoteMissing
    return _say_or_keep(choice, by=asked.by, written_by=actor, said=Said(Kind.PICK, said.option, said.text))


def _say_or_keep(choice: Choice, *, by: Person, written_by: Person | None, said: Said) -> Heard:
    try:
        with transaction.atomic():
            return _say(choice, by, written_by, said)
    except OptionGone as gone:
        _keep_what_was_wanted(choice, by, written_by, gone.option, said.text)
        raise


def _say(choice: Choice, by: Person, written_by: Person | None, said: Said) -> Heard:
    choice = locked(choice)
    found = granted(access.standing(by, choice))
    require(found.part != Part.STAFF)
    option = _option(choice, said)
    last = ChoiceWord.objects.filter(choice=choice, by=by).last()
    if last is not None and (last.kind, last.option_id, last.text) == (
        said.kind,
        said.option and said.option.pk,
        said.text.strip(),
    ):
        return Heard.SAME
    if choice.state in {State.ASKED, State.WITHDRAWN, State.REPLACED}:
        raise SettledMeanwhile
    check_open(choice)
    if choice.is_waiting and option is not None and offered.gone(choice, [option]):
        raise OptionGone(option)
    counts = found.decides and choice.is_waiting
    _keep_word(choice, by, written_by, said, counts=counts)
    if not counts:
        _tell_of_wish(choice, by)
        return Heard.KEPT
    notices.mark_read(person=by, about=choice.told_as)
    _settle(choice, by, written_by, Kind(said.kind), option)
    return Heard.SETTLED


def _option(choice: Choice, said: Said) -> Option | None:
    if said.kind != Kind.PICK:
        return None
    shown = choice.options.select_related("entry", "staff_role__person")
    option = shown.filter(pk=said.option.pk).first() if said.option is not None else None
    if option is None:
        raise WhichOne
    return option


def _keep_word(choice: Choice, by: Person, written_by: Person | None, said: Said, *, counts: bool) -> None:
    option = said.option if said.kind == Kind.PICK else None
    word = ChoiceWord(choice=choice, kind=said.kind, option=option, by=by, written_by=written_by, is_counted=counts)
    word.text, word.at = said.text.strip(), timezone.now()
    word.save()


def _settle(
    choice: Choice, by: Person, written_by: Person | None, kind: ChoiceWord.Kind, option: Option | None
) -> None:
    follows = {Kind.TIME: State(choice.state), Kind.YOU: State.HANDED, Kind.NONE: State.NONE, Kind.PICK: State.MADE}
    move(choice, follows[kind])
    choice.made = option
    choice.save()
    actor = written_by or by
    keep_record(actor, choice, Entry.Verb.CHANGED)
    if kind == Kind.NONE:
        notices.take_back(about=choice.told_as)
        wants_others(by, choice)
    elif kind == Kind.YOU:
        _tell_staff(choice, actor, Notice.Kind.ANSWER_OWED)
    elif option is not None:
        notices.take_back(about=choice.told_as)
        _replace_before(choice)
        _carry_out(choice, by, option)
        _tell_made(choice, actor)


def move(choice: Choice, state: Choice.State) -> None:
    """Take it to that state, in memory. Raises SettledMeanwhile where no way leads there."""
    if state not in Choice.NEXT[State(choice.state)]:
        raise SettledMeanwhile
    choice.state = state
    choice.ended_at = None if state in Choice.LIVE else timezone.now()


def _replace_before(choice: Choice) -> None:
    """What was chosen before about the same thing stays to be seen, and does not stand any more."""
    same = Choice.objects.filter(about=choice.about, state=State.MADE).exclude(pk=choice.pk)
    if choice.about == About.SERVICE:
        same.filter(item=choice.item_id).update(state=State.REPLACED)
    elif choice.about == About.FACILITATOR:
        same.filter(family=choice.family_id, youth=choice.youth_id).update(state=State.REPLACED)


def _carry_out(choice: Choice, by: Person, option: Option) -> None:
    """It is done with the family's own word: no staff member has to agree to it."""
    if choice.about == About.SERVICE and choice.item is not None:
        care.set_provider(actor=by, item=choice.item, provider=option.name)
    elif choice.about == About.FACILITATOR:
        put_facilitator(choice.offered_by or by, choice, option)
        _send_off(choice, by, option)
    elif choice.plan is not None and choice.about == About.TEAM:
        care.add_seat(
            actor=by, plan=choice.plan, role=choice.team_role, name=option.name, agency=option.shown["what"],
            access_basis=choice.access_basis,
        )  # fmt: skip
    elif choice.plan is not None and option.starts_at is not None:
        care.propose_meeting(
            actor=by,
            plan=choice.plan,
            starts_at=option.starts_at,
            minutes=choice.minutes or 60,
            how=option.shown["how"],
            place=option.name,
        )


def _send_off(choice: Choice, by: Person, option: Option) -> None:
    old, new = choice.replaces, option.staff_role
    if old is None or new is None or old.ended_at is not None or old.staff_role_id == new.pk:
        return
    hand_on_cases(family=choice.family, old=old.staff_role, new=new)
    families.step_aside(actor=by, assignment=old)


# -- choosing anew, and taking back -----------------------------------------------------------------------------------------


@transaction.atomic
def choose_again(*, actor: Person, choice: Choice) -> Choice:
    """Open a choice that was made once more, with those of its options that can still be had. The old one stands until then.

    Twice gives the same. Raises SettledMeanwhile, PlanClosed.
    """
    choice = locked(choice)
    found = granted(access.standing(actor, choice))
    require(found.decides and choice.about in {About.SERVICE, About.FACILITATOR})
    same = {"item": choice.item} if choice.about == About.SERVICE else {"youth": choice.youth}
    there = Choice.objects.filter(about=choice.about, state__in=Choice.LIVE, **same).first()
    if there is not None:
        return there
    if choice.state != State.MADE:
        raise SettledMeanwhile
    check_open(choice)
    options = list(choice.options.select_related("entry"))
    gone = offered.gone(choice, options)
    left = [one for one in options if one.pk not in gone]
    again = _like(choice)
    again.follows, again.asked_by, again.replaces = choice, actor, _put_there_by(choice)
    if len(left) < 2:
        again.state = State.ASKED
        again.save()
        keep_record(actor, again, Entry.Verb.CREATED)
        wants_others(actor, again)
        return again
    again.state, again.offered_by, again.offered_at = State.OPEN, choice.offered_by, timezone.now()
    again.save()
    for place, option in enumerate(left, start=1):
        copy = Option(choice=again, place=place, entry=option.entry, is_listed=option.is_listed)
        copy.staff_role, copy.starts_at, copy.shown = option.staff_role, option.starts_at, option.shown
        copy.save()
    keep_record(actor, again, Entry.Verb.CREATED)
    tell_family(again, but=actor)
    return again


def _like(choice: Choice) -> Choice:
    return Choice(
        family=choice.family,
        youth=choice.youth,
        plan=choice.plan,
        item=choice.item,
        about=choice.about,
        access_basis=choice.access_basis,
        answers=choice.answers,
        replaces=choice.replaces,
        override_reason=choice.override_reason,
    )


def _put_there_by(choice: Choice) -> StaffAssignment | None:
    """Who goes when another facilitator is chosen: the one whom this choice put there."""
    role = choice.made.staff_role if choice.made is not None else None
    return offered.facilitators_beside(choice.family).filter(staff_role=role).first() if role is not None else None


@transaction.atomic
def withdraw_choice(*, actor: Person, choice: Choice, why: str) -> None:
    """Staff take back what was shown before it was answered, and say why. Raises NoteMissing, SettledMeanwhile."""
    choice = locked(choice)
    found = granted(access.standing(actor, choice))
    require(found.keeps and choice.state != State.ASKED)
    if says_nothing(why):
        raise NoteMissing
    move(choice, State.WITHDRAWN)
    choice.taken_back = why.strip()
    choice.save()
    keep_record(actor, choice, Entry.Verb.ENDED)
    notices.take_back(about=choice.told_as)
    asked_by = choice.asked_by or (choice.answers.asked_by if choice.answers is not None else None)
    if asked_by is not None and choice.about in EVENTS:  # who asked to choose is owed it still
        again = _like(choice)
        again.state, again.asked_by, again.follows = State.ASKED, asked_by, choice.follows
        again.save()
        wants_others(asked_by, again)


def see_choice(*, actor: Person, choice: Choice) -> None:
    """They have its page open: what told them of it is read."""
    notices.mark_read(person=actor, about=choice.told_as)


# -- parts of the above --------------------------------------------------------------------------------------------------------


def locked(choice: Choice) -> Choice:
    """The row as it is now, held until this is done: after what it is about, in the order in which options are shown."""
    if choice.about == About.FACILITATOR:
        Family.objects.select_for_update(no_key=True).get(pk=choice.family_id)
    if choice.plan_id is not None:
        Plan.objects.select_for_update(of=("self",)).get(pk=choice.plan_id)
    held = Choice.objects.select_for_update(of=("self",)).select_related(
        *("family__program", "youth__person", "youth__family__program", "item__plan", "plan", "offered_by"),
        *("made", "replaces__staff_role", "asked_by", "answers__asked_by"),
    )
    return held.get(pk=choice.pk)


@transaction.atomic
def _keep_what_was_wanted(choice: Choice, by: Person, written_by: Person | None, option: Option, text: str) -> None:
    """It is gone, and what they wanted is on record."""
    choice = locked(choice)
    Option.objects.filter(pk=option.pk, gone_at=None).update(gone_at=timezone.now())
    _keep_word(choice, by, written_by, Said(Kind.PICK, option, text), counts=False)
    _tell_staff(choice, by, Notice.Kind.ANSWER_OWED)


def _tell_of_wish(choice: Choice, by: Person) -> None:
    """Who decides, and the staff, read it on its page; they are told once while it is unread."""
    for person in [*access.deciders(choice), *access.staff_of(choice)]:
        if person != by:
            notices.notify(person=person, kind=Notice.Kind.VOICE, path=page_of(choice), about=f"{choice.told_as}:wish")


def _tell_staff(choice: Choice, actor: Person, kind: Notice.Kind) -> None:
    for person in access.staff_of(choice):
        if person != actor:
            notices.notify(person=person, kind=kind, path=page_of(choice), about=choice.told_as)


def _tell_made(choice: Choice, actor: Person) -> None:
    """The others who decide, and the staff; where the plan says something new, its own notice stands beside it."""
    for person in [*access.deciders(choice), *access.staff_of(choice)]:
        if person != actor:
            notices.notify(person=person, kind=Notice.Kind.VOICE, path=page_of(choice), about=f"{choice.told_as}:made")
