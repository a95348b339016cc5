"""The letter as a PDF that a screen reader can read: tagged, with its language and title (PDF/UA-1), set by typst.

Everything on it goes in as data and is never read as markup. A letter with a letter of a script we have no shapes for gets no PDF:
the standard refuses it, and nobody is sent a page with empty boxes.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import typst

if TYPE_CHECKING:
    from rights_grievances.letters.wording import Paper

HERE = Path(__file__).parent
SOURCE = HERE / "letter.typ"


class CannotBeSet(Exception):
    """There are letters in it for which we have no shapes."""


def pdf_of(paper: Paper) -> bytes:
    """Raises CannotBeSet."""
    data = {"letter": json.dumps(paper.as_json(), ensure_ascii=False)}
    try:
        return typst.compile(
            _source(),
            sys_inputs=data,
            format="pdf",
            pdf_standards="ua-1",
            font_paths=_fonts(),
            ignore_system_fonts=True,
        )
    except typst.TypstError as error:
        raise CannotBeSet(str(error)) from error


@lru_cache(maxsize=1)
def _source() -> bytes:
    return SOURCE.read_bytes()


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Those of the package (Latin, Greek, Cyrillic, Vietnamese) and ours; the same on every machine."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(HERE / "fonts")])
