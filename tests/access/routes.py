"""Every route of the site, and what each kind of person gets there. The suite fails for a route without its two rows.

Objects in the paths belong to the family of the world: its members and staff are in the first columns, strangers in
the last. A number is the status of the answer; other words:

    in   sent to sign in               go   done or not needed: sent on to another page
    hi   sent to the first-visit pages  (a child of 12 has no account and never gets past these)

404 is what an outsider meets, whether the thing exists or not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.utils import timezone

from portal.accounts import actions as accounts
from portal.accounts.models import Person
from portal.clocks import actions as clocks
from portal.clocks.models import Clock, Matter
from portal.enrollment.models import Decision, Discharge, Enrollment, Objective
from portal.families import actions as families
from portal.families.models import Member
from portal.language import content
from portal.referrals import actions as referrals
from portal.referrals.models import Referral
from tests.world import World

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
"""

# Storing a message commits, so that this one is walked on a database of its own.
COMMITS = {"message_list_or_post"}


@dataclass(frozen=True)
class Request:
    """What is in the path, and a form that would be accepted from whoever may send it."""

    path: dict[str, object] = field(default_factory=dict)
    form: dict[str, object] = field(default_factory=dict)


def request_for(route: str, world: World) -> Request:
    make = REQUESTS.get(route)
    return make(world) if make else Request()


def _family(world: World, **form: object) -> Request:
    return Request({"family_id": world.family.public_id}, form)


def _conversation(world: World, **form: object) -> Request:
    return Request({"conversation_id": world.conversation.public_id}, form)


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


def _enrollment_add(world: World) -> Request:
    today = world.program.today()
    return _family(
        world,
        youth=world.child.public_id,
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


def _soon() -> dt.date:
    return dt.datetime.now(tz=dt.UTC).date() + dt.timedelta(days=3)


REQUESTS: dict[str, Callable[[World], Request]] = {
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
    "decision_open": _family,
    "decision_show": _decision,
    "position_add": lambda world: _decision(world, stance="agree"),
    "meeting_set": lambda world: _decision(world, meets_on=_today(world)),
    "meeting_close": lambda world: _decision(world, next_on=_today(world)),
    "decision_reject": _decision,
    "enrollment_add": _enrollment_add,
    "enrollment_show": _enrollment,
    "family_met_add": lambda world: _enrollment(world, on=_today(world)),
    "assessment_add": lambda world: _enrollment(world, on=_today(world), parts=["child", "family"]),
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
    "conversation_show": _conversation,
    "message_list_or_post": lambda world: _conversation(world, key=str(uuid4()), body="Hello"),
    "draft_save": lambda world: _conversation(world, body="Hel"),
    "conversation_search": lambda world: _conversation(world, query="Hello"),
    "read_mark": lambda world: _conversation(world, seq=0),
}


def expected() -> dict[tuple[str, str], dict[str, str]]:
    """The answers by route and method, by column."""
    lines: list[list[Any]] = [line.split() for line in TABLE.splitlines() if line.strip()]
    header, *rows = lines
    assert header == list(COLUMNS), "the table's columns are not those that COLUMNS names"
    table = {(route, method): dict(zip(COLUMNS, words, strict=True)) for route, method, *words in rows}
    assert len(table) == len(rows), "a route has the same row twice"
    return table
