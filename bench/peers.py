"""What the pages of other chat servers have in common, and the proof that what was delivered had been stored.

A peer is ended by SIGKILL, in the closed loop while messages are flying. Then every message that had reached its reader must be
in the archive, as often as that server keeps it, and each reader must have got what was sent: once, in order, without a gap.
"""

from __future__ import annotations

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from bench.hosts import Host
from bench.load import Page, Run


class PeerPage(Page):
    """A page that sends by `put` and says of each message from another person that it `took` it."""

    def __init__(self, run: Run, person: dict[str, str], conversation: str) -> None:
        super().__init__(run, person, conversation)
        self.keys: list[str] = []
        self.took_keys: list[str] = []

    @abstractmethod
    def put(self, key: str) -> None:
        """Send one message that carries this key, in the words of that server."""

    def write(self, due: float = 0.0) -> None:
        key = self.run.new_key()
        if due:
            self.run.due[key] = due
        self.put(key)
        self.sent += 1
        self.keys.append(key)

    def took(self, key: str, moment: float) -> None:
        self.took_keys.append(key)
        tally = self.run.tally
        tally.delivered += 1
        if due := self.run.due.get(key):
            tally.latencies.append(moment - due)


class PeerRun(Run):
    """All pages against one peer, which does not outlive the run."""

    def __init__(self, host: Host, cast: Sequence[dict[str, Any]], path: str = "/ws/") -> None:
        super().__init__(host, cast, path)
        self.is_killed = False

    async def closed(self, *, in_flight: int, warm: float, seconds: float) -> dict[str, Any]:
        figures = await super().closed(in_flight=in_flight, warm=warm, seconds=seconds)
        self._kill()  # in full flight
        return figures

    async def settle(self) -> None:
        if not self.is_killed:
            await super().settle()

    def _kill(self) -> None:
        self.host.process.kill()
        self.host.process.wait()
        self.is_killed = True

    def check(self) -> dict[str, Any]:
        """Raises AssertionError unless what was delivered had been stored, and came once, in order and without a gap."""
        assert not self.tally.refused, f"refused: {dict(self.tally.refused)}"
        was_in_flight, archive = self.is_killed, self.host.archive
        assert archive
        self._kill()
        self._in_order()
        rows = archive.keys()
        delivered = [key for page in self.pages for key in page.took_keys]  # type: ignore[attr-defined]
        lost = sum(rows[key] < archive.copies for key in delivered)
        assert not lost, f"{lost} of {len(delivered)} delivered messages were not in the archive {archive.copies} times"
        return {
            "delivered": len(delivered),
            "archive_rows": rows.total(),
            "rows_a_message": archive.copies,
            "killed_in_flight": was_in_flight,
            "durability": archive.durability,
            # In the open loop: what had not come long after the last was sent, so the rate was more than it could carry.
            "not_arrived": 0 if was_in_flight else sum(page.sent for page in self.pages) - len(delivered),
        }

    def _in_order(self) -> None:
        by_conversation: defaultdict[str, list[Any]] = defaultdict(list)
        for page in self.pages:
            by_conversation[page.conversation].append(page)
        for name, (one, other) in by_conversation.items():
            for writer, reader in ((one, other), (other, one)):
                got = reader.took_keys
                assert got == writer.keys[: len(got)], f"messages of {name} out of order, twice or with a gap"
