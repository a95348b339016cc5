"""Who reads a draft and comments on it (everybody), and who reads the comments: those who answer for the programme."""

from __future__ import annotations

from django.db.models import Count, QuerySet

from portal.access import community
from portal.accounts.models import Person
from portal.community.models import Comment, CommentPeriod
from portal.programs.models import Program


def public_periods() -> QuerySet[CommentPeriod]:
    """Every draft, of any programme: open to everyone, with or without an account."""
    return CommentPeriod.objects.filter(withdrawn_at=None).select_related("program").order_by("-closes_on", "-pk")


def periods_of(program: Program) -> QuerySet[CommentPeriod]:
    return public_periods().filter(program=program)


def periods_to_keep(person: Person) -> QuerySet[CommentPeriod]:
    """Those this person may change, read what was said to, and answer; with how many comments there are."""
    found = public_periods().filter(program__in=community.answered_programs(person))
    return found.annotate(comment_count=Count("comments"))


def may_keep(person: Person, period: CommentPeriod) -> bool:
    return periods_to_keep(person).filter(pk=period.pk).exists()


def comments_to_read(person: Person, period: CommentPeriod) -> QuerySet[Comment]:
    """In the order they came. Who wrote them is not said; a name stands there where its writer set it."""
    return Comment.objects.filter(period=period, period__in=periods_to_keep(person).values("pk")).order_by("at", "pk")


def own_comments(person: Person, period: CommentPeriod) -> QuerySet[Comment]:
    if not person.is_active:
        return Comment.objects.none()
    return Comment.objects.filter(period=period, author=person).order_by("at", "pk")


def count_of(period: CommentPeriod) -> int | None:
    """How many comments came, once it has closed: none, or so many that no one of them can be told. None: too few."""
    count = Comment.objects.filter(period=period).count()
    least = period.program.profile.settings.small_cell_minimum.value
    return count if count == 0 or count >= least else None


def unquoted_words(program: Program) -> list[str]:
    """What was said to drafts of this programme by who did not agree to be quoted: for comparing alone."""
    return [one.words for one in Comment.objects.filter(period__program=program, may_quote=False)]
