"""What families say and decide, and what became of it: one module for each noun."""

from __future__ import annotations

from portal.voice.models.statements import Statement, StatementFile, StatementStep, Transcript

__all__ = ["Statement", "StatementFile", "StatementStep", "Transcript"]
