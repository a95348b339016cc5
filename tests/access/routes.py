"""Every route of the site, and what each kind of person gets there. The suite fails for a route without its two rows.

Objects in the paths belong to the family of the world: its members and staff are in the first columns, strangers in
the last. A number is the status of the answer; other words:

    in   sent to sign in               go   done or not needed: sent on to another page
    hi   sent to the first-visit pages  (a child of 12 has no account and never gets past these)

404 is what an outsider meets, whether the thing exists or not.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from messaging.models import Conversation, HeldMessage, LadderStep, Message, Revision, UnreadStretch, body_context
from peer_support import actions as peer_support
from peer_support.models import (
    CheckIn,
    ChosenSkill,
    Conflict,
    Coordination,
    Credential,
    EducatorClass,
    Group,
    HandOff,
    Pairing,
    PeerProfile,
    Permission,
)
from portal.access.agenda import mark_of
from portal.accounts import actions as accounts
from portal.accounts.models import Person
from portal.care import actions as care
from portal.care.models import Difference, ForeignRecord, Item, Plan, Seat, TeamMeeting
from portal.clocks import actions as clocks
from portal.clocks.models import Clock, Matter
from portal.enrollment.models import Decision, Discharge, Enrollment, Objective
from portal.families import actions as families
from portal.families.models import Member, StaffAssignment
from portal.language import content
from portal.programs.models import StaffRole
from portal.referrals import actions as referrals
from portal.referrals.models import Referral
from portal.safety import actions as safety
from portal.safety.models import (
    AbuseReport,
    Concern,
    Debrief,
    DutyHours,
    LegalException,
    OnCallShift,
    Prompt,
    Repair,
    ReportCall,
    Supervision,
)
from portal.voice import actions as voice
from portal.voice import yearly
from portal.voice.models import Pulse, Round
from rights_grievances import actions as grievances
from rights_grievances.actions import drafts
from rights_grievances.holding import token_of
from rights_grievances.models import Case, Draft, Watch
from tests.care.meetings import proposed, seated
from tests.care.plans import added, agreed, goal, opened
from tests.community.routes import ROUTES as COMMUNITY
from tests.directory.filling import listed, share
from tests.families.releases import signed
from tests.media.files import photo
from tests.media.filling import show_photo
from tests.messaging.filling import fill
from tests.peer_support import grouped, mentored, ready
from tests.rights_grievances import letters_ready
from tests.rights_grievances.appeal_routes import APPEALS
from tests.rights_grievances.telling import sent_letter, tell
from tests.voice import choosing_routes
from tests.voice import stage as said
from tests.voice.deciding import ahead, asked_round
from tests.world import World

RIGHT = "complain"  # every programme has it

# Columns, and who of the cast stands in them.
COLUMNS = {
    "none": None,
    "care": "caregiver",
    "car2": "second_caregiver",
    "yout": "youth",
    "chil": "child",
    "natu": "natural_support",
    "peer": "peer",
    "liai": "liaison",
    "faci": "facilitator",
    "coor": "coordinator",
    "lead": "lead",
    "scar": "stranger_caregiver",
    "spee": "stranger_peer",
    "slia": "stranger_liaison",
    "fcar": "faraway_caregiver",
    "flia": "faraway_liaison",
}

TABLE = """
                            none care car2 yout chil natu peer liai faci coor lead scar spee slia fcar flia

home_show             GET   200  200  200  200  hi   200  200  200  200  200  200  200  200  200  200  200
home_show             POST  405  405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
help_show             GET   200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
help_show             POST  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
rights_show           GET   200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
rights_show           POST  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405

tell_start            GET   200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
tell_start            POST  go   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
tell_resume           GET   200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
tell_resume           POST  422  422  422  422  422  422  422  422  422  422  422  422  422  422  422  422
tell_close            GET   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
tell_close            POST  go   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
tell_show             GET   go   200  go   go   go   go   go   go   go   go   go   go   go   go   go   go
tell_show             POST  go   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
tell_save             GET   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
tell_save             POST  400  400  400  400  400  400  400  400  400  400  400  400  400  400  400  400
tell_file             GET   go   200  go   go   go   go   go   go   go   go   go   go   go   go   go   go
tell_file             POST  go   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
tell_send             GET   go   200  go   go   go   go   go   go   go   go   go   go   go   go   go   go
tell_send             POST  go   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
tell_drop             GET   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
tell_drop             POST  go   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
tell_receipt          GET   go   200  go   go   go   go   go   go   go   go   go   go   go   go   go   go
tell_receipt          POST  go   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
tell_fixed            GET   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
tell_fixed            POST  go   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
tell_withdraw         GET   go   200  go   go   go   go   go   go   go   go   go   go   go   go   go   go
tell_withdraw         POST  go   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
tell_letter           GET   go   200  go   go   go   go   go   go   go   go   go   go   go   go   go   go
tell_letter           POST  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
told_file             GET   404  200  404  404  404  404  404  404  404  404  404  404  404  404  404  404
told_file             POST  404  go   404  404  404  404  404  404  404  404  404  404  404  404  404  404
tell_phone            GET   in   404  404  404  hi   404  200  200  200  200  404  404  200  200  404  200
tell_phone            POST  in   404  404  404  hi   404  go   go   go   go   404  404  go   go   404  go
call_save             GET   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
call_save             POST  400  400  400  400  400  400  400  400  400  400  400  400  400  400  400  400
tell_message          GET   in   200  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
tell_message          POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404

rights_booklet        GET   200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
rights_booklet        POST  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
right_answer          GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
right_answer          POST  in   go   go   go   hi   404  404  404  404  404  404  go   404  404  go   404
rights_seen           GET   in   200  200  200  hi   404  404  404  404  404  404  200  404  404  200  404
rights_seen           POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
language_set          GET   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
language_set          POST  go   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
look_set              GET   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
look_set              POST  go   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
manifest              GET   200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
manifest              POST  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
healthz               GET   200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
healthz               POST  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
readyz                GET   200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
readyz                POST  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
metrics               GET   200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
metrics               POST  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405

signin_show           GET   200  go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
signin_show           POST  go   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
signin_code           GET   in   in   in   in   in   in   in   in   in   in   in   in   in   in   in   in
signin_code           POST  in   in   in   in   in   in   in   in   in   in   in   in   in   in   in   in
signin_passkey        GET   200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
signin_passkey        POST  in   in   in   in   in   in   in   in   in   in   in   in   in   in   in   in
signout               GET   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
signout               POST  in   in   in   in   in   in   in   in   in   in   in   in   in   in   in   in
switch_person         GET   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
switch_person         POST  in   in   in   in   in   in   in   in   in   in   in   in   in   in   in   in
phone_lock            GET   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
phone_lock            POST  in   in   in   in   in   in   in   in   in   in   in   in   in   in   in   in
phone_share           GET   in   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
phone_share           POST  in   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
invitation_show       GET   200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
invitation_show       POST  go   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
second_step_show      GET   in   go   go   go   hi   go   200  200  200  200  200  go   200  200  go   200
second_step_show      POST  in   go   go   go   hi   go   422  422  422  422  422  go   422  422  go   422
second_step_setup     GET   in   go   go   go   hi   go   200  200  200  200  200  go   200  200  go   200
second_step_setup     POST  in   go   go   go   hi   go   200  200  200  200  200  go   200  200  go   200
recovery_codes_renew  GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
recovery_codes_renew  POST  in   go   go   go   hi   go   200  200  200  200  200  go   200  200  go   200
welcome_show          GET   in   go   go   go   200  go   go   go   go   go   go   go   go   go   go   go
welcome_show          POST  in   404  404  404  404  404  404  404  404  404  404  404  404  404  404  404

account_show          GET   in   200  200  200  hi   200  200  200  200  200  200  200  200  200  200  200
account_show          POST  in   go   go   go   hi   go   go   go   go   go   go   go   go   go   go   go
passkey_list          GET   in   200  200  200  hi   200  200  200  200  200  200  200  200  200  200  200
passkey_list          POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
passkey_add           GET   in   go   go   go   hi   go   go   go   go   go   go   go   go   go   go   go
passkey_add           POST  in   go   go   go   hi   go   go   go   go   go   go   go   go   go   go   go
passkey_remove        GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
passkey_remove        POST  in   go   go   go   hi   go   go   go   go   go   go   go   go   go   go   go
notice_list           GET   in   200  200  200  hi   200  200  200  200  200  200  200  200  200  200  200
notice_list           POST  in   go   go   go   hi   go   go   go   go   go   go   go   go   go   go   go
service_worker        GET   200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
service_worker        POST  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
phone_show            GET   in   404  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
phone_show            POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
phone_add             GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
phone_add             POST  in   404  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
phone_look            GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
phone_look            POST  in   404  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
phone_remove          GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
phone_remove          POST  in   404  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
phone_test            GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
phone_test            POST  in   404  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
sms_incoming          GET   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
sms_incoming          POST  403  403  403  403  403  403  403  403  403  403  403  403  403  403  403  403

translation_list      GET   in   404  404  404  hi   404  404  404  404  404  200  404  404  404  404  404
translation_list      POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
translation_review    GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
translation_review    POST  in   404  404  404  hi   404  404  404  404  404  422  404  404  404  404  404

family_list           GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  200  404  200
family_list           POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
family_add            GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  200  404  200
family_add            POST  in   404  404  404  hi   404  404  422  422  404  404  404  404  422  404  422
family_show           GET   in   200  200  200  hi   404  404  200  200  404  404  404  404  404  404  404
family_show           POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
member_add            GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
member_add            POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
invitation_add        GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
invitation_add        POST  in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
authority_add         GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
authority_add         POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
no_contact_add        GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
no_contact_add        POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
no_contact_end        GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
no_contact_end        POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
hold_list             GET   in   404  404  404  hi   404  404  404  404  404  200  404  404  404  404  404
hold_list             POST  in   404  404  404  hi   404  404  404  404  404  go   404  404  404  404  404
hold_lift             GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
hold_lift             POST  in   404  404  404  hi   404  404  404  404  404  go   404  404  404  404  404
record_show           GET   in   200  200  200  hi   404  404  404  404  404  404  200  404  404  200  404
record_show           POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405

plan_list             GET   in   go   go   go   hi   200  404  go   go   404  404  200  404  200  200  200
plan_list             POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
plan_show             GET   in   200  200  200  hi   404  404  200  200  404  404  404  404  404  404  404
plan_show             POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
plan_print            GET   in   200  200  200  hi   404  404  200  200  404  404  404  404  404  404  404
plan_print            POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
plan_crisis           GET   in   200  200  200  hi   404  404  200  200  404  404  404  404  404  404  404
plan_crisis           POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
plan_changes          GET   in   200  200  200  hi   404  404  200  200  404  404  404  404  404  404  404
plan_changes          POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
plan_timeline         GET   in   200  200  200  hi   404  404  200  200  404  404  404  404  404  404  404
plan_timeline         POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
plan_seen             GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
plan_seen             POST  in   404  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
plan_review           GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
plan_review           POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
plan_close            GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
plan_close            POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
plan_open             GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
plan_open             POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
item_add              GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
item_add              POST  in   go   404  go   hi   404  404  go   go   404  404  404  404  404  404  404
item_change           GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
item_change           POST  in   go   404  go   hi   404  404  go   go   404  404  404  404  404  404  404
item_remove           GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
item_remove           POST  in   go   404  go   hi   404  404  go   go   404  404  404  404  404  404  404
item_people           GET   in   200  404  200  hi   404  404  404  404  404  404  404  404  404  404  404
item_people           POST  in   go   404  go   hi   404  404  404  404  404  404  404  404  404  404  404
team_show             GET   in   200  200  200  hi   404  404  200  200  404  404  404  404  404  404  404
team_show             POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
team_add              GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
team_add              POST  in   go   404  go   hi   404  404  go   go   404  404  404  404  404  404  404
team_empty            GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
team_empty            POST  in   go   404  go   hi   404  404  go   go   404  404  404  404  404  404  404
team_answer           GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
team_answer           POST  in   go   404  go   hi   404  404  go   go   404  404  404  404  404  404  404
team_end              GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
team_end              POST  in   go   404  go   hi   404  404  422  422  404  404  404  404  404  404  404
team_reach            GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
team_reach            POST  in   go   404  go   hi   404  404  go   go   404  404  404  404  404  404  404
team_ask              GET   in   200  404  200  hi   404  404  404  404  404  404  404  404  404  404  404
team_ask              POST  in   go   404  go   hi   404  404  404  404  404  404  404  404  404  404  404
team_link_make        GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
team_link_make        POST  in   200  404  200  hi   404  404  go   go   404  404  404  404  404  404  404
team_link_end         GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
team_link_end         POST  in   go   404  go   hi   404  404  go   go   404  404  404  404  404  404  404
team_ask_show         GET   in   200  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
team_ask_show         POST  in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
team_link_open        GET   200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
team_link_open        POST  422  422  422  422  422  422  422  422  422  422  422  422  422  422  422  422

proposal_answer       GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
proposal_answer       POST  in   go   404  go   hi   404  404  404  404  404  404  404  404  404  404  404
deciding_show         GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
deciding_show         POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
go_ahead_say          GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
go_ahead_say          POST  in   go   404  go   hi   404  404  404  404  404  404  404  404  404  404  404
plan_finish           GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
plan_finish           POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
need_explain          GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
need_explain          POST  in   go   404  go   hi   404  404  go   go   404  404  404  404  404  404  404
objection_add         GET   in   200  404  200  hi   404  404  404  404  404  404  404  404  404  404  404
objection_add         POST  in   go   404  go   hi   404  404  404  404  404  404  404  404  404  404  404
objection_answer      GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
objection_answer      POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
decision_list         GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
decision_list         POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
ranking_show          GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
ranking_show          POST  in   go   404  go   hi   404  404  404  404  404  404  404  404  404  404  404
preference_list       GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
preference_list       POST  in   go   404  go   hi   404  404  404  404  404  404  404  404  404  404  404
preference_end        GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
preference_end        POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
phase_list            GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
phase_list            POST  in   go   404  go   hi   404  404  404  404  404  404  404  404  404  404  404
phase_end             GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
phase_end             POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
round_list            GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
round_list            POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
round_open            GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
round_open            POST  in   go   404  go   hi   404  404  go   go   404  404  404  404  404  404  404
round_show            GET   in   200  200  200  hi   404  404  200  200  404  404  404  404  404  404  404
round_show            POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
round_position        GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
round_position        POST  in   go   go   go   hi   404  404  404  404  404  404  404  404  404  404  404
round_ask             GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
round_ask             POST  in   go   go   go   hi   404  404  go   go   404  404  404  404  404  404  404
round_answer          GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
round_answer          POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
round_amend           GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
round_amend           POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
round_reason          GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
round_reason          POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
round_close           GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
round_close           POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
pick_list             GET   in   200  200  200  hi   404  404  200  200  404  404  200  404  200  200  200
pick_list             POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
pick_ask              GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
pick_ask              POST  in   go   404  go   hi   404  404  404  404  404  404  404  404  404  404  404
pick_show             GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
pick_show             POST  in   go   404  go   hi   404  404  404  404  404  404  404  404  404  404  404
pick_again            GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
pick_again            POST  in   go   404  go   hi   404  404  404  404  404  404  404  404  404  404  404
pick_told             GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
pick_told             POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
pick_withdraw         GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
pick_withdraw         POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
service_offer         GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
service_offer         POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
facilitator_offer     GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
facilitator_offer     POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
seat_offer            GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
seat_offer            POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
time_offer            GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
time_offer            POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
partner_show          GET   in   404  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
partner_show          POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
partner_name          GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
partner_name          POST  in   404  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
partner_ask           GET   in   404  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
partner_ask           POST  in   404  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
partner_request_list  GET   in   404  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
partner_request_list  POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
partner_request_show  GET   in   404  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
partner_request_show  POST  in   404  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
partner_request_take  GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
partner_request_take  POST  in   404  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
partner_request_end   GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
partner_request_end   POST  in   404  404  404  hi   404  404  404  404  404  404  404  404  404  404  404

