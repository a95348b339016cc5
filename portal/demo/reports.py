"""A report that Tre made this morning: somebody took it on the phone, and the number they promised has not come yet."""

from __future__ import annotations

import datetime as dt

from portal.accounts.models import Person
from portal.demo import cast
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from portal.safety.actions import finish_report, note_call, save_report
from portal.safety.models import AbuseReport

AGO = dt.timedelta(hours=3)
HOTLINE = "Invented hotline, (504) 555-0177"
SAID = {
    "danger": "no",
    "suspect": "household",
    "trafficking": "no",
    "in_care": "no",
    "work": "counsels",
    "child_name": "Jordan, last name not known",
    "age": "about 12",
    "what": "At the open gym he said: “I sleep in the car when his friends come over.” He had not eaten since yesterday.",
    "when": "Yesterday, a little after four",
    "who": "An uncle who lives with them",
    "safe": "no",
}


def tell(people: dict[str, Person], roles: dict[str, StaffRole], *, now: dt.datetime) -> None:
    tre = people["tre"]
    key = cast.id_of("report")
    report = save_report(actor=tre, role=roles["tre"], key=key, said=SAID, seen=0)
    finish_report(actor=tre, report=report)
    facts = {"whom": HOTLINE, "took": "Worker 31", "reference": ""}
    note_call(actor=tre, report=report, key=cast.id_of("report-call"), outcome="taken", at=now - AGO, facts=facts)
    AbuseReport.objects.filter(pk=report.pk).update(started_at=now - AGO, ready_at=now - AGO, saved_at=now - AGO)
    Notice.objects.filter(kind=Notice.Kind.REPORT).update(created_at=now - AGO)
