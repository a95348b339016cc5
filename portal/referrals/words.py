"""What referrals say in the reader's language, where the words come from a profile or from a clock's rule.

The shipped profiles are in English; what they say about who they are for is listed here for the translators, and a test holds
the list to the profiles. Another profile's words are shown as they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from portal.programs.vocabulary import Event

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from portal.programs.schema import Criterion, Profile, Rule

CRITERIA = (
    gettext_noop("Your child has big behavioral health needs, or more than one kind of need at once."),
    gettext_noop("Your child is in detention, or may be sent there soon."),
    gettext_noop("Your child is in a locked youth center, or may be sent there soon."),
    gettext_noop("Your child is in a mental health hospital, or may need to go soon."),
    gettext_noop("Your child lives in a treatment center, or may need to soon."),
    gettext_noop(
        "Your child lives in a center for people with a developmental disability. Or your child may need to go to one soon."
    ),
    gettext_noop("Your child is in a center for alcohol or drug treatment, or may need to go soon."),
    gettext_noop("Your child goes to an alternative school, or may be sent there soon."),
    gettext_noop("Your child has no steady home, as the schools see it, or may lose it soon."),
    gettext_noop("Your child is in foster care, or may be placed there soon."),
    gettext_noop("Today the program is for ages 5 to 20."),
    gettext_noop("Your child lives in Louisiana."),
    gettext_noop("There is an adult who will stay with your child through this."),
    gettext_noop("Your child is between 4 and 18."),
    gettext_noop("Your child lives in the eastern or the central region."),
    gettext_noop("Your child lives in a treatment center for a long time, or is at high risk of that."),
    gettext_noop("Your child's needs are serious, as the CSPI questions show."),
    gettext_noop("You or your child have high needs, and the Managing Entity has put you first in line for help."),
    gettext_noop(
        "You are in a crisis unit, a hospital, a shelter or a detox unit. Or you just left a place like that."
    ),
    gettext_noop("You agree to get this help. You can say no, or not now."),
    gettext_noop("A child or teen who gets mental health or substance use services, and the family."),
)

# A promise named by what keeps it; the day and the counting stand beside it.
PROMISED: dict[str, _StrOrPromise] = {
    Event.FIRST_CONTACT_MADE: _("Someone gets in touch with you"),
    Event.MET_FACE_TO_FACE: _("Someone meets you in person"),
    Event.FAMILY_MET: _("Your care manager gets to know you"),
    Event.REFERRAL_QUESTION_ANSWERED: _("You get an answer to your question"),
}


def of_criterion(criterion: Criterion) -> str:
    return gettext(criterion.plain)


def to_be_found(profile: Profile) -> list[tuple[str, str]]:
    """What staff can find something about: each criterion, and the place in line, which may be a criterion of its own."""
    names = dict.fromkeys([*(one.id for one in profile.target_population), "priority"])
    return [(name, criterion_called(profile, name)) for name in names]


def criterion_called(profile: Profile, name: str) -> str:
    """A criterion by its id, in words; the reason for a place in line and the source are questioned like one."""
    named = {"priority": _("Your place in line, and why"), "source": _("Who asked for help for you")}
    found = next((one for one in profile.target_population if one.id == name), None)
    return of_criterion(found) if found is not None else str(named.get(name, ""))


def of_rule(rule: Rule) -> str:
    return str(PROMISED.get(rule.satisfied_by or "", rule.plain))
