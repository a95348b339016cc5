"""Every write of families in policy."""

from __future__ import annotations
