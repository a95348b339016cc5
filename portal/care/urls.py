from __future__ import annotations

from django.urls import path

from portal.care.views import (
    differences,
    items,
    meeting_guests,
    meetings,
    plans,
    progress,
    team,
    team_outside,
)

urlpatterns = [
    path("plans/", plans.plan_list, name="plan_list"),
    path("plans/<uuid:plan_id>/", plans.plan_show, name="plan_show"),
    path("plans/<uuid:plan_id>/print/", plans.plan_print, name="plan_print"),
    path("plans/<uuid:plan_id>/crisis/", plans.plan_crisis, name="plan_crisis"),
    path("plans/<uuid:plan_id>/changes/", plans.plan_changes, name="plan_changes"),
    path("plans/<uuid:plan_id>/timeline/", progress.plan_timeline, name="plan_timeline"),
    path("plans/<uuid:plan_id>/seen/", plans.plan_seen, name="plan_seen"),
    path("plans/<uuid:plan_id>/review/", plans.plan_review, name="plan_review"),
    path("plans/<uuid:plan_id>/close/", plans.plan_close, name="plan_close"),
    path("families/<uuid:family_id>/plans/new/", plans.plan_open, name="plan_open"),
    path("plans/<uuid:plan_id>/add/<slug:kind>/", items.item_add, name="item_add"),
    path("plans/<uuid:plan_id>/items/<uuid:item_id>/", items.item_change, name="item_change"),
    path("plans/<uuid:plan_id>/items/<uuid:item_id>/remove/", items.item_remove, name="item_remove"),
    path("plans/<uuid:plan_id>/items/<uuid:item_id>/people/", items.item_people, name="item_people"),
    path("plans/<uuid:plan_id>/meetings/", meetings.meeting_list, name="meeting_list"),
    path("plans/<uuid:plan_id>/meetings/new/", meetings.meeting_propose, name="meeting_propose"),
    path("meetings/", meetings.meeting_mine, name="meeting_mine"),
    path("meetings/<uuid:meeting_id>/", meetings.meeting_show, name="meeting_show"),
    path("meetings/<uuid:meeting_id>/change/", meetings.meeting_change, name="meeting_change"),
    path("meetings/<uuid:meeting_id>/other/", meetings.meeting_other, name="meeting_other"),
    path("meetings/<uuid:meeting_id>/agree/", meetings.meeting_agree, name="meeting_agree"),
    path("meetings/<uuid:meeting_id>/confirm/", meetings.meeting_confirm, name="meeting_confirm"),
    path("meetings/<uuid:meeting_id>/held/", meetings.meeting_hold, name="meeting_hold"),
    path("meetings/<uuid:meeting_id>/call-off/", meetings.meeting_call_off, name="meeting_call_off"),
    path("meetings/<uuid:meeting_id>/task/", meetings.meeting_task, name="meeting_task"),
    path("meetings/<uuid:meeting_id>/date.ics", meetings.meeting_file, name="meeting_file"),
    path(
        "meetings/<uuid:meeting_id>/guests/<uuid:seat_id>/answer/", meeting_guests.meeting_answer, name="meeting_answer"
    ),
    path("meetings/<uuid:meeting_id>/guests/<uuid:seat_id>/room/", meeting_guests.meeting_room, name="meeting_room"),
    path(
        "meetings/<uuid:meeting_id>/guests/<uuid:seat_id>/language/",
        meeting_guests.meeting_language,
        name="meeting_language",
    ),
    path("plans/<uuid:plan_id>/differences/", differences.difference_list, name="difference_list"),
    path(
        "plans/<uuid:plan_id>/differences/<uuid:difference_id>/",
        differences.difference_answer,
        name="difference_answer",
    ),
    path("plans/<uuid:plan_id>/team/", team.team_show, name="team_show"),
    path("plans/<uuid:plan_id>/team/add/", team.team_add, name="team_add"),
    path("plans/<uuid:plan_id>/team/empty/<slug:role>/", team.team_empty, name="team_empty"),
    path("plans/<uuid:plan_id>/team/<uuid:seat_id>/answer/", team.team_answer, name="team_answer"),
    path("plans/<uuid:plan_id>/team/<uuid:seat_id>/off/", team.team_end, name="team_end"),
    path("plans/<uuid:plan_id>/team/<uuid:seat_id>/reach/", team.team_reach, name="team_reach"),
    path("plans/<uuid:plan_id>/team/<uuid:seat_id>/ask/", team.team_ask, name="team_ask"),
    path("plans/<uuid:plan_id>/team/<uuid:seat_id>/link/", team.team_link_make, name="team_link_make"),
    path("plans/<uuid:plan_id>/team/<uuid:seat_id>/link/end/", team.team_link_end, name="team_link_end"),
    path("team-asks/<uuid:ask_id>/", team_outside.team_ask_show, name="team_ask_show"),
    path("team-link/<str:token>/", team_outside.team_link_open, name="team_link_open"),
]
