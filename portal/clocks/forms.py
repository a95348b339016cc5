"""What staff and families write down about one clock: checked here, kept as typed, and refused in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.clocks import names
from portal.families.forms import PlainForm
from portal.text import one_line

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from portal.clocks.models import Clock


class ClockForm(PlainForm):
    """Made for one clock, whose rule says what can be chosen."""

    def __init__(self, *args: Any, clock: Clock, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fit(clock)

    def fit(self, clock: Clock) -> None:
        """Nothing to choose."""

    def clean_reason(self) -> str:
        return one_line(str(self.cleaned_data["reason"]))


def _reason(label: _StrOrPromise, hint: _StrOrPromise) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hint, max_length=250, widget=forms.Textarea(attrs={"dir": "auto", "rows": 3})
    )


class DoneForm(ClockForm):
    on = forms.DateField(
        label=_("On which day was it done?"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    at_time = forms.TimeField(
        label=_("At what time?"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}), required=False
    )

    def fit(self, clock: Clock) -> None:
        if clock.is_by_the_day or clock.due_at is None:
            del self.fields["at_time"]
        else:
            self.fields["at_time"].required = True  # hours are counted


class MoreTimeForm(ClockForm):
    reason = _reason(_("Why is more time needed?"), _("The family reads this as you write it."))


class PauseForm(ClockForm):
    reason = forms.ChoiceField(label=_("Why does it stand still?"), widget=forms.RadioSelect)

    def fit(self, clock: Clock) -> None:
        reason: Any = self.fields["reason"]
        reason.choices = names.choices(clock.rule.pause)


class NotNowForm(ClockForm):
    until = forms.DateField(
        label=_("When may we ask again?"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    words = forms.CharField(
        label=_("Do you want to say why?"),
        help_text=_("The people who work with you read this as you write it."),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": 3}),
    )

    def clean_words(self) -> str:
        return one_line(str(self.cleaned_data["words"]))


class ExcuseForm(ClockForm):
    exception = forms.ChoiceField(label=_("Which reason of the rule is it?"), widget=forms.RadioSelect)
    reason = _reason(_("What happened?"), _("The family reads this as you write it."))

    def fit(self, clock: Clock) -> None:
        exception: Any = self.fields["exception"]
        exception.choices = names.choices(clock.rule.exceptions)


class ClosureForm(PlainForm):
    """Days on which a programme's offices close, which its profile did not know of."""

    name = forms.CharField(
        label=_("What is it called?"), help_text=_("Families read this word beside a date that moved."), max_length=80
    )
    kind = forms.ChoiceField(
        label=_("What is it?"),
        choices=[("closure", _("Offices are closed")), ("disaster", _("A disaster was declared"))],
        widget=forms.RadioSelect,
    )
    first_on = forms.DateField(label=_("First day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    last_on = forms.DateField(label=_("Last day"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    regions = forms.MultipleChoiceField(
        label=_("Only in these places"),
        help_text=_("Choose none if it is everywhere."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, regions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places: Any = self.fields["regions"]
        places.choices = regions

    def clean_name(self) -> str:
        return one_line(str(self.cleaned_data["name"]))


class ResumeForm(ClockForm):
    """Only a yes."""