sharing_list          GET   in   go   go   go   hi   404  404  200  200  404  404  go   404  go   go   go
sharing_list          POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
sharing_show          GET   in   200  200  200  hi   404  404  200  200  404  404  404  404  404  404  404
sharing_show          POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
release_add           GET   in   200  200  200  hi   404  404  404  404  404  404  404  404  404  404  404
release_add           POST  in   go   go   go   hi   404  404  404  404  404  404  404  404  404  404  404
release_show          GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
release_show          POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
release_print         GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
release_print         POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
release_revoke        GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
release_revoke        POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
disclosure_list       GET   in   200  200  200  hi   404  404  200  200  404  404  404  404  404  404  404
disclosure_list       POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
disclosure_add        GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
disclosure_add        POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
disclosure_show       GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
disclosure_show       POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
meeting_list          GET   in   200  200  200  hi   404  404  200  200  404  404  404  404  404  404  404
meeting_list          POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
meeting_propose       GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
meeting_propose       POST  in   go   404  go   hi   404  404  go   go   404  404  404  404  404  404  404
meeting_mine          GET   in   200  200  200  hi   404  404  200  200  404  404  404  404  404  404  404
meeting_mine          POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
meeting_show          GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
meeting_show          POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
meeting_change        GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
meeting_change        POST  in   go   404  go   hi   404  404  go   go   404  404  404  404  404  404  404
meeting_other         GET   in   200  404  200  hi   404  404  404  404  404  404  404  404  404  404  404
meeting_other         POST  in   go   404  go   hi   404  404  404  404  404  404  404  404  404  404  404
meeting_agree         GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
meeting_agree         POST  in   go   404  go   hi   404  404  404  404  404  404  404  404  404  404  404
meeting_confirm       GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
meeting_confirm       POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
meeting_hold          GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
meeting_hold          POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
meeting_call_off      GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
meeting_call_off      POST  in   go   404  go   hi   404  404  go   go   404  404  404  404  404  404  404
meeting_task          GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
meeting_task          POST  in   go   404  go   hi   404  404  go   go   404  404  404  404  404  404  404
meeting_file          GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
meeting_file          POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
meeting_answer        GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
meeting_answer        POST  in   go   404  go   hi   404  404  go   go   404  404  404  404  404  404  404
meeting_room          GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
meeting_room          POST  in   go   404  go   hi   404  404  404  404  404  404  404  404  404  404  404
meeting_language      GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
meeting_language      POST  in   go   404  go   hi   404  404  go   go   404  404  404  404  404  404  404

meeting_want          GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
meeting_want          POST  in   go   404  go   hi   404  404  404  404  404  404  404  404  404  404  404
agenda_show           GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
agenda_show           POST  in   go   404  go   hi   404  404  go   go   404  404  404  404  404  404  404
agenda_confirm        GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
agenda_confirm        POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
agenda_move           GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
agenda_move           POST  in   go   404  go   hi   404  404  404  404  404  404  404  404  404  404  404
agenda_remove         GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
agenda_remove         POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
note_add              GET   in   200  404  200  hi   404  404  200  200  404  404  404  404  404  404  404
note_add              POST  in   go   404  go   hi   404  404  go   go   404  404  404  404  404  404  404
prep_show             GET   in   200  404  200  hi   404  404  404  404  404  404  404  404  404  404  404
prep_show             POST  in   go   404  go   hi   404  404  404  404  404  404  404  404  404  404  404
prep_print            GET   in   200  404  200  hi   404  404  404  404  404  404  404  404  404  404  404
prep_print            POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
prep_bring            GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
prep_bring            POST  in   go   404  go   hi   404  404  404  404  404  404  404  404  404  404  404
prep_point            GET   in   404  404  200  hi   404  404  404  404  404  404  404  404  404  404  404
prep_point            POST  in   404  404  go   hi   404  404  404  404  404  404  404  404  404  404  404
prep_drop             GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
prep_drop             POST  in   404  404  go   hi   404  404  404  404  404  404  404  404  404  404  404
given_list            GET   in   404  404  404  hi   404  200  404  404  404  404  404  200  404  404  404
given_list            POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
given_note            GET   in   404  404  404  hi   404  200  404  404  404  404  404  404  404  404  404
given_note            POST  in   404  404  404  hi   404  go   404  404  404  404  404  404  404  404  404
pulse_show            GET   in   200  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
pulse_show            POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
pulse_skip            GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
pulse_skip            POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
result_list           GET   in   404  404  404  hi   404  404  404  404  404  200  404  404  404  404  404
result_list           POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
result_publish        GET   in   404  404  404  hi   404  404  404  404  404  200  404  404  404  404  404
result_publish        POST  in   404  404  404  hi   404  404  404  404  404  go   404  404  404  404  404
result_show           GET   200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
result_show           POST  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405

difference_list       GET   in   200  404  200  hi   404  404  404  404  404  404  404  404  404  404  404
difference_list       POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
difference_answer     GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
difference_answer     POST  in   go   404  go   hi   404  404  404  404  404  404  404  404  404  404  404

say_list              GET   in   200  200  200  hi   404  404  404  404  404  404  200  404  404  200  404
say_list              POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
say_new               GET   in   200  200  200  hi   404  404  404  404  404  404  200  404  404  200  404
say_new               POST  in   go   go   go   hi   404  404  404  404  404  404  go   404  404  go   404
say_speak             GET   in   200  200  200  hi   404  404  404  404  404  404  200  404  404  200  404
say_speak             POST  in   422  422  422  hi   404  404  404  404  404  404  422  404  404  422  404
say_cards_list        GET   in   200  200  404  hi   404  404  404  404  404  404  404  404  404  404  404
say_cards_list        POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
say_cards_start       GET   in   200  200  404  hi   404  404  404  404  404  404  404  404  404  404  404
say_cards_start       POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
say_cards_pick        GET   in   200  200  404  hi   404  404  404  404  404  404  404  404  404  404  404
say_cards_pick        POST  in   go   go   404  hi   404  404  404  404  404  404  404  404  404  404  404
say_cards_done        GET   in   200  200  404  hi   404  404  404  404  404  404  404  404  404  404  404
say_cards_done        POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
say_show              GET   in   200  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
say_show              POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
say_voice             GET   in   200  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
say_voice             POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
say_widen             GET   in   200  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
say_widen             POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
say_take_back         GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
say_take_back         POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
say_judge             GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
say_judge             POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
say_text              GET   in   200  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
say_text              POST  in   go   404  404  hi   404  404  go   go   404  404  404  404  404  404  404
say_text_right        GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
say_text_right        POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
say_message           GET   in   200  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
say_message           POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
answer_list           GET   in   404  404  404  hi   404  200  200  200  404  200  404  200  200  404  200
answer_list           POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
answer_give           GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
answer_give           POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
answer_interpreter    GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
answer_interpreter    POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404

owed_list             GET   in   200  200  200  hi   404  go   go   go   go   go   200  go   go   200  go
owed_list             POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
owed_show             GET   in   200  200  200  hi   404  404  200  200  404  404  404  404  404  404  404
owed_show             POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
owed_done             GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
owed_done             POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
owed_extend           GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
owed_extend           POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
owed_pause            GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
owed_pause            POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
owed_resume           GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
owed_resume           POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
owed_not_now          GET   in   200  200  200  hi   404  404  404  404  404  404  404  404  404  404  404
owed_not_now          POST  in   go   go   go   hi   404  404  404  404  404  404  404  404  404  404  404
owed_again            GET   in   200  200  200  hi   404  404  404  404  404  404  404  404  404  404  404
owed_again            POST  in   go   go   go   hi   404  404  404  404  404  404  404  404  404  404  404
owed_excuse           GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
owed_excuse           POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
work_list             GET   in   404  404  404  hi   404  200  200  200  200  200  404  200  200  404  200
work_list             POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
closure_list          GET   in   404  404  404  hi   404  404  404  404  404  200  404  404  404  404  404
closure_list          POST  in   404  404  404  hi   404  404  404  404  404  go   404  404  404  404  404
calendar_show         GET   in   200  200  200  hi   404  200  200  200  200  200  200  200  200  200  200
calendar_show         POST  in   200  200  200  hi   404  200  200  200  200  200  200  200  200  200  200
calendar_end          GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
calendar_end          POST  in   go   go   go   hi   404  go   go   go   go   go   go   go   go   go   go
calendar_feed         GET   200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
calendar_feed         POST  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
case_list             GET   in   200  200  200  hi   200  200  200  200  200  200  200  200  200  200  200
case_list             POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
owner_give            GET   in   404  404  404  hi   404  404  200  200  404  200  404  404  404  404  404
owner_give            POST  in   404  404  404  hi   404  404  go   go   404  go   404  404  404  404  404
case_basis            GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
case_basis            POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
case_basis_undo       GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
case_basis_undo       POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
decision_open         GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
decision_open         POST  in   404  404  404  hi   404  404  422  422  404  404  404  404  404  404  404
decision_show         GET   in   200  200  200  hi   404  404  200  200  404  404  404  404  404  404  404
decision_show         POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
position_add          GET   in   200  200  200  hi   404  404  200  200  404  404  404  404  404  404  404
position_add          POST  in   go   go   go   hi   404  404  422  422  404  404  404  404  404  404  404
meeting_set           GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
meeting_set           POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
meeting_close         GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
meeting_close         POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
decision_reject       GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
decision_reject       POST  in   404  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
enrollment_add        GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
enrollment_add        POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
enrollment_show       GET   in   200  200  200  hi   404  404  200  200  404  404  404  404  404  404  404
enrollment_show       POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
family_met_add        GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
family_met_add        POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
assessment_add        GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
assessment_add        POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
plan_add              GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
plan_add              POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
review_add            GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
review_add            POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
objective_add         GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
objective_add         POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
objective_meet        GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
objective_meet        POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
extension_ask         GET   in   200  200  200  hi   404  404  404  404  404  404  404  404  404  404  404
extension_ask         POST  in   422  422  422  hi   404  404  404  404  404  404  404  404  404  404  404
extension_give        GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
extension_give        POST  in   404  404  404  hi   404  404  422  422  404  404  404  404  404  404  404
recommendation_add    GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
recommendation_add    POST  in   404  404  404  hi   404  404  422  422  404  404  404  404  404  404  404
ending_answer         GET   in   200  200  200  hi   404  404  404  404  404  404  404  404  404  404  404
ending_answer         POST  in   409  409  409  hi   404  404  404  404  404  404  404  404  404  404  404
ending_withdraw       GET   in   200  200  200  hi   404  404  200  200  404  404  404  404  404  404  404
ending_withdraw       POST  in   422  422  422  hi   404  404  422  422  404  404  404  404  404  404  404
enrollment_end        GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
enrollment_end        POST  in   404  404  404  hi   404  404  409  409  404  404  404  404  404  404  404
enrollment_eject      GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
enrollment_eject      POST  in   409  409  409  hi   404  404  409  409  404  404  404  404  404  404  404
discharge_add         GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
discharge_add         POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
psychiatry_link       GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
psychiatry_link       POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
psychiatry_excuse     GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
psychiatry_excuse     POST  in   404  404  404  hi   404  404  422  422  404  404  404  404  404  404  404
referral_begin        GET   200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
referral_begin        POST  go   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
referral_fit          GET   200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
referral_fit          POST  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
referral_code         GET   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
referral_code         POST  go   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
referral_text         GET   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
referral_text         POST  go   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
referral_write        GET   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
referral_write        POST  go   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
referral_save         GET   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
referral_save         POST  409  409  409  409  409  409  409  409  409  409  409  409  409  409  409  409
referral_send         GET   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
referral_send         POST  go   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
referral_where        GET   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
referral_where        POST  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
referral_answer       GET   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
referral_answer       POST  go   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
referral_ask          GET   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
referral_ask          POST  go   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
referral_return       GET   200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
referral_return       POST  422  422  422  422  422  422  422  422  422  422  422  422  422  422  422  422
referral_close        GET   405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
referral_close        POST  go   go   go   go   go   go   go   go   go   go   go   go   go   go   go   go
referral_list         GET   in   404  404  404  hi   404  404  200  200  404  200  404  404  200  404  200
referral_list         POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
referral_find         GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
referral_find         POST  in   404  404  404  hi   404  404  422  422  404  404  404  404  422  404  422
referral_add          GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  200  404  200
referral_add          POST  in   404  404  404  hi   404  404  422  422  404  404  404  404  422  404  422
referral_show         GET   in   404  404  404  hi   404  404  200  404  404  404  404  404  404  404  404
referral_show         POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
referral_take         GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
referral_take         POST  in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
referral_step         GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
referral_step         POST  in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
referral_consent      GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
referral_consent      POST  in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
referral_finding      GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
referral_finding      POST  in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
referral_recode       GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
referral_recode       POST  in   404  404  404  hi   404  404  200  404  404  404  404  404  404  404  404
referral_join         GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
referral_join         POST  in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
referral_reply        GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
referral_reply        POST  in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404

pairing_list          GET   in   404  404  404  hi   404  404  200  404  404  404  404  404  200  404  200
pairing_list          POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
pairing_propose       GET   in   404  404  404  hi   404  404  200  404  404  404  404  404  404  404  404
pairing_propose       POST  in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
pairing_show          GET   in   200  404  404  hi   404  200  200  404  404  404  404  404  404  404  404
pairing_show          POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
pairing_accept        GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
pairing_accept        POST  in   404  go   404  hi   404  404  404  404  404  404  404  404  404  404  404
pairing_decline       GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
pairing_decline       POST  in   404  go   404  hi   404  404  404  404  404  404  404  404  404  404  404
pairing_end           GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
pairing_end           POST  in   go   404  404  hi   404  404  go   404  404  404  404  404  404  404  404
pairing_begin         GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
pairing_begin         POST  in   404  404  404  hi   404  go   404  404  404  404  404  404  404  404  404
pairing_pause         GET   in   200  404  404  hi   404  200  404  404  404  404  404  404  404  404  404
pairing_pause         POST  in   go   404  404  hi   404  go   404  404  404  404  404  404  404  404  404
pairing_resume        GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
pairing_resume        POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
pairing_goodbye       GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
pairing_goodbye       POST  in   go   404  404  hi   404  go   go   404  404  404  404  404  404  404  404
pairing_stay          GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
pairing_stay          POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
pairing_next          GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
pairing_next          POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
pairing_share         GET   in   200  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
pairing_share         POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
pairing_block         GET   in   200  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
pairing_block         POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
permission_note       GET   in   404  404  404  hi   404  404  200  404  404  404  404  404  404  404  404
permission_note       POST  in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
mentor_show           GET   in   200  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
mentor_show           POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
mentor_allow          GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
mentor_allow          POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
mentor_refuse         GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
mentor_refuse         POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
mentor_pause          GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
mentor_pause          POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
mentor_resume         GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
mentor_resume         POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
hand_off_plan_peer    GET   in   404  404  404  hi   404  404  200  404  404  404  404  404  404  404  404
hand_off_plan_peer    POST  in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
hand_off_skip         GET   in   404  404  404  hi   404  404  200  404  404  404  404  404  404  404  404
hand_off_skip         POST  in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
hand_off_show         GET   in   200  200  200  hi   404  404  200  200  404  404  404  404  404  404  404
hand_off_show         POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
hand_off_confirm      GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
hand_off_confirm      POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
hand_off_answer       GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
hand_off_answer       POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
hand_off_words        GET   in   200  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
hand_off_words        POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
coordination_list     GET   in   404  404  404  hi   404  404  200  200  404  200  404  404  200  404  200
coordination_list     POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
coordinator_show      GET   in   200  200  200  hi   404  404  200  200  404  404  404  404  404  404  404
coordinator_show      POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
coordinator_give      GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
coordinator_give      POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
coordinator_override  GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
coordinator_override  POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404
hand_off_plan         GET   in   404  404  404  hi   404  404  200  200  404  404  404  404  404  404  404
hand_off_plan         POST  in   404  404  404  hi   404  404  go   go   404  404  404  404  404  404  404

growing_show          GET   in   200  200  200  hi   404  404  404  404  404  404  200  404  404  200  404
growing_show          POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
growing_let           GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
growing_let           POST  in   404  404  go   hi   404  404  404  404  404  404  404  404  404  404  404

wish_list             GET   in   200  200  200  hi   404  404  404  404  404  404  200  404  404  200  404
wish_list             POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
wish_set              GET   in   200  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
wish_set              POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
wish_end              GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
wish_end              POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
wish_again            GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
wish_again            POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
choice_show           GET   in   go   200  go   hi   go   go   go   go   go   go   go   go   go   go   go
choice_show           POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
choice_others         GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
choice_others         POST  in   go   go   go   hi   go   go   go   go   go   go   go   go   go   go   go
choice_wait           GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
choice_wait           POST  in   go   go   go   hi   go   go   go   go   go   go   go   go   go   go   go
pairing_known         GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
pairing_known         POST  in   404  go   404  hi   404  404  404  404  404  404  404  404  404  404  404
suggestion_list       GET   in   404  404  404  hi   404  404  200  404  404  404  404  404  200  404  200
suggestion_list       POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
suggestion_confirm    GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
suggestion_confirm    POST  in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
conflict_list         GET   in   404  404  404  hi   404  404  200  404  404  404  404  404  404  404  404
conflict_list         POST  in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
conflict_end          GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
conflict_end          POST  in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404

