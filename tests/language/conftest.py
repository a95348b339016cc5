from __future__ import annotations

from collections.abc import Iterator

import pytest

from portal.language import content


@pytest.fixture(autouse=True)
def _reviews_of_this_test_only() -> Iterator[None]:
    """A process keeps its list of reviews for seconds; a test's own are rolled back with it."""
    content.forget_reviews()
    yield
    content.forget_reviews()
