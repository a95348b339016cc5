"""The hearing pack: all that one person may see of a case, as pages that open anywhere, in a zip that tells if it was changed.

What is in it was asked of access for that one person; what they may not see is not in it. Only messages and plans they ticked
come along, never those of a group, and never what they read by somebody's signed consent alone (42 CFR 2.32).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from messaging import history
from messaging import page as messaging_page
from portal import crypto
from portal.access import care, conversations, grievances, media, reading
from portal.access.letters import visible_letters
from portal.care.kinds import KINDS
from portal.care.shown import Row, all_said, changed, title, tree
from portal.clocks import told
from portal.clocks.shown import show
from portal.clocks.words import sentences
from portal.language import formats
from rights_grievances import codes, verify
from rights_grievances.continuation import Check
from rights_grievances.models import Appeal, Case, CaseFile
from rights_grievances.shown import steps_shown

if TYPE_CHECKING:
    from messaging.models import Conversation
    from portal.access.care import Reader
    from portal.accounts.models import Person
    from portal.care.models import Change, Item, Plan
    from portal.clocks.models import Clock

FAMILY_PARTS = frozenset({care.Part.YOUNG, care.Part.RAISING, care.Part.TOLD})
ENDINGS = {"photo": "jpg", "voice": "m4a"}
STYLE = Path(__file__).with_name("pack.css")


File = tuple[str, str, bytes]  # its path, its name, and what is in it


@dataclass(frozen=True, slots=True)
class Pack:
    name: str
    data: bytes
    head: str  # the chain's last value: whoever knows it can tell this pack from every other one
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    path: str
    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    beside: list[File] = field(default_factory=list)  # what the page links to


# -- what there is to choose from ----------------------------------------------------------------------------------------


def conversations_for(person: Person) -> list[tuple[Conversation, str]]:
    """Those the person takes part in, with who else does. A group's words are not one person's to hand on."""
    rows = list(conversations.visible_conversations(person).exclude(family=None).order_by("-last_sent_at", "pk"))
    own = [one for one in rows if conversations.group_of(one) is None]
    return [(one, _names(person, one)) for one in own]


def plans_for(person: Person, case: Case) -> list[Plan]:
    """The plans of the young person it is about, as far as this person sees them as family."""
    if case.youth_id is None:
        return []
    plans = care.visible_plans(person).filter(youth=case.youth_id)
    return [plan for plan in plans if _reader(person, plan) is not None]


def _names(person: Person, conversation: Conversation) -> str:
    members = conversations.participants(conversation)
    others = [who.name for who in messaging_page.people(members, person) if not who.is_me]
    return messaging_page.names(others) or _("Only you")


def _reader(person: Person, plan: Plan) -> Reader | None:
    reader = care.reader_of(person, plan)
    return reader if reader is not None and reader.part in FAMILY_PARTS and not reader.is_apart else None


# -- making it -----------------------------------------------------------------------------------------------------------


def build(person: Person, case: Case, *, talks: Iterable[Conversation] = (), plans: Iterable[Plan] = ()) -> Pack:
    """Make it in the language that is switched on. Whether the person sees the case was asked before."""
    now = timezone.now()
    maker = _Maker(person, case, now)
    pages = [maker.case_page(), *maker.decision_pages(), *maker.dates_pages()]
    pages += [page for number, plan in enumerate(plans, 1) if (page := maker.plan_page(number, plan)) is not None]
    pages += [maker.talk_page(number, talk) for number, talk in enumerate(talks, 1)]
    letters = maker.letters()
    photos = maker.files()
    listed = [(page.path, page.title) for page in pages]
    listed += [(path, name) for path, name, _content in [*letters, *photos]]
    index = Page("index.html", _("Your file"), "index", {"listed": listed, "made_at": maker.at(now)})
    files = {
        "READ-ME.txt": maker.text("readme.txt", {}),
        "style.css": STYLE.read_bytes(),
        **{page.path: maker.rendered(page) for page in [index, *pages]},
        **{
            path: content
            for path, _name, content in [*letters, *photos, *(one for page in pages for one in page.beside)]
        },
        "verify.py": Path(verify.__file__).read_bytes(),
    }
    manifest = verify.manifest_of(files)
    data = verify.zipped({**files, verify.MANIFEST: manifest})
    head = verify.head_of(manifest)
    return Pack(f"my-file-{case.program.today():%Y-%m-%d}-{head[:8]}.zip", data, head, tuple(files))


class _Maker:
    """One reader, one case, one language, one moment."""

    def __init__(self, person: Person, case: Case, now: dt.datetime) -> None:
        self.person, self.case, self.now = person, case, now
        self.language = translation.get_language() or "en"
        self.zone = case.program.zone
        self.is_told_all = grievances.may_read_answer(person, case)

    def at(self, moment: dt.datetime | None) -> str:
        """With the year, for a judge may read it years from now."""
        if moment is None:
            return ""
        local = moment.astimezone(self.zone)
        parts = {
            "day": formats.full_day(local.date(), self.language),
            "time": formats.clock_time(local, self.language, self.zone),
        }
        return _("%(day)s %(time)s") % parts

    def on(self, date: dt.date | None) -> str:
        return formats.full_day(date, self.language) if date is not None else ""

    def text(self, template: str, context: dict[str, Any]) -> bytes:
        more = {"case": self.case, "language": self.language, "direction": formats.direction(self.language)}
        return render_to_string(f"rights_grievances/pack/{template}", context | more).encode()

    def rendered(self, page: Page) -> bytes:
        above = "../" * page.path.count("/")
        return self.text(f"{page.template}.html", page.context | {"title": page.title, "above": above})

    # -- the case ------------------------------------------------------------------------------------------------------

    def case_page(self) -> Page:
        lines = [(self.at(one.step.at), one.title, one.text) for one in steps_shown(self.person, self.case)]
        facts = [
            (_("What it is"), self.case.get_kind_display()),
            (_("Where it stands"), self.case.get_state_display()),
            (_("Told to us"), self.at(self.case.filed_at)),
            (_("The plan has it since"), self.at(self.case.received_by_plan_at)),
            (_("What it is about"), self._coded(codes.SERVICES, self.case.services)),
            (_("What came out"), self.case.get_outcome_display() if self.is_told_all else ""),
            (_("Answered"), self.at(self.case.resolved_at)),
        ]
        context = {
            "facts": [(label, said) for label, said in facts if said],
            "steps": lines,
            "answer": self.case.answer if self.is_told_all else "",
            "changed": self.case.changed if self.is_told_all else "",
        }
        return Page("case.html", _("What was told, and what happened"), "case", context)

    @staticmethod
    def _coded(table: dict[str, Any], chosen: Sequence[str]) -> str:
        return ", ".join(str(table[one]) for one in chosen if one in table)

    def decision_pages(self) -> list[Page]:
        appeal = Appeal.objects.select_related("notice").filter(case=self.case).first()
        if appeal is None or appeal.notice is None or not self.is_told_all:
            return []
        notice = appeal.notice
        facts = [
            (_("What it does"), notice.get_what_display()),
            (_("Service"), notice.service),
            (_("Why, as the letter says"), notice.reason),
            (_("Date on the letter"), self.on(notice.dated_on)),
            (_("Mailed"), self.on(notice.mailed_on)),
            (_("Sent"), self.at(notice.sent_at)),
            (_("Holds from"), self.on(notice.effective_on)),
        ]
        checks = [Check.from_json(one) for one in appeal.checks]
        context = {"facts": [(label, said) for label, said in facts if said], "checks": checks, "appeal": appeal}
        return [Page("decision.html", _("The decision it is about"), "decision", context)]

    def dates_pages(self) -> list[Page]:
        clocks = list(grievances.clocks_of(self.case).select_related("program"))
        if not clocks:
            return []
        return [
            Page(
                "dates.html", _("Dates, and how they were counted"), "dates", {"clocks": list(map(self._clock, clocks))}
            )
        ]

    def _clock(self, clock: Clock) -> dict[str, Any]:
        events = clock.events.select_related("clock__program").order_by("at", "pk")
        return {
            "shown": show(clock, self.now),
            "rule": clock.rule,
            "working": sentences(clock.steps, self.language),
            "happened": told.lines_of(events, self.language),
        }

    # -- letters, photos, voice notes ----------------------------------------------------------------------------------

    def letters(self) -> list[File]:
        found = []
        sent = visible_letters(self.person).filter(case=self.case, sent_at__isnull=False).order_by("sent_at", "pk")
        for number, letter in enumerate(sent, 1):
            name = f"{letter.get_kind_display()}, {self.at(letter.sent_at)}"
            stem = f"letters/{number:02}-{letter.kind}"
            found.append((f"{stem}.html", name, letter.html.encode()))
            if letter.pdf:
                found.append((f"{stem}.pdf", f"{name} (PDF)", letter.pdf))
        return found

    def files(self) -> list[File]:
        found = []
        of_it = Q(case=self.case) | Q(notice__appeals__case=self.case)  # with the pictures of the letter it is about
        for number, one in enumerate(CaseFile.objects.filter(of_it).order_by("added_at", "pk"), 1):
            content = crypto.unwrap(bytes(one.sealed_file), one.file_context)
            found.append((f"files/{number:02}.{ENDINGS[one.kind]}", f"{one.get_kind_display()} {number}", content))
        return found

    # -- what they ticked ----------------------------------------------------------------------------------------------

    def talk_page(self, number: int, talk: Conversation) -> Page:
        names = {
            who.public_id: who.name for who in messaging_page.people(conversations.participants(talk), self.person)
        }
        files = self._sent_in(number, talk)
        lines = [
            {
                "at": self.at(one.sent_at),
                "by": names.get(str(one.author_public_id), _("Someone")),
                "body": one.body,
                "files": [files[str(sent["id"])][:2] for sent in one.media if sent["id"] in files],
            }
            for one in _all_messages(talk)
        ]
        heading = _("Messages with %(names)s") % {"names": _names(self.person, talk)}
        return Page(f"messages/{number:02}.html", heading, "messages", {"lines": lines}, list(files.values()))

    def _sent_in(self, number: int, talk: Conversation) -> dict[str, File]:
        """Photos and voice notes of its messages, as this person can open them there."""
        found, cipher = {}, talk.cipher()
        shown = media.visible_attachments(self.person).filter(conversation=talk).order_by("made_at", "pk")
        for place, one in enumerate(shown, 1):
            path = f"messages/{number:02}-{place:03}.{ENDINGS[one.kind]}"
            found[str(one.public_id)] = (path, f"{one.get_kind_display()} {place}", one.file(cipher))
        return found

    def plan_page(self, number: int, plan: Plan) -> Page | None:
        reader = _reader(self.person, plan)
        if reader is None:
            return None
        items = [one for one in care.visible_items(reader, plan, with_removed=True) if not one.let_by]
        titles = {str(one.public_id): title(one.kind, one.data) for one in items}
        now = tree([one for one in items if one.removed_at is None])
        context = {
            "rows": [self._row(row, titles) for row in now],
            "versions": self._versions(plan, {one.pk: one for one in items}, titles),
        }
        return Page(f"plan/{number:02}.html", _("The plan, and every change to it"), "plan", context)

    def _row(self, row: Row, titles: dict[str, str]) -> dict[str, Any]:
        said = [(label, self._said(words)) for label, words in all_said(row.kind, row.data, titles)]
        return {"kind": KINDS[row.kind].label, "said": said, "under": [self._row(one, titles) for one in row.under]}

    def _said(self, words: object) -> str:
        return self.on(words) if isinstance(words, dt.date) else str(words)

    def _versions(self, plan: Plan, items: dict[int, Item], titles: dict[str, str]) -> list[dict[str, Any]]:
        found = []
        for version in reading.versions_of(plan).order_by("number"):
            changes = [self._change(one, items, titles) for one in version.changes.all() if one.item_id in items]
            if changes or version.step != "items":
                head = {"at": self.at(version.at), "by": version.by.display_name, "step": version.get_step_display()}
                found.append(head | {"why": version.why, "changes": changes})
        return found

    def _change(self, one: Change, items: dict[int, Item], titles: dict[str, str]) -> dict[str, Any]:
        one.item = item = items[one.item_id]
        before, after = one.before, one.after
        moved = changed(item.kind, before, after, titles) if before and after else []
        return {
            "kind": KINDS[item.kind].label,
            "title": title(item.kind, after or before or {}),
            "is_new": before is None,
            "is_gone": after is None,
            "moved": [(part.label, self._said(part.before), self._said(part.after)) for part in moved],
        }


def _all_messages(talk: Conversation) -> list[history.Shown]:
    found: list[history.Shown] = []
    at = talk.floor
    while at < talk.last_seq:
        found += history.messages_after(talk, at)
        at += history.MOST
    return found