peer_list             GET   in   404  404  404  hi   404  go   200  go   404  200  404  go   200  404  200
peer_list             POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
peer_show             GET   in   404  404  404  hi   404  200  200  404  404  200  404  404  404  404  404
peer_show             POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
peer_keep             GET   in   404  404  404  hi   404  200  404  404  404  404  404  404  404  404  404
peer_keep             POST  in   404  404  404  hi   404  go   404  404  404  404  404  404  404  404  404
peer_attest           GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
peer_attest           POST  in   404  404  404  hi   404  go   404  404  404  404  404  404  404  404  404
peer_verify           GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
peer_verify           POST  in   404  404  404  hi   404  404  404  404  404  go   404  404  404  404  404
lived_system_add      GET   in   404  404  404  hi   404  200  404  404  404  404  404  404  404  404  404
lived_system_add      POST  in   404  404  404  hi   404  go   404  404  404  404  404  404  404  404  404
lived_system_end      GET   in   404  404  404  hi   404  200  404  404  404  404  404  404  404  404  404
lived_system_end      POST  in   404  404  404  hi   404  go   404  404  404  404  404  404  404  404  404
lived_system_remove   GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
lived_system_remove   POST  in   404  404  404  hi   404  go   404  404  404  404  404  404  404  404  404
credential_add        GET   in   404  404  404  hi   404  404  404  404  404  200  404  404  404  404  404
credential_add        POST  in   404  404  404  hi   404  404  404  404  404  go   404  404  404  404  404
credential_withdraw   GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
credential_withdraw   POST  in   404  404  404  hi   404  404  404  404  404  go   404  404  404  404  404

rota_show             GET   in   404  404  404  hi   404  200  200  200  404  200  404  200  200  404  200
rota_show             POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
shift_add             GET   in   404  404  404  hi   404  404  200  404  404  200  404  404  200  404  200
shift_add             POST  in   404  404  404  hi   404  404  go   404  404  422  404  404  422  404  422
shift_fill            GET   in   404  404  404  hi   404  404  200  404  404  200  404  404  200  404  200
shift_fill            POST  in   404  404  404  hi   404  404  go   404  404  422  404  404  422  404  422
line_set              GET   in   404  404  404  hi   404  404  200  404  404  200  404  404  200  404  200
line_set              POST  in   404  404  404  hi   404  404  go   404  404  go   404  404  go   404  go
shift_cancel          GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
shift_cancel          POST  in   404  404  404  hi   404  404  go   404  404  go   404  404  404  404  404
duty_hours_set        GET   in   404  404  404  hi   404  200  200  200  404  200  404  200  200  404  200
duty_hours_set        POST  in   404  404  404  hi   404  go   422  422  404  422  404  422  422  404  422
duty_hours_remove     GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
duty_hours_remove     POST  in   404  404  404  hi   404  go   404  404  404  404  404  404  404  404  404

report_list           GET  in   404  404  404  hi   404  200  200  200  200  200  404  200  200  404  200
report_list           POST in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
report_add            GET  in   404  404  404  hi   404  200  200  200  200  200  404  200  200  404  200
report_add            POST in   404  404  404  hi   404  go   go   go   go   go   404  go   go   404  go
report_save           GET  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
report_save           POST in   404  404  404  hi   404  200  200  200  200  200  404  200  200  404  200
report_show           GET  in   404  404  404  hi   404  404  404  200  404  404  404  404  404  404  404
report_show           POST in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
report_write          GET  in   404  404  404  hi   404  404  404  200  404  404  404  404  404  404  404
report_write          POST in   404  404  404  hi   404  404  404  go   404  404  404  404  404  404  404
report_drop           GET  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
report_drop           POST in   404  404  404  hi   404  404  404  go   404  404  404  404  404  404  404
report_call           GET  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
report_call           POST in   404  404  404  hi   404  404  404  go   404  404  404  404  404  404  404
report_reference      GET  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
report_reference      POST in   404  404  404  hi   404  404  404  go   404  404  404  404  404  404  404
report_family         GET  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
report_family         POST in   404  404  404  hi   404  404  404  go   404  404  404  404  404  404  404
report_name           GET  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
report_name           POST in   404  404  404  hi   404  404  404  go   404  404  404  404  404  404  404
report_share          GET  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
report_share          POST in   404  404  404  hi   404  404  404  go   404  404  404  404  404  404  404
report_facts          GET  in   404  404  404  hi   404  404  404  404  404  200  404  404  404  404  404
report_facts          POST in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405

desk_show             GET  in   404  404  404  hi   404  404  404  404  200  200  404  404  404  404  404
desk_show             POST in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
case_yours            GET  in   200  200  200  hi   200  200  200  200  200  200  200  200  200  200  200
case_yours            POST in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
case_show             GET  in   200  404  200  hi   404  404  404  404  200  404  404  404  404  404  404
case_show             POST in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
case_close            GET  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
case_close            POST in   go   404  go   hi   404  404  404  404  go   404  404  404  404  404  404
case_reopen           GET  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
case_reopen           POST in   go   404  go   hi   404  404  404  404  go   404  404  404  404  404  404
case_fixed            GET  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
case_fixed            POST in   go   404  go   hi   404  404  404  404  404  404  404  404  404  404  404
case_sort             GET  in   404  404  404  hi   404  404  404  404  200  404  404  404  404  404  404
case_sort             POST in   404  404  404  hi   404  404  404  404  go   404  404  404  404  404  404
case_acknowledge      GET  in   404  404  404  hi   404  404  404  404  200  404  404  404  404  404  404
case_acknowledge      POST in   404  404  404  hi   404  404  404  404  go   404  404  404  404  404  404
case_forward          GET  in   404  404  404  hi   404  404  404  404  200  404  404  404  404  404  404
case_forward          POST in   404  404  404  hi   404  404  404  404  go   404  404  404  404  404  404
case_confirm          GET  in   404  404  404  hi   404  404  404  404  200  404  404  404  404  404  404
case_confirm          POST in   404  404  404  hi   404  404  404  404  go   404  404  404  404  404  404
case_assign           GET  in   404  404  404  hi   404  404  404  404  200  404  404  404  404  404  404
case_assign           POST in   404  404  404  hi   404  404  404  404  go   404  404  404  404  404  404
case_outside          GET  in   404  404  404  hi   404  404  404  404  200  404  404  404  404  404  404
case_outside          POST in   404  404  404  hi   404  404  404  404  go   404  404  404  404  404  404
case_note             GET  in   404  404  404  hi   404  404  404  404  200  404  404  404  404  404  404
case_note             POST in   404  404  404  hi   404  404  404  404  go   404  404  404  404  404  404
case_try              GET  in   404  404  404  hi   404  404  404  404  200  404  404  404  404  404  404
case_try              POST in   404  404  404  hi   404  404  404  404  go   404  404  404  404  404  404
case_extend           GET  in   404  404  404  hi   404  404  404  404  200  404  404  404  404  404  404
case_extend           POST in   404  404  404  hi   404  404  404  404  go   404  404  404  404  404  404
case_named            GET  in   404  404  404  hi   404  404  404  404  200  404  404  404  404  404  404
case_named            POST in   404  404  404  hi   404  404  404  404  go   404  404  404  404  404  404
case_consent          GET  in   200  404  200  hi   404  404  404  404  200  404  404  404  404  404  404
case_consent          POST in   go   404  go   hi   404  404  404  404  go   404  404  404  404  404  404
case_refer            GET  in   404  404  404  hi   404  404  404  404  200  404  404  404  404  404  404
case_refer            POST in   404  404  404  hi   404  404  404  404  go   404  404  404  404  404  404
case_resolve          GET  in   404  404  404  hi   404  404  404  404  200  404  404  404  404  404  404
case_resolve          POST in   404  404  404  hi   404  404  404  404  go   404  404  404  404  404  404
case_add              GET  in   200  404  200  hi   404  404  404  404  404  404  404  404  404  404  404
case_add              POST in   go   404  go   hi   404  404  404  404  404  404  404  404  404  404  404
case_answered         GET  in   200  404  200  hi   404  404  404  404  404  404  404  404  404  404  404
case_answered         POST in   go   404  go   hi   404  404  404  404  404  404  404  404  404  404  404
case_withdraw         GET  in   200  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
case_withdraw         POST in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
concern_list          GET  in   404  404  404  hi   404  200  200  200  404  200  404  200  200  404  200
concern_list          POST in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
concern_show          GET  in   404  404  404  hi   404  404  200  404  404  404  404  404  404  404  404
concern_show          POST in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
concern_open          GET  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
concern_open          POST in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
concern_read          GET  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
concern_read          POST in   404  404  404  hi   404  404  200  404  404  404  404  404  404  404  404
concern_note          GET  in   404  404  404  hi   404  404  200  404  404  404  404  404  404  404  404
concern_note          POST in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
concern_hand          GET  in   404  404  404  hi   404  404  200  404  404  404  404  404  404  404  404
concern_hand          POST in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
concern_second        GET  in   404  404  404  hi   404  404  200  404  404  404  404  404  404  404  404
concern_second        POST in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
concern_close         GET  in   404  404  404  hi   404  404  200  404  404  404  404  404  404  404  404
concern_close         POST in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
prompt_read           GET  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
prompt_read           POST in   404  404  404  hi   404  404  200  404  404  404  404  404  404  404  404
prompt_settle         GET  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
prompt_settle         POST in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
debrief_answer        GET  in   404  404  404  hi   404  200  404  404  404  404  404  404  404  404  404
debrief_answer        POST in   404  404  404  hi   404  go   404  404  404  404  404  404  404  404  404
debrief_talked        GET  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
debrief_talked        POST in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
repair_read           GET  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
repair_read           POST in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
unsafe_show           GET  in   404  404  200  hi   404  404  404  404  404  404  404  404  404  404  404
unsafe_show           POST in   404  404  200  200  404  404  404  404  404  404  404  404  404  404  404
unsafe_words          GET  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
unsafe_words          POST in   404  404  200  200  404  404  404  404  404  404  404  404  404  404  404
unsafe_mistake        GET  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
unsafe_mistake        POST in   404  404  200  200  404  404  404  404  404  404  404  404  404  404  404
concern_raise         GET  in   200  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
concern_raise         POST in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404

contact_list          GET   in   200  200  200  hi   404  200  200  200  404  404  200  200  200  200  200
contact_list          POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
contact_show          GET   in   404  404  404  hi   404  200  200  200  404  404  404  404  404  404  404
contact_show          POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
contact_add           GET   in   404  404  404  hi   404  200  200  200  404  404  404  404  404  404  404
contact_add           POST  in   404  404  404  hi   404  go   go   go   404  404  404  404  404  404  404
contact_plan          GET   in   404  404  404  hi   404  200  200  200  404  404  404  404  404  404  404
contact_plan          POST  in   404  404  404  hi   404  go   go   go   404  404  404  404  404  404  404
rhythm_begin          GET   in   404  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
rhythm_begin          POST  in   404  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
contact_call_off      GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
contact_call_off      POST  in   go   404  404  hi   404  404  go   404  404  404  404  404  404  404  404
contact_felt          GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
contact_felt          POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
pause_add             GET   in   200  200  200  hi   404  404  404  404  404  404  404  404  404  404  404
pause_add             POST  in   go   go   go   hi   404  404  404  404  404  404  404  404  404  404  404
pause_end             GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
pause_end             POST  in   go   404  404  hi   404  go   go   go   404  404  404  404  404  404  404

check_in_show         GET   in   200  404  404  hi   404  404  200  404  404  404  404  404  404  404  404
check_in_show         POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
check_in_skip         GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
check_in_skip         POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
check_in_take_back    GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
check_in_take_back    POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
check_in_talked       GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
check_in_talked       POST  in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
reach_show            GET   in   404  404  404  hi   404  404  200  404  404  404  404  404  200  404  200
reach_show            POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
reach_file            GET   in   404  404  404  hi   404  404  200  404  404  404  404  404  200  404  200
reach_file            POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405

support_show          GET   in   200  200  200  hi   404  404  404  404  404  404  200  404  404  200  404
support_show          POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
class_list            GET   in   200  200  200  hi   404  404  404  404  404  404  200  404  404  200  404
class_list            POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
class_ask             GET   in   200  200  200  hi   404  404  404  404  404  404  404  404  404  404  404
class_ask             POST  in   go   go   go   hi   404  404  404  404  404  404  404  404  404  404  404
advocate_ask          GET   in   200  200  200  hi   404  404  404  404  404  404  200  404  404  200  404
advocate_ask          POST  in   go   go   go   hi   404  404  404  404  404  404  go   404  404  go   404
liaison_ask           GET   in   200  200  200  hi   404  404  404  404  404  404  200  404  404  200  404
liaison_ask           POST  in   go   go   go   hi   404  404  404  404  404  404  go   404  404  go   404
meeting_ask           GET   in   200  200  200  hi   404  404  404  404  404  404  200  404  404  200  404
meeting_ask           POST  in   go   go   go   hi   404  404  404  404  404  404  go   404  404  go   404
request_list          GET   in   404  404  404  hi   404  200  200  200  200  200  404  200  200  404  200
request_list          POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
request_show          GET   in   200  404  404  hi   404  200  200  404  404  404  404  404  404  404  404
request_show          POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
request_take_back     GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
request_take_back     POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
request_take_up       GET   in   404  404  404  hi   404  404  200  404  404  404  404  404  404  404  404
request_take_up       POST  in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
request_arrange       GET   in   404  404  404  hi   404  404  200  404  404  404  404  404  404  404  404
request_arrange       POST  in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
request_finish        GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
request_finish        POST  in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
request_decline       GET   in   404  404  404  hi   404  404  200  404  404  404  404  404  404  404  404
request_decline       POST  in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
request_come          GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
request_come          POST  in   404  404  404  hi   404  go   404  404  404  404  404  404  404  404  404
class_desk            GET   in   404  404  404  hi   404  404  200  404  404  404  404  404  200  404  200
class_desk            POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
class_add             GET   in   404  404  404  hi   404  404  200  404  404  404  404  404  200  404  200
class_add             POST  in   404  404  404  hi   404  404  go   404  404  404  404  404  go   404  go
class_change          GET   in   404  404  404  hi   404  404  200  404  404  404  404  404  404  404  404
class_change          POST  in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
class_end             GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
class_end             POST  in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404

skill_list            GET   in   200  200  200  hi   404  200  404  404  404  404  200  200  404  200  404
skill_list            POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
skill_choose          GET   in   200  200  200  hi   404  404  404  404  404  404  200  404  404  200  404
skill_choose          POST  in   go   go   go   hi   404  404  404  404  404  404  go   404  404  go   404
skill_show            GET   in   200  404  404  hi   404  200  404  404  404  404  404  404  404  404  404
skill_show            POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
step_mark             GET   in   200  404  404  hi   404  200  404  404  404  404  404  404  404  404  404
step_mark             POST  in   go   404  404  hi   404  go   404  404  404  404  404  404  404  404  404
step_undo             GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
step_undo             POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
skill_got             GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
skill_got             POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
skill_share           GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
skill_share           POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
skill_put_away        GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
skill_put_away        POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404

helping_show          GET   in   200  200  200  hi   404  404  404  404  404  404  200  404  404  200  404
helping_show          POST  in   go   go   go   hi   404  404  404  404  404  404  go   404  404  go   404
helping_record        GET   in   404  404  404  hi   404  404  200  404  404  404  404  404  404  404  404
helping_record        POST  in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
helping_take_back     GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
helping_take_back     POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404

watch_list            GET   in   404  404  404  hi   404  404  404  404  200  200  404  404  404  404  404
watch_list            POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
watch_show            GET   in   404  404  404  hi   404  404  404  404  200  404  404  404  404  404  404
watch_show            POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
watch_ask             GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
watch_ask             POST  in   404  404  404  hi   404  404  404  404  go   404  404  404  404  404  404
watch_note            GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
watch_note            POST  in   404  404  404  hi   404  404  404  404  go   404  404  404  404  404  404
watch_close           GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
watch_close           POST  in   404  404  404  hi   404  404  404  404  go   404  404  404  404  404  404
watch_answer          GET   in   200  404  200  hi   404  404  404  404  404  404  404  404  404  404  404
watch_answer          POST  in   go   404  go   hi   404  404  404  404  404  404  404  404  404  404  404
concern_report        GET   in   404  404  404  hi   404  404  404  404  200  200  404  404  404  404  404
concern_report        POST  in   404  404  404  hi   404  404  404  404  go   go   404  404  404  404  404
lesson_withdraw       GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
lesson_withdraw       POST  in   404  404  404  hi   404  404  404  404  go   go   404  404  404  404  404

