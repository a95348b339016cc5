"""The screener: measured phrases in seven languages, what it must not be fooled by, and what holds for any text at all."""

from __future__ import annotations

import io
import json
import sys
import time
import unicodedata
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.screening import PHRASES, judged
from portal.safety.screening import (
    BOUNDARY_KINDS,
    CRISIS_KINDS,
    NOTHING,
    Level,
    screen,
    screen_several,
    without_details,
)
from portal.safety.screening.details import FEWEST
from portal.safety.screening.ideographs import Ideographs
from portal.safety.screening.index import Index
from portal.safety.screening.lexicons import CODES
from portal.safety.screening.patterns import END, read
from portal.safety.screening.pieces import Pieces, may_be_spelled
from portal.safety.screening.tokens import words_and_passages_of, words_of
from portal.safety.screening.vocabulary import Vocabulary

FILES = sorted(PHRASES.glob("*.toml"))
CRISES = [
    "I want to kill myself tonight",
    "me quiero morir",
    "j'ai envie de mourir",
    "mwen anvi mouri",
    "tôi muốn chết",
    "我不想活了",
    "بدي موت",
]
CHAT = [
    "How was your week?",
    "See you Tuesday at 4 at the center with your mom.",
    "Gracias por todo, nos vemos el martes.",
    "On se voit mardi au centre avec ta mère.",
    "Mèsi anpil pou èd ou.",
    "Cảm ơn chị nhiều nhé.",
    "谢谢老师的帮助。",
    "شكرا كتير على المساعدة.",
]
NUMBERS = [
    "my number is 225-555-0148",
    "five five five two three four nine eight one two",
    "mi cel: cinco cinco cinco doce treinta cuarenta",
    "我的号码是一三八零零一二三四五六",
    "رقمي ٠٥٥٥١٢٣٤٥٦",
]


