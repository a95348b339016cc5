"""Letting others know: a consent signed and taken back, and what was shared by one, or refused for want of one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.access import disclosures, granted, require
from portal.access import releases as access
from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.families.models import Category, Disclosure, Family, Member, Release, Released
from portal.families.wording import text_version
from portal.programs.models import Organization

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


class ReleaseRefusal(Exception):
    """Why a consent cannot be like that, in words; `field` is the part of the form it is about."""

    message: _StrOrPromise
    field = "categories"


class NotTogether(ReleaseRefusal):
    message = _(
        "What is about alcohol or drugs, and what is about HIV, needs a page of its own. Please sign them one by one."
    )


class NoEnd(ReleaseRefusal):
    message = _("Please choose a last day that has not passed, or write what ends it.")
    field = "ends_on"


class NoRelease(Exception):
    """Something was to be shared that no consent in force covers: refused, and written down."""

    message = _(
        "Nobody has signed that this may be shared with them, or it has ended. We shared nothing, and we wrote down "
        "that you asked."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What stands on the page that is signed (42 CFR 2.31, 45 CFR 164.508(c), 34 CFR 99.30): one of the three recipients."""

    categories: frozenset[str]
    discloser: str
    what: str
    why: str
    signed_as: str
    starts_on: dt.date
    ends_on: dt.date | None = None
    event: str = ""
    to_person: Person | None = None
    to_organization: Organization | None = None
    to_name: str = ""
    language: str = "en"
    interpreter: str = ""
    witness: str = ""
    explained_by: str = ""


def _key_of(key: UUID | None, *said: object) -> UUID | None:
    """Of a form and what it says: sent twice it is one, gone back to and changed it is another."""
    return uuid5(key, repr(said)) if key else None


def _said_in(consent: Consent) -> list[object]:
    said = {one.name: getattr(consent, one.name) for one in fields(consent)}
    said["categories"] = sorted(consent.categories)
    for name in ("to_person", "to_organization"):
        said[name] = said[name] and said[name].pk
    return list(said.values())


@transaction.atomic
def sign_release(*, actor: Person, youth: Member, consent: Consent, key: UUID | None = None) -> Release:
    """Sign it. `key`: the form's own; sent twice it is one consent.

    Raises Refused for whoever may not sign all of it, NotTogether, NoEnd.
    """
    Family.objects.select_for_update(no_key=True).get(pk=youth.family_id)
    key = _key_of(key, *_said_in(consent))
    signed = Release.objects.filter(public_id=key).first() if key else None
    if signed is not None:
        require(signed.signed_by_id == actor.pk and signed.youth_id == youth.pk)
        return signed
    if consent.categories & access.APART and len(consent.categories) > 1:
        raise NotTogether
    authority = granted(access.authority_for(actor, youth, consent.categories))
    require(consent.discloser in access.disclosers(youth))
    require(all(text.strip() for text in (consent.what, consent.why, consent.signed_as)))
    _check_recipient(actor, youth, consent)
    _check_days(youth, consent)
    release = Release(
        public_id=key or uuid4(),
        youth=youth,
        discloser=consent.discloser,
        to_person=consent.to_person,
        to_organization=consent.to_organization,
        to_name=consent.to_name.strip(),
        starts_on=consent.starts_on,
        ends_on=consent.ends_on,
        language=consent.language,
        text_version=text_version(consent.categories),
        interpreter=consent.interpreter.strip(),
        witness=consent.witness.strip(),
        explained_by=consent.explained_by.strip(),
        signed_by=actor,
        signed_as=consent.signed_as.strip(),
        authority=authority,
        signed_at=timezone.now(),
    )
    release.terms = {"what": consent.what.strip(), "why": consent.why.strip(), "event": consent.event.strip()}
    release.save()
    ticked = [one for one in Category.values if one in consent.categories]
    Released.objects.bulk_create(Released(release=release, category=one) for one in ticked)
    _record(actor, Entry.Verb.CREATED, "release", release.public_id, youth)
    return release


