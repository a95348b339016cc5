"""The words a profile and the code share: a word that is not here would silently never happen."""

from __future__ import annotations

from enum import StrEnum

# The languages the product itself can be shown in, and those a programme may list for later.
SHIPPED_LANGUAGES = ("en", "es", "vi", "ht", "fr", "ar", "zh-hans")
LATER_LANGUAGES = (
    *("am", "bs", "de", "fa", "gu", "hi", "hmn", "it", "ja", "km", "ko"),
    *("lo", "om", "pdc", "pl", "pt", "ru", "sr", "th", "tl", "ur"),
)


class Certainty(StrEnum):
    """How we know: a founding document, a public page, memory (three grades), or our own editable default."""

    SEED = "seed"
    PUBLIC = "public"
    MEMORY_HIGH = "memory_high"
    MEMORY_MEDIUM = "memory_medium"
    MEMORY_LOW = "memory_low"
    DESIGN = "design"


class RoleCode(StrEnum):
    PEER_PARTNER = "peer_partner"
    YOUTH_MENTOR = "youth_mentor"
    LIAISON = "liaison"
    FACILITATOR = "facilitator"
    GRIEVANCE_COORDINATOR = "grievance_coordinator"
    PROGRAMME_LEAD = "programme_lead"


class Suspect(StrEnum):
    """Who may have hurt a child, as far as the law asks: it sends some reports one way and some another."""

    PARENT = "parent"
    CARETAKER = "caretaker"  # looks after the child in a parent's place: guardian, foster parent
    HOUSEHOLD = "household"  # lives in the child's home, child or adult
    PROFESSIONAL = "professional"  # works where the child learns or is looked after
    OTHER_ADULT = "other_adult"
    OTHER_CHILD = "other_child"
    UNKNOWN = "unknown"


class Work(StrEnum):
    """What somebody does for children, where the law names the work that makes reporting a duty."""

    COUNSELS = "counsels"  # counsels or helps a child or a family, in whatever job
    LEADS_YOUTH = "leads_youth"  # staff or volunteer of organized activities for the young
    OTHER = "other"


class OrganizationKind(StrEnum):
    GOVERNANCE = "governance"
    DEPARTMENT = "department"
    PURCHASER = "purchaser"
    SMO = "smo"  # statewide management organization
    CME = "cme"  # care management entity
    FSO = "fso"  # family support organization
    MANAGING_ENTITY = "managing_entity"
    LME_MCO = "lme_mco"  # local management entity / managed care organization
    COLLABORATIVE = "collaborative"
    INTERAGENCY_TEAM = "interagency_team"
    CMO = "cmo"  # care management organization
    TSO = "tso"  # technical support organization
    PROVIDER = "provider"
    HEALTH_PLAN = "health_plan"
    HEARING_OFFICE = "hearing_office"
    OMBUDSMAN = "ombudsman"


class TeamPlace(StrEnum):
    """Who a team around a young person can be made of."""

    CARE_MANAGER = "care_manager"
    YOUTH = "youth"
    CAREGIVER = "caregiver"
    PEER = "peer"
    PROVIDER = "provider"
    NEIGHBOR = "neighbor"
    SCHOOL = "school"
    REFERRER = "referrer"
    COURT = "court"
    OTHER = "other"


