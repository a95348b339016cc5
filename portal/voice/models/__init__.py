"""What families say and decide, and what became of it: one module for each noun."""

from __future__ import annotations
