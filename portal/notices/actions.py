"""Telling people: a notice for the page, and deliveries that any number of workers take, send and tick off."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
import zoneinfo
from collections.abc import Collection, Iterable, Sequence

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from portal import live
from portal.access import people
from portal.accounts import actions as accounts
from portal.accounts.models import Person
from portal.notices import channels, decide, phones, push, words
from portal.notices.decide import Channel
from portal.notices.models import Delivery, Notice
from portal.one_by_one import one_by_one

State = Delivery.State

# Who is told on the screen of their phone has this long to look, before an e-mail or a text says the same.
BEHIND_PUSH = dt.timedelta(minutes=15)
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
    notice = _made(person, kind, path, about)
    if notice is not None:
        Delivery.objects.bulk_create(_deliveries(notice))


@transaction.atomic
def alert(*, person: Person, kind: str, path: str, about: str) -> None:
    """Tell a person by every way there is, all of them now: somebody may be in danger. Once while it is unread."""
    if _made(person, kind, path, about) is not None:
        send(person=person, about=about, ways=frozenset(Channel))


@transaction.atomic
def show(*, person: Person, kind: str, path: str, about: str) -> None:
    """The same on the page alone: who climbs a ladder of their own says with `send` by which ways it leaves, and when."""
    _made(person, kind, path, about)


@transaction.atomic
def send(*, person: Person, about: str, ways: Collection[Channel]) -> frozenset[Channel]:
    """Let what is unread leave by these ways now, each of them once; gives those by which it leaves or has left."""
    notice = Notice.objects.filter(person=person, about=about, read_at=None).order_by("-pk").first()
    if notice is None:
        return frozenset()
    found = _channels(notice, has_open_page=False) & frozenset(ways) - {Channel.PAGE}
    now = timezone.now()
    Delivery.objects.bulk_create(
        [Delivery(notice=notice, channel=channel.value, due_at=now) for channel in sorted(found)], ignore_conflicts=True
    )
    return found


def ways_to(person: Person, kind: str) -> frozenset[Channel]:
    """By which ways such a notice could reach this person now, were it not for the hour."""
    return _channels(Notice(person=person, kind=kind), has_open_page=False)


def _made(person: Person, kind: str, path: str, about: str) -> Notice | None:
    """None where it was told already and is unread."""
    if Notice.objects.filter(person=person, about=about, read_at=None).exists():
        return None
    try:
        with transaction.atomic():
            return Notice.objects.create(person=person, kind=kind, path=path, about=about, created_at=timezone.now())
    except IntegrityError:  # somebody else told it in this very moment
        return None


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
    """Push first, where there is one; the other ways behind it, dropped by whoever looks in time."""
    in_time = _channels(notice, has_open_page=False) - {Channel.PAGE}
    first = notice.created_at + (OPEN_PAGE_WAIT if live.has_open_page(notice.person_id) else dt.timedelta())
    behind = first + (BEHIND_PUSH if Channel.PUSH in in_time else dt.timedelta())
    return [
        Delivery(notice=notice, channel=channel.value, due_at=first if channel is Channel.PUSH else behind)
        for channel in sorted(in_time)
    ]


@transaction.atomic
def mark_read(*, person: Person, about: str) -> None:
    """The person has seen it by whatever way: what still waits to leave is dropped."""
    _mark(Q(person=person, about=about))


@transaction.atomic
def mark_each_read(*, person: Person, abouts: Collection[str]) -> None:
    """The same of several things that stand on one page, asked at once."""
    _mark(Q(person=person, about__in=abouts))


@transaction.atomic
def take_back(*, about: str) -> None:
    """It is over, for everyone who was told: nobody needs to look any more."""
    _mark(Q(about=about))


@transaction.atomic
def forget(*, person: Person, about: str) -> None:
    """As if it had never been told: for who must not even know that it is there. Also of what was read."""
    Notice.objects.filter(person=person, about=about).delete()


@transaction.atomic
def forget_all(
    *, people: Iterable[Person], pages: Collection[str], abouts: Collection[str], beginnings: Iterable[str]
) -> None:
    """The same of all that led to these pages, was about these things, or about something that begins so."""
    told = Q(path__in=pages) | Q(about__in=abouts)
    for beginning in beginnings:
        told |= Q(about__startswith=beginning)
    Notice.objects.filter(told, person__in=[person.pk for person in people]).delete()


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
    return one_by_one(list(due[:limit]), _take, "A notice could not leave")


def _take(delivery: Delivery) -> bool:
    return _claim(delivery) and _deliver(delivery)


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
        _give_up(delivery, notice, delivery.problem or "Every worker that took it stopped.")
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
    local = _local_time(notice.person)
    if channel in _channels(notice, has_open_page=False, is_quiet_hours=decide.is_quiet(local)):
        return None
    return decide.quiet_ends(local)


def _local_time(person: Person) -> dt.datetime:
    program = people.program_of(person)
    return timezone.now().astimezone(program.zone if program else zoneinfo.ZoneInfo(settings.TIME_ZONE))


def _send(delivery: Delivery, notice: Notice) -> bool:
    person = notice.person
    try:
        _LEAVES_BY[Channel(delivery.channel)](person, notice.kind)
    except push.Gone as error:
        _give_up(delivery, notice, str(error)[:200])
        return False
    except channels.CannotSend as error:
        _try_again(delivery, notice, str(error)[:200])
        return False
    _settle(delivery, state=State.SENT, sent_at=timezone.now(), problem="")
    return True


def _by_push(person: Person, kind: str) -> None:
    is_quiet = decide.is_quiet(_local_time(person))
    phones.show(person, words.on_screen(kind, person.language, is_quiet=is_quiet))


def _by_email(person: Person, kind: str) -> None:
    channels.send_email(person.email or "", *words.mail(kind, person.language))


def _by_text(person: Person, kind: str) -> None:
    channels.send_sms(person.phone or "", words.text_message(kind, person.language))


_LEAVES_BY = {Channel.PUSH: _by_push, Channel.EMAIL: _by_email, Channel.SMS: _by_text}


def _give_up(delivery: Delivery, notice: Notice, problem: str) -> None:
    """Where it was the phone, the ways behind it do not wait any longer."""
    if _settle(delivery, state=State.FAILED, problem=problem) and delivery.channel == Channel.PUSH:
        now, behind = timezone.now(), [channel.value for channel in (Channel.EMAIL, Channel.SMS)]
        send(person=notice.person, about=notice.about, ways=[Channel(channel) for channel in behind])
        waiting = Delivery.objects.filter(notice=notice, channel__in=behind, state=State.WAITING, due_at__gt=now)
        waiting.filter(attempts=0).update(due_at=now)


def _try_again(delivery: Delivery, notice: Notice, problem: str) -> None:
    if delivery.attempts > len(BACK_OFF):
        _give_up(delivery, notice, problem)
    else:
        due_at = timezone.now() + BACK_OFF[delivery.attempts - 1]
        _settle(delivery, state=State.WAITING, due_at=due_at, problem=problem)


def _settle(delivery: Delivery, **fields: object) -> bool:
    """Write what became of it, unless another worker has taken the row since, because this one was too slow."""
    own = Delivery.objects.filter(pk=delivery.pk, state=State.SENDING, claimed_at=delivery.claimed_at)
    return bool(own.update(**fields))


def _channels(notice: Notice, *, has_open_page: bool, is_quiet_hours: bool = False) -> frozenset[Channel]:
    person = notice.person
    return decide.channels_for(
        notice.kind,
        wants_email=person.emails_wanted,
        wants_texts=person.texts_wanted,
        has_email=bool(person.email),
        has_phone=bool(person.phone),
        has_open_page=has_open_page,
        has_push=Channel.PUSH in decide.WAYS[notice.kind] and phones.is_reachable(person),
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
