"""Who sees what made it hard: who wrote it, and those who answer for the programme, who never see by whom it is."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from portal.access import community
from portal.accounts.models import Person
from portal.clocks.models import Clock
from portal.community.models import Suggestion
from portal.community.models.suggestions import SUBJECT
from portal.programs.models import Program


def own_suggestions(person: Person) -> QuerySet[Suggestion]:
    """What the person wrote, as far as this site knows: who wanted no trace has a code, and finds nothing here."""
    if not person.is_active:
        return Suggestion.objects.none()
    return _with_all(Suggestion.objects.filter(author=person))


def suggestions_to_answer(person: Person) -> QuerySet[Suggestion]:
    """Those of the programmes this person answers for, but no one's own: nobody answers themselves."""
    found = Suggestion.objects.filter(program__in=community.answered_programs(person))
    return _with_all(found.filter(Q(author=None) | ~Q(author=person)))


def visible_suggestions(person: Person) -> QuerySet[Suggestion]:
    ids = [queryset.order_by().values("pk") for queryset in (own_suggestions(person), suggestions_to_answer(person))]
    return _with_all(Suggestion.objects.filter(Q(pk__in=ids[0]) | Q(pk__in=ids[1])))


def may_answer(person: Person, suggestion: Suggestion) -> bool:
    return suggestions_to_answer(person).filter(pk=suggestion.pk).exists()


def with_code(key: str) -> Suggestion | None:
    """What a code opens, given its key."""
    return _with_all(Suggestion.objects.exclude(code_key="")).filter(code_key=key).first()


def clocks_of(suggestions: list[Suggestion]) -> dict[str, Clock]:
    """Of each what is owed first: a month without a word stays late until there is one, though the next one runs already."""
    ids = [str(one.public_id) for one in suggestions if one.is_open]
    if not ids:
        return {}
    found = Clock.objects.filter(subject=SUBJECT, subject_id__in=ids, state__in=Clock.UNMET).select_related("program")
    owed: dict[str, Clock] = {}
    for clock in found.order_by(F("due_at").asc(nulls_last=True), "pk"):
        owed.setdefault(clock.subject_id, clock)
    return owed


def unquoted_words(program: Program) -> list[str]:
    """What was written to this programme by who did not agree to be quoted: for comparing alone, and shown to nobody."""
    return [one.words for one in Suggestion.objects.filter(program=program, may_quote=False)]


def _with_all(found: QuerySet[Suggestion]) -> QuerySet[Suggestion]:
    return found.select_related("program").order_by("-made_on", "-pk")
