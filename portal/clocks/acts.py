"""What can be done with one clock, where its rule and its state allow it: the page of each, and the action behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.access import clocks as access
from portal.clocks import actions
from portal.clocks.forms import ClockForm, DoneForm, ExcuseForm, MoreTimeForm, NotNowForm, PauseForm, ResumeForm

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from portal.clocks.models import Clock


NOT_NOW = _("Not now")

# What keeps these clocks, and what lets them stand still, is written down elsewhere: with the contact, by whom it was
# with; on the page of what a family asked for, so that it hears what follows.
KEPT_ELSEWHERE = ("contacts", "support_request", "helping", "team_ask", "policy_suggestion")


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
    is_familys: bool = False  # done by the family itself; everything else by staff
    back: _StrPromise = NOT_NOW


@dataclass(frozen=True, slots=True)
class Choice:
    title: _StrPromise
    url: str


def choices_for(clock: Clock, *, is_family: bool) -> list[Choice]:
    """What that side can do with it now."""
    fitting = [act for act in ACTS.values() if act.is_familys == is_family and act.fits(clock)]
    return [Choice(act.title, reverse(act.route, args=[clock.public_id])) for act in fitting]


def _is_kept_here(clock: Clock) -> bool:
    return clock.subject not in KEPT_ELSEWHERE


def _is_running(clock: Clock) -> bool:
    return clock.state == "open" and clock.ends_at is not None and clock.ends_at > timezone.now()


def _can_be_done(clock: Clock) -> bool:
    """What always holds is kept day by day. How a case goes on is decided on its page, never by ticking off a date."""
    is_ticked_off = clock.terms["trigger"] != "always" and not clock.is_kept_by_its_case
    return clock.is_unmet and is_ticked_off and _is_kept_here(clock)


def _can_wait(clock: Clock) -> bool:
    return access.not_now_reason(clock) is not None and _is_running(clock) and _is_kept_here(clock)


def _waits_for_the_family(clock: Clock) -> bool:
    stands_still = clock.state == "paused" and access.stands_still_for(clock).startswith(access.FAMILY_SAID)
    return stands_still and _is_kept_here(clock)


def _can_have_more_time(clock: Clock) -> bool:
    more = clock.rule.extension
    if more is None or clock.is_kept_by_its_case:
        return False
    return clock.extensions < more.at_most and _is_running(clock)


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
        lambda clock: bool(clock.rule.exceptions) and clock.is_unmet and not clock.is_kept_by_its_case,
        actions.excuse_clock,
    ),
    "not_now": Act(
        "owed_not_now",
        _("Say “not now”"),
        _("That is all right. We leave you in peace until the day you choose. Then we ask again."),
        _("Leave us in peace until then"),
        _("Written down. You can change your mind at any time."),
        NotNowForm,
        _can_wait,
        actions.say_not_now,
        is_familys=True,
        back=_("Back"),
    ),
    "again": Act(
        "owed_again",
        _("Let it go on"),
        _("Its date moves by as long as it stood still. Both sides are told."),
        _("Let it go on"),
        _("It goes on. Both sides are told of the new date."),
        ResumeForm,
        _waits_for_the_family,
        actions.resume_clock,
        is_familys=True,
    ),
}
