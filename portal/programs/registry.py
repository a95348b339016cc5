"""The profiles this server knows: those shipped and those of PORTAL_PROGRAMS, loaded once."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings

from portal.programs.profiles import all_profiles
from portal.programs.schema import Profile


@lru_cache(maxsize=1)
def profiles() -> dict[str, Profile]:
    """Every profile by slug. Raises ProfileError naming file, key and why."""
    return all_profiles(tuple(settings.PROGRAM_FOLDERS))


def profile_of(slug: str) -> Profile:
    return profiles()[slug]
