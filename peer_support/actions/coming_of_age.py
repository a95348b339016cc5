"""On the 18th birthday nobody watches over a young person's talk with a mentor any more: it goes on, and both are told."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from messaging.models import Conversation
from peer_support.actions.pairings import tell, tell_liaison
from peer_support.models import Pairing
from portal.access import mentors as access
from portal.notices.models import Notice
from portal.safety.models import Supervision

MENTOR = Notice.Kind.MENTOR


def end_supervision_of_adults() -> int:
    """End what was named for a minor's talk, from midnight where the programme is; gives how many.

    Any number of workers may run it: each takes a row by a conditional update. Whether the two may write needs no
    guardian and no supervisor from then on; a guardian's pause ends with the guardian's say (`keep_pairings`).
    """
    return sum(_end(one) for one in access.watched_over_adults())


@transaction.atomic
def _end(pairing: Pairing) -> int:
    named = Supervision.objects.filter(conversation=pairing.conversation_id, ended_at=None)
    if not named.update(ended_at=timezone.now()):
        return 0
    Conversation.objects.filter(pairing=pairing).update(access_version=F("access_version") + 1)
    if pairing.is_open:
        tell(pairing.member.person, MENTOR, pairing, "of_age")
        tell_liaison(MENTOR, pairing, "of_age")
    if pairing.takes_place:
        tell(pairing.peer.person, MENTOR, pairing, "of_age")
    return 1
