from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.accounts.welcome.steps import Answer, Kind, Step

QUESTION = {
    Kind.TEXTS: _("May we text you?"),
    Kind.GUARDIAN_PERMISSION: _("Do you say yes?"),
    Kind.OWN_CONSENT: _("Do you agree on your own?"),
}
WORDS: dict[tuple[str, str], Any] = {
    (Kind.TEXTS, Answer.YES): _("Yes, text me"),
    (Kind.TEXTS, Answer.NO): _("No texts"),
    (Kind.GUARDIAN_PERMISSION, Answer.YES): _("Yes, I give my permission"),
    (Kind.GUARDIAN_PERMISSION, Answer.NO): _("No"),
    (Kind.GUARDIAN_PERMISSION, Answer.SKIPPED): _("Not now. Ask me again in a week"),
    (Kind.OWN_CONSENT, Answer.YES): _("Yes. This fits me, and I agree"),
    (Kind.OWN_CONSENT, Answer.SKIPPED): _("Not now"),
}


class AnswerForm(forms.Form):
    """The answer to one step, and the version of the text that was on the page."""

    answer = forms.ChoiceField(error_messages={"required": _("Please choose one.")})
    version = forms.CharField(max_length=64, widget=forms.HiddenInput)

    def __init__(self, step: Step, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answer = self.fields["answer"]
        assert isinstance(answer, forms.ChoiceField)  # noqa: S101 narrows the type
        answer.choices = [(value, WORDS.get((step.kind, value), value)) for value in step.answers]
        answer.label = QUESTION.get(step.kind)
        answer.widget = forms.RadioSelect(choices=answer.choices)
        answer.error_messages["invalid_choice"] = answer.error_messages["required"]
        if step.kind == Kind.TEXTS:
            answer.initial = step.kept.answer if step.kept else Answer.NO  # silence is not a yes
        self.fields["version"].initial = step.version
