"""What is proposed to a whole team, and what each says to it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from portal.families.forms import PlainForm
from portal.voice.forms.fields import day, words


class RoundForm(PlainForm):
    words = words(label=_("What you propose"), help_text=_("One thing, in plain words. Everyone on the team reads it."))
    answer_by_on = day(
        label=_("Until when everybody can answer"),
    )


class AmendForm(PlainForm):
    words = words(label=_("What you propose now"), help_text=_("Everybody is asked anew."))
