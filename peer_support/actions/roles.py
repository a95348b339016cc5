"""What ends with a job, and what the families it stood beside are told."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from messaging import actions as messaging
from messaging.models import Conversation, Participant
from peer_support.actions import coordination, groups, hand_offs
from peer_support.actions.lives import finish
from peer_support.actions.pairings import take_back, tell
from peer_support.models import Pairing
from portal import live
from portal.accounts.models import Person
from portal.families.models import StaffAssignment
from portal.notices.models import Notice
from portal.programs import actions as programs
from portal.programs.models import StaffRole


@transaction.atomic
def end_staff_role(*, actor: Person | None, role: StaffRole) -> None:
    """A job ends with all that hangs on it, in the middle of a conversation too. Families keep their history.

    Each family is told in plain words that this person is gone and who looks for the next one; it waits for someone
    else from this moment on. Open pages of the job close at once.
    """
    StaffRole.objects.select_for_update(no_key=True).get(pk=role.pk)
    for pairing in Pairing.objects.filter(peer=role, state__in=Pairing.TAKES_PLACE).order_by("pk"):
        finish(actor, pairing, Pairing.Side.JOB)
    for offer in Pairing.objects.filter(peer=role, state=Pairing.State.PROPOSED).select_related("member__person"):
        take_back(actor, offer)
        tell(offer.member.person, Notice.Kind.PAIRING_CHANGED, offer, "withdrawn")
    hand_offs.release_role(actor, role)
    for one in Participant.objects.filter(staff_role=role, left_at=None).select_related("person", "conversation"):
        messaging.end_participation(conversation=one.conversation, person=one.person)
    now = timezone.now()
    StaffAssignment.objects.filter(staff_role=role, ended_at=None).update(ended_at=now)
    Conversation.objects.filter(participants__staff_role=role).update(access_version=F("access_version") + 1)
    programs.end_role(actor=actor, role=role)
    coordination.release_role(actor, role)
    groups.release_role(actor, role)
    person = role.person_id
    transaction.on_commit(lambda: live.end_person(person))
