from __future__ import annotations

from django.urls import path

from portal.community.views import comments, home, opportunities, said_done, seats, suggestions

urlpatterns = [
    path("community/", home.community_show, name="community_show"),
    path("community/desk/", home.community_desk, name="community_desk"),
    path("community/suggestions/add/", suggestions.policy_suggestion_add, name="policy_suggestion_add"),
    path("community/suggestions/code/", suggestions.policy_suggestion_open, name="policy_suggestion_open"),
    path(
        "community/suggestions/<uuid:suggestion_id>/", suggestions.policy_suggestion_show, name="policy_suggestion_show"
    ),
    path(
        "community/suggestions/<uuid:suggestion_id>/answer/",
        suggestions.policy_suggestion_answer,
        name="policy_suggestion_answer",
    ),
    path("community/comments/add/", comments.comment_period_add, name="comment_period_add"),
    path("community/comments/<uuid:period_id>/", comments.comment_period_show, name="comment_period_show"),
    path("community/comments/<uuid:period_id>/change/", comments.comment_period_change, name="comment_period_change"),
    path(
        "community/comments/<uuid:period_id>/withdraw/",
        comments.comment_period_withdraw,
        name="comment_period_withdraw",
    ),
    path("community/comments/<uuid:period_id>/read/", comments.comment_period_read, name="comment_period_read"),
    path("community/comments/<uuid:period_id>/answer/", comments.comment_period_answer, name="comment_period_answer"),
    path("community/said-done/", said_done.said_done_list, name="said_done_list"),
    path("community/said-done/add/", said_done.said_done_add, name="said_done_add"),
    path("community/said-done/<uuid:entry_id>/withdraw/", said_done.said_done_withdraw, name="said_done_withdraw"),
    path("community/opportunities/add/", opportunities.opportunity_add, name="opportunity_add"),
    path("community/opportunities/<uuid:opportunity_id>/", opportunities.opportunity_show, name="opportunity_show"),
    path(
        "community/opportunities/<uuid:opportunity_id>/join/", opportunities.opportunity_join, name="opportunity_join"
    ),
    path(
        "community/opportunities/<uuid:opportunity_id>/change/",
        opportunities.opportunity_change,
        name="opportunity_change",
    ),
    path(
        "community/opportunities/<uuid:opportunity_id>/close/",
        opportunities.opportunity_close,
        name="opportunity_close",
    ),
    path("community/interests/<uuid:interest_id>/leave/", opportunities.interest_leave, name="interest_leave"),
    path("community/interests/<uuid:interest_id>/outcome/", opportunities.interest_outcome, name="interest_outcome"),
    path("community/seats/", seats.seat_list, name="seat_list"),
    path("community/seats/add/", seats.seat_add, name="seat_add"),
    path("community/seats/<uuid:seat_id>/apply/", seats.seat_apply, name="seat_apply"),
    path("community/seats/<uuid:seat_id>/name/", seats.seat_name, name="seat_name"),
    path("community/seats/<uuid:seat_id>/set/", seats.seat_set, name="seat_set"),
]
