"""Makes conversations of more than two for load drivers: `python -m bench.groups CONVERSATIONS PEOPLE OUT`.

Half of each group are peers by their role, half family, from the same cast as the pairs.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import django


def make(conversations: int, people: int) -> list[dict[str, Any]]:
    from django.db import transaction
    from django.utils import timezone

    from messaging.models import Participant
    from portal.demo import crowd

    with transaction.atomic():
        pairs = crowd.make(conversations * people // 2)
        per_group = people // 2
        groups = [pairs[n : n + per_group] for n in range(0, len(pairs), per_group)]
        for first, *others in groups:
            moved = Participant.objects.filter(
                conversation__public_id__in=[other["conversation"] for other in others]
            ).values_list("person", "staff_role")
            home = Participant.objects.filter(conversation__public_id=first["conversation"]).first()
            assert home is not None
            Participant.objects.bulk_create(
                Participant(
                    conversation_id=home.conversation_id, person_id=person, staff_role_id=role, joined_at=timezone.now()
                )
                for person, role in moved
            )
    return [
        {"conversation": group[0]["conversation"], "people": [person for pair in group for person in pair["people"]]}
        for group in groups
    ]


if __name__ == "__main__":
    django.setup()
    Path(sys.argv[3]).write_text(json.dumps(make(int(sys.argv[1]), int(sys.argv[2]))))
