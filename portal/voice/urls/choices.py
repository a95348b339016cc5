from __future__ import annotations

from django.urls import path

from portal.voice.views import choices, offers

urlpatterns = [
    path("choices/", choices.pick_list, name="pick_list"),
    path("choices/ask/", choices.pick_ask, name="pick_ask"),
    path("choices/<uuid:choice_id>/", choices.pick_show, name="pick_show"),
    path("choices/<uuid:choice_id>/again/", choices.pick_again, name="pick_again"),
    path("choices/<uuid:choice_id>/told/", choices.pick_told, name="pick_told"),
    path("choices/<uuid:choice_id>/take-back/", choices.pick_withdraw, name="pick_withdraw"),
    path("families/<uuid:family_id>/facilitator/", offers.facilitator_offer, name="facilitator_offer"),
    path("plans/<uuid:plan_id>/items/<uuid:item_id>/choice/", offers.service_offer, name="service_offer"),
    path("plans/<uuid:plan_id>/team/choice/", offers.seat_offer, name="seat_offer"),
    path("plans/<uuid:plan_id>/meetings/choice/", offers.time_offer, name="time_offer"),
]
