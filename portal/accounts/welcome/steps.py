"""What a person still has to see or answer before the rooms open: notices, rights, texts, and for the young a permission.

Each answer is kept as a row with the version and language shown. A changed English text asks again where it binds:
what cannot stay private, the privacy notice, and the consents.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from portal.access import families, people
from portal.accounts.models import Acknowledgement, Person
from portal.families.models import Member
from portal.language import content
from portal.programs.models import Program
from portal.programs.schema import ConsentRule, Profile
from portal.programs.vocabulary import Certainty

Kind = Acknowledgement.Kind
Answer = Acknowledgement.Answer

# A new version of these asks again. A notice seen once stays seen, and texts stay as they were chosen.
ASKED_ANEW = frozenset({Kind.CONFIDENTIALITY, Kind.PRIVACY, Kind.GUARDIAN_PERMISSION, Kind.OWN_CONSENT})
# "Not now" to a permission is asked again after this.
NOT_NOW = dt.timedelta(days=7)
# Rights that were put off come again on another day, and not twice on the same.
NOT_TODAY = dt.timedelta(days=1)
# Under 13 there is no account of one's own (16 CFR part 312), whatever a profile leaves out.
OWN_ACCOUNT_AGE = 13
# A young person's own consent stands only on law that somebody has read, never on a half memory of it.
READ = frozenset({Certainty.SEED, Certainty.PUBLIC, Certainty.MEMORY_HIGH})


@dataclass(frozen=True, slots=True)
class Step:
    """One page. Without `answers` there is nothing to answer: the person waits, and `missing` says for what."""

    kind: Acknowledgement.Kind
    keys: tuple[str, ...] = ()  # the content texts on it
    answers: tuple[Acknowledgement.Answer, ...] = (Answer.SEEN,)
    about: Person | None = None
    basis: str = ""
    missing: str = ""
    kept: Acknowledgement | None = None
    is_open: bool = True
    version: str = field(init=False)

    def __post_init__(self) -> None:
        version = content.version_of(*(content.source_of(key).hash for key in self.keys)) if self.keys else ""
        object.__setattr__(self, "version", version)

    @property
    def name(self) -> str:
        return f"{self.kind}-{self.about.public_id}" if self.about else str(self.kind)

    @property
    def needs_yes(self) -> bool:
        """Whether only a yes goes on from here: consents. Texts are free to refuse."""
        return Answer.YES in self.answers and self.kind in ASKED_ANEW


def open_steps(person: Person) -> list[Step]:
    """What is still to be answered, in order. Two queries; more only where a young person's permission is in question."""
    return [step for step in all_steps(person) if step.is_open]


def version(person: Person) -> str:
    """While this stays the same, "nothing is open" need not be asked again. Asks the database nothing.

    It changes with any English text, with a new phone, and each day, because rights come round; for the young, and for
    whom nobody has said to be 18, each minute, because a permission can be taken back.
    """
    now = timezone.now()
    span = f"{now:%Y-%m-%dT%H:%M}" if person.is_minor_on(now.date()) else f"{now:%Y-%m-%d}"
    return f"{content.edition()[:16]} {bool(person.phone)} {span}"


def all_steps(person: Person) -> list[Step]:
    """Every page that concerns this person now, answered or not, so that an answer can be looked at and changed."""
    household = _household(person)
    places = [member for member in household if member.person_id == person.pk]
    history = _History(person)
    young = [place for place in places if _is_young(place) or _is_too_young(person, place.family.program)]
    own = list(_steps_of_youth(person, young, history))
    if any(step.missing for step in own):
        return own
    program = places[0].family.program if places else None
    return [*own, *_notices(person, program, places, history), *_permissions(person, household, history)]


def _household(person: Person) -> list[Member]:
    """Everyone who is now in a family together with the person, the person included."""
    now = timezone.now()
    return list(
        Member.objects.filter(Member.in_force(now), family__in=people.memberships(person).values("family"))
        .select_related("person", "family__program")
        .order_by("pk")
    )


class _History:
    """What a person answered, and what others answered about them, the latest of each kind."""

    def __init__(self, person: Person) -> None:
        self.own: dict[tuple[str, int | None], Acknowledgement] = {}
        self.permissions: dict[int, Acknowledgement] = {}
        mine_or_about_me = Q(person=person) | Q(about=person, kind=Kind.GUARDIAN_PERMISSION)
        rows = Acknowledgement.objects.filter(mine_or_about_me).select_related("person").order_by("at", "pk")
        for row in rows:
            if row.person_id == person.pk:
                self.own[row.kind, row.about_id] = row
            elif row.answer in {Answer.YES, Answer.NO}:
                self.permissions[row.person_id] = row

    def kept(self, kind: str, about: Person | None = None) -> Acknowledgement | None:
        return self.own.get((kind, about.pk if about else None))


def _notices(person: Person, program: Program | None, places: list[Member], history: _History) -> Iterator[Step]:
    """Families are told everything; whoever only works here what binds and protects them, too."""
    profile = program.profile if program else None
    limits = tuple(f"limits.{profile.slug}.{one.id}" for one in profile.confidentiality_limits) if profile else ()
    yield _step(Step(Kind.CONFIDENTIALITY, ("notice.confidentiality", *limits)), history)
    yield _step(Step(Kind.PRIVACY, ("notice.privacy",)), history)
    if profile is not None:
        yield _step(Step(Kind.NONDISCRIMINATION, ("notice.nondiscrimination",)), history)
        if any(place.role != Member.Role.NATURAL_SUPPORT for place in places):
            keys = tuple(f"rights.{profile.slug}.{right.id}" for right in profile.rights)
            again = dt.timedelta(days=profile.settings.rights_again_days.value)
            yield _step(Step(Kind.RIGHTS, keys, (Answer.SEEN, Answer.SKIPPED)), history, again)
    if person.phone:
        yield _step(Step(Kind.TEXTS, ("notice.texts",), (Answer.YES, Answer.NO)), history)