group_list            GET  in   200  200  200  hi   404  200  200  404  404  404  200  404  404  200  404
group_list            POST in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
group_open            GET  in   404  404  404  hi   404  404  200  404  404  404  404  404  404  404  404
group_open            POST in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
group_show            GET  in   200  200  404  hi   404  200  200  404  404  404  404  404  404  404  404
group_show            POST in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
group_ask             GET  in   404  200  404  hi   404  404  404  404  404  404  404  404  404  404  404
group_ask             POST in   404  go   404  hi   404  404  404  404  404  404  404  404  404  404  404
group_leave           GET  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
group_leave           POST in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
group_name            GET  in   200  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
group_name            POST in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
group_report          GET  in   200  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
group_report          POST in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
group_pause           GET  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
group_pause           POST in   404  404  404  hi   404  go   go   404  404  404  404  404  404  404  404
group_resume          GET  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
group_resume          POST in   404  404  404  hi   404  go   go   404  404  404  404  404  404  404  404
group_close           GET  in   404  404  404  hi   404  200  200  404  404  404  404  404  404  404  404
group_close           POST in   404  404  404  hi   404  go   go   404  404  404  404  404  404  404  404
group_lead_add        GET  in   404  404  404  hi   404  404  200  404  404  404  404  404  404  404  404
group_lead_add        POST in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
group_lead_end        GET  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
group_lead_end        POST in   404  404  404  hi   404  go   go   404  404  404  404  404  404  404  404
place_admit           GET  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
place_admit           POST in   404  404  404  hi   404  go   go   404  404  404  404  404  404  404  404
place_decline         GET  in   404  404  404  hi   404  200  200  404  404  404  404  404  404  404  404
place_decline         POST in   404  404  404  hi   404  go   go   404  404  404  404  404  404  404  404
place_remove          GET  in   404  404  404  hi   404  200  200  404  404  404  404  404  404  404  404
place_remove          POST in   404  404  404  hi   404  go   go   404  404  404  404  404  404  404  404
report_settle         GET  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
report_settle         POST in   404  404  404  hi   404  go   go   404  404  404  404  404  404  404  404

conversation_list     GET   in   200  200  200  hi   200  200  200  200  200  200  200  200  200  200  200
conversation_list     POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
conversation_show     GET   in   200  404  404  hi   404  200  404  404  404  404  404  404  404  404  404
conversation_show     POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
message_list_or_post  GET   401  200  404  404  401  404  200  404  404  404  404  404  404  404  404  404
message_list_or_post  POST  401  go   404  404  401  404  go   404  404  404  404  404  404  404  404  404
draft_save            GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
draft_save            POST  in   200  404  404  hi   404  200  404  404  404  404  404  404  404  404  404
conversation_search   GET   in   200  404  404  hi   404  200  404  404  404  404  404  404  404  404  404
conversation_search   POST  in   200  404  404  hi   404  200  404  404  404  404  404  404  404  404  404
read_mark             GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
read_mark             POST  in   200  404  404  hi   404  200  404  404  404  404  404  404  404  404  404
ladder_show           GET   in   200  404  404  hi   404  200  404  404  404  404  404  404  404  404  404
ladder_show           POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
media_add             GET   in   200  404  404  hi   404  200  404  404  404  404  404  404  404  404  404
media_add             POST  in   go   404  404  hi   404  go   404  404  404  404  404  404  404  404  404
media_show            GET   in   200  404  404  hi   404  200  200  404  404  404  404  404  404  404  404
media_show            POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
waiting_show          GET   in   404  404  404  hi   404  404  200  404  404  404  404  404  404  404  404
waiting_show          POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
waiting_called        GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
waiting_called        POST  in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
conversation_now      GET   in   200  404  404  hi   404  200  404  404  404  404  404  404  404  404  404
conversation_now      POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
look_list             GET   in   200  404  404  hi   404  200  404  404  404  404  404  404  404  404  404
look_list             POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
card_put_away         GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
card_put_away         POST  in   go   404  404  hi   404  go   404  404  404  404  404  404  404  404  404
message_change        GET   in   200  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
message_change        POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
message_before        GET   in   200  404  404  hi   404  200  404  404  404  404  404  404  404  404  404
message_before        POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
entry_share           GET   in   404  404  404  hi   404  200  404  404  404  404  404  200  404  404  404
entry_share           POST  in   404  404  404  hi   404  go   404  404  404  404  404  422  404  404  404
card_answer           GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
card_answer           POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404

directory_list        GET   in   200  200  200  hi   200  200  200  200  200  200  200  200  200  200  200
directory_list        POST  in   200  200  200  hi   200  200  200  200  200  200  200  200  200  200  200
entry_show            GET   in   200  200  200  hi   200  200  200  200  200  200  200  200  200  404  404
entry_show            POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
entry_note            GET   in   404  404  404  hi   404  200  200  200  404  200  404  200  200  404  404
entry_note            POST  in   404  404  404  hi   404  go   go   go   404  go   404  go   go   404  404

supervision_list      GET   in   404  404  404  hi   404  200  200  200  404  200  404  200  200  404  200
supervision_list      POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
supervision_show      GET   in   404  404  404  hi   404  404  200  404  404  200  404  404  404  404  404
supervision_show      POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
supervision_look      GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
supervision_look      POST  in   404  404  404  hi   404  404  200  404  404  404  404  404  404  404  404
held_look             GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
held_look             POST  in   404  404  404  hi   404  404  200  404  404  404  404  404  404  404  404
held_settle           GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
held_settle           POST  in   404  404  404  hi   404  404  go   404  404  404  404  404  404  404  404
talk_freeze           GET   in   404  404  404  hi   404  404  200  404  404  200  404  404  404  404  404
talk_freeze           POST  in   404  404  404  hi   404  404  go   404  404  go   404  404  404  404  404
talk_lift             GET   in   404  404  404  hi   404  404  200  404  404  200  404  404  404  404  404
talk_lift             POST  in   404  404  404  hi   404  404  go   404  404  go   404  404  404  404  404
helper_bring_in       GET   in   404  404  404  hi   404  404  200  404  404  200  404  404  404  404  404
helper_bring_in       POST  in   404  404  404  hi   404  404  422  404  404  422  404  404  404  404  404
helper_let_go         GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
helper_let_go         POST  in   404  404  404  hi   404  404  go   404  404  go   404  404  404  404  404
supervisor_name       GET   in   404  404  404  hi   404  404  200  404  404  200  404  404  404  404  404
supervisor_name       POST  in   404  404  404  hi   404  404  go   404  404  go   404  404  404  404  404
tie_add               GET   in   404  404  404  hi   404  200  200  200  200  200  404  200  200  404  200
tie_add               POST  in   404  404  404  hi   404  404  404  404  404  go   404  404  404  404  422
tie_end               GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
tie_end               POST  in   404  404  404  hi   404  404  404  404  404  go   404  404  404  404  404
exception_ask         GET   in   404  404  404  hi   404  404  404  404  404  200  404  404  404  404  404
exception_ask         POST  in   404  404  404  hi   404  404  404  404  404  go   404  404  404  404  404
exception_agree       GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
exception_agree       POST  in   404  404  404  hi   404  404  404  404  404  go   404  404  404  404  404
exception_look        GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
exception_look        POST  in   404  404  404  hi   404  404  404  404  404  200  404  404  404  404  404
letter_write          GET   in   404  404  404  hi   404  404  404  404  200  404  404  404  404  404  404
letter_write          POST  in   404  404  404  hi   404  404  404  404  go   404  404  404  404  404  404
letter_show           GET   in   200  404  200  hi   404  404  404  404  200  404  404  404  404  404  404
letter_show           POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
letter_send           GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
letter_send           POST  in   404  404  404  hi   404  404  404  404  go   404  404  404  404  404  404
letter_pdf            GET   in   200  404  200  hi   404  404  404  404  200  404  404  404  404  404  404
letter_pdf            POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
letter_return         GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
letter_return         POST  in   404  404  404  hi   404  404  404  404  go   404  404  404  404  404  404
letter_replace        GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
letter_replace        POST  in   404  404  404  hi   404  404  404  404  go   404  404  404  404  404  404
adverse_list          GET   in   200  404  200  hi   404  404  200  200  200  404  200  404  200  200  200
adverse_list          POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
adverse_add           GET   in   200  404  200  hi   404  404  200  200  404  404  200  404  200  200  200
adverse_add           POST  in   go   404  go   hi   404  404  go   go   404  404  422  404  422  422  422
adverse_show          GET   in   200  404  200  hi   404  404  200  200  200  404  404  404  404  404  404
adverse_show          POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
adverse_photos        GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
adverse_photos        POST  in   go   404  go   hi   404  404  go   go   go   404  404  404  404  404  404
adverse_photo         GET   in   200  404  200  hi   404  404  200  200  200  404  404  404  404  404  404
adverse_photo         POST  in   go   404  go   hi   404  404  404  404  404  404  404  404  404  404  404
case_letter           GET   in   404  404  404  hi   404  404  404  404  200  404  404  404  404  404  404
case_letter           POST  in   404  404  404  hi   404  404  404  404  go   404  404  404  404  404  404
appeal_start          GET   in   200  404  200  hi   404  404  404  404  200  404  404  404  404  404  404
appeal_start          POST  in   go   404  go   hi   404  404  404  404  go   404  404  404  404  404  404
appeal_make           GET   in   404  404  404  hi   404  404  404  404  200  404  404  404  404  404  404
appeal_make           POST  in   404  404  404  hi   404  404  404  404  go   404  404  404  404  404  404
appeal_show           GET   in   200  404  200  hi   404  404  404  404  200  404  404  404  404  404  404
appeal_show           POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
appeal_fast           GET   in   200  404  200  hi   404  404  404  404  200  404  404  404  404  404  404
appeal_fast           POST  in   go   404  go   hi   404  404  404  404  go   404  404  404  404  404  404
appeal_fast_answer    GET   in   404  404  404  hi   404  404  404  404  200  404  404  404  404  404  404
appeal_fast_answer    POST  in   404  404  404  hi   404  404  404  404  go   404  404  404  404  404  404
appeal_keep           GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
appeal_keep           POST  in   go   404  go   hi   404  404  404  404  go   404  404  404  404  404  404
appeal_keep_answer    GET   in   404  404  404  hi   404  404  404  404  200  404  404  404  404  404  404
appeal_keep_answer    POST  in   404  404  404  hi   404  404  404  404  go   404  404  404  404  404  404
appeal_answer         GET   in   404  404  404  hi   404  404  404  404  404  200  404  404  404  404  404
appeal_answer         POST  in   404  404  404  hi   404  404  404  404  404  go   404  404  404  404  404
appeal_carried_out    GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
appeal_carried_out    POST  in   404  404  404  hi   404  404  404  404  go   go   404  404  404  404  404
hearing_show          GET   in   200  404  200  hi   404  404  404  404  200  200  404  404  404  404  404
hearing_show          POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
hearing_form          GET   in   200  404  200  hi   404  404  404  404  200  200  404  404  404  404  404
hearing_form          POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
hearing_ask           GET   in   200  404  200  hi   404  404  404  404  200  404  404  404  404  404  404
hearing_ask           POST  in   go   404  go   hi   404  404  404  404  go   404  404  404  404  404  404
hearing_decide        GET   in   404  404  404  hi   404  404  404  404  200  404  404  404  404  404  404
hearing_decide        POST  in   404  404  404  hi   404  404  404  404  go   404  404  404  404  404  404
pack_make             GET   in   200  404  200  hi   404  404  404  404  200  404  404  404  404  404  404
pack_make             POST  in   200  404  200  hi   404  404  404  404  200  404  404  404  404  404  404

community_show        GET   200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
community_show        POST  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
community_desk        GET   in   404  404  404  hi   404  404  404  404  404  200  404  404  404  404  404
community_desk        POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
policy_suggestion_add GET   in   200  200  200  hi   200  200  404  404  404  404  200  200  404  200  404
policy_suggestion_add POST  in   go   go   go   hi   go   go   404  404  404  404  go   go   404  go   404
policy_suggestion_open GET   200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
policy_suggestion_open POST  422  422  422  422  422  422  422  422  422  422  422  422  422  422  422  422
policy_suggestion_show GET   in   200  404  404  hi   404  404  404  404  404  200  404  404  404  404  404
policy_suggestion_show POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
policy_suggestion_answer GET   in   404  404  404  hi   404  404  404  404  404  200  404  404  404  404  404
policy_suggestion_answer POST  in   404  404  404  hi   404  404  404  404  404  go   404  404  404  404  404
comment_period_show   GET   200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
comment_period_show   POST  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200  200
comment_period_add    GET   in   404  404  404  hi   404  404  404  404  404  200  404  404  404  404  404
comment_period_add    POST  in   404  404  404  hi   404  404  404  404  404  go   404  404  404  404  404
comment_period_change GET   in   404  404  404  hi   404  404  404  404  404  200  404  404  404  404  404
comment_period_change POST  in   404  404  404  hi   404  404  404  404  404  go   404  404  404  404  404
comment_period_answer GET   in   404  404  404  hi   404  404  404  404  404  200  404  404  404  404  404
comment_period_answer POST  in   404  404  404  hi   404  404  404  404  404  go   404  404  404  404  404
said_done_add         GET   in   404  404  404  hi   404  404  404  404  404  200  404  404  404  404  404
said_done_add         POST  in   404  404  404  hi   404  404  404  404  404  go   404  404  404  404  404
opportunity_add       GET   in   404  404  404  hi   404  404  404  404  404  200  404  404  404  404  404
opportunity_add       POST  in   404  404  404  hi   404  404  404  404  404  go   404  404  404  404  404
opportunity_change    GET   in   404  404  404  hi   404  404  404  404  404  200  404  404  404  404  404
opportunity_change    POST  in   404  404  404  hi   404  404  404  404  404  go   404  404  404  404  404
seat_add              GET   in   404  404  404  hi   404  404  404  404  404  200  404  404  404  404  404
seat_add              POST  in   404  404  404  hi   404  404  404  404  404  go   404  404  404  404  404
comment_period_read   GET   in   404  404  404  hi   404  404  404  404  404  200  404  404  404  404  404
comment_period_read   POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
comment_period_withdraw GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
comment_period_withdraw POST  in   404  404  404  hi   404  404  404  404  404  go   404  404  404  404  404
said_done_withdraw    GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
said_done_withdraw    POST  in   404  404  404  hi   404  404  404  404  404  go   404  404  404  404  404
opportunity_close     GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
opportunity_close     POST  in   404  404  404  hi   404  404  404  404  404  go   404  404  404  404  404
seat_set              GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
seat_set              POST  in   404  404  404  hi   404  404  404  404  404  go   404  404  404  404  404
said_done_list        GET   go   200  200  200  go   200  200  200  200  200  200  200  200  200  200  200
said_done_list        POST  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
seat_list             GET   go   200  200  200  go   200  200  200  200  200  200  200  200  200  200  200
seat_list             POST  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405  405
opportunity_show      GET   in   200  200  200  hi   200  200  200  200  200  200  200  200  200  404  404
opportunity_show      POST  in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
opportunity_join      GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
opportunity_join      POST  in   go   go   go   hi   go   go   404  404  404  404  go   go   404  404  404
seat_apply            GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
seat_apply            POST  in   go   go   go   hi   go   go   404  404  404  404  go   go   404  404  404
interest_leave        GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
interest_leave        POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
interest_outcome      GET   in   404  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
interest_outcome      POST  in   404  404  404  hi   404  404  404  404  404  404  404  404  404  404  404
seat_name             GET   in   405  405  405  hi   405  405  405  405  405  405  405  405  405  405  405
seat_name             POST  in   go   404  404  hi   404  404  404  404  404  404  404  404  404  404  404
"""

# Storing a message commits, and so does whoever looks at one: these are walked on a database of their own.
COMMITS = {
    "message_list_or_post",
    "supervision_look",
    "held_look",
    "exception_look",
    "media_add",
    "concern_read",
    "prompt_read",
    "entry_share",
}


@dataclass(frozen=True)
class Request:
    """What is in the path, and a form that would be accepted from whoever may send it."""

    path: dict[str, object] = field(default_factory=dict)
    form: dict[str, object] = field(default_factory=dict)


def request_for(route: str, world: World) -> Request:
    make = REQUESTS.get(route)
    return make(world) if make else Request()


def _letter_case(world: World) -> Case:
    """Told by the caregiver about the youth, and at the coordinator's desk."""
    return tell(world)


def _letter(world: World, *, is_sent: bool = True, **form: object) -> Request:
    case = _letter_case(world)
    make = letters_ready.sent if is_sent else letters_ready.draft
    way = {"way": "mail"} if is_sent else {}
    return Request({"letter_id": make(world, case, "acknowledgment", **way).public_id}, form)


def _as_request(make: Callable[[World], tuple[dict[str, object], dict[str, object]]]) -> Callable[[World], Request]:
    return lambda world: Request(*make(world))


def _family(world: World, **form: object) -> Request:
    return Request({"family_id": world.family.public_id}, form)


