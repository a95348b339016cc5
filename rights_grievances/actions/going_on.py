"""Whether a service goes on while an appeal or a hearing runs: asked by the family, looked at line by line, and its end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from portal.access import grievances as access
from portal.access import require
from portal.accounts.models import Person
from portal.clocks.models import Clock
from portal.programs.vocabulary import Event
from rights_grievances import continuation
from rights_grievances.actions import adverse
from rights_grievances.actions.common import Kind, check_moment, happened, locked, note, step, tell_desk, tell_filer
from rights_grievances.continuation import AskedBy, Check, Facts, Stop
from rights_grievances.models import Appeal, Case
from rights_grievances.refusals import CaseRefusal

Continuing = Appeal.Continuing
BY_PROVIDER = frozenset({Case.FiledAs.PROVIDER})
BY_OTHERS = frozenset({Case.FiledAs.REPRESENTATIVE, Case.FiledAs.OTHER})


def locked_appeal(case: Case) -> tuple[Case, Appeal]:
    """Both rows as they are now. Raises CaseRefusal("no_appeal") for a case that is none."""
    case = locked(case)
    appeal = Appeal.objects.select_for_update(of=("self",)).select_related("notice__program").filter(case=case).first()
    if appeal is None or not case.plan:
        raise CaseRefusal("no_appeal")
    appeal.case = case
    return case, appeal


@transaction.atomic
def ask_continuing(*, actor: Person, case: Case, at: dt.datetime | None = None) -> Appeal:
    """The family asks to keep the service. Each condition is written down with its reason; what is not known a person looks at.

    After the plan's answer it is asked again, together with the hearing. Raises CaseRefusal.
    """
    require(access.may_speak_as_filer(actor, case) or access.may_handle(actor, case))
    case, appeal = locked_appeal(case)
    if not _may_ask(case, appeal):
        raise CaseRefusal("not_now")
    moment = check_moment(case, at or timezone.now())
    if not _goes_on(appeal):
        appeal.continuing = Continuing.ASKED
    appeal.continuing_asked_at = moment
    appeal.checks = [one.as_json() for one in continuation.check(facts_of(case, appeal))]
    appeal.save()
    made = step(case, Kind.CONTINUE_ASKED, at=moment, by=actor, checks=appeal.checks)
    note(actor, case, "continuing")
    if appeal.result:  # the days after the plan's answer are other ones than those of its first letter
        happened(case, Event.CONTINUATION_REQUESTED, moment, key=str(made.pk))
    elif appeal.notice is not None:
        adverse.happened(appeal.notice, Event.CONTINUATION_REQUESTED, moment, is_start=False, key=str(made.pk))
    tell_desk(case, besides=actor)
    return appeal


@transaction.atomic
def decide_continuing(
    *, actor: Person, case: Case, goes_on: bool, said: Mapping[str, bool] | None = None, reason: str = ""
) -> Appeal:
    """Say whether it goes on. `said`: what a person found of the conditions that were not known, by their ids.

    Refused only by a condition that does not hold, with a reason; granted only where all hold. Raises CaseRefusal.
    """
    require(access.may_handle(actor, case) or access.may_decide(actor, case))
    case, appeal = locked_appeal(case)
    if appeal.continuing != Continuing.ASKED:
        raise CaseRefusal("not_now")
    checks = continuation.judged(continuation.check(facts_of(case, appeal)), said or {})
    verdict = continuation.verdict(checks)
    if verdict is None:
        raise CaseRefusal("look_first")
    if verdict is not goes_on:
        raise CaseRefusal("condition_fails" if goes_on else "all_hold")
    if not goes_on and not reason.strip():
        raise CaseRefusal("reason_missing")
    appeal.checks = [one.as_json() for one in checks]
    appeal.continuing = Continuing.GRANTED if goes_on else Continuing.REFUSED
    appeal.save()
    kind = Kind.CONTINUE_GRANTED if goes_on else Kind.CONTINUE_REFUSED
    step(case, kind, by=actor, text=reason.strip(), checks=appeal.checks)
    note(actor, case, "continuing")
    tell_filer(case)
    return appeal


@transaction.atomic
def end_continuing(*, case: Case, why: Stop, at: dt.datetime | None = None) -> bool:
    """By the house, when what keeps it going is gone (42 CFR 438.420(c)); whether it went on until now."""
    ended = Appeal.objects.filter(case=case, continuing=Continuing.GRANTED).update(continuing=Continuing.ENDED)
    asked = Appeal.objects.filter(case=case, continuing=Continuing.ASKED)
    if not ended and not (why is not Stop.NOT_ASKED_AGAIN and asked.update(continuing=Continuing.ENDED)):
        return False
    step(case, Kind.NOTE, at=at, stopped=why.value)
    note(None, case, "continuing")
    tell_filer(case)
    return True


def last_day_passed(case: Case, clock: Clock) -> None:
    """The days after the plan's answer are over: without a request in time the service goes on no longer."""
    appeal = Appeal.objects.filter(case=case).first()
    if appeal is None or clock.due_on is None:
        return
    asked, answered = appeal.continuing_asked_at, case.resolved_at
    since = continuation.Since(
        is_adverse=appeal.result != Appeal.Result.OVERTURNED,
        last_day_after_answer=clock.due_on,
        hearing_asked_on=_day(case, appeal.hearing_requested_at),
        asked_again_on=_day(case, asked) if asked is not None and answered is not None and asked > answered else None,
    )
    stop = continuation.stops(since, case.program.today())
    if stop is not None:
        end_continuing(case=case, why=stop)


