"""What somebody told us went wrong: a case, who and what it is about, who may not decide it, and everything that happened."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal import crypto

SUBJECT = "grievance"  # what clocks of a case say they are about


class Case(models.Model):
    """One thing told to us, from the first word to the last letter. Its words stay as they were said.

    Two moments count: `filed_at`, when it was told (our promise runs from it), and `received_by_plan_at`, when the health plan
    or agency that the law binds had it (42 CFR 438.408(b)). `plan` is blank where none is bound: then no Medicaid right is shown.
    """

    class Kind(models.TextChoices):
        UNSORTED = "unsorted", _("not sorted yet")
        QUESTION = "question", _("a question")
        GRIEVANCE = "grievance", _("a complaint")
        APPEAL = "appeal", _("an appeal")
        SAFETY = "safety", _("about somebody's safety")

    class State(models.TextChoices):
        FILED = "filed", _("we have it")
        RECEIVED = "received", _("the plan has it")
        ACKNOWLEDGED = "acknowledged", _("we wrote that we have it")
        UNDER_REVIEW = "under_review", _("somebody looks into it")
        EXTENDED = "extended", _("it takes longer, and you were told why")
        RESOLVED = "resolved", _("there is an answer")
        CLOSED = "closed", _("closed")
        WITHDRAWN = "withdrawn", _("taken back")
        REFERRED = "referred", _("handed on to who can answer")

    class FiledAs(models.TextChoices):
        YOUTH = "youth", _("the young person")
        CAREGIVER = "caregiver", _("a parent or caregiver")
        REPRESENTATIVE = "representative", _("somebody who speaks for the family")
        PROVIDER = "provider", _("somebody who gives help or care")
        OTHER = "other", _("somebody else")
        ANONYMOUS = "anonymous", _("somebody who did not say who they are")

    class Way(models.TextChoices):
        PAGE = "page", _("on this site")
        PHONE = "phone", _("by phone")
        MESSAGE = "message", _("in a message")
        LETTER = "letter", _("by letter")
        IN_PERSON = "in_person", _("in person")

    class Consent(models.TextChoices):
        NOT_NEEDED = "not_needed", _("not needed")
        PENDING = "pending", _("still to come")  # the clock runs meanwhile; it is never a reason to turn a case away
        GIVEN = "given", _("given")
        REFUSED = "refused", _("the family said no")

    class Outcome(models.TextChoices):
        AGREED = "agreed", _("we agree")
        PARTLY = "partly", _("we agree in part")
        NOT_AGREED = "not_agreed", _("we do not agree")
        ANSWERED = "answered", _("answered")  # of a question

    OPEN: ClassVar = (
        State.FILED,
        State.RECEIVED,
        State.ACKNOWLEDGED,
        State.UNDER_REVIEW,
        State.EXTENDED,
        State.REFERRED,
    )

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey("programs.Program", models.PROTECT, related_name="+")
    family = models.ForeignKey("families.Family", models.PROTECT, null=True, related_name="+")
    youth = models.ForeignKey("families.Member", models.PROTECT, null=True, related_name="+")  # who it is about
    # One person's own matter (a young person who told us alone): no caregiver sees it, nor learns that it exists.
    is_own_matter = models.BooleanField(default=False)
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    filed_as = models.CharField(max_length=14, choices=FiledAs)
    way = models.CharField(max_length=10, choices=Way)
    taken_by = models.ForeignKey(
        "programs.StaffRole", models.PROTECT, null=True, related_name="+"
    )  # who wrote it down for them
    # Of a message that became a case: its time is `filed_at`.
    conversation = models.ForeignKey("messaging.Conversation", models.PROTECT, null=True, related_name="+")
    message_key = models.UUIDField(null=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.UNSORTED)
    state = models.CharField(max_length=12, choices=State, default=State.FILED)
    consent = models.CharField(max_length=10, choices=Consent, default=Consent.NOT_NEEDED)
    language = models.CharField(max_length=12)
    needs_interpreter = models.BooleanField(default=False)
    sealed_words = models.BinaryField()  # as told, to the letter
    sealed_wish = models.BinaryField(null=True)  # what should be different
    sealed_reach = models.BinaryField(null=True)  # how to reach who has no account here; blank: nobody can
    receipt_hash = models.CharField(max_length=64, blank=True)  # of the code that opens the page of who has no account
    reasons = models.JSONField(default=list)  # codes.REASONS or codes.APPEAL_REASONS (MCPAR D1.IV.16, D1.IV.6)
    services = models.JSONField(default=list)  # codes.SERVICES (MCPAR D1.IV.15)
    is_clinical = models.BooleanField(
        default=False
    )  # then who decides has clinical expertise (42 CFR 438.406(b)(2)(ii))
    region = models.CharField(max_length=60, blank=True)
    plan = models.CharField(max_length=50, blank=True)  # the body the law binds, by its id in the profile
    filed_at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=timezone.now)
    forwarded_at = models.DateTimeField(null=True)  # sent on to the plan
    received_by_plan_at = models.DateTimeField(null=True)
    handler = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    decider = models.ForeignKey("programs.StaffRole", models.PROTECT, null=True, related_name="+")
    is_outside = models.BooleanField(default=False)  # nobody in the house may decide: it went to somebody outside
    # The case this one goes on from: an appeal of a late or unwanted answer, a hearing, a new look.
    before = models.ForeignKey("self", models.PROTECT, null=True, related_name="after")
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    sealed_answer = models.BinaryField(null=True)
    sealed_changed = models.BinaryField(null=True)  # what was learned and changed, told to the family
    resolved_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # closed, withdrawn
    ask_again_on = models.DateField(null=True)  # "is it really fixed?"
    is_fixed = models.BooleanField(null=True)
    promise_missed_at = models.DateTimeField(null=True)
    next_due_at = models.DateTimeField(
        null=True
    )  # the first of its dates that is still owed, late ones too; kept by them
    legal_missed_at = models.DateTimeField(null=True)  # what opens the right to appeal (42 CFR 438.400(b)(5))

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(state="resolved") | ~Q(resolved_at=None), name="resolved_has_a_time"),
            models.CheckConstraint(
                condition=Q(state__in=["closed", "withdrawn"]) ^ Q(ended_at=None), name="ended_has_a_time"
            ),
            models.CheckConstraint(
                condition=Q(filed_as="anonymous", filed_by=None) | ~Q(filed_as="anonymous"), name="unnamed_is_unnamed"
            ),
            models.CheckConstraint(
                condition=Q(is_own_matter=False) | ~Q(filed_by=None), name="own_matter_has_an_owner"
            ),
            models.CheckConstraint(condition=Q(received_by_plan_at=None) | ~Q(plan=""), name="only_a_plan_receives"),
            models.UniqueConstraint(
                fields=["conversation", "message_key"], condition=~Q(message_key=None), name="message_is_one_case"
            ),
        )
        indexes = (
            models.Index(fields=["program", "state", "filed_at"], name="case_desk"),
            models.Index(fields=["program", "next_due_at"], name="case_next"),
            models.Index(fields=["family", "filed_at"], name="case_family"),
            models.Index(fields=["filed_by"], name="case_filer"),
            models.Index(fields=["ask_again_on"], condition=Q(ask_again_on__isnull=False), name="case_ask_again"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.state} {self.filed_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        return reverse("case_show", args=[self.public_id])

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def told_as(self) -> str:
        """What notices of it are about; `told_of` of one kind: news of two kinds are two things to be told."""
        return f"case:{self.public_id}"

    def told_of(self, kind: str) -> str:
        return self.told_as if kind in {"case", "case_desk"} else f"{self.told_as}:{kind}"

    def _opened(self, sealed: bytes | memoryview | None, part: str) -> str:
        return crypto.open_text(sealed, f"case-{part}:{self.public_id}") if sealed else ""

    def _sealed(self, text: str, part: str) -> bytes | None:
        return crypto.seal_text(text, f"case-{part}:{self.public_id}") if text else None

    @property
    def words(self) -> str:
        return self._opened(self.sealed_words, "words")

    @words.setter
    def words(self, text: str) -> None:
        self.sealed_words = crypto.seal_text(text, f"case-words:{self.public_id}")

    @property
    def wish(self) -> str:
        return self._opened(self.sealed_wish, "wish")

    @wish.setter
    def wish(self, text: str) -> None:
        self.sealed_wish = self._sealed(text, "wish")

    @property
    def reach(self) -> str:
        return self._opened(self.sealed_reach, "reach")

    @reach.setter
    def reach(self, text: str) -> None:
        self.sealed_reach = self._sealed(text, "reach")

    @property
    def answer(self) -> str:
        return self._opened(self.sealed_answer, "answer")

    @answer.setter
    def answer(self, text: str) -> None:
        self.sealed_answer = self._sealed(text, "answer")

    @property
    def changed(self) -> str:
        return self._opened(self.sealed_changed, "changed")

    @changed.setter
    def changed(self, text: str) -> None:
        self.sealed_changed = self._sealed(text, "changed")


class Against(models.Model):
    """Whom or what a case is about. Who is named, and the chain above them, neither sees the case nor learns of it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="against")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    organization = models.ForeignKey("programs.Organization", models.PROTECT, null=True, related_name="+")
    sealed_name = models.BinaryField(null=True)  # of somebody who is not on this site

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["case", "person"], condition=~Q(person=None), name="against_person_once"),
            models.UniqueConstraint(
                fields=["case", "organization"], condition=~Q(organization=None), name="against_house_once"
            ),
            models.CheckConstraint(
                condition=~Q(person=None) | ~Q(organization=None) | ~Q(sealed_name=None), name="against_somebody"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person_id or self.organization_id or 'a name'} in {self.case_id}"

    @property
    def name(self) -> str:
        return crypto.open_text(self.sealed_name, f"against:{self.case_id}") if self.sealed_name else ""

    @name.setter
    def name(self, text: str) -> None:
        self.sealed_name = crypto.seal_text(text, f"against:{self.case_id}") if text else None


