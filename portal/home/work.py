"""A staff member's next three steps: who waits for them first, then what is due, then what is always theirs. Never empty."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from peer_support import asked, shown, skills
from portal.access import clocks, concerns, contacts, helping, owed_answers, peers, support
from portal.access import skills as skill_access
from portal.clocks.shown import moment_words, show_all
from portal.home.step import Step
from portal.home.steps import MOST, answers, writing
from portal.safety import concern_words

if TYPE_CHECKING:
    from portal.accounts.models import Person
    from portal.home.context import Frame
    from portal.home.people import Talk

SOON = dt.timedelta(days=7)
LONG = 3  # days after which an offer without an answer is worth a call
PEERS = ("peer_partner", "youth_mentor")
FOR = (*PEERS, "liaison", "facilitator")
SAID_ELSEWHERE = ("support_request", "helping")


def work_steps(here: Frame, person: Person, talks: list[Talk], waiting: dict[str, Any]) -> list[Step]:
    """`waiting`: what the page has found already, by the jobs this person holds."""
    return list(islice(_steps(here, person, talks, waiting), MOST))


def _steps(here: Frame, person: Person, talks: list[Talk], waiting: dict[str, Any]) -> Iterator[Step]:
    yield from _worries(person)
    yield from answers(talks)
    yield from _owed_answers(here, person)
    yield from _after_a_hard_talk(person)
    yield from _uncovered(waiting)
    yield from _people(waiting)
    yield from _coming(person)
    if here.works_as("liaison"):
        yield from _asked(person)
        yield from _helping(person)
    yield from _due(person)
    yield from _planned(person)
    yield from _papers(here, person)
    yield from _waiting(waiting)
    if here.works_as(*PEERS):
        yield from _shared(person)
    yield from writing(talks)
    yield from _always(here)


def is_needed(person: Person) -> bool:
    """Somebody of whatever job was told that a worry waits for them."""
    return concerns.to_open(person).exists()


def _worries(person: Person) -> Iterator[Step]:
    for concern in concerns.to_open(person)[:MOST]:
        yield Step(
            concern_words.title(concern),
            _("Nobody is on it yet. Open it and say that you are."),
            reverse("concern_show", args=[concern.public_id]),
            _("Open it"),
        )


def _owed_answers(here: Frame, person: Person) -> Iterator[Step]:
    """What families said and wait for, where somebody has to act on it: late first."""
    if not here.works_as(*FOR):
        return
    waiting, late = owed_answers.count_owed(person)
    if waiting:
        late_line = ngettext("%(count)s answer is late.", "%(count)s answers are late.", late) % {"count": late}
        yield Step(
            ngettext("Answer what a family said", "Answer what families said: %(count)s wait", waiting)
            % {"count": waiting},
            late_line if late else _("They see by which day you owe it."),
            reverse("answer_list"),
            _("See who waits"),
        )


def _after_a_hard_talk(person: Person) -> Iterator[Step]:
    for debrief in concerns.own_debriefs(person)[:1]:
        yield Step(
            _("That was a hard talk. How are you?"),
            _("One tap, and who leads you helps if you want to talk."),
            reverse("debrief_answer", args=[debrief.public_id]),
            _("Say how you are"),
        )
    for debrief in concerns.talks_wished(person)[:1]:
        yield Step(
            _("Talk with %(name)s") % {"name": debrief.staff_role.person.display_name},
            _("They had a hard talk and would like to talk about it."),
            reverse("concern_list"),
            _("See more"),
        )


def _people(waiting: dict[str, Any]) -> Iterator[Step]:
    for pairing in waiting.get("said_yes", ()):
        yield Step(
            _("Tell %(name)s that you are here") % {"name": pairing.member.person.display_name},
            _("They said yes to you. The first word is yours."),
            reverse("pairing_show", args=[pairing.public_id]),
            _("Say it"),
        )
    for one in waiting.get("hand_offs_to_do", ()):
        names = {"giver": one.giver.person.display_name, "receiver": one.receiver.person.display_name}
        yield Step(
            _("From %(giver)s to %(receiver)s") % names,
            _("Say whether you met with the family."),
            reverse("hand_off_show", args=[one.public_id]),
            _("See more"),
        )


def _uncovered(waiting: dict[str, Any]) -> Iterator[Step]:
    """The first stretch without anybody on call, of the rotas this person keeps."""
    for gap in waiting.get("rota_gaps", ())[:1]:
        yield Step(
            _("Nobody is on call now") if gap["is_now"] else _("Nobody is on call"),
            f"{gap['organization'].name}. {gap['when']}",
            f"{reverse('rota_show')}?of={gap['organization'].pk}",
            _("Find somebody"),
        )


def _coming(person: Person) -> Iterator[Step]:
    for one in asked.by_day(support.asked_to_come(person).filter(state="asked")):
        yield Step(
            _("%(name)s would like you beside them") % {"name": one.request.member.person.display_name},
            _("Someone asks you to come to a meeting. Say whether you can."),
            reverse("request_show", args=[one.request.public_id]),
            _("Say if you come"),
        )


def _asked(person: Person) -> Iterator[Step]:
    """What families asked for, where the next word is the liaison's."""
    for one in asked.by_day(support.requests_to_answer(person).filter(ended_at=None)):
        if one.request.state == "asked" or one.is_late or one.is_over:
            yield Step(
                _("Answer what %(name)s asked for") % {"name": one.request.member.person.display_name},
                " ".join(filter(None, (one.title + ".", one.line))),
                reverse("request_show", args=[one.request.public_id]),
                _("See what was asked for"),
            )