def _conversation(world: World, **form: object) -> Request:
    return Request({"conversation_id": world.conversation.public_id}, form)


def _own_message(world: World, **form: object) -> Request:
    """One of the caregiver's, changed since."""
    conversation = Conversation.objects.get(pk=world.conversation.pk)
    message = Message.objects.filter(conversation=conversation, author=world.caregiver).order_by("seq").first()
    if message is None:
        key = uuid4()
        sealed = conversation.cipher().seal("Hello there", body_context(conversation.public_id, key))
        message = Message.objects.create(
            conversation=conversation,
            seq=conversation.last_seq + 1,
            key=key,
            author=world.caregiver,
            body=sealed,
            sent_at=timezone.now(),
            revised_at=timezone.now(),
        )
        Revision.objects.create(message=message, body=sealed)
        Conversation.objects.filter(pk=conversation.pk).update(last_seq=message.seq)
    return Request({"conversation_id": conversation.public_id, "seq": message.seq}, form)


def _young(world: World, **form: object) -> Request:
    """The conversation of the young person and the mentor, over which the liaison watches."""
    pairing = Pairing.objects.filter(
        member=world.youth_member, peer=world.mentor_role, state__in=Pairing.TAKES_PLACE
    ).first()
    if pairing is None:
        if not DutyHours.objects.filter(staff_role=world.liaison_role).exists():
            safety.add_duty_hours(
                actor=world.liaison,
                role=world.liaison_role,
                weekdays=range(7),
                starts=dt.time(8),
                ends=dt.time(18),
            )
        pairing = peer_support.propose_pairing(
            actor=world.liaison, member=world.youth_member, peer=world.mentor_role, reason="They both draw."
        )
        peer_support.accept_pairing(actor=world.youth, pairing=pairing)
        pairing.refresh_from_db()
        Permission.objects.create(
            pairing=pairing, given_by=world.caregiver, ends_on=world.program.today() + dt.timedelta(days=300)
        )
    assert pairing.conversation is not None
    return Request({"conversation_id": pairing.conversation.public_id}, form)


def _young_talk(world: World) -> Conversation:
    return Conversation.objects.get(public_id=str(_young(world).path["conversation_id"]))


def _stopped(world: World) -> Request:
    conversation = _young_talk(world)
    safety.freeze(actor=world.liaison, conversation=conversation, reason="Somebody was worried.")
    return Request({"conversation_id": conversation.public_id}, {"outcome": "false_alarm", "words": ""})


def _held_message(world: World) -> Request:
    conversation, key = _young_talk(world), uuid4()
    held = HeldMessage.objects.create(
        conversation=conversation,
        key=key,
        author=world.mentor,
        body=conversation.cipher().seal("Call me", body_context(conversation.public_id, key)),
        why="review",
        written_at=timezone.now(),
    )
    return Request({"held_id": held.public_id}, {"what": "stop"})


def _second_helper(world: World) -> Request:
    return Request({"conversation_id": _young_talk(world).public_id, "role_id": world.mentor_role.public_id})


def _tie(world: World) -> Request:
    tie = safety.note_tie(actor=world.lead, one=world.mentor, other=world.second_peer)
    return Request({"tie_id": tie.public_id})


def _exception(world: World, *, is_agreed: bool = False) -> Request:
    """Of the law; asked for by one who led the program then."""
    now = timezone.now()
    asked = LegalException(
        conversation=_young_talk(world),
        ground="court",
        asked_by=world.supervisor_role,
        agreed_by=world.lead_role if is_agreed else None,
        agreed_at=now if is_agreed else None,
        ends_at=now + dt.timedelta(days=9),
        reveal_at=now + dt.timedelta(days=9),
    )
    asked.reason = "Order 12"
    asked.save()
    return Request({"exception_id": asked.public_id})


def _message_waits(world: World) -> Request:
    """Of a message to the peer partner, of which the liaison was told by name."""
    stretch, is_new = UnreadStretch.objects.get_or_create(
        conversation=world.conversation,
        reader=world.peer,
        staff_role=world.peer_role,
        from_seq=1_000,
        defaults={
            "since": timezone.now(),
            "family_author": world.caregiver,
            "family_since": timezone.now(),
        },
    )
    if is_new:
        LadderStep.objects.create(stretch=stretch, step="liaison").told.add(world.liaison_role)
    return Request({"stretch_id": stretch.public_id})


def _worry(world: World) -> Concern:
    """About the caregiver, of which the liaison was told by name."""
    return safety.raise_concern(
        joined_by="walk",
        organization=world.peer_role.organization,
        person=world.caregiver,
        source=Concern.Source.SCREENER,
        severity=Concern.Severity.CRISIS,
        kinds=["violence"],
        family=world.family,
        conversation=world.conversation,
    )


def _concern(world: World, **form: object) -> Request:
    return Request({"concern_id": _worry(world).public_id}, form)


def _prompt(world: World) -> Request:
    """In a conversation that the liaison watches over."""
    watch = {"conversation": world.conversation, "staff_role": world.liaison_role}
    if not Supervision.objects.filter(**watch).exists():
        Supervision.objects.create(**watch)
        for day in range(7):
            DutyHours.objects.create(staff_role=world.liaison_role, weekday=day, starts=dt.time(0), ends=dt.time(23))
    prompt, _is_new = Prompt.objects.get_or_create(
        conversation=world.conversation, week=dt.date(2026, 1, 5), kind=Prompt.Kind.SAMPLE
    )
    return Request({"prompt_id": prompt.public_id})


def _debrief(world: World, role: StaffRole, answer: str = "") -> Request:
    debrief = Debrief.objects.create(
        concern=_worry(world), staff_role=role, answer=answer, answered_at=timezone.now() if answer else None
    )
    return Request({"debrief_id": debrief.public_id}, {"answer": "fine"})


def _debrief_talked(world: World) -> Request:
    """Of a peer whom the liaison leads."""
    StaffRole.objects.filter(pk=world.second_peer_role.pk).update(supervisor=world.liaison_role)
    return _debrief(world, world.second_peer_role, "talk")


def _repair(world: World) -> Request:
    repair = Repair(concern=_worry(world), person=world.caregiver, by=world.liaison_role)
    repair.text = "Nothing was wrong."
    repair.save()
    return Request({"repair_id": repair.public_id})


def _told_message(world: World) -> Request:
    """One that the peer partner wrote and the caregiver reads."""
    talk = Conversation.objects.get(pk=world.conversation.pk)
    fill(talk, [world.peer], ["Hello"])
    return Request({"conversation_id": talk.public_id, "seq": talk.last_seq}, {"kinds": ["gifts"]})


def _member_add(world: World) -> Request:
    return _family(
        world, display_name="Rosa Quill", role="natural_support", language="en", email="rosa.quill@example.org"
    )


def _authority_add(world: World) -> Request:
    return _family(
        world,
        adult=world.second_caregiver.public_id,
        youth=world.child.public_id,
        scope="school",
        evidence="Order seen",
        starts_on=dt.date(2026, 1, 1),
    )


def _no_contact_add(world: World) -> Request:
    return _family(
        world,
        protected=world.second_caregiver.public_id,
        hidden_from=world.caregiver.public_id,
        reason="Order seen",
    )


def _no_contact_end(world: World) -> Request:
    return Request({"family_id": world.family.public_id, "flag_id": world.keep_apart().pk})


def _hold_lift(world: World) -> Request:
    hold = families.place_hold(actor=world.lead, family=world.family, reason="Letter of a court")
    return Request({"hold_id": hold.public_id})


def _waiting(world: World) -> Person:
    """Somebody of the family who has not been here yet."""
    person = accounts.create_person(display_name="Rosa Quill")
    families.add_member(actor=world.liaison, family=world.family, person=person, role=Member.Role.NATURAL_SUPPORT)
    return person


def _invitation_add(world: World) -> Request:
    return Request({"family_id": world.family.public_id, "person_id": _waiting(world).public_id})


def _invitation_show(world: World) -> Request:
    return Request({"token": accounts.invite(actor=world.liaison, person=_waiting(world))})


def _translation_review(_world: World) -> Request:
    return Request(form={"key": content.every_key()[0], "language": "es", "seen": "0", "qualification": ""})


def _clock(world: World, rule_id: str = "LA-PLAN", plan: str = "", key: str = "routes") -> Clock:
    """Something owed to the family, begun today."""
    return clocks.start_clock(
        actor=None,
        program=world.program,
        rule_id=rule_id,
        started_at=timezone.now(),
        trigger_key=key,
        matter=Matter(family=world.family, plan=plan),
    )


def _one_clock(world: World) -> Request:
    return Request({"clock_id": _clock(world).public_id})


def _clock_done(world: World) -> Request:
    return Request({"clock_id": _clock(world).public_id}, {"on": world.program.today()})


def _clock_more_time(world: World) -> Request:
    clock = _clock(world, "GRIEVANCE-RESOLVE", "csoc-contractor")
    return Request({"clock_id": clock.public_id}, {"reason": "A record has not come yet."})


def _clock_standing_still(world: World) -> Request:
    clock = _clock(world, "SFH-DECISION", "medicaid-managed-care")
    return Request({"clock_id": clock.public_id}, {"reason": "family_had_not_asked_yet"})


def _clock_going_on(world: World) -> Request:
    clock = _clock(world, "SFH-DECISION", "medicaid-managed-care", key="standing still")
    if clock.state == Clock.State.OPEN:
        clocks.pause_clock(actor=None, clock=clock, reason="family_had_not_asked_yet")
    return Request({"clock_id": clock.public_id})


def _clock_of_contacts(world: World, key: str) -> Clock:
    """One that a family may let wait, as Florida's rule lets it."""
    clock = _clock(world, "SFH-DECISION", "medicaid-managed-care", key=key)
    Clock.objects.filter(pk=clock.pk).update(terms=clock.terms | {"pause": ["family_said_not_now"]})
    return Clock.objects.get(pk=clock.pk)


def _clock_not_now(world: World) -> Request:
    return Request({"clock_id": _clock_of_contacts(world, "not now").public_id}, {"until": _soon()})


def _clock_again(world: World) -> Request:
    clock = _clock_of_contacts(world, "again")
    if clock.state == Clock.State.OPEN:
        clocks.pause_clock(actor=None, clock=clock, reason="family_said_not_now")
    return Request({"clock_id": clock.public_id})


def _clock_excused(world: World) -> Request:
    clock = _clock(world, "ADVANCE-NOTICE", "medicaid-managed-care")
    return Request({"clock_id": clock.public_id}, {"exception": "probable_fraud_5_days", "reason": "Seen on paper."})


def _calendar_feed(world: World) -> Request:
    return Request({"token": clocks.make_calendar(actor=world.caregiver)})


def _wish(world: World, **form: object) -> Request:
    """What the first caregiver asked for."""
    peer_support.ask_for_peer(actor=world.caregiver, member=world.caregiver_member, languages=["en"])
    return Request({"family_id": world.family.public_id, "person_id": world.caregiver.public_id}, form)


def _conflict(world: World) -> Request:
    noted = peer_support.note_conflict(
        actor=world.liaison, family=world.family, peer=world.second_peer_role, kind=Conflict.Kind.OTHER
    )
    return Request({"conflict_id": noted.public_id})


def _pairing_propose(world: World) -> Request:
    return _family(
        world,
        member=world.caregiver.public_id,
        peer=world.second_peer_role.public_id,
        reason="They have the same language.",
    )


def _case(world: World) -> Enrollment:
    """The youth's time in the programme; the same one however often it is asked for."""
    today = world.program.today()
    made, _is_new = Enrollment.objects.get_or_create(
        family=world.family,
        youth=world.youth_member,
        defaults={
            "care_manager": world.facilitator_role,
            "enrolled_on": today,
            "next_review_on": today,
            "created_by": world.facilitator,
        },
    )
    return made


def _enrollment(world: World, **form: object) -> Request:
    return Request({"enrollment_id": _case(world).public_id}, form)


def _decision(world: World, **form: object) -> Request:
    today = world.program.today()
    made, _is_new = Decision.objects.get_or_create(
        family=world.family,
        youth=world.youth_member,
        defaults={
            "owner": world.facilitator_role,
            "referred_on": today,
            "meets_on": today,
            "opened_by": world.facilitator,
        },
    )
    return Request({"decision_id": made.public_id}, form)


def _objective(world: World) -> Request:
    goal, _is_new = Objective.objects.get_or_create(
        enrollment=_case(world), text="Sleeps at home", defaults={"added_by": world.facilitator}
    )
    return Request({"objective_id": goal.public_id})


def _discharge(world: World, **form: object) -> Request:
    left, _is_new = Discharge.objects.get_or_create(
        enrollment=_case(world),
        on=world.program.today(),
        defaults={"is_medicine_needed": True, "recorded_by": world.facilitator},
    )
    return Request({"discharge_id": left.public_id}, form)


def _owner_give(world: World) -> Request:
    return Request({"case_id": _case(world).public_id}, {"care_manager": world.facilitator_role.public_id})


def _case_basis(world: World, **form: object) -> Request:
    case = _case(world)
    Enrollment.objects.filter(pk=case.pk).update(access_basis="parent")
    return Request({"case_id": case.public_id}, form)


def _care_plan(world: World, **form: object) -> Request:
    """The young person's plan, with one goal in it."""
    known = Plan.objects.filter(youth=world.youth_member).first()
    if known is None:
        known = opened(world)
        agreed(goal(world, known))
    return Request({"plan_id": known.public_id}, form)


def _seat(world: World, *, by_staff: bool = True, **form: object) -> Request:
    """Somebody on the team by name whom staff proposed; the family said yes."""
    request = _care_plan(world)
    plan = Plan.objects.get(youth=world.youth_member)
    asker, role = (world.facilitator, "school") if by_staff else (world.caregiver, "neighbor")
    seat = Seat.objects.filter(plan=plan, by_itself=False, asked_by=asker).first()
    if seat is None:
        seat = care.add_seat(actor=asker, plan=plan, role=role, name="Ms. Reed")
        if by_staff:
            care.answer_seat(actor=world.caregiver, seat=seat, yes=True)
    return Request({**request.path, "seat_id": seat.public_id}, form)


def _seat_of_staff(world: World) -> Request:
    request = _care_plan(world)
    seat = Seat.objects.get(plan__youth=world.youth_member, person=world.facilitator, by_itself=True)
    return Request({**request.path, "seat_id": seat.public_id})


def _team_empty(world: World) -> Request:
    return Request({**_care_plan(world).path, "role": "provider"}, {"why": "No helper yet"})


CHOICES: dict[str, Callable[[World], Request]] = {
    name: _as_request(make) for name, make in choosing_routes.CHOICES.items()
}


def _team_ask_show(world: World) -> Request:
    request = _seat_of_staff(world)
    ask = care.ask_change(actor=world.caregiver, seat=Seat.objects.get(public_id=str(request.path["seat_id"])))
    return Request({"ask_id": ask.public_id}, {"answer": "stays", "words": "We talk first."})


def _team_link_open(world: World) -> Request:
    request = _seat(world, by_staff=False)
    token, word = care.make_link(actor=world.caregiver, seat=Seat.objects.get(public_id=str(request.path["seat_id"])))
    return Request({"token": token}, {"word": "000000" if word != "000000" else "111111"})


def _difference(world: World) -> Request:
    """Another system says something else about the goal."""
    request = _care_plan(world)
    item = Item.objects.filter(plan__public_id=str(request.path["plan_id"]), kind="goal").get()
    record, _made = ForeignRecord.objects.get_or_create(
        program=world.program,
        system="test",
        kind="Goal",
        foreign_id="1",
        family=world.family,
        defaults={"row_kind": "item", "row_id": item.pk, "content_hash": ""},
    )
    row = Difference.objects.filter(item=item, record=record, answer="").first()
    if row is None:
        row = Difference(item=item, record=record)
        row.data = json.dumps(item.data)
        row.save()
    return Request({**request.path, "difference_id": row.public_id}, {"answer": "keep", "mark": item.mark})


def _plan_list(world: World) -> Request:
    _care_plan(world)
    return Request()


def _plan_seen(world: World) -> Request:
    """The mark on a page is its reader's own: whoever reads another one's sends something that is none."""
    return _care_plan(world, mark="")


def _plan_open(world: World) -> Request:
    soon = world.program.today() + dt.timedelta(days=20)
    return _family(world, youth=world.youth.public_id, next_on=soon)


def _item_add(world: World) -> Request:
    request = _care_plan(world, text="Sleep", whose="youth", domain="health", access_basis="parent")
    return Request({**request.path, "kind": "goal"}, request.form)


def _item(world: World, **form: object) -> Request:
    request = _care_plan(world)
    item = Item.objects.get(plan__youth=world.youth_member)
    return Request({**request.path, "item_id": item.public_id}, {"mark": item.mark, **form})


