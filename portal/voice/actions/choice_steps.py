"""What every step of a choice shares: what is open about the same thing, its record, what is owed for it, and whom it tells."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from portal.access import choices as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.care.refusals import NotThere, PlanClosed
from portal.clocks.actions import record_happening
from portal.clocks.models import Matter
from portal.families.models import AccessBasis, Family
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.programs.vocabulary import Event
from portal.voice.choice_refusals import ShownAlready
from portal.voice.models import Choice
from portal.voice.models.choices import SUBJECT

About, State = Choice.About, Choice.State
# What starts and meets the promise of an answer to who asks to choose.
EVENTS = {
    About.SERVICE: (Event.CHOICE_ASKED, Event.CHOICE_OFFERED),
    About.FACILITATOR: (Event.TEAM_CHANGE_REQUESTED, Event.TEAM_CHANGE_ANSWERED),
}


def live(about: str, family: Family, **of: Any) -> Choice | None:
    """The one that waits about the same thing: asked for, so that it can be filled now. Raises ShownAlready."""
    rows = Choice.objects.select_for_update(of=("self",)).filter(
        about=about, family=family, state__in=Choice.LIVE, **of
    )
    found = rows.first()
    if found is not None and found.is_waiting:
        raise ShownAlready
    return found


def standing_choice(**of: Any) -> Choice | None:
    """What was chosen last about that `item`, or as facilitator for that `youth`; None: nothing yet."""
    about = About.SERVICE if "item" in of else About.FACILITATOR
    return Choice.objects.filter(about=about, state=State.MADE, **of).order_by("-pk").first()


def keep_record(actor: Person, choice: Choice, verb: Entry.Verb) -> None:
    """On the family's record where all of it may know (45 CFR 164.502(g)(3)); never what was shown or said."""
    record(
        actor=actor,
        verb=verb,
        subject=SUBJECT,
        subject_id=choice.public_id,
        family=choice.family if choice.access_basis == AccessBasis.PARENT else None,
        about=choice.about,
        state=choice.state,
    )


def wants_others(actor: Person, choice: Choice) -> None:
    """Staff owe the family somebody or something to choose from, by a date where the programme promises one."""
    happened(actor, choice, asks=True)
    for person in access.staff_of(choice):
        if person != actor:
            notices.notify(person=person, kind=Notice.Kind.ANSWER_OWED, path=page_of(choice), about=choice.told_as)


def happened(actor: Person | None, choice: Choice, *, asks: bool) -> None:
    """Asking for another facilitator is promised an answer as any change of the team is. Of a meeting and its guests the
    family can name its own at once: nothing is owed for that.
    """
    if choice.about not in EVENTS:
        return
    asked, answered = EVENTS[About(choice.about)]
    matter = Matter(
        family=choice.family,
        subject=SUBJECT,
        subject_id=str(choice.public_id),
        matter_of=actor if actor is not None else choice.asked_by,
        youth=choice.youth,
        access_basis=choice.access_basis,
        responsible=access.answering_role(choice.family),
    )
    step = "asked" if asks else "offered"
    record_happening(
        actor=None,
        program=choice.family.program,
        event=asked if asks else answered,
        at=timezone.now(),
        key=f"choice-{step}:{choice.public_id}",
        matter=matter,
    )


def tell_family(choice: Choice, *, but: Person) -> None:
    for person in access.deciders(choice):
        if person != but:
            notices.notify(person=person, kind=Notice.Kind.CHOICE, path=page_of(choice), about=choice.told_as)


def page_of(choice: Choice) -> str:
    return reverse("pick_show", args=[choice.public_id])


def check_open(choice: Choice) -> None:
    """What it is about is still there. Raises NotThere, PlanClosed."""
    if choice.plan is not None and not choice.plan.is_open:
        raise PlanClosed
    if choice.item is not None and choice.item.removed_at is not None:
        raise NotThere
