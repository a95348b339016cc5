"""What is made before the site is served."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from portal import serving


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a file of SQLite's")
def test_the_database_file_is_its_owners_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "var" / "porch.sqlite3"
    monkeypatch.setitem(settings.DATABASES["default"], "NAME", file)
    for _ in range(2):
        serving._keep_database_private()
        assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700