@pytest.mark.parametrize("path", sorted(PHRASES.rglob("*.toml")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_worry_is_found_and_everyday_talk_is_left_alone(path: Path) -> None:
    """Nine of ten of the builders' own phrases, and almost no false alarm: less would be a step back."""
    results: dict[str, list[bool]] = {}
    for kind, _text, is_right in judged(path):
        results.setdefault(kind, []).append(is_right)
    for kind, right in results.items():
        wrong = len(right) - sum(right)
        assert wrong <= max(1, len(right) // 10), (path.stem, kind, wrong, len(right))


def test_there_are_phrases_for_every_language() -> None:
    assert {path.stem for path in FILES} == set(CODES)
    for path in FILES:
        assert len(list(judged(path))) >= 60


@pytest.mark.parametrize("text", ["", " ", "\n", "👍", "ok", "hello"])
def test_nothing_is_found_in_nothing(text: str) -> None:
    assert screen(text) == NOTHING


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("I don't want to live", Level.CRISIS),
        ("I would never hurt myself", Level.NONE),
        ("k y s", Level.CONCERN),
        ("k.m.s", Level.CRISIS),
        ("k'm's", Level.CRISIS),
        ("I want... to die", Level.CRISIS),
        ("quiero...morir", Level.CRISIS),
        ("he touched my... private parts", Level.CRISIS),
        ("I wanna d1e", Level.CRISIS),
        ("i want to killlll myself", Level.CRISIS),
        ("k*ll myself", Level.CRISIS),
        ("killmyself", Level.CRISIS),
        ("#iwanttodie", Level.CRISIS),
        ("i w\u200bant to d\u200bie", Level.CRISIS),
        ("quiero kill myself", Level.CRISIS),
        ("I want to morir", Level.CRISIS),
        ("my friend says she wants to kill herself", Level.CRISIS),
        ("in the movie he kills himself", Level.NONE),
        ("I want to kill myself lol", Level.CONCERN),
        ("my dad beats me every night lol", Level.CONCERN),
        ("me corté con una hoja de papel", Level.NONE),
        ("me corté los brazos", Level.CRISIS),
        ("she beat me at chess again", Level.NONE),
        ("my coach hit me at soccer practice", Level.CRISIS),
        ("my phone is dead", Level.NONE),
        ("nobody will notice when I'm dead", Level.CRISIS),
        ("بدي موت، ما بقدر", Level.CRISIS),
        ("Mwen te ale nan mache a maten an", Level.NONE),
        ("muon tu tu", Level.CRISIS),
        ("từ từ thôi", Level.NONE),
        ("我想從樓頂跳下去", Level.CRISIS),
    ],
)
def test_no_disguise_helps_and_no_second_meaning_alarms(text: str, level: Level) -> None:
    assert screen(text).level is level


def test_codes_are_sorted_and_boundaries_are_among_them() -> None:
    found = screen("I bought you a gift, don't tell your mom. I want to die.")
    assert found.level is Level.CRISIS
    assert list(found.matched) == sorted(found.matched)
    assert set(found.boundaries) <= set(found.matched)
    assert set(found.matched) <= {*CRISIS_KINDS, *BOUNDARY_KINDS}
    assert {"gifts", "secrecy"} <= set(found.boundaries)


@pytest.mark.parametrize(
    "text",
    [
        "Call 988 or 911.",
        "Text 741741",
        "The office is at 225-555-0100",
        "1-800-273-8255",
        "11/24/2026 at 2:30",
        "room 2140",
        "1 2 3 4 5 6 7 8 9",
    ],
)
def test_help_lines_dates_and_rooms_are_no_contact_details(text: str) -> None:
    assert "contact_details" not in screen(text).boundaries


@pytest.mark.parametrize(
    "text",
    [
        *NUMBERS,
        "write to jay@example.com",
        "jay dot river at gmail dot com",
        "https://discord.gg/abcd",
        "I am @jay_river there",
    ],
)
def test_details_are_found_and_taken_out(text: str) -> None:
    assert "contact_details" in screen(text).boundaries
    left = without_details(text)
    assert "[...]" in left
    assert "contact_details" not in screen(left).boundaries


def test_what_is_no_detail_stays() -> None:
    assert without_details("Call me at 225-555-0148 after school, ok?") == "Call me at [...] after school, ok?"
    assert without_details("See you at 4.") == "See you at 4."


@pytest.mark.parametrize(
    "texts",
    [
        ["five five five", "two three", "ok?", "four nine", "eight one two"],
        ["555", "234", "9812"],
        ["cinco cinco cinco", "doce", "treinta y cuatro", "cincuenta y seis"],
        ["2 2 5", "five five five", "01", "48"],
    ],
)
def test_a_number_given_in_pieces_is_found(texts: list[str]) -> None:
    assert all("contact_details" not in screen(text).boundaries for text in texts)
    assert "contact_details" in screen_several(texts).boundaries


def test_sentences_in_pieces_are_read_as_one_and_long_ones_are_not() -> None:
    assert "other_apps" in screen_several(["add me", "on", "snap"]).boundaries
    assert screen_several(["See you at 4.", "Room 12 on the 3rd of May.", "It costs 20 dollars."]) == NOTHING
    assert screen_several([]) == NOTHING
    assert screen_several(["I want to die"]).matched == ()


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300))
def test_any_text_has_a_finding(text: str) -> None:
    found = screen(text)
    assert found.level in Level
    assert "contact_details" not in screen(without_details(text)).boundaries
    assert screen_several([text, text]).level is not Level.CRISIS


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(CRISES), st.lists(st.sampled_from(CHAT), max_size=6), st.lists(st.sampled_from(CHAT), max_size=6)
)
def test_everyday_talk_around_it_does_not_hide_a_crisis(crisis: str, before: list[str], after: list[str]) -> None:
    assert screen(" ".join([*before, crisis + ".", *after])).level is Level.CRISIS


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(CRISES), st.randoms(use_true_random=False))
def test_case_marks_and_hidden_letters_change_nothing(crisis: str, chance: object) -> None:
    pick = getattr(chance, "random")  # noqa: B009 - hypothesis gives a Random without its type
    changed = "".join((sign.upper() if pick() < 0.5 else sign) + ("\u200b" if pick() < 0.2 else "") for sign in crisis)
    assert screen(changed).level is Level.CRISIS
    bare = "".join(sign for sign in unicodedata.normalize("NFD", crisis) if not unicodedata.combining(sign))
    assert screen(bare).level is Level.CRISIS


@pytest.mark.parametrize(
    "unit", ["want to ", "a ", "i kill ", "no quiero ", "5 ", "a.", "k y s ", "@", "five ", "不", "من ", "don't tell "]
)
def test_hostile_text_costs_no_more_than_in_proportion(unit: str) -> None:
    def seconds(length: int) -> float:
        text = (unit * length)[:length]
        screen(text)
        runs = []
        for _ in range(3):
            begin = time.process_time()
            screen(text)
            runs.append(time.process_time() - begin)
        return min(runs)

    assert seconds(16_000) < 12 * seconds(4_000) + 0.05


