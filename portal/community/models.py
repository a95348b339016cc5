"""How families take part in the policy of their programme."""

from __future__ import annotations
