"""What is owed to a family, as its first page and its page of dates show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.access import clocks as access
from portal.clocks import picture
from portal.clocks.shown import Look, Shown, show_all

if TYPE_CHECKING:
    from django.utils.safestring import SafeString

    from portal.accounts.models import Person
    from portal.clocks.models import Clock

NEXT = 3
ON_THE_LINE = 8
AT_MOST = 100
RECENT = dt.timedelta(days=60)
JUST_KEPT = dt.timedelta(days=30)
UNMET = ("open", "paused", "missed")


def next_few(person: Person) -> dict[str, Any]:
    """For the first page: what is late or due next, and the promise kept last, if that was lately."""
    own = access.own_clocks(person)
    owed = show_all(_dated(own, JUST_KEPT)[:NEXT])
    kept = own.filter(state="met", met_at__gte=timezone.now() - JUST_KEPT).order_by("-met_at", "-pk")[:1]
    shown = owed + show_all(kept)
    return {
        "owed": shown,
        "owed_line": line_for(shown),
        "late_count": sum(one.look is Look.LATE for one in owed),
    }


def overview(person: Person) -> dict[str, Any]:
    """Everything that is still owed, and what was settled lately."""
    own = access.own_clocks(person)
    owed = show_all(_dated(own, RECENT)[:AT_MOST])
    undated = own.filter(state__in=UNMET, due_at=None).order_by("started_at", "pk")
    settled = access.settled_clocks(person, since=timezone.now() - RECENT)
    return {
        "owed": owed,
        "owed_line": line_for(owed[:ON_THE_LINE]),
        "undated": show_all(undated[:AT_MOST]),
        "settled": show_all(settled[:AT_MOST]),
    }


def _dated(own: QuerySet[Clock], shown_for: dt.timedelta) -> QuerySet[Clock]:
    return own.filter(~gone_by(shown_for), state__in=UNMET, due_at__isnull=False).order_by("due_at", "pk")


def gone_by(shown_for: dt.timedelta) -> Q:
    """What a family could do and left undone that long ago: it stands in the history, and no longer above what is owed."""
    return Q(duty_of="family", due_at__lt=timezone.now() - shown_for)


def line_for(shown: Sequence[Shown]) -> SafeString:
    """The days as a picture: mirrored where the page runs from right to left."""
    if not shown:
        return picture.line_of_days([], dt.date.min, "", is_mirrored=False)
    today = timezone.now().astimezone(shown[0].clock.tzinfo).date()
    is_mirrored = (get_language() or "en").partition("-")[0] in settings.LANGUAGES_BIDI
    return picture.line_of_days(shown, today, _("Today"), is_mirrored=is_mirrored)
