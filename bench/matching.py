"""The joint plan for a long waiting list: how long it takes, and what it is worth beside taking the best pair first.

    python -m bench.matching [--families 500] [--peers 120] [--runs 7] [--seed 1]

Random families and peers without a database. Each run has its own seed, and the list is shuffled once more to see that the order
of rows changes nothing. `ok` is false when a run took longer than 2 seconds, a limit was broken, greedy was better or the order
mattered; the exit code is then 1. One JSON object on standard output.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from typing import Any

from peer_support.matching import Weights, assign, limits
from tests.peer_support import crowds

MOST_SECONDS = 2.0
WEIGHTS = Weights(30, 15, 15, 20, 10, 10, 5, 5, 1)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--families", type=int, default=500)
    parser.add_argument("--peers", type=int, default=120)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    begin = time.perf_counter()
    import scipy.optimize  # noqa: F401 timed apart: a process pays it once

    loaded = time.perf_counter() - begin
    runs = [measure(options.families, options.peers, options.seed + number) for number in range(options.runs)]
    found = {
        "families": options.families,
        "peers": options.peers,
        "load_solver_s": round(loaded, 3),
        "median_s": statistics.median(run["seconds"] for run in runs),
        "worst_s": max(run["seconds"] for run in runs),
        "ok": all(run["ok"] for run in runs),
        "runs": runs,
    }
    json.dump(found, sys.stdout, indent=1)
    print()
    return 0 if found["ok"] else 1


def measure(families: int, peers: int, seed: int) -> dict[str, Any]:
    chance = random.Random(seed)
    seekers, helpers = crowds.crowd(chance, families, peers)
    begin = time.perf_counter()
    plan = assign(seekers, helpers, WEIGHTS, crowds.AGES)
    seconds = round(time.perf_counter() - begin, 3)
    chance.shuffle(seekers)
    chance.shuffle(helpers)
    again = assign(seekers, helpers, WEIGHTS, crowds.AGES)
    best, greedy = crowds.worth_of(plan, WEIGHTS), crowds.greedy(seekers, helpers, WEIGHTS)
    broken = sum(bool(limits(one.seeker, one.helper, crowds.AGES)) for one in plan if one.helper)
    return {
        "seconds": seconds,
        "places": sum(helper.room for helper in helpers),
        "placed": best[0],
        "placed_by_greedy": greedy[0],
        "limits_broken": broken,
        "same_in_any_order": again == plan,
        "ok": seconds <= MOST_SECONDS and not broken and best >= greedy and again == plan,
    }


if __name__ == "__main__":
    raise SystemExit(main())
