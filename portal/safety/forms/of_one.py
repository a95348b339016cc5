"""What is said about one of some jobs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.families.forms import PlainForm

if TYPE_CHECKING:
    from portal.programs.models import StaffRole


class OfOneForm(PlainForm):
    """One of those that the page offers, by the public id of the job."""

    role = forms.ChoiceField(label=_("Who"))

    def __init__(self, *args: Any, roles: Iterable[StaffRole], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roles = {str(role.public_id): role for role in roles}
        self.choose_from("role", [(key, f"{one.person}, {one.get_role_display()}") for key, one in self.roles.items()])

    def clean_role(self) -> StaffRole:
        return self.roles[self.cleaned_data["role"]]
