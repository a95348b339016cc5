"""A liaison's proposal: to whom, whom, and why, in words the family reads."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.families.forms import PlainForm
from portal.language.formats import language_name

if TYPE_CHECKING:
    from portal.families.models import Member
    from portal.programs.models import StaffRole


class ProposalForm(PlainForm):
    member = forms.ChoiceField(label=_("For whom"), widget=forms.RadioSelect)
    peer = forms.ChoiceField(label=_("Which peer partner"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why you think they fit"),
        max_length=600,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 4}),
        help_text=_(
            "The family reads these words as you write them. Say what the two have in common, nothing private."
        ),
    )

    def __init__(self, *args: Any, members: Iterable[Member], peers: Iterable[StaffRole], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(one.person.public_id): one for one in members}
        self.peers = {str(one.public_id): one for one in peers}
        known = [(key, one.person.display_name) for key, one in self.members.items()]
        self.choose_from("member", known, takes_the_only=True)
        self.choose_from("peer", [(key, _described(one)) for key, one in self.peers.items()], takes_the_only=True)

    def clean_member(self) -> Member:
        return self.members[self.cleaned_data["member"]]

    def clean_peer(self) -> StaffRole:
        return self.peers[self.cleaned_data["peer"]]


def _described(peer: StaffRole) -> str:
    """Name, the languages they speak, and how they tell new families about themselves."""
    reader = get_language() or settings.LANGUAGE_CODE
    spoken = _(", ").join(language_name(code, reader) for code in peer.languages)
    named = f"{peer.person.display_name} ({spoken})" if spoken else peer.person.display_name
    return f"{named}. {peer.about}" if peer.about else named
