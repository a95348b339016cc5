"""What the frame of every page needs: who reads, which programme speaks, which doors are open. Asked only when used."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal.access import on_call, people
from portal.accounts import stay
from portal.accounts.backends import works_here
from portal.language.formats import direction
from portal.language.middleware import PSEUDO
from portal.notices import device, push
from portal.programs.registry import profiles
from portal.programs.vocabulary import OrganizationKind

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    from portal.accounts.models import Person
    from portal.families.models import Member
    from portal.programs.models import Program, StaffRole
    from portal.programs.schema import CrisisContact, Organization, Profile

THEMES = ("", "light", "dark")
THEME_COOKIE = "porch_theme"


@dataclass(frozen=True, slots=True)
class Room:
    """A door to the rooms that exist: its word, its picture, the page it opens and the pages behind it."""

    name: _StrPromise
    icon: str
    route: str
    behind: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Door:
    name: _StrPromise
    icon: str
    url: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language of the picker, under its own name."""

    code: str
    name: str
    direction: str
    is_spoken: bool


CONTACTS = frozenset({"contact_list", "contact_show", "contact_add", "contact_plan", "rhythm_begin", "pause_add"})
REQUESTS = frozenset({"request_list", "request_show", "request_take_up", "request_arrange", "request_decline"})
SKILLS = frozenset({"skill_list", "skill_choose", "skill_show", "step_mark"})
ASKING = frozenset({"support_show", "class_list", "class_ask", "advocate_ask", "liaison_ask", "meeting_ask"})
GROUPS = frozenset(
    {
        "group_list",
        "group_show",
        "group_ask",
        "group_name",
        "group_report",
        "group_open",
        "group_close",
        "group_lead_add",
    }
    | {"place_decline", "place_remove"}
)
DIRECTORY = frozenset({"directory_list", "entry_show"})
REPORTS = frozenset({"report_list", "report_add", "report_write", "report_show", "report_facts"})
# Families in policy: behind Home for those who take part, behind Today for those who answer.
COMMUNITY = frozenset({"community_show", "policy_suggestion_add", "policy_suggestion_show", "policy_suggestion_open"})
COMMUNITY |= {"comment_period_show", "said_done_list", "opportunity_show", "seat_list"}
COMMUNITY_DESK = frozenset(
    {"community_desk", "policy_suggestion_answer", "comment_period_add", "comment_period_change"}
)
COMMUNITY_DESK |= {"comment_period_read", "comment_period_answer", "said_done_add", "opportunity_add"}
COMMUNITY_DESK |= {"opportunity_change", "interest_outcome", "seat_add"}
PARTNER = frozenset({"partner_show", "partner_ask", "partner_request_list", "partner_request_show"})
HOME = Room(
    _("Home"),
    "home",
    "home_show",
    CONTACTS
    | GROUPS
    | {"pairing_show", "pairing_pause", "pairing_share", "hand_off_show", "hand_off_words", "coordinator_show"}
    | {"wish_list", "wish_set", "choice_show", "check_in_show"}
    | {"mentor_show", "pairing_block", "growing_show"}
    | ASKING
    | SKILLS
    | DIRECTORY
    | COMMUNITY
    | PARTNER
    | {"request_show", "helping_show"}
    | {"owed_list", "owed_show", "owed_not_now", "owed_again", "calendar_show"},
)
TODAY = Room(
    _("Today"),
    "today",
    "home_show",
    CONTACTS
    | {"rota_show", "shift_add", "shift_fill", "line_set", "duty_hours_set"}
    | REQUESTS
    | SKILLS
    | {"helping_record", "class_desk", "class_add", "class_change", "debrief_answer"}
    | GROUPS
    | REPORTS
    | DIRECTORY
    | COMMUNITY
    | COMMUNITY_DESK
    | {"entry_note", "entry_share"}
    | PARTNER
    | {"given_list", "given_note"},
)
MESSAGES = Room(_("Messages"), "messages", "conversation_list", frozenset({"conversation_show", "conversation_search"}))
PLAN_PAGES = frozenset(
    {
        "plan_show",
        "plan_print",
        "plan_crisis",
        "plan_changes",
        "plan_timeline",
        "plan_review",
        "plan_close",
        "plan_open",
    }
)
PLAN_PAGES |= {"item_add", "item_change", "item_remove", "item_people"}
PLAN_PAGES |= {"sharing_list", "sharing_show", "release_add", "release_show", "release_print"}
PLAN_PAGES |= {"disclosure_list", "disclosure_add", "disclosure_show"}
PLAN_PAGES |= {"meeting_list", "meeting_propose", "meeting_mine", "meeting_show", "meeting_change", "meeting_other"}
PLAN_PAGES |= {"meeting_hold", "meeting_call_off", "meeting_task", "meeting_language"}
PLAN_PAGES |= {"team_show", "team_add", "team_end", "team_reach", "team_empty", "team_ask", "team_link_make"}
PLAN_PAGES |= {"team_ask_show", "difference_list"}
PLAN_PAGES |= {"agenda_show", "note_add", "prep_show", "prep_print", "prep_point", "pulse_show"}
PLAN_PAGES |= {"proposal_answer", "deciding_show", "plan_finish", "need_explain", "objection_add", "objection_answer"}
PLAN_PAGES |= {"decision_list", "ranking_show", "preference_list", "phase_list"}
PLAN_PAGES |= {"round_list", "round_open", "round_show", "round_amend"}
PLAN_PAGES |= {
    "pick_list",
    "pick_show",
    "pick_told",
    "pick_withdraw",
    "service_offer",
    "facilitator_offer",
    "seat_offer",
}
PLAN_PAGES |= {"time_offer"}
PLAN = Room(pgettext_lazy("a room", "Plan"), "plan", "plan_list", PLAN_PAGES)
# What families say, and what they are answered.
SAY_PAGES = frozenset({"say_new", "say_speak", "say_show", "say_message", "say_widen", "say_text"})
SAY = Room(_("My say"), "say", "say_list", SAY_PAGES | {"say_cards_list"})
ANSWER_PAGES = frozenset({"answer_give", "say_show", "say_text"})
ANSWERS = Room(_("Answers owed"), "say", "answer_list", ANSWER_PAGES)
SAID_TO_ME = Room(_("Said to me"), "say", "answer_list", ANSWER_PAGES)
RIGHTS = frozenset({"rights_show", "rights_booklet", "rights_seen", "watch_answer"})
CONCERNS = frozenset({"case_yours", "case_show", "case_add", "case_withdraw", "case_answered", "case_consent"})
CONCERNS |= {"adverse_list", "adverse_add", "adverse_show", "appeal_start", "appeal_show", "appeal_fast", "pack_make"}
CONCERNS |= {"hearing_show", "hearing_form", "hearing_ask"}
CONCERNS |= {"tell_start", "tell_show", "tell_file", "tell_send", "tell_receipt", "tell_resume"}
LETTERS = frozenset({"letter_show", "letter_write", "letter_return"})
HELP_AND_RIGHTS = Room(_("Help and rights"), "help", "help_show", CONCERNS | RIGHTS | LETTERS)
HELP = Room(_("Help"), "help", "help_show", CONCERNS | RIGHTS | LETTERS)
DESK_PAGES = frozenset({"case_show", "case_sort", "case_acknowledge", "case_forward", "case_confirm", "case_assign"})
DESK_PAGES |= {"case_outside", "case_note", "case_try", "case_extend", "case_named", "case_consent", "case_refer"}
DESK_PAGES |= {"case_resolve", "case_letter", "tell_phone"}
DESK_PAGES |= {"adverse_show", "appeal_start", "appeal_make", "appeal_show", "appeal_fast_answer"}
DESK_PAGES |= {"appeal_keep_answer", "appeal_answer", "hearing_show", "hearing_decide", "pack_make"}
DESK_PAGES |= {"watch_list", "watch_show", "concern_report"}
DESK = Room(_("Desk"), "letter", "desk_show", DESK_PAGES | LETTERS)
FAMILIES = Room(
    _("Families"),
    "people",
    "family_list",
    PLAN_PAGES
    | frozenset({"family_add", "family_show", "member_add", "authority_add", "no_contact_add", "invitation_add"}),
)
DATES = Room(
    _("Dates"),
    "clock",
    "work_list",
    frozenset(
        {"owed_show", "owed_done", "owed_extend", "owed_pause", "owed_resume", "owed_excuse"}
        | {"closure_list", "calendar_show"}
    ),
)
TODAY_AND_DATES = Room(TODAY.name, TODAY.icon, TODAY.route, TODAY.behind | DATES.behind | {DATES.route})
PEER_PAGES = frozenset({"peer_show", "peer_keep", "lived_system_add", "lived_system_end", "credential_add"})
PAIRINGS = Room(
    _("Pairings"),
    "pair",
    "pairing_list",
    frozenset({"pairing_propose", "pairing_show", "permission_note", "pairing_pause", "hand_off_show"})
    | {"peer_list", "suggestion_list", "conflict_list", "check_in_show", "reach_show"}
    | PEER_PAGES,
)
PEOPLE = Room(
    pgettext_lazy("a room", "People"),
    "people",
    "peer_list",
    PEER_PAGES | {"reach_show"} | {"result_list", "result_publish"},
)
REFERRALS = Room(
    _("Referrals"), "letter", "referral_list", frozenset({"referral_show", "referral_add", "referral_find"})
)
SAFETY = Room(
    _("Safety"),
    "safety",
    "concern_list",
    frozenset({"concern_show", "concern_read", "concern_note", "concern_hand", "concern_second", "concern_close"})
    | {"prompt_read"},
)
LANGUAGES = Room(_("Languages"), "language", "translation_list")

