"""The pages of rights, complaints and appeals."""

from __future__ import annotations

from rights_grievances.views.rights import rights_show

__all__ = ["rights_show"]
