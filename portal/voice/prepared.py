"""What somebody got ready, as its page shows it: by kind, each with who can read it now, in a sentence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.voice.models import PrepPoint

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

Fate, Kind = PrepPoint.Fate, PrepPoint.Kind
EMPTY: dict[str, _StrOrPromise] = {
    Kind.SAY: gettext_lazy("Nothing yet. Think of one thing that should be different after the meeting."),
    Kind.LEAVE_OUT: gettext_lazy("Nothing yet. You never have to talk about everything."),
    Kind.THERE: gettext_lazy("Nobody yet. Who makes it easier for you to speak?"),
    Kind.NOT_THERE: gettext_lazy("Nobody yet. You do not have to say why."),
}


@dataclass(frozen=True, slots=True)
class Names:
    """Whom the writer can give something to, by name."""

    peer: str = ""
    keepers: list[str] = field(default_factory=list)

    @property
    def keeper(self) -> str:
        return ", ".join(self.keepers)


@dataclass(frozen=True, slots=True)
class Row:
    point: PrepPoint
    read_by: str


@dataclass(frozen=True, slots=True)
class Section:
    kind: str
    title: str
    rows: list[Row]
    empty: _StrOrPromise


def sections(points: Iterable[PrepPoint], names: Names) -> list[Section]:
    points = list(points)
    return [
        Section(
            kind=kind,
            title=str(kind.label),
            rows=[Row(one, read_by(one, names)) for one in points if one.kind == kind],
            empty=EMPTY[kind],
        )
        for kind in Kind
    ]


def read_by(point: PrepPoint, names: Names) -> str:
    """Who can read it now."""
    if point.fate == Fate.MEETING:
        return _("On the agenda. Everyone who is asked to come reads it.")
    reads_keeper, reads_peer = point.fate in PrepPoint.TO_KEEPER, point.fate in PrepPoint.TO_PEER and bool(names.peer)
    if reads_keeper and not names.keeper:
        return _("It waits for the one who leads the meeting. Nobody reads it yet.")
    if reads_keeper and reads_peer:
        return _("%(keeper)s and %(peer)s read it. Nobody else does, and nobody in your family.") % {
            "keeper": names.keeper,
            "peer": names.peer,
        }
    if reads_keeper or reads_peer:
        return _("%(name)s reads it. Nobody else does, and nobody in your family.") % {
            "name": names.keeper if reads_keeper else names.peer
        }
    return _("Only you read it.")


def choices(fates: Iterable[PrepPoint.Fate], names: Names) -> list[tuple[str, str]]:
    """What can become of it, with the people by name."""
    keeper = names.keeper or _("the one who leads the meeting")
    words = {
        Fate.KEEP: _("Keep it for me. Only I read it"),
        Fate.MEETING: _("Bring it to the meeting. Everyone who is asked to come reads it"),
        Fate.PEER: _("Give it to %(peer)s") % {"peer": names.peer},
        Fate.KEEPER: _("Tell %(keeper)s alone") % {"keeper": keeper},
        Fate.BOTH: _("Tell %(keeper)s and %(peer)s") % {"keeper": keeper, "peer": names.peer},
    }
    return [(fate.value, words[fate]) for fate in fates]