def _suggestion(world: World, **form: object) -> Request:
    """A second goal, of which the family has not said anything yet."""
    request = _care_plan(world)
    plan = Plan.objects.get(youth=world.youth_member)
    item = Item.objects.filter(plan=plan, standing="suggested").first() or goal(world, plan, "Sleep")
    return Request({**request.path, "item_id": item.public_id}, {"mark": item.suggestion_mark, **form})


def _gone_ahead(world: World, **form: object) -> Request:
    """One of the family has said that the plan can be made final."""
    request = _care_plan(world, **form)
    plan = Plan.objects.get(youth=world.youth_member)
    for need in Item.objects.filter(plan=plan, kind="need").select_related("plan"):
        voice.explain_one_option(actor=world.facilitator, need=need, why="There is one clinic")
    ahead(world, plan, None, *Item.objects.filter(plan=plan, standing="suggested"))
    return request


def _final(world: World, **form: object) -> Request:
    request = _gone_ahead(world, **form)
    voice.make_final(actor=world.facilitator, plan=Plan.objects.get(youth=world.youth_member))
    return request


def _plan_objection(world: World, **form: object) -> Request:
    request = _final(world, **form)
    plan = Plan.objects.get(youth=world.youth_member)
    made = voice.object_to_plan(actor=world.caregiver, plan=plan, words="Not on Mondays")
    return Request({**request.path, "objection_id": made.public_id}, form)


def _need(world: World, **form: object) -> Request:
    request = _care_plan(world)
    plan = Plan.objects.get(youth=world.youth_member)
    item = added(world.facilitator, plan, "need", text="Sleep", domain="health")
    return Request({**request.path, "item_id": item.public_id}, form)


def _preference(world: World) -> Request:
    request = _care_plan(world)
    plan = Plan.objects.get(youth=world.youth_member)
    made = voice.ask_of_all(actor=world.caregiver, plan=plan, kind="do_not", words="No calls at night")
    return Request({**request.path, "preference_id": made.public_id})


def _phase_end(world: World) -> Request:
    request = _care_plan(world, phase="engagement")
    plan = Plan.objects.get(youth=world.youth_member)
    voice.say_at_phase(actor=world.caregiver, plan=plan, phase="engagement")
    return request


def _round(world: World, **form: object) -> Request:
    _care_plan(world)
    made = asked_round(world, Plan.objects.get(youth=world.youth_member))
    return Request({"round_id": made.public_id}, {"wording": "1", **form})


def _round_asked(world: World) -> Request:
    request = _round(world, answer="At the library")
    made = Round.objects.get(public_id=str(request.path["round_id"]))
    question = voice.ask_in_round(actor=world.caregiver, one=made, text="Where?")
    return Request({**request.path, "question_id": question.public_id}, request.form)


def _round_objected(world: World) -> Request:
    request = _round(world, reason="There is no other day")
    made = Round.objects.get(public_id=str(request.path["round_id"]))
    said = voice.take_position(actor=world.caregiver, one=made, wording=1, says="object", words="Not on Mondays")
    return Request({**request.path, "position_id": said.public_id}, request.form)


def _round_said(world: World) -> Request:
    request = _round(world, outcome="agreed")
    made = Round.objects.get(public_id=str(request.path["round_id"]))
    for person in (world.caregiver, world.second_caregiver, world.youth):
        voice.take_position(actor=person, one=made, wording=1, says="agree")
    return request


def _release(world: World) -> Request:
    """Signed by one caregiver for the plan: the other one decides about school alone."""
    return Request({"release_id": signed(world, world.caregiver, "plan").public_id})


def _release_add(world: World) -> Request:
    today = world.program.today()
    said = {
        "to": "name",
        "to_name": "Gulf Clinic",
        "discloser": world.program.name,
        "why": "One plan",
        "has_read": "on",
    }
    days = {"starts_on": today, "ends_on": today + dt.timedelta(days=90)}
    form = {"key": uuid4(), "categories": ["plan"], "language": "en", "signed_as": "O. Marchand", **said, **days}
    return Request({"youth_id": world.youth.public_id}, form)


def _disclosure_add(world: World) -> Request:
    release = signed(world, world.caregiver, "plan")
    form = {"key": uuid4(), "to": release.public_id, "categories": ["plan"], "what": "The goals"}
    return Request({"youth_id": world.youth.public_id}, form)


def _disclosure(world: World) -> Request:
    release = signed(world, world.caregiver, "plan")
    done = families.share(
        actor=world.facilitator,
        youth=world.youth_member,
        to_name="Gulf Clinic",
        categories=["plan"],
        what="The goals",
        release=release,
    )
    return Request({"disclosure_id": done.public_id})


def _meeting_of(world: World, *, minutes: int = 60, **form: object) -> Request:
    """A meeting the family has said yes to; on the team is a neighbor without an account. By its `minutes` it is told apart."""
    _care_plan(world)
    plan = Plan.objects.get(youth=world.youth_member)
    meeting = TeamMeeting.objects.filter(plan=plan, minutes=minutes).first()
    if meeting is None:
        seated(world, plan, None, name="Aunt Bea")
        meeting = proposed(world.caregiver, plan, minutes=minutes)
    return Request({"meeting_id": meeting.public_id}, {"mark": meeting.sequence, **form})


def _meetings(world: World) -> Request:
    _meeting_of(world)
    return Request()


def _meeting_in(world: World, **form: object) -> Request:
    request = _care_plan(world)
    soon = world.program.today() + dt.timedelta(days=4)
    said = {"day": soon, "time": "17:30", "zone": "America/Chicago", "minutes": 60, "how": "phone", "place": "555-0100"}
    return Request(request.path, said | form)


def _meeting_over(world: World, *, minutes: int = 45, **form: object) -> Request:
    request = _meeting_of(world, minutes=minutes, **form)
    TeamMeeting.objects.filter(minutes=minutes).update(starts_at=timezone.now() - dt.timedelta(hours=2))
    return request


def _meeting_held(world: World) -> Request:
    request = _meeting_over(
        world, minutes=30, text="Ask", owner="Ms. Reed", agency="School", due_on=_today(world), access_basis="parent"
    )
    TeamMeeting.objects.filter(minutes=30).update(state="held", ended_at=timezone.now())
    return request


def _meeting_guest(world: World, **form: object) -> Request:
    request = _meeting_of(world)
    seat = Seat.objects.filter(visits__meeting__minutes=60, person=None).order_by("pk")[0]
    return Request({**request.path, "seat_id": seat.public_id}, request.form | form)


def _liaison_guest(world: World) -> Request:
    request = _meeting_of(world)
    seat = Seat.objects.get(visits__meeting__minutes=60, person=world.liaison)
    return Request({**request.path, "seat_id": seat.public_id}, request.form)


def _agenda(world: World, *, reads_mark: bool = False) -> Request:
    """Two things the family wants to talk about."""
    request = _meeting_of(world)
    meeting = TeamMeeting.objects.get(minutes=60)
    items = [
        voice.add_agenda_item(actor=world.caregiver, meeting=meeting, key=uuid4(), text=text)
        for text in ("The bus", "School")
    ]
    if reads_mark:
        return Request(request.path, {"mark": mark_of(items)})
    return Request({**request.path, "item_id": items[0].public_id}, {"past": items[1].public_id})


def _prepared(world: World, *, who: str = "youth", fate: str = "keep", **form: object) -> Request:
    _meeting_of(world)
    meeting, actor = TeamMeeting.objects.get(minutes=60), getattr(world, who)
    (point,) = voice.write_down(actor=actor, meeting=meeting, points=[voice.Words(uuid4(), "say", "Ask me first")])
    if fate != "keep":
        voice.choose_for_point(actor=actor, point=point, fate=fate)
    return Request({"point_id": point.public_id}, form)


def _pulse(world: World, **form: object) -> Request:
    _meeting_held(world)
    voice.ask_pulses()
    return Request({"pulse_id": Pulse.objects.get(person=world.caregiver).public_id}, form)


def _this_year(world: World) -> str:
    return str(yearly.year_now(world.program).first)


def _enrollment_add(world: World) -> Request:
    today = world.program.today()
    return _family(
        world,
        youth=world.child.public_id,
        access_basis="parent",
        care_manager=world.facilitator_role.public_id,
        enrolled_on=today,
        next_on=today,
    )


def _closure(world: World) -> Request:
    day = world.program.today() + dt.timedelta(days=3)
    return Request({}, {"name": "Ice", "kind": "closure", "first_on": day, "last_on": day})


def _today(world: World) -> dt.date:
    return world.program.today()


def _referral(world: World, **form: object) -> Request:
    """One that a school sent, and that the family's liaison has taken on."""
    return Request({"referral_id": _school_asks(world).public_id}, form)


def _school_asks(world: World) -> Referral:
    referral, _code = referrals.record_partner_referral(
        actor=world.liaison,
        role=world.liaison_role,
        source="school",
        answers={"first_name": "Nia", "partner": "Cypress Middle School"},
        consent="yes",
        language="en",
    )
    return referral


def _referral_reply(world: World) -> Request:
    referral = _school_asks(world)
    asked = referrals.ask(referral=referral, about="age", words="She is 19.", key=uuid4())
    return Request({"referral_id": referral.public_id, "question_id": asked.public_id}, {"words": "That fits."})


def _peer(world: World, **form: object) -> Request:
    return Request({"role_id": world.peer_role.public_id}, form)


def _said_by_peer(world: World) -> PeerProfile:
    """Two years in two systems, one of which still goes on, and the peer's word; nobody has checked it."""
    known = PeerProfile.objects.filter(staff_role=world.peer_role).first()
    if known is None:
        ready.said_by(world.peer_role)
        ready.lived(world.peer_role, ("child_welfare", 900, 100), ("courts", 900, None))
        peer_support.attest(actor=world.peer, role=world.peer_role)
        known = PeerProfile.objects.get(staff_role=world.peer_role)
    return known


def _peer_verify(world: World) -> Request:
    profile = _said_by_peer(world)
    return _peer(world, attested_at=profile.attested_at.isoformat() if profile.attested_at else "")


def _peer_attest(world: World) -> Request:
    _said_by_peer(world)
    return _peer(world)


def _lived_system(world: World, **form: object) -> Request:
    lived = _said_by_peer(world).lived_systems.get(until_on=None)
    return Request({"role_id": world.peer_role.public_id, "system_id": lived.public_id}, form)


def _credential(world: World) -> Request:
    paper, _is_new = Credential.objects.get_or_create(
        staff_role=world.peer_role,
        kind="training",
        title="First aid",
        defaults={"issued_on": world.program.today(), "added_by": world.lead},
    )
    return Request({"role_id": world.peer_role.public_id, "credential_id": paper.public_id})


def _reached(world: World, **form: object) -> Request:
    """A person of the family, and who may be in touch with them."""
    return Request({"family_id": world.family.public_id, "person_id": world.caregiver.public_id}, form)


def _contact_add(world: World) -> Request:
    now = timezone.now().astimezone(world.program.zone)
    form = {"key": uuid4(), "way": "visit", "outcome": "reached", "setting": "home", "on": now.date()}
    return _reached(world, **form, time=f"{now:%H:%M}")


def _contact_felt(world: World) -> Request:
    contact = peer_support.log_contact(
        actor=world.peer,
        role=world.peer_role,
        member=world.caregiver_member,
        said=peer_support.Said(UUID(int=1), "visit", "reached", timezone.now(), setting="home"),
    )
    return Request({"contact_id": contact.public_id}, {"answer": "yes"})


def _contact_call_off(world: World) -> Request:
    plan = peer_support.plan_contact(
        actor=world.liaison,
        role=world.liaison_role,
        member=world.caregiver_member,
        way="visit",
        planned_at=timezone.now() + dt.timedelta(days=1),
    )
    return Request({"plan_id": plan.public_id})


def _pause_end(world: World) -> Request:
    pause = peer_support.say_not_now(
        actor=world.caregiver, member=world.caregiver_member, channel="page", comes_back_on=_soon()
    )
    return Request({"pause_id": pause.public_id})


def _check_in(world: World, *, is_answered: bool = True, **form: object) -> Request:
    """A question to the caregiver, who said that she does not feel less alone yet, or has not said anything."""
    number = CheckIn.objects.filter(pairing=world.pairing).count() + 1
    check_in = CheckIn.objects.create(pairing=world.pairing, number=number)
    if is_answered:
        peer_support.answer_check_in(actor=world.caregiver, check_in=check_in, answer="not_yet")
    return Request({"check_in_id": check_in.public_id}, form)


def _group(world: World, **form: object) -> Request:
    """One that the first caregiver is in, led by the liaison and the peer partner."""
    group = grouped.opened(world)
    grouped.let_in(world, group, world.caregiver)
    return Request({"group_id": group.public_id}, form)


def _group_report(world: World) -> Request:
    """Of a message that the caregiver has read."""
    request = _group(world, seq=1)
    talk = Conversation.objects.get(group__public_id=str(request.path["group_id"]))
    fill(talk, [world.second_caregiver], ["Hello"])
    talk.participants.filter(person=world.caregiver).update(read_seq=1)
    return request


def _group_lead_end(world: World) -> Request:
    request = _group(world)
    return Request(request.path | {"role_id": world.peer_role.public_id})


def _begun(world: World, **form: object) -> Request:
    """What the caregiver has begun to tell, and not sent. A page of ours hands in what was typed whoever holds it now."""
    draft, _code = drafts.begin_draft(program=world.program, person=world.caregiver)
    fields: dict[str, str | list[str]] = {"words": "Nobody has called us back."}
    drafts.keep_draft(draft=draft, fields=fields, page="a", seen=0)
    return Request({"draft_id": draft.public_id}, {"token": token_of(draft), "page": "a", "seen": "1", **form})


def _told(world: World) -> Case:
    draft = Draft.objects.get(public_id=str(_begun(world).path["draft_id"]))
    return drafts.send_draft(draft=draft, person=world.caregiver)


def _told_letter(world: World) -> Request:
    letter = sent_letter(_told(world))
    return Request({"draft_id": letter.case.draft.public_id, "letter_id": letter.public_id})


def _told_file(world: World) -> Request:
    draft = Draft.objects.get(public_id=str(_begun(world).path["draft_id"]))
    return Request({"file_id": drafts.add_file(draft=draft, data=photo(size=(32, 24))).public_id})


class _Upload(SimpleUploadedFile):
    """One that can be sent again by the next one who asks."""

    def read(self, *_size: int) -> bytes:
        assert self.file is not None
        self.file.seek(0)
        return bytes(self.file.read())


def _tell_file(world: World) -> Request:
    return Request(_begun(world).path, {"file": _Upload("photo", photo(size=(32, 24)))})


def _media_add(world: World) -> Request:
    return _conversation(world, key=str(uuid4()), file=SimpleUploadedFile("photo", photo(size=(32, 24))))


def _media(world: World) -> Request:
    """In a group, so that the conversation of the world stays as it is."""
    talk = Conversation.objects.get(group__public_id=str(_group(world).path["group_id"]))
    return Request({"media_id": show_photo(talk, world.caregiver).public_id})


def _asked_place(world: World) -> Request:
    group = Group.objects.get(**_by_id(_group(world)))
    return Request({"place_id": grouped.asked(group, world.second_caregiver).public_id})


def _taken_place(world: World) -> Request:
    group = Group.objects.get(**_by_id(_group(world)))
    return Request({"place_id": group.memberships.get().public_id}, {"reason": "A picture was shared."})


def _report_settle(world: World) -> Request:
    group = Group.objects.get(**_by_id(_group_report(world)))
    report = peer_support.report_message(actor=world.caregiver, group=group, seq=1)
    return Request({"report_id": report.public_id}, {"outcome": "talked"})


def _by_id(request: Request) -> dict[str, Any]:
    return {"public_id": request.path["group_id"]}


def _pairing(world: World, state: str = "active", **form: object) -> Request:
    """The caregiver's, as it would be in that state."""
    later = timezone.now() + dt.timedelta(days=5)
    fields: dict[str, Any] = {
        "accepted": {"began_at": None},
        "paused": {"paused_by": "family", "paused_until": later.date()},
        "ending": {"ended_by": "family", "goodbye_until": later, "ending_at": timezone.now()},
    }
    Pairing.objects.filter(pk=world.pairing.pk).update(state=state, **fields.get(state, {}))
    return Request({"pairing_id": world.pairing.public_id}, form)


def _meeting(world: World, **form: object) -> dict[str, object]:
    return {"meets_on": world.program.today(), "way": "in_person", "setting": "home", **form}


def _past_pairing(world: World, **form: object) -> Request:
    """One of the caregiver's that has ended, beside the one that goes on."""
    past, _made = Pairing.objects.get_or_create(
        family=world.family,
        member=world.caregiver_member,
        peer=world.second_peer_role,
        state="ended",
        defaults={"proposed_by": world.liaison, "ended_at": timezone.now()},
    )
    return Request({"pairing_id": past.public_id}, form)


