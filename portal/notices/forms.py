"""What a browser hands over so that its screen can show a notice."""

from __future__ import annotations

from typing import Any

from django import forms

from portal.notices import push


class PushForm(forms.Form):
    """No person fills it in: what does not fit is refused without a word about why."""

    endpoint = forms.CharField(max_length=push.LONGEST_ENDPOINT)
    p256dh = forms.CharField(max_length=100)
    auth = forms.CharField(max_length=40)

    def clean(self) -> dict[str, Any]:
        where: dict[str, Any] = super().clean() or {}
        if not self.errors and not (
            push.may_be_endpoint(where["endpoint"]) and push.may_be_keys(where["p256dh"], where["auth"])
        ):
            raise forms.ValidationError("no push service's address")
        return where