class Involved(models.Model):
    """Who of the staff had a part in what it is about, or is not wanted by who told us: they do not decide it."""

    class Why(models.TextChoices):
        EARLIER = "earlier", _("had a part in the first decision")
        NOT_WANTED = "not_wanted", _("who told us does not want them")

    case = models.ForeignKey(Case, models.CASCADE, related_name="involved")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    why = models.CharField(max_length=10, choices=Why)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "person", "why"], name="involved_once"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.why} {self.case_id}"


class CaseStep(models.Model):
    """One thing that happened to a case. Never changed nor deleted."""

    class Kind(models.TextChoices):
        TOLD = "told", _("told to us")
        SORTED = "sorted", _("sorted")
        FORWARDED = "forwarded", _("sent on to the plan")
        RECEIVED = "received", _("the plan has it")
        UNCONFIRMED = "unconfirmed", _("the plan has not said that it has it")
        ACKNOWLEDGED = "acknowledged", _("we wrote that we have it")
        ASSIGNED = "assigned", _("given to somebody to decide")
        OUTSIDE = "outside", _("given to somebody outside")
        REVIEW = "review", _("looked into")
        SUBMITTED = "submitted", _("more was sent in")
        ORAL_TRY = "oral_try", _("tried to reach you by voice")
        EXTENDED = "extended", _("takes longer")
        EXPEDITE_ASKED = "expedite_asked", _("asked to go fast")
        EXPEDITE_GRANTED = "expedite_granted", _("goes fast")
        EXPEDITE_REFUSED = "expedite_refused", _("does not go fast")
        CONTINUE_ASKED = "continue_asked", _("asked to keep the service going")
        CONTINUE_GRANTED = "continue_granted", _("the service keeps going")
        CONTINUE_REFUSED = "continue_refused", _("the service does not keep going")
        PROMISE_MISSED = "promise_missed", _("our own date was missed")
        LEGAL_MISSED = "legal_missed", _("the date of the law was missed")
        RESOLVED = "resolved", _("answered")
        LETTER = "letter", _("a letter")
        CONSENT = "consent", _("about the family's consent")
        REFERRED = "referred", _("handed on")
        WITHDRAWN = "withdrawn", _("taken back")
        WITHDRAWAL_DOUBTED = "withdrawal_doubted", _("asked whether somebody pressed for it")
        REOPENED = "reopened", _("opened again")
        FIXED = "fixed", _("said whether it is fixed")
        CLOSED = "closed", _("closed")
        HEARING_ASKED = "hearing_asked", _("asked the state for a hearing")
        HEARING_DECIDED = "hearing_decided", _("the state has decided")
        CARRIED_OUT = "carried_out", _("what was decided is done")
        NOTE = "note", _("note")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=18, choices=Kind)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    for_staff = models.BooleanField(default=False)  # not on the page of who told us
    data = models.JSONField(default=dict)  # facts without names or words: codes, dates, ids of rows
    sealed_text = models.BinaryField(null=True)

    class Meta:
        indexes = (models.Index(fields=["case", "at"], name="case_steps"),)

    def __str__(self) -> str:
        return f"{self.kind} of {self.case_id}"

    @property
    def text(self) -> str:
        return crypto.open_text(self.sealed_text, f"case-step:{self.public_id}") if self.sealed_text else ""

    @text.setter
    def text(self, text: str) -> None:
        self.sealed_text = crypto.seal_text(text, f"case-step:{self.public_id}") if text else None


