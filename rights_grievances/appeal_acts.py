"""What can be done with an appeal and with the hearing after it, by whom and when: the page of each and its form."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from portal.access import grievances as access
from rights_grievances import continuation
from rights_grievances.actions import appeals, going_on, hearings
from rights_grievances.acts import Act
from rights_grievances.forms import appeals as forms
from rights_grievances.forms.cases import YES

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from rights_grievances.models import Appeal, Case

Asks = Callable[["Person", "Case", "Appeal"], bool]


def may_work(person: Person, case: Case) -> bool:
    return access.may_handle(person, case) or access.may_decide(person, case)


def may_ask_fast(appeal: Appeal) -> bool:
    """Once; a provider's word may be brought later."""
    return appeal.speed == "standard" or (appeal.speed in {"refused", "asked"} and not appeal.is_backed_by_provider)


def _of_appeal(may: Asks) -> Callable[[Person, Case], bool]:
    """Nobody where there is no appeal, nor where no plan is bound."""

    def asked(person: Person, case: Case) -> bool:
        appeal = getattr(case, "appeal", None)
        return appeal is not None and bool(case.plan) and may(person, case, appeal)

    return asked


def _speaks(person: Person, case: Case) -> bool:
    return access.may_speak_as_filer(person, case) or access.may_handle(person, case)


def _answer_fast(person: Person, case: Case, form: forms.FastAnswerForm) -> object:
    said = form.cleaned_data
    if said["goes"] == YES:
        return appeals.grant_fast(actor=person, case=case)
    tried = forms.moment_of(case.program, said["on"], said["at_time"]) if said["on"] else None
    return appeals.refuse_fast(actor=person, case=case, reason=said["reason"], tried_at=tried, reached=said["reached"])


def _answer_keep(person: Person, case: Case, form: forms.KeepAnswerForm) -> object:
    goes_on = form.cleaned_data["goes_on"] == YES
    reason = form.cleaned_data["reason"]
    return going_on.decide_continuing(actor=person, case=case, goes_on=goes_on, said=form.said, reason=reason)


def _unknown(case: Case) -> dict[str, Any]:
    return {"checks": continuation.check(going_on.facts_of(case, case.appeal))}


def _ask_hearing(person: Person, case: Case, form: forms.HearingForm) -> object:
    said = form.cleaned_data
    return hearings.request_hearing(
        actor=person,
        case=case,
        at=forms.moment_of(case.program, said["on"], None),
        way=said["way"],
        wants_continuing=said.get("wants_continuing", False),
    )


def _decide_hearing(person: Person, case: Case, form: forms.HearingResultForm) -> object:
    said = form.cleaned_data
    at = forms.moment_of(case.program, said["on"], None)
    return hearings.record_hearing(actor=person, case=case, result=said["result"], decided_at=at, text=said["text"])


def _at_any_time(_case: Case) -> bool:
    return True  # when it fits is part of who may


ACTS: tuple[Act, ...] = (
    Act(
        "appeal/fast",
        "appeal_fast",
        _("Ask to go fast"),
        _("When waiting could do harm, the plan decides in hours. If a provider says so, too, it has to."),
        _("Ask to go fast"),
        _("You asked to go fast. We have told who decides it."),
        forms.FastForm,
        _of_appeal(lambda person, case, appeal: _speaks(person, case) and case.is_open and may_ask_fast(appeal)),
        _at_any_time,
        lambda person, case, form: appeals.ask_fast(actor=person, case=case, **form.cleaned_data),
        back="appeal_show",
        then="appeal_show",
    ),
    Act(
        "appeal/fast/answer",
        "appeal_fast_answer",
        _("Does it go fast?"),
        _("A no needs a reason, a try to say so by voice, and a letter in two days. They may complain about it."),
        _("Keep this"),
        _("It is written down, and the family is told."),
        forms.FastAnswerForm,
        _of_appeal(lambda person, case, appeal: may_work(person, case) and case.is_open and appeal.speed == "asked"),
        _at_any_time,
        _answer_fast,
        back="appeal_show",
        then="appeal_show",
    ),
    Act(
        "appeal/keep/answer",
        "appeal_keep_answer",
        _("Does the service go on?"),
        _("It goes on when all lines say yes. Only a line that says no is a reason to stop it."),
        _("Keep this"),
        _("It is written down, and the family is told."),
        forms.KeepAnswerForm,
        _of_appeal(lambda person, case, appeal: may_work(person, case) and appeal.continuing == "asked"),
        _at_any_time,
        _answer_keep,
        options=_unknown,
        back="appeal_show",
        then="appeal_show",
        shows=lambda _case, form: {"checks": form.known},
    ),
    Act(
        "appeal/answer",
        "appeal_answer",
        _("The plan’s answer"),
        "",
        _("Answer it"),
        _("It is answered, and the family is told."),
        forms.AnswerForm,
        _of_appeal(lambda person, case, _appeal: access.may_decide(person, case) and case.is_open),
        _at_any_time,
        lambda person, case, form: appeals.resolve_appeal(actor=person, case=case, **form.cleaned_data),
        back="appeal_show",
        then="appeal_show",
    ),
    Act(
        "hearing/ask",
        "hearing_ask",
        _("You asked the state for a hearing"),
        _("Write down when and how. Then we count the days for the state, and help you get ready."),
        _("Keep this"),
        _("It is written down."),
        forms.HearingForm,
        _of_appeal(lambda person, case, appeal: _speaks(person, case) and hearings.may_request(case, appeal)),
        _at_any_time,
        _ask_hearing,
        options=lambda case: {"keeps": going_on.may_ask_now(case, case.appeal)},
        back="hearing_show",
        then="hearing_show",
        shows=lambda _case, form: {
            "warning": continuation.MAY_HAVE_TO_PAY if "wants_continuing" in form.fields else ""
        },
    ),
    Act(
        "hearing/decided",
        "hearing_decide",
        _("What the state decided"),
        "",
        _("Keep this"),
        _("It is written down, and the family is told."),
        forms.HearingResultForm,
        _of_appeal(lambda person, case, appeal: access.may_handle(person, case) and appeal.hearing == "requested"),
        _at_any_time,
        _decide_hearing,
        back="hearing_show",
        then="hearing_show",
    ),
)
BY_NAME = {act.name: act for act in ACTS}
