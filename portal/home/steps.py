"""A family member's next three steps: what waits for their answer first, then what is always theirs to do. Never empty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peer_support import asked, skills
from portal.access import check_ins, choices, groups, preparing, support, wishes
from portal.access import pulse as pulses
from portal.access import skills as skill_access
from portal.accounts.actions import passkeys_of
from portal.home.plan_steps import plan_steps
from portal.home.step import Step
from portal.home.templatetags.porch import capped, dial
from portal.voice import options_shown

if TYPE_CHECKING:
    from peer_support.models import Pairing
    from portal.accounts.models import Person
    from portal.home.context import Frame
    from portal.home.people import Talk

MOST = 3
SOON = dt.timedelta(days=7)


def next_steps(here: Frame, person: Person, talks: list[Talk], offers: list[Pairing]) -> list[Step]:
    return list(islice(_steps(here, person, talks, offers), MOST))


def _steps(here: Frame, person: Person, talks: list[Talk], offers: list[Pairing]) -> Iterator[Step]:
    yield from _offers(offers)
    yield from answers(talks)
    yield from _questions(person)
    yield from _choices(person)
    yield from plan_steps(person)
    yield from _ready(person)
    yield from writing(talk for talk in talks if talk.last_sent_at is None)  # a yes is fresh: nobody has begun
    yield from _asking(here, person, offers)
    if here.has_record:
        yield from _own_doing(person)
    if not passkeys_of(person):
        yield Step(
            _("Come in faster next time"),
            _("Use your fingerprint, your face or your screen lock instead of a code. It takes 1 minute."),
            reverse("passkey_add"),
            _("Set it up"),
        )
    yield Step(
        _("Know your rights"),
        _("What you can always ask for, and what nobody is allowed to do."),
        reverse("rights_show"),
        _("Read my rights"),
    )
    if here.has_record:
        yield Step(
            _("Ask for support"),
            _("A class, someone to speak up with you, or someone who has been there."),
            reverse("support_show"),
            _("See how"),
        )
    yield from _together(person)
    yield from _always(here, talks)


def _offers(offers: list[Pairing]) -> Iterator[Step]:
    if len(offers) > 1:
        yield Step(
            ngettext("Choose one of %(count)s person", "Choose one of %(count)s people", len(offers))
            % {"count": len(offers)},
            _("Each of them could stand by you. You see side by side what you have in common, and you decide."),
            reverse("choice_show"),
            _("Compare them"),
        )
        return
    for pairing in offers:
        yield Step(
            _("Meet %(name)s") % {"name": pairing.peer.person.display_name},
            _("A young adult who went through this, too, and could be your mentor. You decide.")
            if pairing.member.role == "youth"
            else _("Someone who raised a child with needs like yours, and could be your peer partner. You decide."),
            reverse("pairing_show", args=[pairing.public_id]),
            _("See who this is"),
        )


def _choices(person: Person) -> Iterator[Step]:
    for choice in choices.before(person):
        yield Step(
            options_shown.title(choice),
            _("You see side by side what there is to know of each. You decide."),
            reverse("pick_show", args=[choice.public_id]),
            _("Choose"),
        )


def _asking(here: Frame, person: Person, offers: list[Pairing]) -> Iterator[Step]:
    """Nobody has to know that one may ask."""
    if not offers and wishes.has_yet_to_ask(person, here.memberships):
        yield Step(
            _("Ask for someone who has been there"),
            _("A person who lived through the same can stand by you. You choose who it is."),
            reverse("wish_list"),
            _("See how"),
        )


def _questions(person: Person) -> Iterator[Step]:
    for check_in in check_ins.waiting_for_answer(person)[:1]:
        yield Step(
            _("A short question"),
            _("How is it for you with %(name)s? One tap, or skip it.")
            % {"name": check_in.pairing.peer.person.first_name},
            reverse("check_in_show", args=[check_in.public_id]),
            _("See the question"),
        )
    for pulse in pulses.waiting_pulses(person)[:1]:
        yield Step(
            _("How was the meeting?"),
            _("Three short questions. You choose who reads your answer, or skip it."),
            reverse("pulse_show", args=[pulse.public_id]),
            _("See the questions"),
        )


def _ready(person: Person) -> Iterator[Step]:
    meeting = preparing.next_to_prepare(person, SOON)
    if meeting is not None:
        yield Step(
            _("Get ready for the meeting"),
            _("What you want to say, and what not. Only you read it, until you choose."),
            reverse("prep_show", args=[meeting.public_id]),
            _("Get ready"),
        )


def _own_doing(person: Person) -> Iterator[Step]:
    """What was arranged for the days ahead, and what the person chose to get better at."""
    for one in asked.by_day(support.own_requests(person).filter(state="arranged")):
        if one.day is not None and dt.timedelta() <= one.day - support.today_of(one.request.family) <= SOON:
            url = reverse("request_show", args=[one.request.public_id])
            yield Step(_("Get ready: %(what)s") % {"what": one.title}, one.line, url, _("See more"))
    for chosen in skill_access.own_skills(person).filter(state="working")[:1]:
        yield Step(
            skills.title(chosen),
            skills.how(chosen) or _("Any small step counts."),
            reverse("skill_show", args=[chosen.public_id]),
            _("I took a step"),
        )


def _together(person: Person) -> Iterator[Step]:
    if groups.has_yet_to_ask(person):
        yield Step(
            _("Talk with others like you"),
            _("There is a group for you. Read what it is and its rules. You choose the name you go by."),
            reverse("group_list"),
            _("See the groups"),
        )


def answers(talks: list[Talk]) -> Iterator[Step]:
    for talk in talks:
        if talk.unread:
            yield Step(
                (_("Read what is new in %(name)s") if talk.group else _("Read what %(name)s wrote"))
                % {"name": talk.names},
                capped(
                    ngettext("%(count)s new message.", "%(count)s new messages.", talk.unread) % {"count": talk.unread}
                ),
                talk.url,
                _("Read and answer"),
            )


def writing(talks: Iterable[Talk]) -> Iterator[Step]:
    for talk in talks:
        if talk.is_open:
            yield Step(
                (_("Write in %(name)s") if talk.group else _("Write to %(name)s")) % {"name": talk.names},
                _("A question, a worry or good news. Any words are fine."),
                talk.url,
                _("Write"),
            )


def _always(here: Frame, talks: list[Talk]) -> Iterator[Step]:
    yield from writing(talk for talk in talks if talk.last_sent_at is not None)
    phone = here.desk.contact.phone if here.desk and here.desk.contact else None
    if phone:
        yield Step(
            _("Ask for something by phone"),
            _("%(name)s, %(phone)s. A free interpreter is yours to ask for.")
            % {"name": here.desk_name, "phone": phone},
            f"tel:{dial(phone)}",
            _("Call now"),
        )
    yield Step(
        _("Know who to call"),
        _("Help for a hard moment, day and night, and the people who work with you."),
        reverse("help_show"),
        _("See the numbers"),
    )
    if here.has_record:
        yield Step(
            _("See who looked at your record"),
            _("Each time someone who works here opens your page, it is written down for you."),
            reverse("record_show"),
            _("See the list"),
        )
