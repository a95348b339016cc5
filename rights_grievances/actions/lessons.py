"""What was learned from what families told, for everyone to read: written anew, without a name, and taken back if need be."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.access import concern_counts as access
from portal.access import require
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.programs.models import Program
from rights_grievances.models import Lesson
from rights_grievances.refusals import CaseRefusal


@transaction.atomic
def publish_lesson(*, actor: Person, program: Program, text: str) -> Lesson:
    """Raises CaseRefusal where nothing is written, or where somebody of the programme is named in it."""
    require(access.may_publish(actor, program))
    said = " ".join(text.split())
    if not said:
        raise CaseRefusal("empty", _("Nothing is written yet. A few words are enough."), field="text")
    if access.names_somebody(program, said):
        raise CaseRefusal(
            "names", _("This names somebody. Everyone can read it: please write it without names."), field="text"
        )
    lesson = Lesson.objects.create(program=program, text=said, published_by=actor)
    record(actor=actor, verb=Entry.Verb.CREATED, subject="lesson", subject_id=lesson.public_id)
    return lesson


@transaction.atomic
def withdraw_lesson(*, actor: Person, lesson: Lesson) -> None:
    """From now on nobody reads it here. The same twice is one."""
    require(access.may_publish(actor, lesson.program))
    if Lesson.objects.filter(pk=lesson.pk, withdrawn_at=None).update(withdrawn_at=timezone.now()):
        record(actor=actor, verb=Entry.Verb.ENDED, subject="lesson", subject_id=lesson.public_id)
