"""Every write to referrals: by who holds the code, by staff, and by the house itself, which looks for what got lost.

There is no action that refuses, rejects or deletes a referral.
"""

from __future__ import annotations

from portal.referrals.actions.family import (
    AlreadySent,
    NothingWritten,
    answer_for_family,
    ask,
    begin,
    save_answers,
    send,
    text_code,
)
from portal.referrals.actions.keeping import alert_lost
from portal.referrals.actions.staff import (
    AlreadyWritten,
    NotYetAgreed,
    answer_question,
    join,
    note_step,
    receive_by_code,
    record_consent,
    record_finding,
    record_partner_referral,
    renew_code,
    take,
    tell_guardian,
)

__all__ = [
    "AlreadySent",
    "AlreadyWritten",
    "NotYetAgreed",
    "NothingWritten",
    "alert_lost",
    "answer_for_family",
    "answer_question",
    "ask",
    "begin",
    "join",
    "note_step",
    "receive_by_code",
    "record_consent",
    "record_finding",
    "record_partner_referral",
    "renew_code",
    "save_answers",
    "send",
    "take",
    "tell_guardian",
    "text_code",
]
