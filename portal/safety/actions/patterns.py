"""What stands out over time in a young person's conversation: late hours, one who writes nearly alone, and what chance picks.

Once a week, the week before is counted. What comes of it are plain facts for whoever watches over the conversation, no verdicts.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from messaging.models import Conversation, Message, Participant
from portal.access import supervision
from portal.safety.models import Prompt, ReviewedWeek, Supervision

Kind = Prompt.Kind
A_WEEK = dt.timedelta(days=7)
LATE_FROM, LATE_UNTIL = dt.time(21), dt.time(7)
# Below these nothing stands out: few messages say nothing.
FEWEST_LATE, LATE_SHARE = 3, 0.3
FEWEST_OF_ONE, TIMES_AS_MANY = 10, 3
AT_ONCE = 50

_chance = random.SystemRandom()


def review_weeks() -> int:
    """The week before this one, of each conversation that is watched over; what the worker calls. Gives how many were counted."""
    return sum(_review(conversation) for conversation in _unreviewed(timezone.now())[:AT_ONCE])


def _unreviewed(now: dt.datetime) -> list[Conversation]:
    """Those with a message in the last three weeks and nothing noted of last week, as it is in UTC: zones are sorted out after."""
    week = _monday(now.astimezone(dt.UTC).date()) - A_WEEK
    named = Supervision.objects.filter(conversation=OuterRef("pk"), ended_at=None)
    known = ReviewedWeek.objects.filter(conversation=OuterRef("pk"), week=week)
    found = Conversation.objects.filter(
        Exists(named), ~Exists(known), family__isnull=False, last_sent_at__gte=now - 3 * A_WEEK
    )
    return list(found.select_related("family__program").order_by("pk"))


def _monday(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=day.weekday())


@transaction.atomic
def _review(conversation: Conversation) -> int:
    """Claimed by the row that says so: a second worker finds it there. In the zone of its family the week may not be over yet."""
    assert conversation.family is not None  # noqa: S101 asked for above
    program = conversation.family.program
    week = _monday(program.today()) - A_WEEK
    _row, is_first = ReviewedWeek.objects.get_or_create(conversation=conversation, week=week)
    if not is_first:
        return 0
    starts = dt.datetime.combine(week, dt.time(), tzinfo=program.zone)
    ends = dt.datetime.combine(week + A_WEEK, dt.time(), tzinfo=program.zone)
    sent = Message.objects.filter(conversation=conversation, sent_at__gte=starts, sent_at__lt=ends)
    said = list(sent.values_list("author", "sent_at"))
    members = list(Participant.objects.filter(conversation=conversation, left_at=None).select_related("person"))
    if said and supervision.is_with_minor(members, program):
        staff = {one.person_id for one in members if one.staff_role_id}
        own = [at.astimezone(program.zone) for author, at in said if author in staff]
        for prompt in _stands_out(own, len(said), program.profile.settings.one_sample_in.value):
            prompt.conversation, prompt.week = conversation, week
            prompt.save()
    return 1


def _stands_out(own: list[dt.datetime], every: int, one_in: int) -> Iterator[Prompt]:
    """`own`: when the adult's messages were sent, by the clock there; `every`: how many there were of all."""
    late = sum(at.time() >= LATE_FROM or at.time() < LATE_UNTIL for at in own)
    if late >= FEWEST_LATE and late >= LATE_SHARE * len(own):
        yield Prompt(kind=Kind.LATE, count=late, total=len(own))
    if len(own) >= FEWEST_OF_ONE and len(own) >= TIMES_AS_MANY * (every - len(own)):
        yield Prompt(kind=Kind.UNEVEN, count=len(own), total=every)
    if _chance.randrange(one_in) == 0:
        yield Prompt(kind=Kind.SAMPLE, total=every)
