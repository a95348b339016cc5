"""The frame of every page is the reader's own: no page puts something else under a name that the frame uses."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.home.context import SHOWN
from tests.world import World, signed_in

ROOT = Path(__file__).parents[2]
ROOMS = ("portal", "messaging", "peer_support", "rights_grievances")
# Besides what the frame itself gives: what Django adds to each page, and `page`, which the frame sets for its first line.
FRAME = {*SHOWN, "request", "user", "perms", "messages", "page"}
VIEWS = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py") if "views" in str(path.relative_to(ROOT)))


def _given(tree: ast.AST) -> Iterator[ast.expr]:
    """What a view hands to its template: all that is called `context`, and the third thing that `render` is given."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign | ast.AugAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(isinstance(one, ast.Name) and one.id == "context" for one in targets):
                yield node.value
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "render":
            yield from node.args[2:3]


def _names(given: ast.expr) -> Iterator[str]:
    """Of that dictionary alone: what stands deeper has a name of its own."""
    if isinstance(given, ast.BinOp):
        yield from _names(given.left)
        yield from _names(given.right)
    elif isinstance(given, ast.Dict):
        yield from (key.value for key in given.keys if isinstance(key, ast.Constant) and isinstance(key.value, str))


@pytest.mark.parametrize("path", VIEWS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_takes_a_name_of_the_frame(path: Path) -> None:
    taken = {name for given in _given(ast.parse(path.read_text())) for name in _names(given)}
    assert not taken & FRAME


def test_who_reads_of_another_program_keeps_their_own_at_the_foot(world: World) -> None:
    page = signed_in(None, world.caregiver).get(f"/how-meetings-go/?of={world.other_program.slug}")
    assert page.context["of"] == world.other_program
    assert page.context["program"] == world.program


def test_choosing_a_language_on_a_form_stays_on_that_form(world: World) -> None:
    path = f"/families/{world.family.public_id}/facilitator/"
    page = signed_in(None, world.facilitator).get(path)
    assert page.status_code == 200
    assert f'<input type="hidden" name="back" value="{path}">' in page.content.decode()