def _steps_of_youth(person: Person, places: list[Member], history: _History) -> Iterator[Step]:
    """For someone under 18: what lets them in. A guardian's permission, or the law of their state and their own yes.

    Under 13 nothing does, whatever they are in the family: a young sister who is its natural support waits, too.
    """
    if not places:
        return
    program = places[0].family.program
    if _is_too_young(person, program):
        yield Step(Kind.GUARDIAN_PERMISSION, answers=(), about=person, missing="age")
    elif _is_permitted(places, history):
        yield _step(Step(Kind.GUARDIAN_PERMISSION, ("consent.guardian_permission",), about=person), history)
    elif rule := _own_consent_rule(person, program):
        keys = ("consent.own_consent", f"own_consent.{program.slug}.{rule.id}")
        step = Step(Kind.OWN_CONSENT, keys, (Answer.YES, Answer.SKIPPED), basis=_basis(rule))
        yield _step(step, history)
    else:
        yield Step(Kind.GUARDIAN_PERMISSION, answers=(), about=person, missing="permission")


def _permissions(person: Person, household: list[Member], history: _History) -> Iterator[Step]:
    """For a caregiver: each young person of their families for whom they may sign."""
    mine = {member.family_id for member in household if _is(member, person, Member.Role.CAREGIVER)}
    for youth in household:
        is_asked = youth.family_id in mine and youth.person_id != person.pk and _is_young(youth)
        if not is_asked or _is_too_young(youth.person, youth.family.program):
            continue
        kept = history.kept(Kind.GUARDIAN_PERMISSION, youth.person)
        # Once answered there is a yes to take back or a no to lift: "not now" would leave open which of them holds.
        is_answered = kept is not None and kept.answer != Answer.SKIPPED
        answers = (Answer.YES, Answer.NO) if is_answered else (Answer.YES, Answer.NO, Answer.SKIPPED)
        step = Step(Kind.GUARDIAN_PERMISSION, ("consent.guardian_permission",), answers, about=youth.person)
        step = _step(step, history)
        if not step.is_open or families.may_give_permission(person, youth):
            yield step


def _step(step: Step, history: _History, again: dt.timedelta | None = None) -> Step:
    """The step with what was answered to it, open or not."""
    kept = history.kept(step.kind, step.about)
    is_open = kept is None or _asks_again(step, kept, again)
    return Step(step.kind, step.keys, step.answers, step.about, step.basis, "", kept, is_open)


def _asks_again(step: Step, kept: Acknowledgement, again: dt.timedelta | None) -> bool:
    age = timezone.now() - kept.at
    if step.kind in ASKED_ANEW and kept.version != step.version:
        return True
    if step.kind == Kind.OWN_CONSENT:
        return kept.answer != Answer.YES or kept.basis != step.basis
    if step.kind == Kind.GUARDIAN_PERMISSION and kept.answer == Answer.SKIPPED:
        return age > NOT_NOW
    if step.kind == Kind.RIGHTS and kept.answer == Answer.SKIPPED:
        return age > NOT_TODAY
    return again is not None and age > again


def _is(member: Member, person: Person, role: str) -> bool:
    return member.person_id == person.pk and member.role == role


def _is_young(member: Member) -> bool:
    return member.role == Member.Role.YOUTH and people.is_minor(member.person, member.family.program)


def _is_too_young(person: Person, program: Program) -> bool:
    age = person.age_on(program.today())
    return age is not None and age < _own_account_age(program.profile)


def _own_account_age(profile: Profile) -> int:
    return next((mark.age for mark in profile.minor_consent.ages if mark.id == "own-account"), OWN_ACCOUNT_AGE)


def _is_permitted(places: list[Member], history: _History) -> bool:
    """Someone who may sign for this young person today has said yes, and nobody who may has said no.

    The older version of the text does for this: the guardian is asked anew, the young person is not shut out meanwhile.
    """
    said = {
        row.answer
        for row in history.permissions.values()
        if any(families.may_give_permission(row.person, place) for place in places)
    }
    return said == {Answer.YES}


def _own_consent_rule(person: Person, program: Program) -> ConsentRule | None:
    """The rule by which this young person may agree alone; none where their age is not known or nobody read the law."""
    age = person.age_on(program.today())
    if age is None:
        return None
    for rule in program.profile.minor_consent.rules:
        is_old_enough = rule.minimum_age is None or age >= rule.minimum_age
        if rule.subject == "mental_health" and is_old_enough and rule.certainty in READ:
            return rule
    return None


def _basis(rule: ConsentRule) -> str:
    return f"{rule.source} ({rule.certainty})"[:200]


def own_basis(person: Person) -> str:
    """The law on which this young person may agree alone, and how certain we are of it; "" where there is none."""
    for place in people.memberships(person):
        if _is_young(place) and not _is_too_young(person, place.family.program):
            rule = _own_consent_rule(person, place.family.program)
            return _basis(rule) if rule else ""
    return ""
