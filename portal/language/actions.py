"""Recording that a qualified person has read a translation and found it right."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from portal.access import content as access
from portal.access import require
from portal.accounts.models import Person
from portal.audit import actions as audit
from portal.audit.models import Entry
from portal.language import content
from portal.language.models import Review


class NothingToReview(Exception):
    """There is no translation of the English as it stands now, or it is not the one that was read."""


@transaction.atomic
def record_review(*, actor: Person, key: str, language: str, qualification: str, seen: str | None = None) -> Review:
    """Say that a qualified person (45 CFR 92.201(c)) approved this translation of this source, word for word.

    `seen` is the translation's hash as it stood on the page that was read: approval is for those words, not for what a
    new release has put in their place meanwhile.
    """
    require(access.may_review_translations(actor))
    text = content.translation_of(key, language)
    is_open = content.status(key, language) in {content.Status.DRAFT, content.Status.HUMAN_REVIEWED}
    if text is None or not is_open or (seen is not None and seen != text.hash):
        raise NothingToReview
    review, _is_new = Review.objects.get_or_create(
        key=key,
        language=language,
        source_hash=text.made_from,
        text_hash=text.hash,
        defaults={"reviewer": actor, "qualification": qualification, "reviewed_at": timezone.now()},
    )
    audit.record(actor=actor, verb=Entry.Verb.CREATED, subject="translation", key=key, language=language)
    transaction.on_commit(content.forget_reviews)
    return review
