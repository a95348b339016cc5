"""Telling people: a notice for the page, and deliveries that any number of workers take, send and tick off."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
import zoneinfo
from collections.abc import Sequence

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from portal import live
from portal.access import people
from portal.accounts import actions as accounts
from portal.accounts.models import Person
from portal.notices import channels, decide, words
from portal.notices.decide import Channel
from portal.notices.models import Delivery, Notice

State = Delivery.State

# Reading a message in this time means no e-mail about it; a text is for those who are not at their e-mail.
MESSAGE_WAIT = dt.timedelta(minutes=2)
# Somebody with the page open is told on the page. If it is still unread by then, they have walked away from it.
OPEN_PAGE_WAIT = dt.timedelta(minutes=15)
BACK_OFF = (dt.timedelta(minutes=1), dt.timedelta(minutes=5), dt.timedelta(minutes=30))
# A row taken longer ago than this belongs to a worker that died.
CLAIM_HOLDS = dt.timedelta(minutes=5)
# After an outage nobody is flooded with what they have long found by themselves.
TOO_OLD = dt.timedelta(days=3)

# 47 CFR 64.1200(a)(10) names the first seven; each of our languages has its own word for it.
STOP = frozenset(
    {"STOP", "QUIT", "END", "REVOKE", "OPTOUT", "CANCEL", "UNSUBSCRIBE"}
    | {"STOPALL", "ALTO", "PARAR", "CANCELAR", "DUNG", "DỪNG", "NGƯNG", "توقف", "إيقاف", "أوقف"}
)
# These mean stop also when more follows ("Stop texting me"); "End of the week?" does not.
STOP_FIRST = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "REVOKE", "ALTO", "PARAR"})
START = frozenset({"START", "UNSTOP", "INICIO", "EMPEZAR"})
HELP = frozenset({"HELP", "INFO", "AYUDA", "GIÚP", "مساعدة"})


@transaction.atomic
def notify(*, person: Person, kind: str, path: str, about: str) -> None:
    """Tell a person one thing, once while it is unread. `about` names what it is about, such as "conversation:12"."""
    if Notice.objects.filter(person=person, about=about, read_at=None).exists():
        return
    try:
        with transaction.atomic():
            notice = Notice.objects.create(person=person, kind=kind, path=path, about=about)
    except IntegrityError:  # somebody else told it in this very moment
        return
    Delivery.objects.bulk_create(_deliveries(notice))


@transaction.atomic(savepoint=False)
def notify_all(*, told: Sequence[tuple[Person, str]], kind: str, about: str) -> None:
    """Tell several people the same thing as `notify` does, each with the page it leads them to, in a few statements."""
    unread = Notice.objects.filter(person__in=[person.pk for person, _path in told], about=about, read_at=None)
    known = set(unread.values_list("person", flat=True))
    fresh = [(person, path) for person, path in told if person.pk not in known]
    made = [Notice(person=person, kind=kind, path=path, about=about) for person, path in fresh]
    if not made:
        return
    try:
        with transaction.atomic():
            Notice.objects.bulk_create(made)
    except IntegrityError:  # somebody else told one of them in this very moment
        for person, path in fresh:
            notify(person=person, kind=kind, path=path, about=about)
    else:
        Delivery.objects.bulk_create([delivery for notice in made for delivery in _deliveries(notice)])


def _deliveries(notice: Notice) -> list[Delivery]:
    at_once = _channels(notice, has_open_page=live.has_open_page(notice.person_id))
    in_time = _channels(notice, has_open_page=False) - {Channel.PAGE}
    wait = MESSAGE_WAIT if notice.kind == Notice.Kind.MESSAGE else dt.timedelta()
    return [
        Delivery(
            notice=notice,
            channel=channel.value,
            due_at=notice.created_at + (wait if channel in at_once else OPEN_PAGE_WAIT),
        )
        for channel in sorted(in_time)
    ]


@transaction.atomic
def mark_read(*, person: Person, about: str) -> None:
    """The person has seen it by whatever way: what still waits to leave is dropped."""
    _mark(Q(person=person, about=about))


@transaction.atomic
def mark_all_read(*, person: Person) -> None:
    _mark(Q(person=person))


def _mark(which: Q) -> None:
    unread = list(Notice.objects.filter(which, read_at=None).values_list("pk", flat=True))
    if unread:
        Notice.objects.filter(pk__in=unread, read_at=None).update(read_at=timezone.now())
        Delivery.objects.filter(notice__in=unread, state=State.WAITING).update(state=State.DROPPED)


def deliver_due(*, limit: int = 100) -> int:
    """Send what is due, at most `limit`, and say how many went out. Not atomic: each row is taken, sent and ticked alone.

    Any number of workers may run this: a row is taken by a conditional update, so one of them gets it. A worker that
    dies after the other side took the message and before it could tick the row leaves that row to be taken again, so a
    message can leave twice in that rare case. It is never forgotten.
    """
    now = timezone.now()
    abandoned = Q(state=State.SENDING, claimed_at__lt=now - CLAIM_HOLDS)
    due = Delivery.objects.filter(Q(state=State.WAITING, due_at__lte=now) | abandoned).order_by("due_at", "pk")
    return sum(_deliver(delivery) for delivery in list(due[:limit]) if _claim(delivery))


def _claim(delivery: Delivery) -> bool:
    """Whether this worker got the row: it must still be exactly as it was seen."""
    now = timezone.now()
    seen = Delivery.objects.filter(pk=delivery.pk, state=delivery.state, attempts=delivery.attempts)
    if not seen.update(state=State.SENDING, claimed_at=now, attempts=F("attempts") + 1):
        return False
    delivery.refresh_from_db(fields=["state", "claimed_at", "attempts"])
    return True


def _deliver(delivery: Delivery) -> bool:
    notice = Notice.objects.select_related("person").get(pk=delivery.notice_id)
    if delivery.attempts > len(BACK_OFF) + 1:
        _settle(delivery, state=State.FAILED, problem=delivery.problem or "Every worker that took it stopped.")
    elif _is_settled(notice, Channel(delivery.channel)):
        _settle(delivery, state=State.DROPPED)
    elif (later := _quiet_until(notice, Channel(delivery.channel))) is not None:
        _settle(delivery, state=State.WAITING, due_at=later, attempts=delivery.attempts - 1)
    else:
        return _send(delivery, notice)
    return False


def _is_settled(notice: Notice, channel: Channel) -> bool:
    """Asked again just before it leaves: a STOP, a change of mind or a glance at the page counts to the last moment."""
    return (
        notice.read_at is not None
        or not notice.person.is_active
        or timezone.now() - notice.created_at > TOO_OLD
        or channel not in _channels(notice, has_open_page=False)
    )


def _quiet_until(notice: Notice, channel: Channel) -> dt.datetime | None:
    """When this may leave, if its hour is too late or too early for it now."""
    program = people.program_of(notice.person)
    local = timezone.now().astimezone(program.zone if program else zoneinfo.ZoneInfo(settings.TIME_ZONE))
    if channel in _channels(notice, has_open_page=False, is_quiet_hours=decide.is_quiet(local)):
        return None
    return decide.quiet_ends(local)


def _send(delivery: Delivery, notice: Notice) -> bool:
    person = notice.person
    try:
        if delivery.channel == Channel.EMAIL:
            channels.send_email(person.email or "", *words.mail(notice.kind, person.language))
        else:
            channels.send_sms(person.phone or "", words.text_message(notice.kind, person.language))
    except channels.CannotSend as error:
        _try_again(delivery, str(error)[:200])
        return False
    _settle(delivery, state=State.SENT, sent_at=timezone.now(), problem="")
    return True


def _try_again(delivery: Delivery, problem: str) -> None:
    if delivery.attempts > len(BACK_OFF):
        _settle(delivery, state=State.FAILED, problem=problem)
    else:
        due_at = timezone.now() + BACK_OFF[delivery.attempts - 1]
        _settle(delivery, state=State.WAITING, due_at=due_at, problem=problem)


def _settle(delivery: Delivery, **fields: object) -> None:
    """Write what became of it, unless another worker has taken the row since, because this one was too slow."""
    Delivery.objects.filter(pk=delivery.pk, state=State.SENDING, claimed_at=delivery.claimed_at).update(**fields)


def _channels(notice: Notice, *, has_open_page: bool, is_quiet_hours: bool = False) -> frozenset[Channel]:
    person = notice.person
    return decide.channels_for(
        notice.kind,
        wants_email=person.emails_wanted,
        wants_texts=person.texts_wanted,
        has_email=bool(person.email),
        has_phone=bool(person.phone),
        has_open_page=has_open_page,
        is_quiet_hours=is_quiet_hours,
    )


def answer_text(*, phone: str, text: str) -> str:
    """What a text to our number does at once, and what is answered: the same for numbers we know and do not know.

    The text itself is not kept.
    """
    person = Person.objects.filter(phone=phone, is_active=True).first()
    language = person.language if person else settings.LANGUAGE_CODE
    word = _command(text)
    if word in STOP:
        _choose(person, wanted=False)
        return words.stopped(language)
    if word in START:
        _choose(person, wanted=True)
        return words.started(language)
    if word in HELP:
        return words.who_we_are("es" if word == "AYUDA" else language, _phone_of_program(person))
    return words.nobody_reads_this(language)


def _choose(person: Person | None, *, wanted: bool) -> None:
    if person is not None:
        accounts.set_text_choice(person=person, wanted=wanted, source="text")


def _command(text: str) -> str:
    """The one word a text consists of, in capitals, or the first of several where that alone means stop."""
    found = re.findall(r"\w+", unicodedata.normalize("NFC", text).upper())
    if found and found[0] in STOP_FIRST:
        return str(found[0])
    return "".join(found) if len(found) <= 2 else ""


def _phone_of_program(person: Person | None) -> str:
    program = people.program_of(person) if person else None
    if program is None:
        return ""
    profile = program.profile
    home = next(one for one in profile.organizations if one.id == profile.fallback_organization)
    return (home.contact.phone or "") if home.contact else ""