class CaseFile(models.Model):
    """A photo or voice note of a draft and then of its case, or of a plan's letter: made anew, as all media, and sealed."""

    class Kind(models.TextChoices):
        PHOTO = "photo", _("Photo")
        VOICE = "voice", _("Voice note")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    draft = models.ForeignKey("Draft", models.CASCADE, null=True, related_name="files")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="files")
    notice = models.ForeignKey("AdverseNotice", models.PROTECT, null=True, related_name="files")
    kind = models.CharField(max_length=8, choices=Kind)
    size = models.PositiveIntegerField()
    added_at = models.DateTimeField(default=timezone.now)
    sealed_file = models.BinaryField()  # bytes: crypto.wrap(made.file, file_context)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(draft__isnull=False, case=None, notice=None)
                | Q(draft=None, case__isnull=False, notice=None)
                | Q(draft=None, case=None, notice__isnull=False),
                name="file_is_of_one",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.public_id}"

    @property
    def file_context(self) -> bytes:
        return f"case-file:{self.public_id}".encode()

    @property
    def file(self) -> bytes:
        return crypto.unwrap(bytes(self.sealed_file), self.file_context)

    @file.setter
    def file(self, data: bytes) -> None:
        self.sealed_file = crypto.wrap(data, self.file_context)

    @property
    def content_type(self) -> str:
        return "image/jpeg" if self.kind == self.Kind.PHOTO else "audio/mp4"