class Event(StrEnum):
    """What can start, anchor or satisfy a clock. A word not listed here would silently never happen."""

    ALWAYS = "always"  # no start: the promise holds, or comes round, as long as the programme runs
    REFERRED = "referred"
    REFERRAL_QUESTIONED = "referral_questioned"
    REFERRAL_QUESTION_ANSWERED = "referral_question_answered"
    INTERAGENCY_DECIDED = "interagency_decided"
    FAMILY_MET = "family_met"
    FIRST_CONTACT_MADE = "first_contact_made"
    MET_FACE_TO_FACE = "met_face_to_face"
    ENROLLED = "enrolled"
    EXTENSION_AUTHORIZED = "extension_authorized"
    ENROLLMENT_ENDED = "enrollment_ended"
    ASSESSMENT_COMPLETED = "assessment_completed"
    REASSESSED = "reassessed"
    PLAN_MADE = "plan_made"
    PLAN_REVIEWED = "plan_reviewed"
    TEAM_MET = "team_met"
    TEAM_CHANGE_REQUESTED = "team_change_requested"
    TEAM_CHANGE_ANSWERED = "team_change_answered"
    NEED_IDENTIFIED = "need_identified"
    COORDINATION_STARTED = "coordination_started"
    HANDED_OFF_WARM = "handed_off_warm"
    CONTACT_MADE = "contact_made"
    DISCHARGED = "discharged"
    PSYCHIATRY_LINKED = "psychiatry_linked"
    ON_CALL_FILLED = "on_call_filled"
    LISTING_PUBLISHED = "listing_published"
    LISTING_CHECKED = "listing_checked"
    UTILIZATION_REVIEWED = "utilization_reviewed"
    OPENINGS_PUBLISHED = "openings_published"
    FISCAL_YEAR_STARTED = "fiscal_year_started"
    REPORT_FILED = "report_filed"
    TEAM_DATA_REPORTED = "team_data_reported"
    TRAINING_HELD = "training_held"
    # Complaints, appeals and hearings. "By plan" is the body the law binds: a health plan or a licensed agency.
    COMPLAINT_RECEIVED = "complaint_received"
    COMPLAINT_SETTLED = "complaint_settled"
    PROCEDURE_EXPLAINED = "procedure_explained"
    GRIEVANCE_FILED = "grievance_filed"
    CASE_FORWARDED = "case_forwarded"
    CASE_RECEIPT_CONFIRMED = "case_receipt_confirmed"
    GRIEVANCE_RECEIVED_BY_PLAN = "grievance_received_by_plan"
    GRIEVANCE_ACKNOWLEDGED = "grievance_acknowledged"
    GRIEVANCE_INVESTIGATED = "grievance_investigated"
    GRIEVANCE_RESOLVED = "grievance_resolved"
    AUTHORIZATION_REQUESTED = "authorization_requested"
    AUTHORIZATION_DECIDED = "authorization_decided"
    ADVERSE_NOTICE_DATED = "adverse_notice_dated"
    ADVERSE_NOTICE_MAILED = "adverse_notice_mailed"
    ADVERSE_NOTICE_SENT = "adverse_notice_sent"
    CHANGE_EFFECTIVE = "change_effective"
    CONTINUATION_REQUESTED = "continuation_requested"
    APPEAL_RECEIVED_BY_PLAN = "appeal_received_by_plan"
    APPEAL_ACKNOWLEDGED = "appeal_acknowledged"
    APPEAL_RESOLVED = "appeal_resolved"
    EXTENSION_DECIDED = "extension_decided"
    EXTENSION_NOTICE_SENT = "extension_notice_sent"
    EXPEDITE_REFUSED = "expedite_refused"
    EXPEDITE_REFUSAL_SENT = "expedite_refusal_sent"
    RESOLUTION_NOTICE_DATED = "resolution_notice_dated"
    RESOLUTION_NOTICE_MAILED = "resolution_notice_mailed"
    RESOLUTION_NOTICE_SENT = "resolution_notice_sent"
    HEARING_REQUESTED = "hearing_requested"
    HEARING_DECIDED = "hearing_decided"
    REVERSAL_RECEIVED = "reversal_received"
    REVERSAL_CARRIED_OUT = "reversal_carried_out"
    PAPER_REQUESTED = "paper_requested"
    PAPER_SENT = "paper_sent"
    # What a family asks its family organization for.
    SUPPORT_REQUESTED = "support_requested"
    SUPPORT_ANSWERED = "support_answered"
    HELPING_OFFERED = "helping_offered"
    HELPING_TALKED = "helping_talked"
    # What somebody of a family said, and what became of it.
    STATEMENT_MADE = "statement_made"
    STATEMENT_ANSWERED = "statement_answered"
    # What a family says made it hard, and each word it gets back.
    SUGGESTION_MADE = "suggestion_made"
    SUGGESTION_ANSWERED = "suggestion_answered"
    # What a family asks to choose anew, and what it asks the lead family partner of its collaborative.
    CHOICE_ASKED = "choice_asked"
    CHOICE_OFFERED = "choice_offered"
    PARTNER_ASKED = "partner_asked"
    PARTNER_ANSWERED = "partner_answered"
