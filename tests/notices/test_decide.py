"""The one decision, as a table."""

from __future__ import annotations

import datetime as dt
import itertools
import zoneinfo

import pytest

from portal.notices.decide import WAYS, Channel, channels_for, is_quiet, quiet_ends
from portal.notices.models import Notice

Kind = Notice.Kind
CENTRAL = zoneinfo.ZoneInfo("America/Chicago")

# kind, e-mail wanted, texts wanted, has e-mail, has phone, page open, quiet hours -> ways besides the page
TABLE = [
    (Kind.MESSAGE, True, True, True, True, False, False, {"email", "sms"}),
    (Kind.MESSAGE, True, False, True, True, False, False, {"email"}),
    (Kind.MESSAGE, False, True, True, True, False, False, {"sms"}),
    (Kind.MESSAGE, False, False, True, True, False, False, set()),
    (Kind.MESSAGE, True, True, False, True, False, False, {"sms"}),
    (Kind.MESSAGE, True, True, True, False, False, False, {"email"}),
    (Kind.MESSAGE, True, True, False, False, False, False, set()),
    (Kind.MESSAGE, True, True, True, True, True, False, set()),
    (Kind.MESSAGE, True, True, True, True, False, True, {"email"}),
    (Kind.MESSAGE, False, True, True, True, False, True, set()),
    (Kind.PAIRING_PROPOSED, True, True, True, True, False, False, {"email", "sms"}),
    (Kind.PAIRING_PROPOSED, True, True, True, True, True, False, set()),
    (Kind.PAIRING_ACCEPTED, True, True, True, True, False, False, {"email"}),
    (Kind.PAIRING_DECLINED, True, True, True, True, False, False, {"email"}),
    (Kind.PAIRING_DECLINED, False, True, True, True, False, False, set()),
    (Kind.PAIRING_CHANGED, True, True, True, True, False, False, {"email", "sms"}),
    (Kind.HAND_OFF, True, True, True, True, False, False, {"email", "sms"}),
    (Kind.CHECK_IN, True, True, True, True, False, False, {"email"}),
    (Kind.CHECK_IN, False, True, True, True, False, False, set()),
    (Kind.CHECK_IN_CALL, True, True, True, True, False, False, {"email"}),
    (Kind.GROUP, True, True, True, True, False, False, {"email"}),
    (Kind.NO_COORDINATOR, True, True, True, True, False, False, {"email"}),
    (Kind.MESSAGE_WAITS, True, True, True, True, False, False, {"email", "sms"}),
]


@pytest.mark.parametrize(
    ("kind", "wants_email", "wants_texts", "has_email", "has_phone", "open_page", "quiet", "ways"), TABLE
)
def test_each_row_of_the_table(
    kind: str,
    wants_email: bool,
    wants_texts: bool,
    has_email: bool,
    has_phone: bool,
    open_page: bool,
    quiet: bool,
    ways: set[str],
) -> None:
    found = channels_for(
        kind,
        wants_email=wants_email,
        wants_texts=wants_texts,
        has_email=has_email,
        has_phone=has_phone,
        has_open_page=open_page,
        is_quiet_hours=quiet,
    )
    assert found == ways | {"page"}


@pytest.mark.parametrize("kind", Kind)
def test_a_phones_screen_shows_at_any_hour_what_may_go_out_and_nothing_while_the_page_is_open(kind: str) -> None:
    for open_page, quiet in itertools.product([True, False], repeat=2):
        found = channels_for(
            kind,
            wants_email=True,
            wants_texts=True,
            has_email=True,
            has_phone=True,
            has_open_page=open_page,
            has_push=True,
            is_quiet_hours=quiet,
        )
        assert (Channel.PUSH in found) == (Channel.PUSH in WAYS[kind] and not open_page)


def test_every_kind_is_in_the_table() -> None:
    assert set(WAYS) == set(Kind)


@pytest.mark.parametrize("kind", Kind)
def test_whatever_else_holds_a_no_to_texts_means_no_text(kind: str) -> None:
    for email, has_email, has_phone, open_page, quiet in itertools.product([True, False], repeat=5):
        found = channels_for(
            kind,
            wants_email=email,
            wants_texts=False,
            has_email=has_email,
            has_phone=has_phone,
            has_open_page=open_page,
            is_quiet_hours=quiet,
        )
        assert Channel.SMS not in found


@pytest.mark.parametrize(
    ("hour", "minute", "quiet"),
    [(7, 59, True), (8, 0, False), (12, 0, False), (20, 59, False), (21, 0, True), (0, 0, True)],
)
def test_quiet_hours(hour: int, minute: int, quiet: bool) -> None:
    assert is_quiet(dt.datetime(2027, 2, 5, hour, minute, tzinfo=CENTRAL)) is quiet


@pytest.mark.parametrize(("day", "hour", "ends_on"), [(5, 22, 6), (5, 3, 5)])
def test_quiet_hours_end_at_eight(day: int, hour: int, ends_on: int) -> None:
    ends = quiet_ends(dt.datetime(2027, 2, day, hour, tzinfo=CENTRAL))
    assert ends == dt.datetime(2027, 2, ends_on, 8, tzinfo=CENTRAL)


def test_quiet_hours_end_at_eight_by_the_clock_on_the_day_the_clocks_change() -> None:
    ends = quiet_ends(dt.datetime(2027, 3, 13, 22, tzinfo=CENTRAL))
    assert ends.astimezone(dt.UTC) == dt.datetime(2027, 3, 14, 13, tzinfo=dt.UTC)
