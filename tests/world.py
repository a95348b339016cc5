"""One cast for all tests, made through the same actions that pages use. Names and addresses are invented.

A family in Louisiana and everyone around it; a stranger family of the same programme, with its own liaison and peer
partner in another organization; and one in Missouri. Each has a peer partner and an open conversation. No peer has a profile:
their organizations do not match by profiles yet (`tests/peer_support/ready.py` makes one who may take new families).
"""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from messaging.models import Conversation, data_key_context
from peer_support import actions as peer_support
from peer_support.models import Pairing
from portal import crypto
from portal.accounts import actions as accounts
from portal.accounts import stay
from portal.accounts.backends import works_here
from portal.accounts.models import Acknowledgement, Person
from portal.accounts.welcome import actions as welcome
from portal.accounts.welcome.steps import Step, open_steps
from portal.families import actions as families
from portal.families.models import Family, LegalAuthority, Member, NoContact, StaffAssignment
from portal.notices import actions as notices
from portal.programs import actions as programs
from portal.programs.models import Organization, Program, StaffRole

Cast = dict[str, Any]  # the attributes of a World, as they come about
Job = StaffRole.Role
Place = Member.Role


@dataclass
class World:
    program: Program
    other_program: Program

    # The family, and how each of them belongs to it.
    family: Family
    caregiver: Person
    second_caregiver: Person
    youth: Person  # 15
    child: Person  # 12
    natural_support: Person
    caregiver_member: Member
    second_caregiver_member: Member
    youth_member: Member
    child_member: Member
    natural_support_member: Member
    caregiver_authority: LegalAuthority
    second_caregiver_authority: LegalAuthority

    # Who works with it, and in what role. The second peer partner is proposed to the second caregiver.
    peer: Person
    second_peer: Person
    mentor: Person
    liaison: Person
    facilitator: Person
    coordinator: Person
    lead: Person
    supervisor: Person
    peer_role: StaffRole
    second_peer_role: StaffRole
    mentor_role: StaffRole
    liaison_role: StaffRole
    facilitator_role: StaffRole
    coordinator_role: StaffRole
    lead_role: StaffRole
    supervisor_role: StaffRole
    liaison_assignment: StaffAssignment
    facilitator_assignment: StaffAssignment
    pairing: Pairing
    conversation: Conversation
    offer: Pairing

    # Strangers: same programme, another organization.
    stranger_family: Family
    stranger_caregiver: Person
    stranger_youth: Person
    stranger_caregiver_member: Member
    stranger_youth_member: Member
    stranger_peer: Person
    stranger_liaison: Person
    stranger_peer_role: StaffRole
    stranger_liaison_role: StaffRole
    stranger_pairing: Pairing
    stranger_conversation: Conversation

    # Strangers: another programme.
    faraway_family: Family
    faraway_caregiver: Person
    faraway_youth: Person
    faraway_caregiver_member: Member
    faraway_youth_member: Member
    faraway_peer: Person
    faraway_liaison: Person
    faraway_peer_role: StaffRole
    faraway_liaison_role: StaffRole
    faraway_pairing: Pairing
    faraway_conversation: Conversation

    def organization(self, slug: str) -> Organization:
        return Organization.objects.get(program=self.program, slug=slug)

    def keep_apart(self) -> NoContact:
        """From now on the second caregiver is not to know where the first one is."""
        return families.set_no_contact(
            actor=self.liaison,
            protected=self.caregiver_member,
            hidden_from=self.second_caregiver_member,
            reason="Protective order seen on paper",
        )


# Everyone who can ask to see something; each table of the policy has a row for each of them.
VIEWERS = tuple(field.name for field in fields(World) if field.type == "Person")


def build() -> World:
    """The cast, made by its actions into whatever the database holds."""
    programs.sync_profiles()
    louisiana, missouri = (Program.objects.get(slug=slug) for slug in ("louisiana-csoc", "missouri-initiative"))
    cast = {
        **_family_of_louisiana(louisiana),
        **_strangers(louisiana, "stranger", "local-providers", "Thibeau"),
        **_strangers(missouri, "faraway", "missouri-alliance", "Okafor"),
    }
    return World(**cast, program=louisiana, other_program=missouri)


