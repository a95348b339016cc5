"""Words of danger in what somebody said: help for them at once, and a worry for who is on call. It holds nothing back."""

from __future__ import annotations

import logging

from django.db import transaction
from django.utils import timezone

from portal.access import concerns as access
from portal.families.models import Member
from portal.safety.actions import raise_concern
from portal.safety.models import Concern
from portal.safety.screening import Level
from portal.voice.models import Statement
from portal.voice.screened import screened

logger = logging.getLogger(__name__)

UNSAFE = "unsafe"


def look_for_danger(statement: Statement, text: str, *, is_unsafe: bool = False) -> None:
    """As with messages: a crisis always, and of a young person a worry, too. What cannot be looked at now is looked at again."""
    found = screened(text, statement.language)
    kinds = {str(one) for one in set(found.matched) - set(found.boundaries)} if found is not None else set()
    is_crisis = found is not None and found.level is Level.CRISIS
    statement.is_hard = is_crisis or is_unsafe
    try:
        with transaction.atomic():  # a worry that cannot be raised never takes what was said with it
            if kinds or is_unsafe:
                _raise(statement, kinds | ({UNSAFE} if is_unsafe else set()), is_crisis=is_crisis)
            statement.screened_at = timezone.now() if found is not None else None
            statement.save(update_fields=["is_hard", "screened_at"])
    except Exception as error:
        statement.screened_at = None
        Statement.objects.filter(pk=statement.pk).update(is_hard=statement.is_hard)
        logger.error("A worry about what was said could not be raised: %s", type(error).__name__)


def _raise(statement: Statement, kinds: set[str], *, is_crisis: bool) -> None:
    """About who said it; nobody learns by it what was said, nor that it was said here."""
    member = statement.author
    if not is_crisis and member.role != Member.Role.YOUTH:
        return
    raise_concern(
        joined_by=f"said:{member.person_id}",
        organization=access.organization_of(member),
        person=member.person,
        source=Concern.Source.WRITTEN,
        severity=Concern.Severity.CRISIS if is_crisis else Concern.Severity.CONCERN,
        kinds=sorted(kinds),
        family=member.family,
    )
