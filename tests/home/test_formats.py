"""Dates and times as each reader expects them, with Latin digits everywhere."""

from __future__ import annotations

import datetime as dt
import zoneinfo

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import timezone, translation

from portal.language import formats

CENTRAL = zoneinfo.ZoneInfo("America/Chicago")
EVENING = dt.datetime(2027, 2, 16, 23, 40, tzinfo=dt.UTC)  # 5:40 pm in Louisiana


@pytest.fixture(autouse=True)
def _in_february(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: dt.datetime(2027, 2, 17, 1, 0, tzinfo=dt.UTC))  # 7 pm, the 16th


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "Tuesday 16 February"),
        ("en-xa", "Tuesday 16 February"),
        ("ht", "Tuesday 16 February"),
        ("es", "martes 16 de febrero"),
        ("vi", "Thứ Ba, 16 tháng 2"),
        ("ar", "الثلاثاء، 16 فبراير"),
        ("fr", "mardi 16 février"),
        ("zh-hans", "2月16日星期二"),
    ],
)
def test_a_day(language: str, shown: str) -> None:
    assert formats.day(EVENING, language, CENTRAL) == shown
    assert formats.day(dt.date(2027, 2, 16), language) == shown


def test_another_year_is_said() -> None:
    assert formats.day(dt.date(2026, 2, 16), "en") == "Monday 16 February 2026"
    assert formats.day(dt.date(2026, 2, 16), "es") == "lunes 16 de febrero de 2026"


@pytest.mark.parametrize(
    ("language", "shown"),
    [("en", "5:40\u00a0pm"), ("es", "5:40\u00a0p.m."), ("vi", "17:40"), ("ar", "5:40\u00a0بعد الظهر")],
)
def test_a_time(language: str, shown: str) -> None:
    assert formats.clock_time(EVENING, language, CENTRAL) == shown


@pytest.mark.parametrize(
    ("hour", "part"), [(0, "منتصف الليل"), (4, "فجرًا"), (8, "صباحًا"), (12, "ظهرًا"), (15, "بعد الظهر"), (20, "مساءً")]
)
def test_arabic_says_the_part_of_the_day_in_words(hour: int, part: str) -> None:
    assert formats.clock_time(dt.time(hour, 30), "ar").endswith(f":30\u00a0{part}")


def test_a_time_of_day() -> None:
    assert formats.clock_time(dt.time(8), "en") == "8\u00a0am"
    assert formats.clock_time(dt.time(17, 30), "en") == "5:30\u00a0pm"
    assert formats.clock_time(dt.time(8), "vi") == "08:00"


def test_a_moment_is_told_by_the_readers_day() -> None:
    with translation.override("en"):
        assert formats.moment(EVENING, "en", CENTRAL) == "today 5:40\u00a0pm"
        assert formats.moment(EVENING - dt.timedelta(days=1), "en", CENTRAL) == "yesterday 5:40\u00a0pm"
        assert formats.moment(EVENING - dt.timedelta(days=4), "en", CENTRAL) == "Friday 12 February 5:40\u00a0pm"


def test_languages_are_named_in_the_readers_own() -> None:
    assert formats.language_name("es", "en") == "Spanish"
    assert formats.language_name("vi", "es") == "vietnamita"
    assert formats.language_name("zh-hans", "en").startswith("Chinese")
    assert formats.language_name("not-a-language", "en") == "not-a-language"


def test_directions() -> None:
    assert formats.direction("ar") == "rtl"
    assert formats.direction("en-xa") == "ltr"


def test_the_tags_speak_the_readers_language_and_zone() -> None:
    template = Template("{% day at %} / {% moment at %} / {% clock_time at %} / {{ code|language_name }}")
    with translation.override("es"):
        shown = template.render(Context({"at": EVENING, "code": "vi"}))
    assert shown.startswith("martes 16 de febrero / ")
    assert shown.endswith("5:40\u00a0p.m. / vietnamita")


def test_an_icon_that_does_not_exist_is_found_while_building() -> None:
    with pytest.raises(TemplateSyntaxError, match="no icon"):
        Template('{% icon "unicorn" %}').render(Context())


def test_pointing_icons_turn_and_others_do_not() -> None:
    shown = Template('{% icon "send" "s" %}{% icon "clock" %}').render(Context())
    assert 'class="icon s turn"' in shown
    assert 'class="icon"' in shown
