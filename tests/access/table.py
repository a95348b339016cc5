"""The policy as plain tables: a row for each viewer, a column for each thing, expected words written by hand."""

from __future__ import annotations

from collections.abc import Callable

from portal.accounts.models import Person
from tests.world import VIEWERS, World

Table = dict[str, dict[str, str]]


def read(text: str) -> Table:
    """Columns are named in the first line; each further line is a viewer and one word for each column."""
    header, *lines = [line.split() for line in text.strip().splitlines()]
    table = {viewer: dict(zip(header, words, strict=True)) for viewer, *words in lines}
    assert len(table) == len(lines), "a viewer has two rows"
    return table


def hold(world: World, text: str, answer: Callable[[Person, str], bool | str]) -> None:
    """Everybody of the cast has a row, and the policy says what each cell says."""
    expected = read(text)
    assert set(expected) == set(VIEWERS), "the table and the cast differ"
    found = {
        viewer: {column: _word(answer(getattr(world, viewer), column)) for column in row}
        for viewer, row in expected.items()
    }
    differences = [
        f"{viewer} / {column}: the table says {word}, the policy says {found[viewer][column]}"
        for viewer, row in expected.items()
        for column, word in row.items()
        if found[viewer][column] != word
    ]
    assert not differences, "\n".join(differences)


def _word(answer: bool | str) -> str:
    if isinstance(answer, bool):
        return "yes" if answer else "-"
    return answer
