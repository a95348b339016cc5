"""Names and texts that people write cannot disturb what stands around them."""

from __future__ import annotations

import pytest

from portal.text import clean_html, one_line, paragraphs


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("  Renée \n Guidry ", "Renée Guidry"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("a\x00b\x1bc", "a b c"),
        ("one\u2028two", "one two"),
        ("نادية خوري", "نادية خوري"),
        ("x" * 100, "x" * 80),
        ("\u2066\u2069", ""),
    ],
)
def test_a_name_is_one_harmless_line(given: str, shown: str) -> None:
    assert one_line(given) == shown


def test_paragraphs_show_markup_as_it_was_written() -> None:
    html = paragraphs("First <script>alert(1)</script>\n\nSecond & last")
    assert html == "<p>First &lt;script&gt;alert(1)&lt;/script&gt;</p><p>Second &amp; last</p>"


@pytest.mark.parametrize(
    "vector",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        '<a href="javascript:alert(1)">x</a>',
        '<p style="position:fixed">x</p>',
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        '<a href="data:text/html,<script>1</script>">x</a>',
        "<math><mi//xlink:href='data:x,<script>1</script>'>",
    ],
)
def test_nothing_that_runs_passes_the_sanitisers(vector: str) -> None:
    html = clean_html(vector).lower()
    assert not any(
        bad in html for bad in ("<script", "onerror=", "javascript:", "<img", "<svg", "style=", 'href="data')
    )


def test_plain_emphasis_and_telephone_links_stay() -> None:
    assert clean_html('<p><strong>Call</strong> <a href="tel:988">988</a></p>') == (
        '<p><strong>Call</strong> <a href="tel:988" rel="noreferrer">988</a></p>'
    )
