"""Young people and those around them, known again by what another system calls them; never by name."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.utils.translation import gettext

from portal.accounts.models import Person
from portal.audit.actions import record
from portal.audit.models import Entry
from portal.care.actions.exchange.known import Run
from portal.care.fhir.brought import Relative, Youth
from portal.care.fhir.node import Unusable
from portal.care.fhir.reading import Key
from portal.care.fhir.terms import URI
from portal.care.models import ForeignRecord
from portal.families.actions import put_beside
from portal.families.models import Family, Member
from portal.programs.models import StaffRole
from portal.text import one_line

NAME, RELATION = 80, 60


class People:
    def __init__(self, run: Run, role: StaffRole | None) -> None:
        self.run = run
        self.role = role  # who brought it, where they stand beside the families it is about
        self.members: dict[Key, Member] = {}
        self._authors: dict[Key, Person] = {}
        self._families: dict[str, Family] = {}  # by what the other system calls the family

    # -- the young --

    def youth(self, said: Youth) -> None:
        member = self._known_youth(said)
        if member is None:
            if not said.name and not said.digest:
                raise Unusable(
                    f"{said.where} is about a young person ({said.keys[-1].id}) who is in none of the files "
                    "and not known here: add the file that holds their record."
                )
            member = self._new_youth(said)
        elif said.digest:
            self._fill(member, said)
        for key in said.keys:
            self.members[key] = member
            if said.digest or self.run.find(key) is None:
                self.run.remember(key, member.family, member, "member", said.digest)
        if said.family:
            self._families.setdefault(said.family, member.family)
        self.run.touched[member.family_id] = member.family

    def _known_youth(self, said: Youth) -> Member | None:
        found = {member.pk: member for key in said.keys if (member := self._young(key, said)) is not None}
        if len(found) > 1:
            raise Unusable(
                f"{said.where} has identifiers of two different people here: correct the file and try again."
            )
        member = next(iter(found.values()), None)
        if member is not None:
            self._check_numbers(member, said)
        if member is not None and said.born_on and member.person.born_on and said.born_on != member.person.born_on:
            raise Unusable(
                f"{said.where} was born on another day than the young person with that id here: if the files come "
                "from another system than before, name it with --source, else correct the date."
            )
        return member

    def _check_numbers(self, member: Member, said: Youth) -> None:
        """Who has another number in the same system is another child, whatever else the two have in common."""
        said_here: dict[str, set[str]] = {}
        for key in said.keys[:-1]:  # the last is the record itself, which may have been written anew
            said_here.setdefault(key.system, set()).add(key.id)
        rows = ForeignRecord.objects.filter(
            program=self.run.program, kind="Patient", row_kind="member", row_id=member.pk, system__in=list(said_here)
        )
        known: dict[str, set[str]] = {}
        for system, number in rows.exclude(system=URI).values_list("system", "foreign_id"):
            known.setdefault(system, set()).add(number)
        for system, numbers in known.items():
            if not numbers & said_here[system]:
                raise Unusable(
                    f"{said.where} has another number of {system} than the young person with that id here: if the files "
                    "come from another system than before, name it with --source, else correct the number."
                )

    def _young(self, key: Key, said: Youth) -> Member | None:
        """Of a young person who lives in two families, the place in the one the file names. Raises Unusable where it names none."""
        places = self._places(key, Member.Role.YOUTH)
        if len(places) > 1:
            places = [one for one in places if str(one.family.public_id) == said.family]
            if len(places) != 1:
                raise Unusable(
                    f"{said.where} is about a young person who is in more than one family here, and does not say which: "
                    "export it from the family it is about."
                )
        return places[0] if places else None

    def _places(self, key: Key, role: str = "") -> list[Member]:
        rows = Member.objects.select_related("person", "family__program").filter(family__program=self.run.program)
        own: uuid.UUID | None = self.run.own_id(key)
        if own is not None:  # before what came earlier: that was one of the families they are in
            here = rows.filter(person__public_id=own, left_at=None, **({"role": role} if role else {}))
            if places := list(here.order_by("pk")):
                return places
        found = self.run.find(key)
        return list(rows.filter(pk=found.row_id)) if found is not None and found.row_kind == "member" else []

    def _new_youth(self, said: Youth) -> Member:
        run = self.run
        name = one_line(said.name, NAME) or gettext("A young person")
        family = self._families.get(said.family) if said.family else None
        if family is None:
            called = gettext("The family of %(name)s") % {"name": name.split()[0]}
            family = Family.objects.create(program=run.program, name=one_line(called, NAME))
            run.added["families"] += 1
            record(actor=run.actor, verb=Entry.Verb.CREATED, subject="family", family=family)
            if self.role is not None:
                put_beside(actor=run.actor, family=family, staff_role=self.role, override_reason="")
        fields: dict[str, Any] = {"born_on": said.born_on, "language": said.language or "en"}
        person = _person(name, pronouns=one_line(said.pronouns, 40), **fields)
        run.added["youths"] += 1
        return self._joined(family, person, Member.Role.YOUTH, address=said.address)

    def _joined(self, family: Family, person: Person, role: str, *, relation: str = "", address: str = "") -> Member:
        member = Member(
            family=family, person=person, role=role, relation=one_line(relation, RELATION), added_by=self.run.actor
        )
        if role == Member.Role.CAREGIVER:
            member.evidence = gettext("From another system; nobody here has seen a paper.")
        member.address = address
        member.save()
        record(
            actor=self.run.actor,
            verb=Entry.Verb.CREATED,
            subject="member",
            subject_id=person.public_id,
            family=family,
            kind=role,
        )
        return member

    def _fill(self, member: Member, said: Youth | Relative) -> None:
        """What nobody said here yet is filled in. What somebody said stays: a person's own name, day and address are theirs."""
        person = member.person
        if said.born_on and person.born_on is None:
            person.born_on = said.born_on
            person.save(update_fields=["born_on"])
            self.run.changed["youths" if isinstance(said, Youth) else "relatives"] += 1
        if said.address and not member.address:
            member.address = said.address
            member.save(update_fields=["sealed_address"])
            self.run.changed["youths" if isinstance(said, Youth) else "relatives"] += 1
        if said.name and one_line(said.name, NAME) != person.display_name:
            self.run.kept["name"] += 1
        if said.address and said.address != member.address:
            self.run.kept["address"] += 1

    # -- those around them --

    def relative(self, said: Relative) -> None:
        youth = self.members[said.youth]
        if not said.name:
            self.run.refuse(said.where, "it has no name")
            return
        member = next((one for one in self._places(said.key) if one.family_id == youth.family_id), None)
        known = self.run.find(said.key)
        if member is None and known is not None:
            self.run.check_family(known, youth.family, said.where)
        if member is None:
            role = Member.Role.CAREGIVER if said.is_raising else Member.Role.NATURAL_SUPPORT
            person = _person(one_line(said.name, NAME), born_on=said.born_on, language=said.language or "en")
            member = self._joined(youth.family, person, role, relation=said.relation, address=said.address)
            self.run.added["relatives"] += 1
        else:
            self._fill(member, said)
        self.members[said.key] = member
        self.run.remember(said.key, youth.family, member, "member", said.digest)

    def author(self, key: Key | None, names: dict[Key, str], family: Family) -> Person:
        """Who said something: one of the family, somebody who works elsewhere, or who brought it in."""
        if key is None:
            return self.run.actor
        if key in self.members:
            member = self.members[key]
            return member.person if member.family_id == family.pk else self.run.actor
        if key not in names:
            return self.run.actor
        if key not in self._authors:
            self._authors[key] = self._author(key, names[key], family)
        return self._authors[key]

    def _author(self, key: Key, name: str, family: Family) -> Person:
        known = self.run.find(key)
        if known is not None and known.row_kind == "person":
            return Person.objects.get(pk=known.row_id)
        person = _person(one_line(name, NAME), is_active=False)
        self.run.remember(key, family, person, "person", "")
        return person


def _person(name: str, **fields: Any) -> Person:
    """Somebody without an address: nobody signs in as them until staff invite them."""
    return Person.objects.create_user(display_name=name, is_demo=settings.DEMO, **fields)
