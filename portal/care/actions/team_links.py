"""A link by which somebody of the family's own life joins its team: once, within days, and only with the word told by mouth.

The link alone opens nothing. Whoever has link and word then shows by a code of the usual sign-in that the e-mail address or phone
number they gave is theirs, and comes in with that account; only then is the link spent.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import check_password, make_password
from django.core import signing
from django.db import transaction
from django.utils import timezone, translation

from portal.access import Refused, require
from portal.access import care as care_access
from portal.access import team_links as access
from portal.access.team import may_change
from portal.accounts.actions import create_person
from portal.accounts.backends import person_at
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.care import refusals
from portal.care.actions.team import keep_seat
from portal.care.actions.versions import locked
from portal.care.models import Plan, Seat, TeamLink
from portal.families.actions import take_in

if TYPE_CHECKING:
    from portal.accounts.addresses import Address

LASTS = dt.timedelta(days=7)
HOLDS = dt.timedelta(minutes=30)  # from the right word to coming in: time to fetch the code
DIGITS = 6
_SALT = "team-link"


@transaction.atomic
def make_link(*, actor: Person, seat: Seat) -> tuple[str, str]:
    """The link's token and the word to tell by mouth, shown once; an earlier link of the seat stops working."""
    plan = locked(seat.plan)
    reader = care_access.reader_of(actor, plan)
    seat = Seat.objects.select_for_update().get(pk=seat.pk, plan=plan)
    require(reader is not None and access.may_make_link(reader, plan, seat))
    now = timezone.now()
    TeamLink.objects.filter(seat=seat, used_at=None, ended_at=None).update(ended_at=now)
    token, word = secrets.token_urlsafe(24), f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    TeamLink.objects.create(
        seat=seat,
        token_hash=TeamLink.digest(token),
        word_hash=make_password(word),
        made_by=actor,
        made_at=now,
        expires_at=now + LASTS,
    )
    _note(actor, plan, Entry.Verb.CREATED)
    return token, word


@transaction.atomic
def end_link(*, actor: Person, seat: Seat) -> None:
    """Take back the link that is open. Saying it twice changes nothing."""
    plan = locked(seat.plan)
    reader = care_access.reader_of(actor, plan)
    require(reader is not None and may_change(reader, plan))
    ended = TeamLink.objects.filter(seat=seat, seat__plan=plan, used_at=None, ended_at=None).update(
        ended_at=timezone.now()
    )
    if ended:
        _note(actor, plan, Entry.Verb.ENDED)


def check_link(*, token: str) -> None:
    """Whether the link can be used; looking changes nothing. Raises LinkGone."""
    link = access.link_with(token)
    if link is None or not _is_open(link):
        raise refusals.LinkGone


@transaction.atomic
def try_word(*, token: str, word: str) -> str | None:
    """A proof to come in with, for a while; None for a wrong word, the fifth of which ends the link. Raises LinkGone."""
    link = _open_link(token)
    if check_password(word, link.word_hash):
        return signing.dumps(link.pk, salt=_SALT)
    link.tries += 1
    if link.tries >= TeamLink.TRIES:
        link.ended_at = timezone.now()
        _note(None, link.seat.plan, Entry.Verb.REFUSED)
    link.save(update_fields=["tries", "ended_at"])
    return None


def is_proven(*, token: str, proof: str) -> bool:
    """Whether this proof was given for this link, not long ago."""
    link = access.link_with(token)
    try:
        return link is not None and signing.loads(proof, salt=_SALT, max_age=HOLDS) == link.pk
    except signing.BadSignature:
        return False


@transaction.atomic
def begin_account(*, token: str, proof: str, name: str, address: Address) -> None:
    """An account at that address, where there is none; whoever it is shows by a code that the address is theirs.

    That they are grown up is their own word: whoever made the link knows them.
    """
    require(is_proven(token=token, proof=proof))
    if person_at(address) is None:
        create_person(
            display_name=name,
            language=translation.get_language() or "en",
            is_adult_confirmed=True,
            email=address.text if address.kind == "email" else None,
            phone=address.text if address.kind == "phone" else None,
        )


@transaction.atomic
def come_in(*, actor: Person, token: str, proof: str) -> Seat:
    """On the team and of the family's own people, seeing what the family shows them and nothing else. Spends the link.

    Raises LinkGone; NotWithThisAccount for a minor, for who is kept away, for the household and the staff beside it.
    """
    found = access.link_with(token)
    if found is None:
        raise refusals.LinkGone
    plan = locked(found.seat.plan)
    link = _open_link(token)
    if not is_proven(token=token, proof=proof):
        raise Refused
    if not access.may_come_in(actor, plan):
        raise refusals.NotWithThisAccount
    seat = link.seat
    seat.plan, seat.person = plan, actor
    seat.save(update_fields=["person"])
    take_in(added_by=link.made_by, family=plan.family, person=actor)
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])
    keep_seat(actor, seat, Entry.Verb.CHANGED)
    return seat


def _open_link(token: str) -> TeamLink:
    """The link, held, while it can be used. Raises LinkGone."""
    found = access.link_with(token)
    if found is None:
        raise refusals.LinkGone
    rows = TeamLink.objects.select_for_update(of=("self",)).select_related("seat__plan__family", "made_by")
    link = rows.get(pk=found.pk)
    if not _is_open(link):
        raise refusals.LinkGone
    return link


def _is_open(link: TeamLink) -> bool:
    return link.used_at is None and link.ended_at is None and timezone.now() < link.expires_at


def _note(actor: Person | None, plan: Plan, verb: Entry.Verb) -> None:
    record(actor=actor, verb=verb, subject="team", subject_id=plan.public_id, family=plan.family, by="link")