def facts_of(case: Case, appeal: Appeal) -> Facts:
    """What the conditions are checked against: the letter, the case, and the family's own last days as their clocks have them."""
    notice = appeal.notice
    asked = appeal.continuing_asked_at or timezone.now()
    to_ask = last_day_to_keep(case, appeal)
    to_appeal = adverse.last_day(notice, Event.APPEAL_RECEIVED_BY_PLAN) if notice is not None else None
    return Facts(
        asked_on=asked.astimezone(case.program.zone).date(),
        last_day_to_ask=to_ask.due_on if to_ask is not None else None,
        appealed_on=case.filed_at.astimezone(case.program.zone).date(),
        last_day_to_appeal=to_appeal.due_on if to_appeal is not None else None,
        what=notice.what if notice is not None else "",
        was_authorized=notice.was_authorized if notice is not None else None,
        ordered_by_provider=notice.ordered_by_provider if notice is not None else None,
        authorized_until=notice.authorized_until if notice is not None else None,
        asked_by=_asked_by(case),
        has_family_word=_has_word(case),
    )


def checks_of(case: Case, appeal: Appeal) -> tuple[Check, ...]:
    """As they were written down; before anybody asked, as they would be today."""
    if appeal.checks:
        return tuple(Check.from_json(one) for one in appeal.checks)
    return continuation.check(facts_of(case, appeal))


def last_day_to_keep(case: Case, appeal: Appeal) -> Clock | None:
    """By when to ask: after the plan's answer the days that this starts, before it those of its first letter."""
    days = access.clocks_of(case).filter(satisfied_by=Event.CONTINUATION_REQUESTED)
    after = days.exclude(state=Clock.State.CANCELLED).last()
    if after is not None or appeal.notice is None:
        return after
    return adverse.last_day(appeal.notice, Event.CONTINUATION_REQUESTED)


def may_ask_now(case: Case, appeal: Appeal) -> bool:
    return bool(case.plan) and _may_ask(case, appeal)


def _may_ask(case: Case, appeal: Appeal) -> bool:
    if case.state == Case.State.WITHDRAWN or appeal.result == Appeal.Result.OVERTURNED:
        return False
    if case.is_open:
        return appeal.continuing in {Continuing.NOT_ASKED, Continuing.REFUSED} and not appeal.result
    return appeal.hearing in {Appeal.Hearing.NONE, Appeal.Hearing.REQUESTED} and appeal.continuing != Continuing.ASKED


def _goes_on(appeal: Appeal) -> bool:
    return appeal.continuing == Continuing.GRANTED


def _asked_by(case: Case) -> AskedBy:
    if case.filed_as in BY_PROVIDER:
        return AskedBy.PROVIDER
    return AskedBy.REPRESENTATIVE if case.filed_as in BY_OTHERS else AskedBy.FAMILY


def _has_word(case: Case) -> bool | None:
    return {Case.Consent.GIVEN: True, Case.Consent.REFUSED: False}.get(Case.Consent(case.consent))


def _day(case: Case, at: dt.datetime | None) -> dt.date | None:
    return at.astimezone(case.program.zone).date() if at is not None else None
