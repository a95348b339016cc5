"""A family that has chosen its facilitator, written straight into the database: for tests about what comes after."""

from __future__ import annotations

from django.utils import timezone

from portal.families.models import Member
from portal.programs.models import StaffRole
from portal.voice.models import Choice, Option


def chosen(youth: Member, role: StaffRole) -> Choice:
    now = timezone.now()
    choice = Choice.objects.create(family=youth.family, youth=youth, about="facilitator", state="open", offered_at=now)
    option = Option(choice=choice, place=1, staff_role=role)
    option.shown = {"name": role.person.display_name, "what": role.organization.name}
    option.save()
    choice.state, choice.made, choice.ended_at = "made", option, now
    choice.save()
    return choice