def _check_recipient(actor: Person, youth: Member, consent: Consent) -> None:
    """One, and only one who may be told."""
    said = (consent.to_person is not None, consent.to_organization is not None, bool(consent.to_name.strip()))
    require(sum(said) == 1)
    if consent.to_person is not None:
        require(consent.to_person in access.people_to_tell(actor, youth))
    if consent.to_organization is not None:
        require(consent.to_organization.program_id == youth.family.program_id)


def _check_days(youth: Member, consent: Consent) -> None:
    """Every consent has an end: a day, or what happens (42 CFR 2.31(a)(7), 45 CFR 164.508(c)(1)(v))."""
    if consent.ends_on is None and not consent.event.strip():
        raise NoEnd
    if consent.ends_on is not None and consent.ends_on < max(consent.starts_on, youth.family.program.today()):
        raise NoEnd


@transaction.atomic
def revoke_release(*, actor: Person, release: Release) -> None:
    """From this moment on it lets nobody see anything. What was shared before stays listed. Saying it twice changes nothing."""
    require(access.release_for(actor, release.public_id) is not None)
    held = Release.objects.select_for_update(of=("self",)).get(pk=release.pk)
    if held.revoked_at is not None:
        return
    require(access.may_revoke(actor, held))
    held.revoked_by, held.revoked_at = actor, timezone.now()
    held.save(update_fields=["revoked_by", "revoked_at"])
    _record(actor, Entry.Verb.ENDED, "release", held.public_id, held.youth)


def share(
    *,
    actor: Person,
    youth: Member,
    to_name: str,
    categories: Iterable[str],
    what: str,
    release: Release | None = None,
    key: UUID | None = None,
) -> Disclosure:
    """Write down that this was handed to them, by a consent in force that covers all of it (45 CFR 164.528).

    Without one: written down as refused, and NoRelease, after the commit. So not inside a transaction of the caller's,
    which would take the line back with it.
    """
    require(disclosures.may_share(actor, youth))
    wanted = [one for one in Category.values if one in set(categories)]
    key = _key_of(key, to_name, release and release.pk, wanted, what)
    with transaction.atomic():
        Family.objects.select_for_update(no_key=True).get(pk=youth.family_id)
        done = Disclosure.objects.filter(public_id=key).first() if key else None
        if done is None:
            done = _write_down(actor, youth, to_name, wanted, what, release, key)
        require(done.by_id == actor.pk and done.youth_id == youth.pk)
    if done.was_refused:
        raise NoRelease
    return done


def _write_down(
    actor: Person,
    youth: Member,
    to_name: str,
    wanted: list[str],
    what: str,
    release: Release | None,
    key: UUID | None,
) -> Disclosure:
    """The consent is held while it is asked whether it holds: one taken back at this moment waits, or was first."""
    if release is not None:
        to_name = access.recipient_of(release)
    list(Release.objects.select_for_update(of=("self",)).filter(youth=youth).order_by("pk"))
    found = disclosures.release_to_share_by(actor, youth, to_name, wanted, release)
    known = found or release or access.release_named(youth, to_name)
    done = Disclosure(
        public_id=key if key and found else uuid4(),  # refused, the same form may be tried again
        youth=youth,
        release=known,
        to_name=to_name.strip(),
        categories=" ".join(wanted),
        was_refused=found is None,
        by=actor,
    )
    done.what = what.strip()
    done.save()
    verb = Entry.Verb.REFUSED if done.was_refused else Entry.Verb.CREATED
    _record(actor, verb, "disclosure", done.public_id, youth)
    return done


def _record(actor: Person, verb: Entry.Verb, subject: str, subject_id: UUID, youth: Member) -> None:
    """Who of the family reads the line is asked when they read (portal.access.record): not all may know of each consent."""
    record(actor=actor, verb=verb, subject=subject, subject_id=subject_id, family=youth.family)
