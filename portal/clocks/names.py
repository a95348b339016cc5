"""What a clock is about in a few words, who has to act, and what the code's words for reasons say to a family."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.programs.vocabulary import Event

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from portal.clocks.models import Clock

# By what is done when the promise is kept. A rule of another event is called by the profile's own sentence.
_TITLES: dict[str, _StrPromise] = {
    Event.ADVERSE_NOTICE_SENT: _("A letter before a service changes"),
    Event.APPEAL_ACKNOWLEDGED: _("Word that your appeal arrived"),
    Event.APPEAL_RECEIVED_BY_PLAN: _("Last day to appeal"),
    Event.APPEAL_RESOLVED: _("An answer to your appeal"),
    Event.ASSESSMENT_COMPLETED: _("A first talk about needs and strengths"),
    Event.AUTHORIZATION_DECIDED: _("A yes or no to a service"),
    Event.CASE_RECEIPT_CONFIRMED: _("Word that the plan has your words"),
    Event.CHOICE_OFFERED: _("Others to choose from"),
    Event.COMPLAINT_SETTLED: _("An answer to your complaint"),
    Event.CONTACT_MADE: _("Regular contact with you"),
    Event.CONTINUATION_REQUESTED: _("Last day to keep your services"),
    Event.ENROLLMENT_ENDED: _("How long the program runs for you"),
    Event.EXPEDITE_REFUSAL_SENT: _("A letter about the fast appeal"),
    Event.EXTENSION_NOTICE_SENT: _("A letter about more time"),
    Event.FAMILY_MET: _("Someone gets to know you"),
    Event.FIRST_CONTACT_MADE: _("A first call to you"),
    Event.GRIEVANCE_ACKNOWLEDGED: _("Word that your complaint arrived"),
    Event.GRIEVANCE_FILED: _("Tell us what went wrong"),
    Event.GRIEVANCE_INVESTIGATED: _("A look into your complaint"),
    Event.GRIEVANCE_RESOLVED: _("An answer to your complaint"),
    Event.HANDED_OFF_WARM: _("One person who stays responsible"),
    Event.HEARING_DECIDED: _("The state's decision"),
    Event.HEARING_REQUESTED: _("Last day to ask for a hearing"),
    Event.HELPING_TALKED: _("A talk about helping others"),
    Event.MET_FACE_TO_FACE: _("A first meeting in person"),
    Event.PAPER_SENT: _("A copy on paper"),
    Event.PARTNER_ANSWERED: _("An answer from the lead family partner"),
    Event.PLAN_MADE: _("Your plan of care"),
    Event.PLAN_REVIEWED: _("A new look at your plan"),
    Event.PROCEDURE_EXPLAINED: _("How to complain, explained again"),
    Event.PSYCHIATRY_LINKED: _("An appointment about medicine"),
    Event.REASSESSED: _("A new look at needs and strengths"),
    Event.REVERSAL_CARRIED_OUT: _("The service you won"),
    Event.STATEMENT_ANSWERED: _("An answer to what you said"),
    Event.SUGGESTION_ANSWERED: _("A word on what made it hard"),
    Event.SUPPORT_ANSWERED: _("An answer to what you asked for"),
    Event.TEAM_CHANGE_ANSWERED: _("An answer about your team"),
    Event.TEAM_MET: _("A meeting of your team"),
}
REASONS: dict[str, _StrPromise] = {
    "answered_for_good": _("It was answered"),
    "family_had_not_asked_yet": _("The family had not asked for the hearing yet"),
    "family_said_not_now": _("The family said: not now"),
    "no_answer": _("Nobody answered, and each try is on record"),
    "no_appointment": _("No appointment was free"),
    "probable_fraud_5_days": _("Probable fraud: 5 days are enough"),
    "refused": _("The family did not want it"),
    "same_day_exception_431_213": _("The law allows the same day"),
    "shorter_lead_with_reason": _("There was less time, for a reason"),
    "taken_back": _("It was taken back"),
}


def title(clock: Clock) -> str:
    known = _TITLES.get(clock.satisfied_by)
    return str(known) if known is not None else plain(clock)


def has_title(clock: Clock) -> bool:
    """Whether the title is in the reader's language; else it is the profile's own sentence, in English."""
    return clock.satisfied_by in _TITLES


def plain(clock: Clock) -> str:
    """The rule in the profile's words, read without checking the whole rule again."""
    return str(clock.terms["plain"])


def reason(text: str) -> str:
    """What stands in a clock's history, for a reader: the code's word in words, what people wrote as it is."""
    code, colon, written = text.partition(": ")
    if code in REASONS:
        return f"{REASONS[code]}: {written}" if colon else str(REASONS[code])
    return "" if text in set(Event) else text


def choices(codes: tuple[str, ...]) -> list[tuple[str, str]]:
    return [(code, str(REASONS.get(code, code.replace("_", " ")))) for code in codes]


def who(clock: Clock) -> str:
    """Who has to act."""
    if clock.responsible is not None:
        role = clock.responsible
        return gettext("%(name)s, %(role)s") % {"name": role.person.display_name, "role": role.get_role_display()}
    if clock.duty_of == "plan" and clock.plan in clock.program.profile.plans:
        return clock.program.profile.plans[clock.plan].name
    parties = {"plan": gettext("the health plan"), "state": gettext("the state"), "family": gettext("the family")}
    return parties.get(clock.duty_of, clock.program.name)
