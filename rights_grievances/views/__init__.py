"""The pages of rights, complaints, appeals and letters, split by noun."""

from __future__ import annotations

from rights_grievances.views.rights import right_answer, rights_booklet, rights_seen, rights_show

__all__ = ["right_answer", "rights_booklet", "rights_seen", "rights_show"]
