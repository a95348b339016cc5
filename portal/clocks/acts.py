"""What staff can do with one clock, where its rule and its state allow it: the page of each, and the action behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.clocks import actions
from portal.clocks.forms import ClockForm, DoneForm, ExcuseForm, MoreTimeForm, PauseForm, ResumeForm

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from portal.clocks.models import Clock


@dataclass(frozen=True, slots=True)
class Act:
    route: str
    title: _StrPromise
    lead: _StrPromise
    button: _StrPromise
    said: _StrPromise
    form: type[ClockForm]
    fits: Callable[[Clock], bool]
    do: Callable[..., Clock]


@dataclass(frozen=True, slots=True)
class Choice:
    title: _StrPromise
    url: str


# What keeps these clocks, and what lets them stand still, is written down elsewhere: with the contact, by whom it was with.
KEPT_ELSEWHERE = "contacts"


def choices_for(clock: Clock) -> list[Choice]:
    """What can be done with it now."""
    return [Choice(act.title, reverse(act.route, args=[clock.public_id])) for act in ACTS.values() if act.fits(clock)]


def _is_kept_here(clock: Clock) -> bool:
    return clock.subject != KEPT_ELSEWHERE


def _is_running(clock: Clock) -> bool:
    return clock.state == "open" and clock.ends_at is not None and clock.ends_at > timezone.now()


def _can_be_done(clock: Clock) -> bool:
    """What always holds is kept day by day. How a family leaves is decided elsewhere, never by ticking off a date."""
    is_ticked_off = clock.terms["trigger"] != "always" and clock.satisfied_by != "enrollment_ended"
    return clock.is_unmet and is_ticked_off and _is_kept_here(clock)


def _can_have_more_time(clock: Clock) -> bool:
    more = clock.rule.extension
    return more is not None and clock.extensions < more.at_most and _is_running(clock)


ACTS: dict[str, Act] = {
    "done": Act(
        "owed_done",
        _("Write down that it is done"),
        _("Give the day on which it was done, not the day you write it down."),
        _("Write it down"),
        _("Written down. The family sees it, too."),
        DoneForm,
        _can_be_done,
        actions.record_done,
    ),
    "more_time": Act(
        "owed_extend",
        _("Ask for more time"),
        _(
            "The rule allows this once, before the last day has passed. The old date stays to be seen beside the new one."
        ),
        _("Take more time"),
        _("More time was added. Both sides are told."),
        MoreTimeForm,
        _can_have_more_time,
        actions.extend_clock,
    ),
    "pause": Act(
        "owed_pause",
        _("Let it stand still"),
        _("Only for a reason that the rule names. It goes on when you say so."),
        _("Let it stand still"),
        _("It stands still from now on. Both sides see it."),
        PauseForm,
        lambda clock: bool(clock.rule.pause) and _is_running(clock) and _is_kept_here(clock),
        actions.pause_clock,
    ),
    "resume": Act(
        "owed_resume",
        _("Let it go on"),
        _("Its date moves by as long as it stood still. Both sides are told."),
        _("Let it go on"),
        _("It goes on. Both sides are told of the new date."),
        ResumeForm,
        lambda clock: clock.state == "paused" and _is_kept_here(clock),
        actions.resume_clock,
    ),
    "excuse": Act(
        "owed_excuse",
        _("Write down why it could not be done"),
        _("Only for a reason that the rule names. The family reads what you write."),
        _("Write it down"),
        _("Written down. The family sees it, too."),
        ExcuseForm,
        lambda clock: bool(clock.rule.exceptions) and clock.is_unmet,
        actions.excuse_clock,
    ),
}
