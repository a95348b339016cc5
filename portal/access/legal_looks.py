"""The one look that its people are told of later: who may ask for it, who has to stand for it, and until when it may be taken."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from messaging.models import Conversation, Participant
from portal.access import supervision, ties
from portal.accounts.models import Person
from portal.programs.models import StaffRole
from portal.safety.models import LegalException

Job = StaffRole.Role


def asked_exceptions(person: Person) -> QuerySet[LegalException]:
    """Those of programmes this person leads: who asked sees their own, another lead the one that waits for a second yes.

    Nobody who is close to its people, or kept apart from the family: they would know of a look that its people do not know of.
    """
    led = StaffRole.objects.filter(
        StaffRole.in_force(timezone.now()), person=person, person__is_active=True, role=Job.PROGRAMME_LEAD
    )
    found = (
        LegalException.objects.filter(conversation__family__program__in=led.values("organization__program"))
        .exclude(conversation__in=Participant.objects.filter(person=person).values("conversation"))
        .select_related("conversation__family__program", "asked_by__person", "agreed_by__person")
        .order_by("-asked_at", "pk")
    )
    return found.filter(pk__in=[one.pk for one in found if lead_over(person, one.conversation) is not None])


def lead_over(person: Person, conversation: Conversation) -> StaffRole | None:
    role = supervision.role_over(person, conversation)
    return role if role is not None and role.role == Job.PROGRAMME_LEAD else None


def may_agree(person: Person, exception: LegalException) -> StaffRole | None:
    """A second lead, who is neither the one who asked nor close to them."""
    first = exception.asked_by.person_id
    is_over = exception.agreed_at is not None or timezone.now() >= exception.ends_at
    if is_over or person.pk in {first, *ties.close_to([first])}:
        return None
    return lead_over(person, exception.conversation)


def may_look_by_law(person: Person, exception: LegalException) -> bool:
    """Either of the two who stand for it, until its last moment."""
    both = {exception.asked_by.person_id, exception.agreed_by.person_id if exception.agreed_by else 0}
    return exception.agreed_at is not None and person.pk in both and timezone.now() < exception.ends_at