AT_HOME = (HOME, MESSAGES, PLAN, SAY, HELP_AND_RIGHTS)
AT_WORK: dict[str, tuple[Room, ...]] = {
    "peer_partner": (TODAY, MESSAGES, SAID_TO_ME, HELP),
    "youth_mentor": (TODAY, MESSAGES, SAID_TO_ME, HELP),
    # Dates are behind Today for a liaison: there are five doors at the most.
    "liaison": (TODAY_AND_DATES, REFERRALS, FAMILIES, PAIRINGS, SAFETY),
    "facilitator": (TODAY, DATES, REFERRALS, FAMILIES, ANSWERS),
    "grievance_coordinator": (TODAY, DESK, DATES),
    "programme_lead": (TODAY, DATES, REFERRALS, PEOPLE, LANGUAGES),
}
MOST_DOORS = 5
SHOWN = (
    *(
        "person",
        "is_shared",
        "is_staff",
        "has_family",
        "is_young",
        "has_record",
        "roles",
        "doors",
        "program",
        "profile",
        "desk",
    ),
    *(
        "crisis",
        "on_call",
        "promises_on_call",
        "instead_of_on_call",
        "languages",
        "theme",
        "this_page",
        "is_phone_wanted",
    ),
)


class Frame:
    """One per request; each answer is found once and only if a page asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def person(self) -> Person | None:
        user = getattr(self._request, "user", None)
        return cast("Person", user) if user is not None and user.is_authenticated else None

    @property
    def is_shared(self) -> bool:
        """Signed in on a device that others use, too."""
        return self.person is not None and stay.is_shared(self._request.session)

    @property
    def is_phone_wanted(self) -> bool:
        """This device's screen shows this person's notices: its pages look whether it still can."""
        return (
            self.person is not None and push.is_on() and not self.is_shared and device.is_of(self._request, self.person)
        )

    @cached_property
    def roles(self) -> list[StaffRole]:
        """Whether there are any came with the session."""
        return list(people.staff_roles(self.person)) if self.person and works_here(self.person) else []

    @cached_property
    def memberships(self) -> list[Member]:
        found = list(people.memberships(self.person)) if self.person else []
        for member in found:
            member.person = cast("Person", self.person)
        return found

    @cached_property
    def is_staff(self) -> bool:
        return bool(self.roles)

    @cached_property
    def has_family(self) -> bool:
        return bool(self.memberships)

    @cached_property
    def is_young(self) -> bool:
        """A family's young person: every page of theirs has the button for when they do not feel safe."""
        return any(member.role == member.Role.YOUTH for member in self.memberships)

    def works_as(self, *codes: str) -> list[StaffRole]:
        return [role for role in self.roles if role.role in codes]

    @cached_property
    def program(self) -> Program | None:
        """The family's programme first, then the employer's: as `people.program_of`, from rows already here."""
        if self.memberships:
            return self.memberships[0].family.program
        return self.roles[0].organization.program if self.roles else None

    @cached_property
    def profile(self) -> Profile | None:
        return self.program.profile if self.program else None

    @cached_property
    def region(self) -> str:
        return self.memberships[0].family.region if self.memberships else ""

    @cached_property
    def zone(self) -> dt.tzinfo:
        return self.program.zone if self.program else timezone.get_default_timezone()

    @cached_property
    def desk(self) -> Organization | None:
        """Who picks up the phone: the local family organization, else the one the programme names for everybody else."""
        return desk_of(self.profile, self.region) if self.profile else None

    @property
    def desk_name(self) -> str:
        return self.desk.name if self.desk else ""

    @property
    def has_record(self) -> bool:
        """A natural support has no record here; everyone else in a family may see who looked at theirs."""
        return any(member.role != member.Role.NATURAL_SUPPORT for member in self.memberships)

    @cached_property
    def crisis(self) -> list[CrisisContact]:
        today = timezone.now().astimezone(self.zone).date()
        return crisis_contacts(self.profile, self.region, today, get_language() or "en")

    @cached_property
    def on_call(self) -> on_call.Cover:
        """Who is on call for the reader's family now. A natural support is not told who works with it."""
        own = [member.family for member in self.memberships if member.role != member.Role.NATURAL_SUPPORT]
        return on_call.cover_of(self.person, own, timezone.now()) if self.person else on_call.Cover()

    @property
    def promises_on_call(self) -> bool:
        """Asks the profile alone: only where it is promised, the foot of every page looks for who is on call."""
        return self.has_record and self.program is not None and bool(on_call.promise_of(self.program))

    @property
    def instead_of_on_call(self) -> list[CrisisContact]:
        """Whom to call or text where nobody is on call: the first line that is not for emergencies alone."""
        lines = [one for one in self.crisis if one.to != "911"]
        return [one for one in lines if one.service == lines[0].service]

    @cached_property
    def doors(self) -> list[Door]:
        if self.person is None:
            return []
        match = self._request.resolver_match
        here = match.url_name if match else None
        return [
            Door(room.name, room.icon, reverse(room.route), here == room.route or here in room.behind)
            for room in rooms_of(
                [role.role for role in self.roles], has_family=bool(self.memberships), has_say=self.has_record
            )
        ]

    @cached_property
    def languages(self) -> list[Tongue]:
        spoken = get_language()
        return [
            Tongue(code, name, direction(code), code == spoken)
            for code, name in settings.LANGUAGES
            if code != PSEUDO or settings.DEMO or spoken == PSEUDO
        ]

    @cached_property
    def theme(self) -> str:
        chosen = self.person.theme if self.person else self._request.COOKIES.get(THEME_COOKIE, "")
        return chosen if chosen in THEMES else ""

    @cached_property
    def this_page(self) -> str:
        """Where a choice made in the foot returns to: this page, if it can be opened again."""
        return self._request.get_full_path() if self._request.method == "GET" else reverse("home_show")


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    found = frame_of(request)
    return {name: SimpleLazyObject(_asking(found, name)) for name in SHOWN}


