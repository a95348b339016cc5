"""Getting ready for a meeting, on paper too; and what a peer partner or mentor was given of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.access import preparing as access
from portal.access import pulse as pulses
from portal.care.kinds import NotGood
from portal.care.meetings_shown import Shown
from portal.care.views.answers import asked
from portal.safety.screened import is_hard
from portal.views import person_of, posted, show_or_post
from portal.voice import actions, prepared, who_sees
from portal.voice.forms.preparing import BesideForm, PointForm, PrepareForm

if TYPE_CHECKING:
    from peer_support.models import Pairing
    from portal.accounts.models import Person
    from portal.care.models import TeamMeeting
    from portal.families.forms import PlainForm
    from portal.voice.models import PrepPoint


@show_or_post
def prep_show(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """What one has ready for this meeting, and room for one more of each kind."""
    person = person_of(request)
    meeting = get_object_or_404(access.prepared_meetings(person), public_id=meeting_id)
    form = PrepareForm(posted(request), initial={"key": uuid4()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_down(actor=person, meeting=meeting, points=form.points)
        except NotGood as problem:
            form.refuse(problem.field, problem.message)
        else:
            messages.success(request, _("Kept, for you alone. Now choose what becomes of it, or leave it."))
            return redirect("prep_show", meeting.public_id)
    actions.see_prepared(actor=person, meeting=meeting)
    context = _own(person, meeting)
    context |= {
        "form": form,
        "is_hard": context["is_hard"] or _is_hard(form),
        "limits": who_sees.limits(is_young=meeting.plan.youth.person_id == person.pk),
    }
    return render(request, "voice/prep_show.html", context, status=422 if form.is_bound else 200)


def _is_hard(form: PlainForm) -> bool:
    """Words of danger in what was typed and could not be kept yet: help is there all the same."""
    typed = " ".join(str(form[name].value() or "") for name in form.fields)
    return form.is_bound and is_hard(typed, get_language() or "en")


@require_safe
def prep_print(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """The same to take along on paper."""
    person = person_of(request)
    meeting = get_object_or_404(access.prepared_meetings(person), public_id=meeting_id)
    return render(request, "voice/prep_print.html", _own(person, meeting))


def _own(person: Person, meeting: TeamMeeting) -> dict[str, object]:
    names, points = _names(person, meeting), access.points_of(person, meeting.plan)
    here = [one for one in points if one.meeting_id == meeting.pk]
    return {
        "meeting": meeting,
        "shown": Shown(meeting),
        "sections": prepared.sections(here, names),
        "is_hard": any(one.is_hard for one in here),
        "before": len(access.left_from_before(points, meeting)),
    }


def _names(person: Person, meeting: TeamMeeting) -> prepared.Names:
    pairing = access.peer_beside(person, meeting)
    return prepared.Names(
        peer=pairing.peer.person.first_name if pairing is not None else "",
        keepers=[one.display_name for one in access.keepers(meeting)],
    )


@require_POST
def prep_bring(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """What was ready for a meeting that was called off."""
    person = person_of(request)
    meeting = get_object_or_404(access.prepared_meetings(person), public_id=meeting_id)
    count = actions.bring_along(actor=person, meeting=meeting)
    done = ngettext("%(count)s thing is here now.", "%(count)s things are here now.", count)
    messages.success(request, done % {"count": count} + " " + _("Only you see it, until you choose."))
    return redirect("prep_show", meeting.public_id)


@show_or_post
def prep_point(request: HttpRequest, point_id: UUID) -> HttpResponse:
    """One thing: its words while they are nobody else's, and what becomes of it."""
    person = person_of(request)
    point = _point(person, point_id)
    meeting = point.meeting
    if not access.may_change(person, point):
        messages.info(request, _("This meeting is over or called off. What you wrote is kept."))
        return redirect("plan_list")
    names, pairing = _names(person, meeting), access.peer_beside(person, meeting)
    form = PointForm(
        posted(request),
        fates=prepared.choices(access.fates_for(point, pairing), names),
        is_mine_alone=point.is_mine_alone,
        initial={"text": point.text, "fate": point.fate},
    )
    return asked(
        request,
        form,
        lambda: actions.choose_for_point(actor=person, point=point, **form.cleaned_data),
        plan=None,
        back=reverse("prep_show", args=[meeting.public_id]),
        title=point.get_kind_display(),
        lead="" if point.is_mine_alone else point.text,
        action=_("Keep this"),
        done=_("Done."),
        template="voice/prep_point.html",
        point=point,
        is_hard=_is_hard(form),
    )


@require_POST
def prep_drop(request: HttpRequest, point_id: UUID) -> HttpResponse:
    person = person_of(request)
    point = access.own_point(person, point_id)
    if point is None:
        raise Http404
    actions.put_away(actor=person, point=point)
    messages.success(request, _("It is off your list, and nobody can read it any more."))
    return redirect("prep_show", point.meeting.public_id)


def _point(person: Person, point_id: UUID) -> PrepPoint:
    return get_object_or_404(access.own_points(person), public_id=point_id)


# -- the one beside them -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Given:
    point: PrepPoint
    pairing: Pairing
    may_note: bool
    shown: Shown


@require_safe
def given_list(request: HttpRequest) -> HttpResponse:
    """What a peer partner or mentor was given to read: points for a meeting, and words after one."""
    person = person_of(request)
    if not access.is_given_anything(person):
        raise Http404
    actions.see_given(actor=person)
    beside = access.stands_beside(person)
    given = [
        Given(point, pairing, access.may_talk(pairing), Shown(point.meeting))
        for point, pairing in access.given_points(beside)
    ]
    context = {"given": given, "answers": pulses.read_by_peer(beside)}
    return render(request, "voice/given_list.html", context)


@show_or_post
def given_note(request: HttpRequest, point_id: UUID) -> HttpResponse:
    """A word beside what one was given. What was given stays as it is."""
    person = person_of(request)
    given = access.given_points(access.stands_beside(person))
    point = next((one for one, pairing in given if one.public_id == point_id and access.may_talk(pairing)), None)
    if point is None:
        raise Http404
    form = BesideForm(posted(request), initial={"key": uuid4()})
    return asked(
        request,
        form,
        lambda: actions.write_beside(actor=person, point=point, **form.cleaned_data),
        plan=None,
        back=reverse("given_list"),
        title=_("A word beside it"),
        lead=point.text,
        action=_("Send it"),
        done=_("They can read your word beside theirs."),
    )
