"""The federal codes by which complaints and appeals are counted once a year (CMS MCPAR, public domain; DOMAIN.md 1.8)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

# D1.IV.16: why somebody complains. One case may have several.
REASONS = {
    "a": _("how you were served"),
    "b": _("care or case management"),
    "c": _("finding or getting to care"),
    "d": _("how good the care was"),
    "e": _("what the plan told you"),
    "f": _("payment or bills"),
    "g": _("suspected fraud"),
    "h": _("abuse, neglect or being used"),
    "i": _("a late answer"),
    "j": _("an appeal that was not let go fast"),
    "k": _("something else"),
}

# D1.IV.15: the service it is about. The form has no "j".
SERVICES = {
    "a": _("hospital care"),
    "b": _("a visit to a doctor or clinic"),
    "c": _("mental health or substance use care in a hospital"),
    "d": _("mental health or substance use care outside a hospital"),
    "e": _("medicine"),
    "f": _("a nursing home"),
    "g": _("long-term help and care at home"),
    "h": _("teeth"),
    "i": _("rides to care"),
    "k": _("equipment"),
    "l": _("a nurse or hospice at home"),
    "m": _("emergency care"),
    "n": _("therapies"),
    "o": _("something else"),
}

CLINICAL_REASONS = frozenset({"d", "h"})  # asked about by default: whoever sorts a case may say otherwise
