"""What the house does by itself: looks each day for referrals that nobody has or that have no day ahead, and keeps keys new."""

from __future__ import annotations

from django.core.cache import cache
from django.db import transaction

from portal.access import referrals as access
from portal.notices.actions import notify
from portal.notices.models import Notice
from portal.programs.models import Program

A_DAY = 60 * 60 * 36  # seconds: outlives the day it is for


def alert_lost() -> int:
    """Once a day and programme, where an open referral has no owner or no next date: those who can mend it are told.

    Gives how many referrals that is. Any number of workers may run it; who was told today is not told again. What failed is
    tried again in the next round.
    """
    return sum(_look(program) for program in access.programs())


def _look(program: Program) -> int:
    today = program.today()
    looked = f"referrals-looked-for:{program.pk}:{today}"
    if not cache.add(looked, True, A_DAY):
        return 0
    try:
        return _alert(program, f"referrals-lost:{program.pk}:{today}")
    except Exception:
        cache.delete(looked)
        raise


@transaction.atomic
def _alert(program: Program, about: str) -> int:
    """Tell each person who finds one of them on their list, and nobody else."""
    lost = access.without_owner_or_date().filter(program=program)
    count = lost.count()
    for person in access.to_be_alerted(program) if count else ():
        if access.has_on_list(person, lost) and not Notice.objects.filter(person=person, about=about).exists():
            notify(person=person, kind=Notice.Kind.REFERRAL_LOST, path="/referrals/", about=about)
    return count