OWN_PACKAGES = {"portal", "messaging", "peer_support", "rights_grievances"}


class Kept:
    """The cast as it was first built in this process, put back by the statements that insert its rows: fifty times as quick."""

    def __init__(self, world: World) -> None:
        self.world = pickle.dumps(world)
        own = [model for model in apps.get_models() if model.__module__.split(".")[0] in OWN_PACKAGES]
        self.rows = [rows for model in own if (rows := list(model._default_manager.all()))]
        self.statements: list[tuple[str, Any]] = []

    def put_back(self, *, renamed: bool = False) -> World:
        """`renamed`: with other conversations in their places, of which this process remembers nothing."""
        world: World = pickle.loads(self.world)
        instead = _rename(world) if renamed else {}
        with transaction.atomic():
            if not self.statements:
                self._learn()
            with connection.cursor() as cursor:
                for sql, params in self.statements:
                    cursor.execute(sql, _but(params, instead))
        return world

    def _learn(self) -> None:
        """What Django says to insert the rows. They came with their numbers, which the database must not give again."""

        def listening(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
            if sql.startswith("INSERT"):
                self.statements.append((sql, params))
            return execute(sql, params, many, context)

        with forgotten(), connection.execute_wrapper(listening):
            for rows in self.rows:
                type(rows[0])._default_manager.bulk_create(rows)
        kinds = [type(rows[0]) for rows in self.rows]
        self.statements += [(sql, None) for sql in connection.ops.sequence_reset_sql(no_style(), kinds)]


def _rename(world: World) -> dict[Any, Any]:
    """Give each conversation another name, and a key that is bound to it: what stands in the statements, and what is to."""
    instead: dict[Any, Any] = {}
    made: dict[UUID, tuple[UUID, bytes]] = {}
    for one in _conversations(vars(world), set()):
        name, key = one.public_id, bytes(one.data_key)
        if name not in made:
            new = uuid4()
            made[name] = new, crypto.new_data_key(data_key_context(new))
        one.public_id, one.data_key = made[name]
        instead |= {name: one.public_id, name.hex: one.public_id.hex, str(name): str(one.public_id), key: one.data_key}
    return instead


def _conversations(known: dict[str, Any], seen: set[int]) -> Iterator[Conversation]:
    """Each object that stands for one, however it is reached."""
    for found in known.values():
        if isinstance(found, Model) and id(found) not in seen:
            seen.add(id(found))
            if isinstance(found, Conversation):
                yield found
            yield from _conversations(found._state.fields_cache, seen)


def _but(params: Any, instead: dict[Any, Any]) -> Any:
    """The same parameters with these in the place of those: single ones, and columns of them."""
    if isinstance(params, list | tuple) and instead:
        return type(params)(_but(one, instead) for one in params)
    if isinstance(params, memoryview):
        return instead.get(bytes(params), params)
    if isinstance(params, psycopg.Binary):
        return instead.get(bytes(params.obj), params)
    return instead.get(params, params) if isinstance(params, str | bytes | UUID) else params


@contextmanager
def forgotten() -> Iterator[None]:
    """What is done within is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


_kept: list[Kept] = []


def build_again(*, renamed: bool = False) -> World:
    """The cast as it was first built in this process, put back as rows: into an empty database only."""
    if Person.objects.exists() or Program.objects.exists():
        return build()
    if not _kept:
        world = build()
        _kept.append(Kept(world))
        return world
    return _kept[0].put_back(renamed=renamed)


def _family_of_louisiana(program: Program) -> Cast:
    cast = _staff_of_louisiana(program)
    peer_support.add_credential(  # without it nobody assigns him but for a reason
        actor=cast["lead"],
        role=cast["facilitator_role"],
        requirement="core-training",
        issued_on=program.today() - dt.timedelta(days=400),
    )
    cast |= _family(program, cast["liaison"], cast["liaison_role"], cast["facilitator_role"])
    pairing = peer_support.propose_pairing(
        actor=cast["liaison"],
        member=cast["caregiver_member"],
        peer=cast["peer_role"],
        reason="She raised a son who needed the same help.",
    )
    conversation = _begun(cast["caregiver"], pairing)
    offer = peer_support.propose_pairing(
        actor=cast["liaison"],
        member=cast["second_caregiver_member"],
        peer=cast["second_peer_role"],
        reason="He knows the school's side well.",
    )
    return cast | {"pairing": pairing, "conversation": conversation, "offer": offer}


def _staff_of_louisiana(program: Program) -> Cast:
    jobs = {
        "supervisor": ("Ruth Castille", Job.LIAISON, "fhf-jefferson"),
        "peer": ("Joy Landrieu", Job.PEER_PARTNER, "fhf-jefferson"),
        "second_peer": ("Marcus Hebertson", Job.PEER_PARTNER, "fhf-jefferson"),
        "mentor": ("Dana Tran", Job.YOUTH_MENTOR, "fhf-jefferson"),
        "liaison": ("Simone Picourt", Job.LIAISON, "fhf-jefferson"),
        "facilitator": ("Abel Nwosu", Job.FACILITATOR, "care-management-entity"),
        "coordinator": ("Priya Raman", Job.GRIEVANCE_COORDINATOR, "csoc-contractor"),
        "lead": ("Gus Robich", Job.PROGRAMME_LEAD, "governance"),
    }
    cast: Cast = {}
    for name, (display_name, job, organization) in jobs.items():
        supervisor = cast.get("supervisor_role") if organization == "fhf-jefferson" else None
        cast |= _appointed(program, name, display_name, job, organization, supervisor=supervisor)
    return cast


def _family(program: Program, liaison: Person, liaison_role: StaffRole, facilitator_role: StaffRole) -> Cast:
    people = {
        "caregiver": ("Odette Marchand", Place.CAREGIVER, "mother", None, "en"),
        "second_caregiver": ("Lucien Marchand", Place.CAREGIVER, "father", None, "en"),
        "youth": ("Theo Marchand", Place.YOUTH, "", 15, "en"),
        "child": ("Ines Marchand", Place.YOUTH, "", 12, "en"),
        "natural_support": ("Nadine Brous", Place.NATURAL_SUPPORT, "neighbour", None, "es"),
    }
    family = families.open_family(actor=liaison, role=liaison_role, name="Marchand", region="jefferson")
    cast: Cast = {"family": family, "liaison_assignment": family.assignments.get()}
    # Before anybody of the family is here who could choose: whom it would like later it chooses as tests/voice shows.
    cast["facilitator_assignment"] = families.assign(actor=liaison, family=family, staff_role=facilitator_role)
    for name, (display_name, place, relation, age, language) in people.items():
        person = _person(program, display_name, age=age, language=language)
        cast[name] = person
        cast[f"{name}_member"] = families.add_member(
            actor=liaison,
            family=family,
            person=person,
            role=place,
            relation=relation,
            evidence="Birth certificate seen" if name == "second_caregiver" else "",
            address=f"{len(cast)} Example Street, Gretna",
        )
    for adult, scope in (("caregiver", LegalAuthority.Scope.FULL), ("second_caregiver", LegalAuthority.Scope.SCHOOL)):
        cast[f"{adult}_authority"] = _authority(liaison, cast[f"{adult}_member"], cast["youth_member"], scope)
    return cast


def _authority(liaison: Person, adult: Member, youth: Member, scope: LegalAuthority.Scope) -> LegalAuthority:
    return families.record_authority(
        actor=liaison,
        adult=adult,
        youth=youth,
        scope=scope,
        evidence="Court order seen",
        starts_on=youth.family.program.today() - dt.timedelta(days=100),
    )


def _begun(caregiver: Person, pairing: Pairing) -> Conversation:
    """The family said yes, the peer partner said "I am here", and the family has seen it."""
    conversation = peer_support.accept_pairing(actor=caregiver, pairing=pairing)
    peer_support.begin_pairing(actor=pairing.peer.person, pairing=pairing)
    notices.mark_all_read(person=caregiver)
    pairing.refresh_from_db()
    assert conversation is not None
    return conversation


def _strangers(program: Program, word: str, organization: str, surname: str) -> Cast:
    cast = _appointed(program, f"{word}_liaison", f"Vera {surname}-Lane", Job.LIAISON, organization)
    cast |= _appointed(program, f"{word}_peer", f"Colin {surname}-Moss", Job.PEER_PARTNER, organization)
    liaison, liaison_role = cast[f"{word}_liaison"], cast[f"{word}_liaison_role"]
    family = families.open_family(actor=liaison, role=liaison_role, name=surname)
    caregiver = _person(program, f"Mae {surname}")
    youth = _person(program, f"Eli {surname}", age=14)
    member = families.add_member(actor=liaison, family=family, person=caregiver, role=Place.CAREGIVER, relation="aunt")
    youth_member = families.add_member(actor=liaison, family=family, person=youth, role=Place.YOUTH)
    _authority(liaison, member, youth_member, LegalAuthority.Scope.FULL)
    pairing = peer_support.propose_pairing(
        actor=liaison, member=member, peer=cast[f"{word}_peer_role"], reason="They live in the same town."
    )
    conversation = _begun(caregiver, pairing)
    rest = {
        "family": family,
        "caregiver": caregiver,
        "youth": youth,
        "caregiver_member": member,
        "youth_member": youth_member,
        "pairing": pairing,
        "conversation": conversation,
    }
    cast |= {f"{word}_{name}": value for name, value in rest.items()}
    return cast


def _appointed(
    program: Program, name: str, display_name: str, job: Job, organization: str, supervisor: StaffRole | None = None
) -> Cast:
    person = _person(program, display_name)
    role = programs.appoint(
        actor=None,
        person=person,
        organization=Organization.objects.get(program=program, slug=organization),
        role=job,
        supervisor=supervisor,
    )
    return {name: person, f"{name}_role": role}


def _person(program: Program, display_name: str, *, age: int | None = None, language: str = "en") -> Person:
    """Adults have the word of staff that they are 18, the young a date of birth half a year from their next birthday."""
    half_a_year_ago = program.today() - dt.timedelta(days=180)
    return accounts.create_person(
        display_name=display_name,
        email=f"{display_name.lower().replace(' ', '.')}@example.org",
        language=language,
        born_on=dt.date(half_a_year_ago.year - age, half_a_year_ago.month, min(half_a_year_ago.day, 28))
        if age
        else None,
        is_adult_confirmed=age is None,
    )


# -- signing in ---------------------------------------------------------------------------------------------------------


def signed_in(client: Client | None, person: Person) -> Client:
    """A browser in which the person is all the way in: welcome steps answered and, for staff, the second step taken.

    Whoever may not have an account of their own (under 13) stays at the door.
    """
    client = client or Client()
    answer_welcome(person)
    client.force_login(person)
    session = client.session
    stay.begin(session)
    if works_here(person):
        device, _made = TOTPDevice.objects.get_or_create(user=person, name="app")
        stay.note_second_step(session, device)
    session.save()
    return client


def cookies_of(person: Person) -> str:
    """The cookie header of such a browser."""
    return f"{settings.SESSION_COOKIE_NAME}={signed_in(None, person).cookies[settings.SESSION_COOKIE_NAME].value}"


def answer_welcome(person: Person) -> None:
    """Answer each page of the first sign-in in the way that lets the person go on; a guardian signs where one may."""
    for step in open_steps(person):
        if step.missing == "permission":
            _sign_for(person)
            answer_welcome(person)
            return
        if step.answers:
            _answer(person, step, step.answers[0])


def _sign_for(young: Person) -> None:
    guardians = Person.objects.filter(memberships__family__members__person=young).exclude(pk=young.pk)
    for guardian in guardians.distinct():
        for step in open_steps(guardian):
            if step.about == young and step.needs_yes:
                _answer(guardian, step, Acknowledgement.Answer.YES)


def _answer(person: Person, step: Step, answer: Acknowledgement.Answer) -> None:
    welcome.acknowledge(
        person=person,
        kind=step.kind,
        answer=answer,
        language="en",
        version=step.version,
        about=step.about,
        basis=step.basis,
    )
