"""The PDF of a letter: read by a screen reader, set in every script of the taglines, and never with an empty box."""

from __future__ import annotations

import io
from typing import Any

import pypdf
import pytest

from portal.language import actions as reviews
from portal.language import content
from portal.programs.registry import profiles
from rights_grievances.actions import letters
from rights_grievances.letters import typeset
from rights_grievances.letters.facts import Standing
from rights_grievances.letters.taglines import taglines
from rights_grievances.letters.wording import Block, Paper
from tests.rights_grievances.letters_ready import WRITTEN, at_the_plan, draft, sent
from tests.rights_grievances.telling import tell
from tests.rights_grievances.test_letters import translate
from tests.world import World, signed_in


def paper(slug: str = "louisiana-csoc", *, language: str = "en", **parts: Any) -> Paper:
    said: dict[str, Any] = {
        "language": language,
        "direction": "rtl" if language == "ar" else "ltr",
        "title": "Our answer",
        "sender": "Louisiana CSoC",
        "to": "Rosa Delgado",
        "dated": "Tuesday 16 February 2027",
        "blocks": (Block("Why", is_heading=True), Block("Because.", is_own=True), Block("Call us.")),
        "signed": "Priya\nCoordinator",
        "help": (Block("Free help", is_heading=True), Block("Call us.")),
        "taglines": tuple(taglines(profiles()[slug], phone="(504) 555-0142", tty="711")),
    }
    return Paper(**(said | parts))


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def tags_in(node: Any) -> list[str]:
    """What the parts of it are, as a screen reader hears them, in its order."""
    node = node.get_object()
    found = [str(node["/S"])] if isinstance(node, dict) and "/S" in node else []
    below = node.get("/K", []) if isinstance(node, dict) else []
    for one in below if isinstance(below, list) else [below]:
        if not isinstance(one, int) and isinstance(one.get_object(), dict):
            found += tags_in(one)
    return found


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in read(pdf).pages)


@pytest.mark.promise("LA-46")
def test_it_is_tagged_and_has_a_title_and_a_language(world: World) -> None:
    letter = sent(world, at_the_plan(world), "acknowledgment")
    found = read(letter.pdf)
    root: Any = found.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert found.metadata is not None
    assert found.metadata.title == "We have your words"
    assert "pdfuaid" in str(root["/Metadata"].get_object().get_data())
    tags = tags_in(root["/StructTreeRoot"])
    assert tags.count("/H1") == 1
    assert tags.count("/H2") >= 5
    assert "/P" in tags


def test_it_says_the_same_as_the_page(world: World) -> None:
    letter = sent(world, at_the_plan(world), "extension")
    words = text_of(letter.pdf)
    for said in (WRITTEN["reason"], WRITTEN["to"], "The new date", WRITTEN["phone"], "ATENCIÓN", world.program.name):
        assert said in words
        assert said in letter.html


@pytest.mark.parametrize("slug", sorted(profiles()))
def test_the_taglines_of_every_programme_can_be_set(slug: str) -> None:
    assert len(read(typeset.pdf_of(paper(slug))).pages) <= 4


def test_body_is_at_least_12_point_and_taglines_are_larger() -> None:
    sizes: dict[str, float] = {}

    def note(text: str, _cm: Any, tm: Any, _font: Any, size: float) -> None:
        for word in ("Because", "ATENCI"):
            if word in text:
                sizes[word] = abs(float(size) * float(tm[0]))

    for page in read(typeset.pdf_of(paper())).pages:
        page.extract_text(visitor_text=note)
    assert sizes["Because"] >= 12
    assert sizes["ATENCI"] > sizes["Because"]


@pytest.mark.parametrize(
    "words",
    ["#panic()", "$x$ *b* _i_ `c`", "<label> @ref", "\\u{1F600} \\ [x] {y}", '"; #read("/etc/passwd")', "// no"],
)
def test_nothing_anybody_writes_is_read_as_markup(words: str) -> None:
    pdf = typeset.pdf_of(paper(blocks=(Block(words, is_own=True),), to=words, title="T " + words))
    assert words.replace(" ", "") in text_of(pdf).replace(" ", "")


def test_arabic_runs_from_the_right_and_says_its_language() -> None:
    pdf = typeset.pdf_of(paper(language="ar", title="ردنا", blocks=(Block("نظرنا فيما أخبرتنا به."),)))
    root: Any = read(pdf).trailer["/Root"]
    assert root["/Lang"] == "ar"
    assert root["/ViewerPreferences"]["/Direction"] == "/R2L"


def test_a_sign_without_a_shape_gives_no_pdf_and_the_page_says_so(world: World) -> None:
    with pytest.raises(typeset.CannotBeSet):
        typeset.pdf_of(paper(to="\U0010fffd"))
    case = tell(world)
    fields = WRITTEN | {"to": "龘 \U0010fffd"}
    letter = letters.write_letter(actor=world.coordinator, case=case, kind="acknowledgment", fields=fields)
    letters.send_letter(actor=world.coordinator, letter=letter, way="mail")
    browser = signed_in(None, world.caregiver)
    page = browser.get(f"/letters/{letter.public_id}/").content.decode()
    assert "There is no PDF of this letter" in page
    assert "龘" in page
    assert browser.get(f"/letters/{letter.public_id}/pdf/").status_code == 404


def test_saving_it_leaves_nothing_on_the_way_and_a_name_that_says_nothing(world: World) -> None:
    letter = sent(world, tell(world), "acknowledgment")
    answer = signed_in(None, world.caregiver).get(f"/letters/{letter.public_id}/pdf/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    assert answer.content == letter.pdf
    letter.refresh_from_db()
    assert letter.seen_at is not None
    assert b"/StructTreeRoot" not in bytes(letter.sealed_pdf or b"")  # it lies sealed in the database


def test_one_that_is_still_written_has_no_pdf(world: World) -> None:
    letter = draft(world, tell(world), "acknowledgment")
    assert signed_in(None, world.coordinator).get(f"/letters/{letter.public_id}/pdf/").status_code == 404


def test_a_spanish_letter_is_a_spanish_pdf(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    case = tell(world, language="es")
    for key in translate(monkeypatch, "acknowledgment", Standing(case, "acknowledgment").situation):
        reviews.record_review(actor=world.lead, key=key, language="es", qualification="Ana Reyes, translator")
    content.forget_reviews()
    letter = sent(world, case, "acknowledgment")
    root: Any = read(letter.pdf).trailer["/Root"]
    assert root["/Lang"] == "es"
