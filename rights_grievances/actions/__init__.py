"""Every write of rights, complaints, appeals and letters, split by noun."""

from __future__ import annotations

from rights_grievances.actions.rights import answer_right, answer_step, keep_shown

__all__ = ["answer_right", "answer_step", "keep_shown"]
