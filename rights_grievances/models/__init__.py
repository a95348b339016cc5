"""The rows of rights, complaints, appeals and letters, split by noun."""

from __future__ import annotations

from rights_grievances.models.appeals import AdverseNotice, Appeal
from rights_grievances.models.cases import SUBJECT, Against, Case, CaseStep, Involved
from rights_grievances.models.drafts import CaseFile, Draft
from rights_grievances.models.letters import Letter
from rights_grievances.models.rights import RightAnswer, RightsShown
from rights_grievances.models.watches import Lesson, Watch, WatchWord

__all__ = [
    "SUBJECT",
    "AdverseNotice",
    "Against",
    "Appeal",
    "Case",
    "CaseFile",
    "CaseStep",
    "Draft",
    "Involved",
    "Lesson",
    "Letter",
    "RightAnswer",
    "RightsShown",
    "Watch",
    "WatchWord",
]