def frame_of(request: HttpRequest) -> Frame:
    found: Frame = request.__dict__.setdefault("frame", Frame(request))
    return found


def _asking(found: Frame, name: str) -> Callable[[], Any]:
    return lambda: getattr(found, name)


def rooms_of(roles: Iterable[str], *, has_family: bool, has_say: bool) -> list[Room]:
    """The doors of someone with these jobs; who has a family here as well finds Help through its home page.

    `has_say`: belongs to a family's own record, and so can say something here.
    """
    rooms: dict[str, Room] = {}
    for role in roles:
        for room in AT_WORK.get(role, ()):
            rooms.setdefault(room.route, room)
    if has_family or not rooms:
        for room in AT_HOME:
            if room is not SAY or has_say:
                rooms.setdefault(room.route, room)
    return list(rooms.values())[:MOST_DOORS]


def desk_of(profile: Profile, region: str) -> Organization | None:
    local = profile.organizations_serving(region, OrganizationKind.FSO) if region else ()
    others = [one for one in profile.organizations if one.id == profile.fallback_organization]
    return next((one for one in (*local, *others) if one.contact), None)


def crisis_contacts(profile: Profile | None, region: str, today: dt.date, language: str) -> list[CrisisContact]:
    """Who to call now, 911 first, then the reader's language. What nobody checked lately is left out, the nationwide ones never.

    Without a programme: what every programme always shows.
    """
    if profile is None:
        every = {one.id: one for known in profiles().values() for one in known.crisis_contacts if one.always}
        shown = list(every.values())
    else:
        days = profile.settings.crisis_contact_days.value
        shown = [
            one
            for one in profile.crisis_contacts
            if one.is_shown(today, days) and (not one.regions or region in one.regions)
        ]
    spoken = language.partition("-")[0]
    return sorted(
        shown, key=lambda one: (one.to != "911", spoken not in {code.partition("-")[0] for code in one.languages})
    )
