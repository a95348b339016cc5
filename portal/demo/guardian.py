"""Diego Paredes turns 18 in some weeks. He has a mentor; his mother's yes to it runs out before."""

from __future__ import annotations

import datetime as dt

from peer_support.actions import (
    accept_pairing,
    attest,
    give_permission,
    keep_profile,
    propose_pairing,
    verify,
)
from peer_support.models import Pairing, PeerProfile, Permission
from portal.accounts.actions import create_person
from portal.accounts.models import Person
from portal.demo import cast, peers
from portal.families.actions import add_member, record_authority
from portal.families.models import Family, LegalAuthority, Member
from portal.growing.actions import tell_of_birthdays
from portal.programs.actions import appoint
from portal.programs.models import StaffRole

RUNS_OUT_IN = 20
OF_AGE_IN = 40


def tell(*, people: dict[str, Person], roles: dict[str, StaffRole], family: Family, now: dt.datetime) -> None:
    alma, marisol = people["alma"], people["marisol"]
    today = family.program.today()
    diego = _diego(today)
    member = add_member(actor=alma, family=family, person=diego, role=Member.Role.YOUTH, relation="hijo")
    record_authority(
        actor=alma,
        adult=Member.objects.get(family=family, person=marisol),
        youth=member,
        scope=LegalAuthority.Scope.FULL,
        evidence="Birth certificate",
        starts_on=today - dt.timedelta(days=400),
    )
    pairing = propose_pairing(
        actor=alma,
        member=member,
        peer=_noor(people["carla"], roles["tre"], now),
        reason="Noor también creció con dos idiomas y le gusta el dibujo.",
    )
    give_permission(actor=marisol, pairing=pairing)
    Permission.objects.filter(pairing=pairing).update(
        given_at=now - dt.timedelta(days=345), ends_on=today + dt.timedelta(days=RUNS_OUT_IN)
    )
    accept_pairing(actor=diego, pairing=pairing)
    Pairing.objects.filter(pk=pairing.pk).update(
        proposed_at=now - dt.timedelta(days=346), answered_at=now - dt.timedelta(days=345)
    )
    tell_of_birthdays()


def _noor(carla: Person, like: StaffRole, now: dt.datetime) -> StaffRole:
    """A mentor beside Tre, with room for one young person."""
    noor = create_person(
        display_name="Noor Haddad",
        email="noor@example.org",
        public_id=cast.id_of("noor"),
        is_adult_confirmed=True,
        is_demo=True,
    )
    role = appoint(
        actor=None,
        person=noor,
        organization=like.organization,
        role=StaffRole.Role.YOUTH_MENTOR,
        supervisor=like.supervisor,
        about="I was 14 when I first got help. I draw, and I listen.",
        languages=["en", "es"],
        started_at=now - dt.timedelta(days=400),
    )
    said = peers.SAID["tre"] | {"languages": [("en", "native"), ("es", "native")], "capacity": 1}
    keep_profile(actor=noor, role=role, about=role.about, gender="", is_taking=True, **said)  # type: ignore[arg-type]
    peers.lived(role, peers.LIVED["tre"])
    attest(actor=noor, role=role)
    peers.papers(role, carla, ends_in=300)
    attested_at = PeerProfile.objects.values_list("attested_at", flat=True).get(staff_role=role)
    verify(actor=carla, role=role, attested_at=attested_at or now)
    return role


def _diego(today: dt.date) -> Person:
    birthday = today + dt.timedelta(days=OF_AGE_IN)
    if (birthday.month, birthday.day) == (2, 29):
        birthday += dt.timedelta(days=1)
    return create_person(
        display_name="Diego Paredes",
        email="diego@example.org",
        language="es",
        born_on=birthday.replace(year=birthday.year - 18),
        public_id=cast.id_of("diego"),
        is_demo=True,
    )
