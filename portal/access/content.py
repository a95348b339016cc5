"""Who may say that a translation is right."""

from __future__ import annotations

from portal.access import people
from portal.accounts.models import Person
from portal.programs.models import StaffRole


def may_review_translations(person: Person) -> bool:
    """A programme lead records the review of a qualified person; the page asks who and by what qualification."""
    return person.is_active and people.staff_roles(person).filter(role=StaffRole.Role.PROGRAMME_LEAD).exists()
