"""Two requests for help of the demo: one that is late, and one from a school that waits for the mother's yes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from portal.referrals import codes
from portal.referrals.actions import begin, record_finding, record_partner_referral, save_answers, send, take
from portal.referrals.models import Referral

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.programs.models import StaffRole

# Known to whoever reads this; a real code is made by chance and shown once.
LATE, WAITING = "BCDFGHJKMNPR", "TWXYZBCDFGHJ"

TRY = (
    (_("Without an account: see where Jaylen’s request is, and that something is late."), codes.in_groups(LATE)),
    (_("As a mother: a school asked for help for you. Say yes, or not now."), codes.in_groups(WAITING)),
)


def tell(*, alma: Person, role: StaffRole, now: dt.datetime) -> None:
    _late(alma, role, now)
    _waiting(alma, role)


def _late(alma: Person, role: StaffRole, now: dt.datetime) -> None:
    """Sent five days ago and taken on the day after; nobody has called yet, which was promised within three."""
    program = role.organization.program
    referral, _code = begin(program=program, language="en")
    answers = {
        "first_name": "Jaylen",
        "asker": "guardian",
        "body": "He is 9. The school calls me almost every day and says he cannot stay. I am afraid I will lose my job.",
        "phone": "(504) 555-0117",
        "safe_when": "After 5. Not at work, please.",
        "message": "on",
        "region": "jefferson",
        "speaks": "en",
    }
    save_answers(referral=referral, answers=answers, seen=0)
    sent = send(referral=referral, at=now - dt.timedelta(days=5))
    day = program.today() + dt.timedelta(days=1)
    take(actor=alma, role=role, referral=sent, next_step="visit", next_on=day, at=now - dt.timedelta(days=4))
    record_finding(
        actor=alma,
        referral=sent,
        criterion="priority",
        result="unsure",
        reason="Jaylen may lose his place at school, so we look at it this week.",
    )
    Referral.objects.filter(pk=sent.pk).update(code_key=codes.key_of(LATE))


def _waiting(alma: Person, role: StaffRole) -> None:
    referral, _code = record_partner_referral(
        actor=alma,
        role=role,
        source="school",
        answers={
            "partner": "Cypress Grove Middle School",
            "first_name": "Nia",
            "body": "Nia was sent home four times this month. We would like to keep her here with the right help.",
            "phone": "5045550188",
        },
        consent="unknown",
        language="en",
    )
    Referral.objects.filter(pk=referral.pk).update(code_key=codes.key_of(WAITING))