def _helping(person: Person) -> Iterator[Step]:
    for one in asked.helping(helping.paths_to_keep(person)):
        if one.path.stage == "interested" or one.is_late:
            yield Step(
                _("Talk with %(name)s about helping others") % {"name": one.path.member.person.display_name},
                one.line,
                reverse("helping_record", args=[one.path.public_id]),
                _("Write it down"),
            )


def _due(person: Person) -> Iterator[Step]:
    """The first of what is late or due within the week, and is not the family's own to do."""
    soon = clocks.work_clocks(person).filter(state__in=["open", "missed"], due_at__lt=timezone.now() + SOON)
    for one in show_all(soon.exclude(subject__in=SAID_ELSEWHERE).exclude(duty_of="family")[:1]):
        yield Step(one.title, one.due, one.url, _("See more"))


def _planned(person: Person) -> Iterator[Step]:
    now = timezone.now()
    for plan in contacts.visible_plans(person).filter(by__person=person, planned_at__lt=now + SOON)[:MOST]:
        where = reverse("contact_show", args=[plan.family.public_id, plan.member.person.public_id])
        name = {"name": plan.member.person.display_name}
        when = moment_words(plan.planned_at, contacts.zone_of(plan.member))
        if plan.planned_at <= now:
            yield Step(_("Write down how it went with %(name)s") % name, when, where, _("Write it down"))
        else:
            yield Step(_("Be in touch with %(name)s") % name, when, where, _("See more"))


def _papers(here: Frame, person: Person) -> Iterator[Step]:
    """A check or training of one's own that ends soon, or has ended."""
    if not here.works_as(*peers.TRAINED):
        return
    for role in peers.visible_staff(person).filter(person=person):
        for paper in shown.standing(role, role.organization.program.today()).papers:
            if paper.days_left is not None:
                left = ngettext("%(count)s day left.", "%(count)s days left.", paper.days_left)
                yield Step(
                    _("Renew: %(title)s") % {"title": paper.credential.title},
                    left % {"count": paper.days_left},
                    reverse("peer_show", args=[role.public_id]),
                    _("See more"),
                )


def _waiting(waiting: dict[str, Any]) -> Iterator[Step]:
    for one in waiting.get("families_waiting", ())[:1]:
        said = ngettext("Waiting %(days)s day", "Waiting %(days)s days", one.days) % {"days": one.days}
        yield Step(
            _("Find someone for %(name)s") % {"name": one.family.name},
            said if one.days else _("Since today"),
            reverse("suggestion_list"),
            _("See who could fit whom"),
        )
    for one in waiting.get("offers_waiting", ()):
        if one.days >= LONG:
            names = {"peer": one.pairing.peer.person.display_name, "member": one.pairing.member.person.display_name}
            yield Step(
                _("%(peer)s for %(member)s") % names,
                _("This offer waits for an answer. A call may help."),
                reverse("pairing_show", args=[one.pairing.public_id]),
                _("See more"),
            )


def _shared(person: Person) -> Iterator[Step]:
    for chosen in skill_access.shared_skills(person).filter(state="working")[:1]:
        yield Step(
            _("See a step %(name)s took") % {"name": chosen.member.person.display_name},
            skills.title(chosen),
            reverse("skill_show", args=[chosen.public_id]),
            _("I saw a step"),
        )


def _always(here: Frame) -> Iterator[Step]:
    if here.works_as("liaison"):
        yield Step(
            _("See who could fit whom"),
            _("Who waits, who has room, and what they share."),
            reverse("suggestion_list"),
            _("See who could fit whom"),
        )
    if here.works_as(*PEERS):
        yield Step(
            _("What families see of you"),
            _("Keep it true: when you are free, and how many families you have room for."),
            reverse("peer_list"),
            _("See more"),
        )
    if here.works_as("liaison", "facilitator"):
        yield Step(_("What is due next"), _("Families see the same dates."), reverse("work_list"), _("See more"))
    yield Step(
        _("How we may reach you"),
        _("When somebody waits for you, we tell you in the way you choose."),
        reverse("account_show"),
        _("See more"),
    )
    yield Step(
        _("Know who to call"),
        _("Help for a hard moment, day and night, to have at hand for a family."),
        reverse("help_show"),
        _("See the numbers"),
    )