PIECES = [
    "want to",
    "...",
    "die",
    "5",
    "五",
    "5 5 5",
    "x.co",
    "@",
    "a.m.",
    "k y s",
    "k.",
    "我，",
    "不想活了!",
    "l'",
    "\u0301",
    "<3",
    "?!",
]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=8),
    st.lists(st.sampled_from([" ", "", "  ", "\n"]), min_size=8, max_size=8),
)
def test_pieces_hold_what_their_text_holds(parts: list[str], between: list[str]) -> None:
    text = "".join(part + gap for part, gap in zip(parts, between, strict=False))
    vocabulary = Vocabulary()
    whole = Pieces(vocabulary).whole(text)
    assert whole.words == words_and_passages_of(text)
    together, apart = (
        vocabulary.passages.written("".join(codes))
        for codes in (whole.codes, map(vocabulary.__getitem__, words_of(text)))
    )
    assert list(filter(None, together.split(END))) == list(filter(None, apart.split(END)))
    assert whole.signs >= min(FEWEST, sum(sign.isdecimal() for sign in text))
    if any(sign in text for sign in ("@", "x.co")):
        assert whole.signs >= FEWEST
    if "k y s" in text.split("  "):
        assert may_be_spelled(whole.runs)


@given(st.lists(st.text(alphabet="我不想活了死自杀甲", min_size=1, max_size=9), max_size=5))
def test_chinese_is_cut_at_the_longest_word_known(runs: list[str]) -> None:
    codes = {"我": ";I", "不": ";N", "想": ";W", "想死": ";WD", "不想活": ";S", "不想活了": ";SS", "自杀": ";K"}

    def expected(run: str) -> str:
        code, unknown = "", 0
        while run:
            word = next((run[:length] for length in (4, 3, 2, 1) if run[:length] in codes), "")
            unknown = 0 if word else unknown + 1
            code += codes.get(word, ";" if unknown % 2 else "")
            run = run[len(word) or 1 :]
        return code

    ideographs = Ideographs(codes)
    signs = "".join(map(ideographs.signs, runs))
    assert ideographs.written(signs) == "".join(map(expected, runs))
    for sign, code in ((",", ""), ("、", ""), ("。", END), ("!", END), ("\n", END)):
        assert ideographs.written(ideographs.signs(sign.join(runs))) == code.join(map(expected, runs))


def test_a_sentence_is_looked_at_where_a_rare_concept_has_another_beside_it() -> None:
    symbols = {"RARE": "r", "USUAL": "u", "ALONE": "a"}
    patterns = read("RARE USUAL\nALONE", "suicide", Level.CRISIS, symbols.__getitem__)
    index = Index(patterns, {"u": 5}, {"r": {"杀"}, "u": {"我"}})
    assert all(map(index.may_be_in, [";r;u", ";x;ur", "杀我", "我;x;r", ";u杀", ";a"]))
    assert not any(map(index.may_be_in, ["", ";r", ";u;u", "我;x", "杀,;x", "杀杀"]))


def test_words_are_remembered_up_to_a_bound_and_long_ones_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.safety.screening.pieces._MOST_REMEMBERED", 3)
    pieces = Pieces(Vocabulary())
    pieces.whole("a b c d e " + "x" * 60 + " 我" + "想" * 60)
    assert list(pieces) == ["d", "e"]


def run(lines: bytes, *arguments: str, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, object]]:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(lines)))
    out = io.StringIO()
    call_command("screen_text", *arguments, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_command_answers_every_line(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "quiero matarme\n\nhola\u2028que tal\r\n我不想活了".encode()
    answers = run(lines, "--language", "es", monkeypatch=monkeypatch)
    assert [answer["level"] for answer in answers] == ["crisis", "none", "none", "crisis"]
    assert all(set(answer) == {"level", "matched"} for answer in answers)
    assert run(b"\xff\xfe broken\n", "--language", "en", monkeypatch=monkeypatch)[0]["level"] == "none"


def test_the_command_refuses_a_language_it_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="choose one of en, es"):
        run(b"hi\n", "--language", "tlh", monkeypatch=monkeypatch)