def _next_pairing(world: World, **form: object) -> Request:
    """The caregiver has one peer partner, and said yes to another one."""
    _pairing(world)
    new = Pairing.objects.filter(member=world.caregiver_member, peer=world.second_peer_role).first()
    if new is None:
        new = peer_support.propose_pairing(
            actor=world.liaison, member=world.caregiver_member, peer=world.second_peer_role, reason="They fit."
        )
        peer_support.accept_pairing(actor=world.caregiver, pairing=new)
    return Request({"pairing_id": new.public_id}, {"old": world.pairing.public_id, **form})


def _coordinated(world: World, **form: object) -> Request:
    """The facilitator answers for the family."""
    if not Coordination.objects.filter(family=world.family).exists():
        peer_support.start_coordination(actor=world.liaison, family=world.family, coordinator=world.facilitator_role)
    return _family(world, receiver=world.liaison_role.public_id, **form)


def _mentored(world: World, state: str = "active", **form: object) -> Request:
    """The young person's mentor."""
    return Request({"pairing_id": mentored.mentored(world, state).public_id}, form)


def _permission_note(world: World) -> Request:
    return _mentored(world, guardian=world.caregiver.public_id, is_yes="no", evidence="A call to her number")


def _growing_let(world: World) -> Request:
    """Some days before the young person is 18."""
    today = world.program.today() + dt.timedelta(days=20)
    Person.objects.filter(pk=world.youth.pk).update(born_on=today.replace(year=today.year - 18, day=min(today.day, 28)))
    return Request({"member_id": world.caregiver.public_id}, {"let": "yes"})


def _hand_off(world: World, **form: object) -> Request:
    """From the facilitator to the liaison, with the caregiver."""
    _coordinated(world)
    made = HandOff.objects.filter(family=world.family).first() or peer_support.plan_coordinator_hand_off(
        actor=world.liaison,
        family=world.family,
        member=world.caregiver_member,
        receiver=world.liaison_role,
        plan=peer_support.Plan(meets_on=world.program.today(), way="video", setting="home"),
    )
    return Request({"hand_off_id": made.public_id}, form)


def _confirm(world: World) -> Request:
    return _hand_off(world, met_on=world.program.today(), way="video", setting="home", family_present="yes")


def _plan(world: World) -> Request:
    return _coordinated(world, **_meeting(world, member=world.caregiver.public_id))


def _shift(world: World, **form: object) -> Request:
    """The peer is on call the night after tomorrow."""
    form = {"role": world.peer_role.public_id, "on": _soon(), "starts": "20:00", "ends": "08:00", **form}
    return Request(form=form)


def _shift_cancel(world: World) -> Request:
    starts, ends = safety.Local(_soon(), dt.time(8)), safety.Local(_soon(), dt.time(18))
    shift = OnCallShift.objects.filter(cancelled_at=None).first() or safety.add_shift(
        actor=world.liaison, role=world.peer_role, starts=starts, ends=ends
    )
    return Request({"shift_id": shift.public_id})


def _duty_hours(world: World) -> Request:
    hours, _is_new = DutyHours.objects.get_or_create(
        staff_role=world.peer_role, weekday=2, starts=dt.time(9), defaults={"ends": dt.time(17)}
    )
    return Request({"hours_id": hours.public_id})


def _class(world: World, **form: object) -> Request:
    """One that the family organization holds next week."""
    held, _is_new = EducatorClass.objects.get_or_create(
        organization=world.organization("fhf-jefferson"), title="Your school meeting", defaults=_held(world)
    )
    return Request({"class_id": held.public_id}, form)


def _held(world: World) -> dict[str, object]:
    return {
        "about": "What to ask for, and how.",
        "language": "en",
        "held_on": _soon(),
        "place": "Parish library, Gretna",
        "places": 8,
        "added_by": world.liaison,
    }


def _asked(world: World, **form: object) -> Request:
    """The first caregiver would like her peer partner to come to a meeting."""
    _pairing(world)
    asked = peer_support.ask_for_support(
        actor=world.caregiver,
        member=world.caregiver_member,
        ask=peer_support.Ask(key=UUID(int=5), kind="meeting", meets_on=_soon(), helper=world.peer_role),
    )
    return Request({"request_id": asked.public_id}, form)


def _skill(world: World, **form: object) -> Request:
    """What the first caregiver shares with her peer partner."""
    _pairing(world)
    known = ChosenSkill.objects.filter(member=world.caregiver_member).first()
    chosen = known or peer_support.choose_skill(
        actor=world.caregiver, member=world.caregiver_member, skill="say_no", share_with=world.pairing
    )
    return Request({"skill_id": chosen.public_id}, form)


def _skill_step(world: World) -> Request:
    _skill(world)
    chosen = ChosenSkill.objects.get(member=world.caregiver_member)
    step = peer_support.mark_step(actor=world.caregiver, chosen=chosen, on=world.program.today())
    return Request({"step_id": step.public_id})


def _helping(world: World, **form: object) -> Request:
    path = peer_support.offer_to_help(actor=world.caregiver, member=world.caregiver_member)
    return Request({"path_id": path.public_id}, form)


def _soon() -> dt.date:
    return dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=3)


def _report(world: World, **form: object) -> Request:
    """One the facilitator made and called about; of which the lead was told."""
    now = timezone.now()
    report, is_new = AbuseReport.objects.get_or_create(
        reporter=world.facilitator,
        ready_at__isnull=False,
        defaults={
            "staff_role": world.facilitator_role,
            "public_id": UUID(int=2),
            "sealed_said": _sealed_report(UUID(int=2)),
            "ready_at": now,
            "called_at": now,
            "told": world.lead_role,
        },
    )
    if is_new:
        call = ReportCall(report=report, outcome=ReportCall.Outcome.TAKEN, at=now)
        call.facts = {"whom": "The hotline", "took": "", "reference": ""}
        call.save()
    return Request({"report_id": report.public_id}, {"key": UUID(int=4), **form})


def _report_draft(world: World, **form: object) -> Request:
    draft, _is_new = AbuseReport.objects.get_or_create(
        reporter=world.facilitator,
        ready_at=None,
        defaults={
            "staff_role": world.facilitator_role,
            "public_id": UUID(int=3),
            "sealed_said": _sealed_report(UUID(int=3)),
        },
    )
    return Request({"report_id": draft.public_id}, {"key": draft.public_id, **form})


def _sealed_report(public_id: UUID) -> bytes:
    report = AbuseReport(public_id=public_id)
    report.said = {"what": "She said that nobody is home at night.", "suspect": "professional", "in_care": "yes"}
    return bytes(report.sealed_said)


def _report_call(world: World) -> Request:
    now = timezone.now().astimezone(world.program.zone)
    return _report(world, on=now.date(), time=f"{now:%H:%M}", outcome="taken")


def _entry(world: World, **form: object) -> Request:
    """Of the programme's directory."""
    return Request({"entry_id": listed(world.program).public_id}, form)


def _card(world: World) -> Request:
    """An entry that the peer partner shared with the caregiver."""
    shared = share(world.conversation, world.peer, listed(world.program))
    return Request({"card_id": shared.public_id}, {"outcome": "yes"})


def _watch(world: World, **form: object) -> Request:
    """Somebody who stood beside the family does no more, after a complaint: the family was asked and has answered."""
    grievances.file_case(
        program=world.program,
        words="Nobody called back.",
        filed_as="caregiver",
        way="page",
        language="en",
        filed_by=world.caregiver,
        family=world.family,
        youth=world.youth_member,
        at=timezone.now() - dt.timedelta(days=3),
    )
    now = timezone.now()
    StaffAssignment.objects.create(
        family=world.family, staff_role=world.lead_role, started_at=now - dt.timedelta(days=9), ended_at=now
    )
    grievances.watch_cases()
    watch = Watch.objects.filter(reviewer=world.coordinator_role, closed_at=None).latest("pk")
    grievances.ask_family(actor=world.coordinator, watch=watch)
    grievances.answer_watch(actor=world.caregiver, watch=watch, answer="yes", words="")
    return Request({"watch_id": watch.public_id}, form)


def _lesson(world: World) -> Request:
    lesson = grievances.publish_lesson(actor=world.coordinator, program=world.program, text="We call back in a day.")
    return Request({"lesson_id": lesson.public_id})


# -- cases -------------------------------------------------------------------------------------------------------------------


def _sorted_case(world: World, **said: object) -> Case:
    """The caregiver told us of something, and the coordinator has said what it is."""
    case = tell(world, **said)
    grievances.sort_case(actor=world.coordinator, case=case, kind="grievance", services=["d"])
    return Case.objects.get(pk=case.pk)


def _told_case(world: World, **form: object) -> Request:
    return Request({"case_id": _sorted_case(world).public_id}, form)


def _case_on_a_day(world: World, **form: object) -> Request:
    """What happened today, at no time of day in particular."""
    return _told_case(world, on=world.program.today().isoformat(), at_time="", **form)


def _case_outside(world: World, **form: object) -> Request:
    """Care itself is the question, and nobody here is trained to decide it."""
    case = _sorted_case(world)
    Case.objects.filter(pk=case.pk).update(is_clinical=True)
    return Request({"case_id": case.public_id}, form)


def _case_went_outside(world: World, **form: object) -> Request:
    request = _case_outside(world, **form)
    case = Case.objects.get(public_id=str(request.path["case_id"]))
    grievances.put_outside(actor=world.coordinator, case=case, to="ldh")
    return request


def _case_late(world: World, **form: object) -> Request:
    """At the plan, with all that more time needs."""
    case = _sorted_case(world)
    grievances.forward_case(actor=world.coordinator, case=case)
    grievances.confirm_receipt(actor=world.coordinator, case=case)
    grievances.note_try(actor=world.coordinator, case=case)
    sent_letter(case)
    return Request({"case_id": case.public_id}, form)


def _case_decided(world: World, **form: object) -> Request:
    case = _sorted_case(world)
    grievances.assign_decider(actor=world.coordinator, case=case, staff_role=world.coordinator_role)
    return Request({"case_id": case.public_id}, form)


def _case_answered(world: World, **form: object) -> Request:
    request = _case_decided(world, **form)
    case = Case.objects.get(public_id=str(request.path["case_id"]))
    grievances.resolve_case(
        actor=world.coordinator, case=case, outcome="agreed", answer="You were right.", changed="We call back in a day."
    )
    return request


def _case_of_another(world: World, **form: object) -> Request:
    """A neighbor spoke for the family."""
    case = _sorted_case(world, filed_by=world.natural_support, filed_as="other")
    return Request({"case_id": case.public_id}, form)


def _statement(world: World, **form: object) -> Request:
    """The caregiver's, to the team."""
    return Request({"statement_id": said.said(world).public_id}, form)


def _statement_answered(world: World, **form: object) -> Request:
    return Request({"statement_id": said.answered(world, said.said(world)).public_id}, form)


def _statement_spoken(world: World, **form: object) -> Request:
    return Request({"statement_id": said.spoken(world).public_id}, form)


def _saying(_world: World) -> Request:
    return Request(form={"key": uuid4(), "words": "More time", "about": "other", "audience": "team", "language": "en"})


def _childs_cards(world: World, **form: object) -> Request:
    return Request({"person_id": world.child.public_id}, form)


