"""Measures the screener: `python -m bench.screening` prints what it finds, misses and cries wolf at, by language, and what it costs.

The phrases are those of `tests/safety/phrases/`: one file a language, and in `unseen*/` lines that were written later
(what was found in them at first sight stands in docs/safety-measurements.md; misses have been corrected since). *Recall* counts a crisis phrase as found when its level is `crisis`, a concern
when it is not `none`, a boundary when its own kind is among those found. *False alarms* are everyday lines that are not `none`.
`--show` prints every phrase that was judged otherwise than its file says. One JSON object on standard output.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import re
import statistics
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from portal.safety.screening import Level, screen

PHRASES = Path(__file__).resolve().parent.parent / "tests" / "safety" / "phrases"
LONG, TYPICAL = 4_000, 200
PLAIN = {
    "en": "Hi! How was your day? The bus was late again so we walked back in the rain. I made soup and we watched the match. Talk on Tuesday. ",
    "es": "¡Hola! ¿Cómo estuvo tu día? El autobús llegó tarde y caminamos bajo la lluvia. Hice sopa y vimos el partido. Hablamos el martes. ",
    "fr": "Salut ! Comment était ta journée ? Le bus était en retard, alors nous avons marché sous la pluie. J'ai fait une soupe. À mardi. ",
    "ht": "Bonjou! Kouman jounen ou te ye? Bis la te an reta, konsa nou mache anba lapli a. Mwen fè soup epi nou gade match la. N a pale madi. ",
    "vi": "Chào em! Hôm nay của em thế nào? Xe buýt lại trễ nên cả nhà đi bộ dưới mưa. Chị nấu canh rồi xem bóng. Thứ ba mình nói tiếp nhé. ",
    "ar": "مرحبا! كيف كان يومك؟ تأخر الباص مرة ثانية فمشينا تحت المطر. طبخت شوربة وشفنا المباراة. منحكي يوم الثلاثاء. ",
    "zh-hans": "你好！今天过得怎么样？公交车又晚点了，我们淋着雨走回来。我煮了汤，一起看了比赛。周二再聊。",
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="every phrase judged otherwise, on standard error")
    options = parser.parse_args()
    found = {
        folder.name: {path.stem: of_file(path, show=options.show) for path in sorted(folder.glob("*.toml"))}
        for folder in (PHRASES, *sorted(PHRASES.glob("unseen*")))
    }
    json.dump({**found, "cost": cost()}, sys.stdout, indent=1)
    print()
    return 0


def of_file(path: Path, *, show: bool = False) -> dict[str, str]:
    """Each kind as "found of all"."""
    counts: dict[str, list[int]] = {}
    for kind, text, is_right in judged(path):
        count = counts.setdefault(kind, [0, 0])
        count[0] += is_right
        count[1] += 1
        if show and not is_right:
            result = screen(text)
            print(
                f"{path.stem:8} {kind:16} {text}  ->  {result.level.value} {' '.join(result.matched)}", file=sys.stderr
            )
    everyday = counts.pop("everyday", [0, 0])
    shown = {kind: f"{right} of {all_}" for kind, (right, all_) in counts.items()}
    return {**shown, "false_alarms": f"{everyday[1] - everyday[0]} of {everyday[1]}"}


def judged(path: Path) -> Iterator[tuple[str, str, bool]]:
    """Every phrase of a file with its kind and whether the screener says the same."""
    phrases: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    for text in phrases.get("crisis", []):
        yield "crisis", text, screen(text).level is Level.CRISIS
    for text in phrases.get("concern", []):
        yield "concern", text, screen(text).level is not Level.NONE
    for kind, text in phrases.get("boundary", []):
        yield "boundary", text, kind in screen(text).boundaries
    for text in phrases.get("everyday", []):
        yield "everyday", text, screen(text).level is Level.NONE


def cost() -> dict[str, float]:
    """Microseconds of processor time in each language: a typical message of 200 characters, and messages of 200 and of 4,000.

    `typical` are messages of everyday talk, each new as a whole while its words are not; `plain` is such talk again and again,
    `everyday` the lines above, each with a word that wakes the screener, `crisis` the worst case.
    """
    found = {"first_ms": round(microseconds("warm", 1) / 1e3, 1)}
    found |= {f"{language}_typical_{TYPICAL}": of_new_messages(text) for language, text in PLAIN.items()}
    for path in sorted(PHRASES.glob("*.toml")):
        phrases = tomllib.loads(path.read_text("utf-8"))
        for name in ("plain", "everyday", "crisis"):
            text = PLAIN[path.stem] if name == "plain" else ". ".join(phrases[name])
            found[f"{path.stem}_{name}_{TYPICAL}"] = microseconds((text * 9)[:TYPICAL], 100)
            found[f"{path.stem}_{name}_{LONG}"] = microseconds((text * 99)[:LONG], 3)
    return found


def of_new_messages(text: str, rounds: int = 25, messages: int = 20) -> float:
    """The best round of many, for other work on the machine only ever makes it slower; no message comes twice."""
    chance = random.Random(text)
    new = new_messages(text, chance)
    runs = []
    for _ in range(rounds):
        given = list(itertools.islice(new, messages))
        begin = time.thread_time()
        for one in given:
            screen(one)
        runs.append((time.thread_time() - begin) / messages * 1e6)
    return round(min(runs), 1)


def new_messages(text: str, chance: random.Random) -> Iterator[str]:
    """The parts of its sentences, each time in another order, so that no sentence counts for less because it came before."""
    parts = re.findall(r"[^,.!?。，！？؟]+[,.!?。，！？؟] ?", text)
    seen: set[str] = set()
    while True:
        message = "".join(part for _ in range(9) for part in chance.sample(parts, len(parts)))[:TYPICAL]
        if message not in seen:
            seen.add(message)
            yield message


def microseconds(text: str, times: int) -> float:
    begin = time.process_time()
    screen(text)
    if times == 1:
        return (time.process_time() - begin) * 1e6
    runs = []
    for _ in range(5):
        begin = time.process_time()
        for _ in range(times):
            screen(text)
        runs.append((time.process_time() - begin) / times * 1e6)
    return round(statistics.median(runs), 1)


if __name__ == "__main__":
    raise SystemExit(main())