class Draft(models.Model):
    """What somebody has begun to tell: kept from the first key stroke, opened again by its code, gone when it was sent."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey("programs.Program", models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    taken_by = models.ForeignKey(
        "programs.StaffRole", models.PROTECT, null=True, related_name="+"
    )  # who writes down a call in it
    code_hash = models.CharField(max_length=64, unique=True)  # of the receipt code, which becomes that of the case
    sealed_form = models.BinaryField(null=True)  # JSON of all fields as typed
    number = models.PositiveIntegerField(default=0)  # of its last save: an older page overwrites nothing
    made_at = models.DateTimeField(default=timezone.now)
    saved_at = models.DateTimeField(default=timezone.now)
    case = models.OneToOneField(
        Case, models.PROTECT, null=True, related_name="draft"
    )  # what it became: sent twice is one

    class Meta:
        indexes = (models.Index(fields=["saved_at"], name="draft_saved"),)

    def __str__(self) -> str:
        return f"draft {self.public_id}"

    @property
    def form(self) -> str:
        return crypto.open_text(self.sealed_form, f"case-draft:{self.public_id}") if self.sealed_form else ""

    @form.setter
    def form(self, text: str) -> None:
        self.sealed_form = crypto.seal_text(text, f"case-draft:{self.public_id}") if text else None
