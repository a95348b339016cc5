"""A worker that is killed in the middle of each step of a worry's ladder, and another that comes after it.

Run as a program on a database of its own: each victim is a process that ends itself as `kill -9` does. Prints, for each step and
moment, how the victim ended, how many steps and notices stood before and after the next worker, and how many ways these leave.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import sys
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connections  # noqa: E402
from django.utils import timezone  # noqa: E402

from portal.access import concerns as access  # noqa: E402
from portal.notices.models import Delivery, Notice  # noqa: E402
from portal.safety.actions import escalation  # noqa: E402
from portal.safety.models import Concern, ConcernStep, OnCallShift  # noqa: E402
from tests import world  # noqa: E402

# When each step is due, in minutes from the beginning.
STEPS = {"on_call": 0, "supervisor": 5, "everyone": 10, "again": 40}
MOMENTS = ("claimed", "step written", "people told", "just committed")


def die(*_args: object, **_options: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def climb_and_die(moment: str) -> None:
    """In the victim: what comes at that moment is its end."""
    if moment == "claimed":
        access.told_of = die  # type: ignore[assignment]
    elif moment == "step written":
        escalation.tell = die
    elif moment == "people told":
        escalation.record = die  # type: ignore[assignment, attr-defined]
    escalation.climb_concerns()
    die()


def killed(work: Callable[[], None]) -> int:
    """Run it in a process of its own; the signal that ended it."""
    connections.close_all()
    child = os.fork()
    if not child:
        work()
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def due(concern: Concern, minutes: int) -> None:
    """As if it had begun so long ago, and what was told so far was told in its time."""
    now = timezone.now()
    since = now - dt.timedelta(minutes=minutes, seconds=1)
    Concern.objects.filter(pk=concern.pk).update(climbs_from=since, due_at=now - dt.timedelta(seconds=1))
    for taken in concern.steps.all():
        taken.at = since + dt.timedelta(minutes=STEPS[taken.step])
        taken.save(update_fields=["at"])


def stands(concern: Concern, step: str) -> tuple[int, int, int]:
    """How often the step was taken, how many notices it made, and by how many ways these leave."""
    taken = ConcernStep.objects.filter(concern=concern, step=step)
    told = Notice.objects.filter(about__in=[escalation.about_of(concern, one) for one in taken])
    return taken.count(), told.count(), Delivery.objects.filter(notice__in=told).count()


def main() -> None:
    call_command("createcachetable", verbosity=0)
    cast = world.build()
    now, day = timezone.now(), dt.timedelta(hours=12)
    OnCallShift.objects.create(
        organization=cast.peer_role.organization,
        staff_role=cast.second_peer_role,
        starts_at=now - day,
        ends_at=now + day,
    )
    found = []
    for number, (step, moment) in enumerate((step, moment) for step in STEPS for moment in MOMENTS):
        concern = Concern.objects.create(
            joined_by=f"climber:{number}",
            organization=cast.peer_role.organization,
            person=cast.youth,
            family=cast.family,
            source=Concern.Source.UNSAFE,
            severity=Concern.Severity.CRISIS,
        )
        for earlier in list(STEPS)[: list(STEPS).index(step)]:
            due(concern, STEPS[earlier])
            escalation.climb_concerns()
        due(concern, STEPS[step])
        ended_by = killed(lambda moment=moment: climb_and_die(moment))  # type: ignore[misc]
        before = stands(concern, step)
        again = escalation.climb_concerns() + escalation.climb_concerns()
        after = stands(concern, step)
        found.append([step, moment, ended_by, before, again, after])
        Concern.objects.filter(pk=concern.pk).update(due_at=None)  # the next one alone is due
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
