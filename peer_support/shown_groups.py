"""How a group, and a message of one, reads on a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from messaging.history import messages_before
from messaging.page import names
from portal.access import conversations
from portal.language import formats

if TYPE_CHECKING:
    from messaging.history import Shown
    from peer_support.models import Group, GroupModerator, GroupReport

LONGEST = 160  # letters of a message in a list


@dataclass(frozen=True, slots=True)
class Reported:
    """A message somebody wants looked at: whose it is as the group knows them, and what was written."""

    report: GroupReport
    name: str
    sent_at: dt.datetime | None
    body: str


def region_of(group: Group) -> str:
    known = group.organization.program.profile.regions
    return next((one.name for one in known if one.id == group.region), "")


def lead_names(moderators: Iterable[GroupModerator]) -> str:
    """ "Denise Fontenot (peer partner) and Alma Reyes (family liaison)": whoever sees the group may know them."""
    roles = [one.staff_role for one in moderators]
    return names([f"{role.person.display_name} ({role.get_role_display()})" for role in roles])


def message_line(message: Shown, called: Mapping[int, str], zone: dt.tzinfo) -> SafeString:
    """Who wrote it, when, and how it begins: enough to find it again."""
    language = get_language() or settings.LANGUAGE_CODE
    body = message.body if len(message.body) <= LONGEST else f"{message.body[:LONGEST]}…"
    return format_html(
        "<b><bdi>{}</bdi></b> {}<br><bdi>{}</bdi>",
        called.get(message.author_id) or _("Someone"),
        formats.moment(message.sent_at, language, zone),
        body,
    )


def report_lines(reports: Iterable[GroupReport]) -> list[Reported]:
    """For those who may see these reports, who see that one message with each."""
    found = []
    for report in reports:
        conversation = report.group.conversation
        if conversation is None:
            continue
        called = {one.person_id: one.name for one in conversations.speakers(conversation)}
        (message,) = messages_before(conversation, report.seq + 1, 1) or (None,)
        is_it = message is not None and message.seq == report.seq
        found.append(
            Reported(
                report,
                called.get(report.author_id, _("Someone")),
                message.sent_at if message and is_it else None,
                message.body if message and is_it else "",
            )
        )
    return found