REQUESTS: dict[str, Callable[[World], Request]] = {
    "say_new": _saying,
    "say_speak": _saying,
    "say_cards_start": _childs_cards,
    "say_cards_pick": lambda world: _childs_cards(world, card=["happy", "school"], send="yes", who="team", key=uuid4()),
    "say_cards_done": _childs_cards,
    "say_show": _statement,
    "say_voice": _statement_spoken,
    "say_widen": lambda world: _statement(world, audience="family"),
    "say_take_back": _statement,
    "say_judge": lambda world: _statement_answered(world, was_one="no"),
    "say_text": lambda world: _statement_spoken(world, text="He came at nine."),
    "say_text_right": lambda world: _statement_spoken(world, is_right="yes"),
    "say_message": lambda world: _own_message(world, audience="team"),
    "answer_give": lambda world: _statement(world, outcome="answered", words="On Friday."),
    "answer_interpreter": _statement,
    "letter_write": lambda world: Request(
        {"case_id": _letter_case(world).public_id, "kind": "acknowledgment"},
        {**letters_ready.WRITTEN, "language": "en"},
    ),
    "letter_show": _letter,
    "letter_pdf": _letter,
    "letter_send": lambda world: _letter(world, is_sent=False, way="site"),
    "letter_return": lambda world: _letter(world, on=world.program.today().isoformat()),
    "letter_replace": _letter,
    "case_show": _told_case,
    "case_sort": lambda world: _told_case(world, kind="grievance"),
    "case_acknowledge": _case_on_a_day,
    "case_forward": lambda world: _case_on_a_day(world, plan="csoc-contractor"),
    "case_confirm": _case_on_a_day,
    "case_assign": lambda world: _told_case(world, decider=world.lead_role.public_id),
    "case_outside": lambda world: _case_outside(world, to="ldh"),
    "case_note": lambda world: _told_case(world, text="I read the file."),
    "case_try": _case_on_a_day,
    "case_extend": lambda world: _case_late(world, reason="A doctor is away."),
    "case_named": lambda world: _told_case(world, name="A neighbor"),
    "case_consent": lambda world: _case_of_another(world, given="yes"),
    "case_refer": lambda world: _told_case(world, to="The school board"),
    "case_resolve": lambda world: _case_decided(
        world, outcome="agreed", answer="You were right.", changed="We call back in a day."
    ),
    "case_add": lambda world: _told_case(world, text="And on Friday again."),
    "case_answered": lambda world: _case_went_outside(world, text="They called me."),
    "case_withdraw": lambda world: _told_case(world, was_pressed="no"),
    "case_close": _case_answered,
    "case_reopen": _case_answered,
    "case_fixed": lambda world: _case_answered(world, fixed="yes"),
    "entry_show": _entry,
    "entry_note": lambda world: _entry(world, wait_days="5"),
    "entry_share": lambda world: _entry(world, conversation=world.conversation.public_id, key=uuid4()),
    "card_answer": _card,
    "report_add": lambda _world: Request(form={"key": uuid4()}),
    "report_save": lambda _world: Request(form={"key": uuid4()}),
    "report_show": _report,
    "report_write": _report_draft,
    "report_drop": _report_draft,
    "report_call": _report_call,
    "report_reference": lambda world: _report(world, reference="LA-1"),
    "report_family": lambda world: _report(world, told="no", words="It is not safe."),
    "report_name": lambda world: _report(world, who="Somebody"),
    "report_share": lambda world: _report(world, shared="yes"),
    "report_facts": _report,
    "signin_show": lambda _world: Request(form={"address": "nobody@example.org"}),
    "second_step_show": lambda _world: Request(form={"code": "000000"}),
    "second_step_setup": lambda _world: Request(form={"code": "000000"}),
    "invitation_show": _invitation_show,
    "account_show": lambda _world: Request(form={"display_name": "Anna Reed", "language": "en"}),
    "translation_review": _translation_review,
    "family_add": lambda _world: Request(form={"name": "Reed"}),
    "family_show": _family,
    "member_add": _member_add,
    "invitation_add": _invitation_add,
    "authority_add": _authority_add,
    "no_contact_add": _no_contact_add,
    "no_contact_end": _no_contact_end,
    "hold_list": lambda world: Request(form={"name": world.family.name, "reason": "Letter of a court"}),
    "hold_lift": _hold_lift,
    "owed_show": _one_clock,
    "owed_done": _clock_done,
    "owed_extend": _clock_more_time,
    "owed_pause": _clock_standing_still,
    "owed_resume": _clock_going_on,
    "owed_not_now": _clock_not_now,
    "owed_again": _clock_again,
    "owed_excuse": _clock_excused,
    "closure_list": _closure,
    "calendar_feed": _calendar_feed,
    "owner_give": _owner_give,
    "plan_list": _plan_list,
    "sharing_show": lambda world: Request({"youth_id": world.youth.public_id}),
    "release_add": _release_add,
    "release_show": _release,
    "release_print": _release,
    "release_revoke": _release,
    "disclosure_list": lambda world: Request({"youth_id": world.youth.public_id}),
    "disclosure_add": _disclosure_add,
    "disclosure_show": _disclosure,
    "plan_show": _care_plan,
    "plan_print": _care_plan,
    "plan_crisis": _care_plan,
    "plan_changes": _care_plan,
    "plan_timeline": _care_plan,
    "plan_seen": _plan_seen,
    "plan_review": lambda world: _care_plan(world, next_on=_today(world) + dt.timedelta(days=9)),
    "plan_close": lambda world: _care_plan(world, reason="reached"),
    "plan_open": _plan_open,
    "item_add": _item_add,
    "item_change": lambda world: _item(world, text="Better mornings", whose="youth", domain="home"),
    "item_remove": lambda world: _item(world, why="It is reached"),
    "team_show": _care_plan,
    "team_add": lambda world: _care_plan(world, role="school", name="Ms. Reed"),
    "team_empty": _team_empty,
    "team_answer": lambda world: _seat(world, yes="yes"),
    "team_end": _seat,
    "team_reach": lambda world: _seat(world, reach="By mail"),
    "team_ask": _seat_of_staff,
    "team_link_make": lambda world: _seat(world, by_staff=False),
    "team_link_end": lambda world: _seat(world, by_staff=False),
    "team_ask_show": _team_ask_show,
    "team_link_open": _team_link_open,
    **CHOICES,
    "difference_list": _care_plan,
    "difference_answer": _difference,
    "item_people": lambda world: _item(world, person=world.natural_support.public_id, see="yes"),
    "meeting_list": _care_plan,
    "meeting_propose": _meeting_in,
    "meeting_mine": _meetings,
    "meeting_show": _meeting_of,
    "meeting_change": lambda world: Request(_meeting_of(world).path, {**_meeting_in(world).form, "mark": "0"}),
    "meeting_other": lambda world: _meeting_of(world, text="At our kitchen table"),
    "meeting_agree": _meeting_of,
    "meeting_confirm": _meeting_of,
    "meeting_hold": lambda world: _meeting_over(world, notes="We met.", without="They were ill."),
    "meeting_call_off": lambda world: _meeting_of(world, why="We are ill."),
    "meeting_task": _meeting_held,
    "meeting_file": _meeting_of,
    "meeting_answer": lambda world: _meeting_guest(world, says="yes"),
    "meeting_room": lambda world: _meeting_guest(world, room="out"),
    "meeting_language": lambda world: _meeting_guest(world, do="ask", language="es"),
    "case_basis": lambda world: _case_basis(world, access_basis="minor", reason="She told me, alone."),
    "case_basis_undo": _case_basis,
    "decision_open": _family,
    "decision_show": _decision,
    "position_add": lambda world: _decision(world, stance="agree"),
    "meeting_want": _liaison_guest,
    "agenda_show": lambda world: _meeting_of(world, key=uuid4(), text="The bus"),
    "agenda_confirm": lambda world: _agenda(world, reads_mark=True),
    "agenda_move": _agenda,
    "agenda_remove": _agenda,
    "note_add": lambda world: Request(_meeting_held(world).path, {"key": uuid4(), "text": "We agreed on the bus."}),
    "prep_show": lambda world: _meeting_of(world, key=uuid4(), say="Ask me first"),
    "prep_print": _meeting_of,
    "prep_bring": _meeting_of,
    "prep_point": lambda world: Request(_prepared(world).path, {"text": "Ask me first", "fate": "keep"}),
    "prep_drop": _prepared,
    "given_note": lambda world: _prepared(world, who="caregiver", fate="peer", key=uuid4(), text="Well said"),
    "pulse_show": lambda world: _pulse(world, heard="yes", changed="yes", words="", reader="nobody"),
    "pulse_skip": _pulse,
    "result_publish": lambda world: Request({}, {"year": _this_year(world), "words": "More people were heard."}),
    "meeting_set": lambda world: _decision(world, meets_on=_today(world)),
    "meeting_close": lambda world: _decision(world, next_on=_today(world)),
    "decision_reject": _decision,
    "enrollment_add": _enrollment_add,
    "enrollment_show": _enrollment,
    "family_met_add": lambda world: _enrollment(world, on=_today(world)),
    "assessment_add": lambda world: _enrollment(world, on=_today(world), parts=["child", "family"]),
    "proposal_answer": lambda world: _suggestion(world, says="later"),
    "deciding_show": _care_plan,
    "go_ahead_say": _care_plan,
    "plan_finish": _gone_ahead,
    "need_explain": lambda world: _need(world, words="There is one clinic"),
    "objection_add": lambda world: _final(world, words="Not on Mondays"),
    "objection_answer": lambda world: _plan_objection(world, words="We ask the school"),
    "decision_list": _care_plan,
    "ranking_show": _care_plan,
    "preference_list": lambda world: _care_plan(world, kind="do_not", words="No calls at night"),
    "preference_end": _preference,
    "phase_list": lambda world: _care_plan(world, phase="engagement", rather_not="on"),
    "phase_end": _phase_end,
    "round_list": _care_plan,
    "round_open": lambda world: _care_plan(
        world, words="We meet on Fridays", answer_by_on=_today(world) + dt.timedelta(days=5)
    ),
    "round_show": _round,
    "round_position": lambda world: _round(world, says="agree"),
    "round_ask": lambda world: _round(world, question="Where?"),
    "round_answer": _round_asked,
    "round_amend": lambda world: _round(world, words="We meet on Fridays"),
    "round_reason": _round_objected,
    "round_close": _round_said,
    "plan_add": lambda world: _enrollment(world, on=_today(world), parts=["family", "community", "team"]),
    "review_add": lambda world: _enrollment(world, on=_today(world), next_on=_today(world)),
    "objective_add": lambda world: _enrollment(world, text="Goes to school"),
    "objective_meet": _objective,
    "extension_ask": _enrollment,
    "extension_give": lambda world: _enrollment(world, reason="A goal needs longer."),
    "recommendation_add": _enrollment,
    "ending_answer": lambda world: _enrollment(world, agrees="yes"),
    "ending_withdraw": _enrollment,
    "enrollment_end": _enrollment,
    "enrollment_eject": _enrollment,
    "discharge_add": lambda world: _enrollment(world, on=_today(world), medicine="no"),
    "psychiatry_link": lambda world: _discharge(world, on=_today(world)),
    "psychiatry_excuse": _discharge,
    "referral_begin": lambda world: Request(form={"program": world.program.slug}),
    "referral_fit": lambda world: Request(form={"program": world.program.slug}),
    "referral_return": lambda _world: Request(form={"code": "BCDF GHJK MNPR"}),
    "referral_find": lambda _world: Request(form={"code": "BCDF GHJK MNPR"}),
    "referral_add": lambda _world: Request(form={"source": "school", "first_name": "Nia"}),
    "referral_show": _referral,
    "referral_take": lambda world: _referral(world, **{"take-next_step": "call", "take-next_on": _soon()}),
    "referral_step": lambda world: _referral(world, kind="contacted", next_step="visit", next_on=_soon()),
    "referral_consent": lambda world: _referral(world, consent="yes"),
    "referral_finding": lambda world: _referral(world, criterion="age", result="fits", reason="She is 15."),
    "referral_recode": _referral,
    "referral_join": lambda world: _referral(world, name="Reed"),
    "referral_reply": _referral_reply,
    "pairing_propose": _pairing_propose,
    "pairing_show": lambda world: Request({"pairing_id": world.pairing.public_id}),
    "pairing_accept": lambda world: Request({"pairing_id": world.offer.public_id}),
    "pairing_decline": lambda world: Request({"pairing_id": world.offer.public_id}),
    "pairing_end": lambda world: Request({"pairing_id": world.pairing.public_id}),
    "peer_show": _peer,
    "peer_keep": lambda world: _peer(world, relation="kin", capacity=3, language_en="native"),
    "peer_attest": _peer_attest,
    "peer_verify": _peer_verify,
    "lived_system_add": lambda world: _peer(world, system="courts", from_on=dt.date(2024, 1, 1)),
    "lived_system_end": lambda world: _lived_system(world, until_on=_today(world)),
    "lived_system_remove": _lived_system,
    "credential_add": lambda world: _peer(
        world, requirement="other", kind="training", title="First aid", issued_on=_today(world)
    ),
    "credential_withdraw": _credential,
    "wish_set": lambda world: _wish(world, languages=["en"]),
    "wish_end": _wish,
    "wish_again": _wish,
    "pairing_known": lambda world: Request({"pairing_id": world.offer.public_id}, {"kind": "neighbour"}),
    "suggestion_confirm": _wish,
    "conflict_list": lambda world: _family(world, peer=world.mentor_role.public_id, kind="other"),
    "conflict_end": _conflict,
    "contact_show": _reached,
    "shift_add": _shift,
    "shift_fill": lambda world: _shift(world, weekdays=["0", "3"], first_on=_soon(), weeks=2),
    "line_set": lambda _world: Request(form={"phone": "(850) 555-0139"}),
    "shift_cancel": _shift_cancel,
    "duty_hours_set": lambda world: _shift(world, weekdays=["0"], starts="09:00"),
    "duty_hours_remove": _duty_hours,
    "concern_show": _concern,
    "concern_open": _concern,
    "concern_read": _concern,
    "concern_note": lambda world: _concern(world, text="I called her."),
    "concern_hand": lambda world: _concern(world, role=world.supervisor_role.public_id),
    "concern_second": lambda world: _concern(world, role=world.supervisor_role.public_id),
    "concern_close": lambda world: _concern(world, outcome="helped", text="I called her."),
    "prompt_read": _prompt,
    "prompt_settle": _prompt,
    "debrief_answer": lambda world: _debrief(world, world.peer_role),
    "debrief_talked": _debrief_talked,
    "repair_read": _repair,
    "unsafe_words": lambda _world: Request(form={"body": "Please come."}),
    "concern_raise": _told_message,
    "contact_add": _contact_add,
    "contact_plan": lambda world: _reached(world, way="call", on=_soon(), time="10:00"),
    "rhythm_begin": lambda world: _reached(world, on=_today(world)),
    "contact_call_off": _contact_call_off,
    "contact_felt": _contact_felt,
    "pause_add": lambda world: _family(world, how_long="7"),
    "pause_end": _pause_end,
    "check_in_show": lambda world: _check_in(world, answer="a_lot"),
    "check_in_skip": lambda world: _check_in(world, is_answered=False),
    "check_in_take_back": _check_in,
    "check_in_talked": _check_in,
    "group_open": lambda world: Request(
        form={
            "name": "Porch",
            "about": "For all",
            "audience": "caregivers",
            "languages": ["en"],
            "way": "chat",
            "most": 8,
            "leads": [world.peer_role.public_id],
        }
    ),
    "group_show": _group,
    "group_ask": lambda world: _group(world, called="first", agreed="on"),
    "group_leave": _group,
    "group_name": lambda world: _group(world, called="first"),
    "group_report": _group_report,
    "group_pause": _group,
    "group_resume": _group,
    "group_close": lambda world: _group(world, goodbye="Thank you."),
    "group_lead_add": lambda world: _group(world, leads=world.second_peer_role.public_id),
    "group_lead_end": _group_lead_end,
    "place_admit": _asked_place,
    "place_decline": _asked_place,
    "place_remove": _taken_place,
    "report_settle": _report_settle,
    "pairing_begin": lambda world: _pairing(world, "accepted"),
    "pairing_pause": lambda world: _pairing(world, until=_soon()),
    "pairing_resume": lambda world: _pairing(world, "paused"),
    "pairing_goodbye": _pairing,
    "pairing_stay": lambda world: _pairing(world, "ending"),
    "pairing_next": lambda world: _pairing(world, "ended"),
    "pairing_share": lambda world: _past_pairing(world, summary="Call before noon."),
    "pairing_block": lambda world: _pairing(world, next="someone"),
    "permission_note": _permission_note,
    "mentor_show": _mentored,
    "mentor_allow": _mentored,
    "mentor_refuse": _mentored,
    "mentor_pause": _mentored,
    "mentor_resume": lambda world: _mentored(world, "paused"),
    "growing_let": _growing_let,
    "hand_off_plan_peer": lambda world: _next_pairing(world, **_meeting(world)),
    "hand_off_skip": lambda world: _next_pairing(world, reason="She is ill."),
    "hand_off_show": _hand_off,
    "hand_off_confirm": _confirm,
    "hand_off_answer": lambda world: _hand_off(world, happened="yes"),
    "hand_off_words": lambda world: _hand_off(world, words="Call before noon."),
    "coordinator_show": _family,
    "coordinator_give": lambda world: _family(world, coordinator=world.facilitator_role.public_id),
    "coordinator_override": lambda world: _coordinated(world, reason="He is ill."),
    "hand_off_plan": _plan,
    "class_ask": lambda world: _class(world, key=uuid4()),
    "advocate_ask": lambda world: Request({}, {"key": uuid4()}),
    "liaison_ask": lambda world: Request({}, {"key": uuid4()}),
    "meeting_ask": lambda world: Request({}, {"key": uuid4(), "meets_on": _soon()}),
    "request_show": _asked,
    "request_take_back": _asked,
    "request_take_up": lambda world: _asked(world, words="I call the school.", next_on=_soon()),
    "request_arrange": lambda world: _asked(world, on=_soon()),
    "request_finish": _asked,
    "request_decline": lambda world: _asked(world, words="I am away.", instead="Ruth comes."),
    "request_come": lambda world: _asked(world, comes="yes"),
    "class_add": lambda world: Request({}, _held(world) | {"title": "Your rights"}),
    "class_change": lambda world: _class(world, **_held(world), title="Your school meeting"),
    "class_end": _class,
    "skill_choose": lambda world: Request({}, {"skill": "ask_again"}),
    "skill_show": _skill,
    "step_mark": lambda world: _skill(world, on=world.program.today()),
    "step_undo": _skill_step,
    "skill_got": lambda world: _skill(world, got="yes"),
    "skill_share": lambda world: _skill(world, share_with=""),
    "skill_put_away": _skill,
    "helping_record": lambda world: _helping(
        world, stage="talk_held", talked_on=world.program.today(), next_on=_soon()
    ),
    "helping_take_back": _helping,
    "conversation_show": _conversation,
    "message_list_or_post": lambda world: _conversation(world, key=str(uuid4()), body="Hello"),
    "draft_save": lambda world: _conversation(world, body="Hel"),
    "conversation_search": lambda world: _conversation(world, query="Hello"),
    "read_mark": lambda world: _conversation(world, seq=0),
    "ladder_show": _conversation,
    "media_add": _media_add,
    "media_show": _media,
    "waiting_show": _message_waits,
    "waiting_called": _message_waits,
    "conversation_now": _conversation,
    "look_list": _conversation,
    "card_put_away": _conversation,
    "message_change": lambda world: _own_message(world, body="Hello again"),
    "message_before": _own_message,
    "tell_start": lambda world: Request(form={"program": world.program.slug}),
    "tell_resume": lambda _world: Request(form={"code": "BCDFG HJKMN PRSTW"}),
    "tell_show": lambda world: _begun(world, words="Nobody has called us back."),
    "tell_save": _begun,  # a script sends no form: what is no JSON is not read
    "tell_file": _tell_file,
    "tell_send": _begun,
    "tell_drop": _begun,
    "tell_receipt": lambda world: Request({"draft_id": _told(world).draft.public_id}, {"words": "He called."}),
    "tell_fixed": lambda world: Request({"draft_id": _told(world).draft.public_id}, {"fixed": "yes"}),
    "tell_withdraw": lambda world: Request({"draft_id": _told(world).draft.public_id}, {"was_pressed": "no"}),
    "tell_letter": _told_letter,
    "told_file": _told_file,
    "tell_phone": lambda _world: Request(form={"key": str(uuid4()), "words": "Nobody called.", "who": "child"}),
    "tell_message": _own_message,
    "supervision_show": _young,
    "supervision_look": _young,
    "held_look": _held_message,
    "held_settle": _held_message,
    "talk_freeze": lambda world: _young(world, reason="Somebody was worried."),
    "talk_lift": _stopped,
    "helper_bring_in": _young,
    "helper_let_go": _second_helper,
    "supervisor_name": lambda world: _young(world, role=str(world.liaison_role.public_id)),
    "tie_add": lambda world: Request(
        form={"one": str(world.mentor.public_id), "other": str(world.second_peer.public_id)}
    ),
    "tie_end": _tie,
    "exception_ask": lambda world: _young(world, ground="court", reason="Order 12", days=10),
    "exception_agree": _exception,
    "exception_look": lambda world: _exception(world, is_agreed=True),
    **{route: _as_request(make) for route, make in APPEALS.items()},
    **{route: _as_request(make) for route, make in COMMUNITY.items()},
    "right_answer": lambda _world: Request(form={"right": RIGHT, "answer": "no"}),
    "watch_show": _watch,
    "watch_ask": _watch,
    "watch_note": lambda world: _watch(world, answer="yes", words=""),
    "watch_close": lambda world: _watch(world, finding="linked", reason="The dates fit."),
    "watch_answer": lambda world: _watch(world, answer="no", words=""),
    "concern_report": lambda _world: Request(form={"text": "We call back in a day."}),
    "lesson_withdraw": _lesson,
}


def expected() -> dict[tuple[str, str], dict[str, str]]:
    """The answers by route and method, by column."""
    lines: list[list[Any]] = [line.split() for line in TABLE.splitlines() if line.strip()]
    header, *rows = lines
    assert header == list(COLUMNS), "the table's columns are not those that COLUMNS names"
    table = {(route, method): dict(zip(COLUMNS, words, strict=True)) for route, method, *words in rows}
    assert len(table) == len(rows), "a route has the same row twice"
    return table
