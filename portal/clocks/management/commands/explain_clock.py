from __future__ import annotations

import argparse
import datetime as dt
import json
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from portal.clocks import rules, words
from portal.clocks.calendar import Calendar, calendar_of
from portal.programs.registry import profiles
from portal.programs.schema import Profile, Rule

YEARS = range(1900, 2101)  # of others nobody knows the holidays


class Asked(NamedTuple):
    rule: Rule
    start: dt.datetime
    effective: dt.datetime | None
    calendar: Calendar
    extensions: int


class Command(BaseCommand):
    help = "Say when a promise of a programme is due, and how that date comes about; one JSON object."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("rule", help="the rule's id, such as MO-PLAN")
        parser.add_argument("--program", required=True, metavar="SLUG")
        parser.add_argument("--plan", metavar="ID", help="a health plan of the programme's profile")
        parser.add_argument("--start", required=True, metavar="ISO", help="when it began: a date, or a date and time")
        parser.add_argument("--extend", action="store_true", help="with the added time the rule allows")
        parser.add_argument(
            "--effective", metavar="ISO", help="when the change takes effect, or what it is counted from"
        )
        parser.add_argument("--closure", action="append", default=[], metavar="DATE", help="a day the offices close")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en"):
            self.stdout.write(json.dumps(_explained(_asked(options)), ensure_ascii=False, indent=1))


def _explained(asked: Asked) -> dict[str, Any]:
    rule = asked.rule
    due = rules.due_at(rule, asked.start, asked.calendar, effective_at=asked.effective, extensions=asked.extensions)
    working = rules.windows(rule, asked.start, asked.calendar) if rule.kind == "window" else due.working
    return {
        "rule": rule.id,
        "kind": rule.kind,
        "due_at": due.due_at.isoformat().replace("+00:00", "Z") if due.due_at else None,
        "due_on": due.due_on.isoformat() if due.due_on else None,
        "working": words.sentences(working, "en"),
        "source": _source(asked),
    }


def _source(asked: Asked) -> str:
    more = asked.rule.extension
    told = [asked.rule.source, *([more.source] if more is not None and asked.extensions else [])]
    return "; ".join(dict.fromkeys(told))


def _asked(options: dict[str, Any]) -> Asked:
    profile = _profile(options["program"])
    closures = {_date(text, "--closure"): "a closing added later" for text in options["closure"]}
    calendar = calendar_of(profile, added=closures)
    start = _moment(options["start"], "--start", calendar)
    effective = _moment(options["effective"], "--effective", calendar) if options["effective"] else None
    rule = _rule(profile, options["rule"], options["plan"], start.astimezone(calendar.zone).date())
    if options["extend"] and rule.extension is None:
        raise CommandError(f"{rule.id} cannot be extended: nobody may add time to it, so leave --extend out.")
    is_elsewhere = rule.anchor not in {None, rule.trigger}
    if effective is not None and not (is_elsewhere or rule.later_of or rule.kind == "backward"):
        raise CommandError(f"{rule.id} has no second date, so leave --effective out.")
    if effective is None and is_elsewhere:
        effective = start  # asked without it, --start is what the rule is counted from
    return Asked(rule, start, effective, calendar, int(options["extend"]))


def _profile(slug: str) -> Profile:
    known = profiles()
    if slug not in known:
        raise CommandError(f'There is no programme "{slug}": choose one of {", ".join(sorted(known))}.')
    return known[slug]


def _rule(profile: Profile, rule_id: str, plan: str | None, on: dt.date) -> Rule:
    if plan is not None and plan not in profile.plans:
        there = ", ".join(sorted(profile.plans)) or "none"
        raise CommandError(f'{profile.name} has no plan "{plan}": choose one of {there}.')
    rule = profile.rule(rule_id, plan=plan, on=on)
    if rule is not None:
        return rule
    under = f" under the plan {plan}" if plan else ""
    if profile.rule(rule_id, plan=plan) is not None:
        raise CommandError(
            f"{profile.name} has {rule_id}{under}, but not yet on {on.isoformat()}: give a later --start."
        )
    holders = sorted(name for name in profile.plans if profile.rule(rule_id, plan=name) is not None)
    hint = f"; a plan that has one is named with --plan: {', '.join(holders)}" if holders else ""
    raise CommandError(f"{profile.name} has no rule {rule_id}{under}, so nothing is due by it{hint}.")


def _moment(text: str, option: str, calendar: Calendar) -> dt.datetime:
    """A date is its first minute; a time without an offset is one in the programme's zone."""
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise CommandError(_wrong(text, option)) from error
    if moment.year not in YEARS:
        raise CommandError(
            f"{option} {text} is too far away to count with: give a year from {YEARS[0]} to {YEARS[-1]}."
        )
    return moment if moment.tzinfo else moment.replace(tzinfo=calendar.zone)


def _date(text: str, option: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(_wrong(text, option)) from error


def _wrong(text: str, option: str) -> str:
    return f"{option} {text!r} is not a date: write it like 2027-02-05, or with a time like 2027-02-05T14:30."
