"""The words of FHIR and ours for the same thing, and the addresses under which we say what FHIR has no element for."""

from __future__ import annotations

from typing import Any, Final

from portal.care.kinds import Going
from portal.families.models import AccessBasis

Json = dict[str, Any]

BASE: Final = "https://porchlight.example/fhir"  # our own: extensions, code systems, profiles
URI: Final = "urn:ietf:rfc:3986"  # the system of identifiers that are addresses themselves
US_CORE: Final = "http://hl7.org/fhir/us/core/StructureDefinition"
ASSESS_PLAN: Final = "http://hl7.org/fhir/us/core/CodeSystem/careplan-category"
ROLE_CODE: Final = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"
ACT_CODE: Final = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
CONFIDENTIALITY: Final = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
ACHIEVEMENT: Final = "http://terminology.hl7.org/CodeSystem/goal-achievement"
PRONOUNS: Final = "http://hl7.org/fhir/StructureDefinition/individual-pronouns"
PREFERRED_LANGUAGE: Final = "urn:ietf:bcp:47"
CONSENT_SCOPE: Final = "http://terminology.hl7.org/CodeSystem/consentscope"
# Numbers of a whole life: never kept, and nobody is known again by them.
NEVER_KEPT: Final = frozenset({"http://hl7.org/fhir/sid/us-ssn", "urn:oid:2.16.840.1.113883.4.1"})

# 42 CFR 2.32(a)(2): the short form of the notice that goes with what is disclosed.
PART_2_NOTICE: Final = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
PART_2: Final = "42CFRPart2"
RESTRICTED: Final = frozenset({"R", "V"})
ABOUT_SUBSTANCE: Final = frozenset({PART_2, "ETH", "ETHUD", "OPIOIDUD", "SUD"})


def own(name: str) -> str:
    """The address of an extension of ours."""
    return f"{BASE}/StructureDefinition/{name}"


def codes(name: str) -> str:
    """The address of a code system of ours."""
    return f"{BASE}/CodeSystem/{name}"


ACHIEVED: Final[dict[str, Going]] = {
    "in-progress": Going.UNDER_WAY,
    "improving": Going.BETTER,
    "worsening": Going.WORSE,
    "no-change": Going.SAME,
    "no-progress": Going.SAME,
    "achieved": Going.REACHED,
    "sustaining": Going.LASTING,
    "not-achieved": Going.NOT_REACHED,
    "not-attainable": Going.NOT_REACHED,
}
ACHIEVEMENT_OF: Final[dict[str, str]] = {
    Going.UNDER_WAY: "in-progress",
    Going.BETTER: "improving",
    Going.WORSE: "worsening",
    Going.SAME: "no-change",
    Going.REACHED: "achieved",
    Going.LASTING: "sustaining",
    Going.NOT_REACHED: "not-achieved",
}
# Of a Goal's lifecycleStatus; what is not here says no more than its achievement does.
LIFECYCLE: Final[dict[str, Going]] = {
    "proposed": Going.PLANNED,
    "planned": Going.PLANNED,
    "on-hold": Going.PAUSED,
    "completed": Going.DONE,
    "cancelled": Going.STOPPED,
    "rejected": Going.STOPPED,
}
LIFECYCLE_OF: Final[dict[str, str]] = {
    Going.PLANNED: "planned",
    Going.PAUSED: "on-hold",
    Going.DONE: "completed",
    Going.REACHED: "completed",
    Going.LASTING: "completed",
    Going.NOT_REACHED: "completed",
    Going.STOPPED: "cancelled",
}
# Of a ServiceRequest, a Task, and an activity of a CarePlan.
DOING: Final[dict[str, Going]] = {
    "draft": Going.PLANNED,
    "received": Going.PLANNED,
    "accepted": Going.PLANNED,
    "ready": Going.PLANNED,
    "not-started": Going.PLANNED,
    "scheduled": Going.PLANNED,
    "in-progress": Going.UNDER_WAY,
    "on-hold": Going.PAUSED,
    "completed": Going.DONE,
    "revoked": Going.STOPPED,
    "cancelled": Going.STOPPED,
    "stopped": Going.STOPPED,
    "failed": Going.STOPPED,
    "rejected": Going.STOPPED,
}
REQUEST_OF: Final[dict[str, str]] = {Going.PAUSED: "on-hold", Going.DONE: "completed", Going.STOPPED: "revoked"}
TASK_OF: Final[dict[str, str]] = {
    Going.PLANNED: "accepted",
    Going.UNDER_WAY: "in-progress",
    Going.PAUSED: "on-hold",
    Going.DONE: "completed",
    Going.STOPPED: "cancelled",
}
NEVER_SO: Final = "entered-in-error"


def label_of(basis: str) -> list[Json]:
    """The security labels of what does not rest on a parent's consent."""
    if basis == AccessBasis.SUBSTANCE:
        return [
            {"system": CONFIDENTIALITY, "code": "R", "display": "restricted"},
            {"system": ACT_CODE, "code": PART_2, "display": "42 CFR Part2"},
        ]
    if basis == AccessBasis.MINOR:
        return [
            {"system": CONFIDENTIALITY, "code": "R", "display": "restricted"},
            {"system": codes("consent"), "code": "minor", "display": "agreed to by the young person"},
        ]
    return []


SNOMED_ROLES: Final[dict[str, str]] = {  # who is on a team, by what US Core's examples and value sets call them
    "116154003": "youth",
    "133932002": "caregiver",
    "407542009": "caregiver",
    "768820003": "care_manager",
    "445451001": "care_manager",
    "224608005": "other",
    "308210000": "care_manager",
}
