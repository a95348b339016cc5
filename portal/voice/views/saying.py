"""Saying something new: typed, spoken, or a message of one's own that is kept as a statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from messaging import history
from portal.access import conversations
from portal.access import statements as access
from portal.media.views import RECORDS
from portal.media.words import MediaRefusal
from portal.middleware import allow_media
from portal.safety.screened import is_hard
from portal.views import person_of, posted, show_or_post, uuid_of, wants_json
from portal.voice import ledger, who_sees
from portal.voice.actions import statements as actions
from portal.voice.forms.statements import ONE, KeepMessageForm, SayForm, audiences
from portal.voice.statement_refusals import VoiceRefusal

if TYPE_CHECKING:
    from portal.families.models import Member
    from portal.programs.models import StaffRole
    from portal.voice.forms.statements import Choices
    from portal.voice.models import Statement


# -- something new -----------------------------------------------------------------------------------------------------------


@show_or_post
def say_new(request: HttpRequest) -> HttpResponse:
    return _Saying(request, is_spoken=False).answer()


@show_or_post
def say_speak(request: HttpRequest) -> HttpResponse:
    """The same with a voice note: it is taken first, so that whatever else is missing, it need not be chosen again."""
    return _Saying(request, is_spoken=True).answer()


@dataclass(frozen=True, slots=True)
class _Named:
    """What it is said about, or after: kept along from where somebody came."""

    item: Any
    meeting: Any
    follows: Statement | None


class _Saying:
    def __init__(self, request: HttpRequest, *, is_spoken: bool) -> None:
        self.request, self.person, self.is_spoken = request, person_of(request), is_spoken
        self.places = access.own_places(self.person)
        if not self.places:
            raise Http404
        self.named = self._named()
        self.member = self._member()
        self.young = access.young_of(self.member)
        self.to, self.alone = to_whom(self.member)
        self.form = SayForm(posted(request), young=self.young, is_spoken=is_spoken, to=self.to, initial=self._initial())
        self.error = ""
        self.error_status = 422

    def answer(self) -> HttpResponse:
        if self.request.method != "POST":
            return self.page()
        has_voice = not self.is_spoken or self._take_voice()
        if self.form.is_valid() and has_voice:
            try:
                return self._sent()
            except VoiceRefusal as refusal:
                self._refuse(refusal)
        return self._refused()

    def _named(self) -> _Named:
        asked = {**self.request.GET.dict(), **self.request.POST.dict()}
        ids = {name: uuid_of(asked.get(name)) for name in ("item", "meeting", "follows")}
        follows = (
            access.own_statements(self.person).filter(public_id=ids["follows"]).first() if ids["follows"] else None
        )
        return _Named(
            item=access.item_to_name(self.person, ids["item"]) if ids["item"] else None,
            meeting=access.meeting_to_name(self.person, ids["meeting"]) if ids["meeting"] else None,
            follows=follows,
        )

    def _member(self) -> Member:
        """Their place in the family it is about; where nothing says which, the first."""
        family = str(self.request.POST.get("family") or self.request.GET.get("family") or "")
        about = self.named.item or self.named.meeting
        if about is not None:
            family = str(about.plan.family.public_id)
        elif self.named.follows is not None:
            family = str(self.named.follows.family.public_id)
        return next((one for one in self.places if str(one.family.public_id) == family), self.places[0])

    def _initial(self) -> dict[str, str]:
        if self.named.item is not None:
            return {
                "about": "goal" if self.named.item.kind == "goal" else "plan",
                "youth": self._youth_of(self.named.item),
            }
        if self.named.meeting is not None:
            return {"about": "meeting", "youth": self._youth_of(self.named.meeting)}
        if self.named.follows is not None:
            follows = self.named.follows
            audience = (
                follows.audience if follows.audience != "one" else f"{ONE}{getattr(follows.told_to, 'public_id', '')}"
            )
            return {"about": follows.about, "audience": audience, "youth": str(follows.youth_id or "")}
        return {}

    @staticmethod
    def _youth_of(about: Any) -> str:
        return str(about.plan.youth_id)

    def _key(self) -> UUID | None:
        return uuid_of(self.request.POST.get("key"))

    def _take_voice(self) -> bool:
        """Whether there is a voice note: the one that came now, or one that waits from before."""
        key, file = self._key(), self.request.FILES.get("file")
        if key is None:
            return False
        if file is not None:
            try:
                actions.keep_voice(actor=self.person, key=key, data=file.read())
            except MediaRefusal as refusal:
                self.error, self.error_status = refusal.message, refusal.status
                return False
            except VoiceRefusal as refusal:
                self.error = refusal.message
                return False
            return True
        if (
            access.voice_waiting(self.person, key) is None
            and not access.own_statements(self.person).filter(public_id=key).exists()
        ):
            self.error = str(_("There is no voice note here yet. Record one, or choose a sound file."))
            return False
        return True

    def _sent(self) -> HttpResponse:
        told = self.form.cleaned_data
        audience, told_to = chosen(told["audience"], self.alone)
        statement = actions.say(
            actor=self.person,
            member=self.member,
            said=actions.Say(
                key=told["key"],
                audience=audience,
                told_to=told_to,
                language=told["language"],
                words=told["words"],
                about=told["about"],
                youth=self._youth(told.get("youth", "")),
                item=self.named.item,
                meeting=self.named.meeting,
                follows=self.named.follows,
                is_spoken=self.is_spoken,
            ),
        )
        messages.success(
            self.request, _("We have it, word for word. Nobody can change it. You see here what comes of it.")
        )
        go = reverse("say_show", args=[statement.public_id])
        if wants_json(self.request):
            return JsonResponse({"go": go}, status=201)
        return redirect(go)

    def _youth(self, chosen_id: str) -> Member | None:
        if len(self.young) == 1:
            return self.young[0]
        return next((one for one in self.young if str(one.pk) == chosen_id), None)

    def _refuse(self, refusal: VoiceRefusal) -> None:
        if refusal.field in self.form.fields:
            self.form.refuse(str(refusal.field), refusal.message)
        else:
            self.error = refusal.message

    def _refused(self) -> HttpResponse:
        if wants_json(self.request):
            first = next((str(errors[0]) for errors in self.form.errors.values()), "")
            return JsonResponse({"message": self.error or first}, status=self.error_status)
        return self.page(self.error_status)

    def page(self, status: int = 200) -> HttpResponse:
        words = str(self.form["words"].value() or "")
        others = [one for one in self.places if one.pk != self.member.pk]
        key = self._key()
        context = {
            "form": self.form,
            "member": self.member,
            "named": self.named,
            "named_title": ledger.title_of(self.named.item),
            "others": others,
            "error": self.error,
            "has_voice": self.is_spoken and key is not None and access.voice_waiting(self.person, key) is not None,
            "decides_nothing": any(access.decides_nothing(self.member, one) for one in self.young),
            "readers": who_sees.readers_of(self.member, may_be_alone=bool(self.alone)),
            "is_hard": self.request.method == "POST" and is_hard(words, get_language() or "en"),
            "query": self._query(),
            "recorder": {"seconds": settings.MEDIA_VOICE_SECONDS, "words": _words_for_scripts()},
        }
        response = render(request=self.request, template_name=self._template, context=context, status=status)
        if self.is_spoken:
            response.headers["Permissions-Policy"] = RECORDS
            return allow_media(response, "blob:")
        return response

    def _query(self) -> str:
        """What it is about goes along to the page where it is spoken instead."""
        named: dict[str, Any] = {"item": self.named.item, "meeting": self.named.meeting, "follows": self.named.follows}
        if len(self.places) > 1:
            named["family"] = self.member.family
        asked = urlencode({name: one.public_id for name, one in named.items() if one is not None})
        return f"?{asked}" if asked else ""

    @property
    def _template(self) -> str:
        return "voice/say_speak.html" if self.is_spoken else "voice/say_new.html"


def _words_for_scripts() -> dict[str, str]:
    return {
        "recording": _("Recording: %(time)s"),
        "ready": _("Your voice note is ready. You can listen to it before you send it."),
        "no_microphone": _("We cannot use the microphone here. You can choose a sound file instead."),
        "offline": _("No connection right now. It stays on this page. Try again when you are back."),
        "sending": _("Sending. Please keep this page open."),
        "signed_out": _("You are signed out. Sign in to go on."),
    }


def to_whom(member: Member) -> tuple[Choices, list[StaffRole]]:
    """The choices, each by name, and those to whom it can be said alone."""
    staff = access.staff_of_team(member.family)
    alone = access.said_to(member)
    return audiences(
        staff=staff, facilitators=access.facilitators(staff), alone=alone, is_young=member.role == "youth"
    ), alone


def chosen(value: str, alone: list[StaffRole]) -> tuple[str, StaffRole | None]:
    """What a choice means: the audience, and of one person alone who that is."""
    if not value.startswith(ONE):
        return value, None
    return "one", next(role for role in alone if f"{ONE}{role.public_id}" == value)


# -- a message -----------------------------------------------------------------------------------------------------------------


@show_or_post
def say_message(request: HttpRequest, conversation_id: UUID, seq: int) -> HttpResponse:
    """A message of their own becomes a statement: who wrote it says so with one tap, and reads first who will see it."""
    person = person_of(request)
    talk = get_object_or_404(conversations.visible_conversations(person), public_id=conversation_id)
    message, place = access.message_to_keep(person, talk, seq), access.place_in(person, talk)
    if message is None or place is None:
        raise Http404
    known = access.said_in_message(talk, message)
    if known is not None:
        return redirect("say_show", known.public_id)
    to, alone = to_whom(place)
    form = KeepMessageForm(posted(request), to=to)
    if request.method == "POST" and form.is_valid():
        audience, told_to = chosen(form.cleaned_data["audience"], alone)
        try:
            statement = actions.keep_message(
                actor=person, conversation=talk, seq=seq, audience=audience, told_to=told_to
            )
        except VoiceRefusal as refusal:
            form.refuse("audience", refusal.message)
        else:
            messages.success(request, _("We have it, word for word. Your message stays where it is."))
            return redirect("say_show", statement.public_id)
    said = history.messages_between(talk, seq, seq)[0]
    context = {
        "form": form,
        "said": said,
        "back": f"{reverse('conversation_show', args=[talk.public_id])}#m{seq}",
        "readers": who_sees.readers_of(place, may_be_alone=bool(alone)),
    }
    return render(request, "voice/say_message.html", context, status=422 if form.is_bound else 200)
