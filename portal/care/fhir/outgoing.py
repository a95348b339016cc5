"""From a plan as one reader sees it to FHIR R4. Given rows that access has chosen; decides nothing about who may see what."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import TYPE_CHECKING

from portal.care.fhir import things
from portal.care.fhir.brought import ORDER
from portal.care.fhir.people import OUR_TAG
from portal.care.fhir.terms import (
    ACT_CODE,
    ASSESS_PLAN,
    CONSENT_SCOPE,
    PART_2,
    PART_2_NOTICE,
    PREFERRED_LANGUAGE,
    PRONOUNS,
    URI,
    US_CORE,
    Json,
    codes,
    label_of,
    own,
)
from portal.care.models import Seat, TeamMeeting, TeamRole
from portal.families.models import AccessBasis, Member, Release

if TYPE_CHECKING:
    from portal.access.exchange import Sheet
    from portal.accounts.models import Person

STATES = {"proposed": "proposed", "confirmed": "booked", "held": "fulfilled", "called_off": "cancelled"}
ROLES = {TeamRole.YOUTH: "116154003", TeamRole.CAREGIVER: "133932002", TeamRole.CARE_MANAGER: "768820003"}
SNOMED = "http://snomed.info/sct"


def url(public_id: uuid.UUID) -> str:
    return f"urn:uuid:{public_id}"


def bundle(sheets: Iterable[Sheet], at: dt.datetime) -> Json:
    """One collection. Raises nothing: what a row lacks, its resource lacks."""
    entries: dict[str, Json] = {}
    is_closed = False
    for sheet in sheets:
        for resource in Leaving(sheet).every():
            entries.setdefault(f"urn:uuid:{resource['id']}", resource)
        bases = {sheet.plan.access_basis, *(item.access_basis for item in sheet.items)}
        is_closed = is_closed or AccessBasis.SUBSTANCE in bases
    whole: Json = {"resourceType": "Bundle", "type": "collection", "timestamp": at.isoformat()}
    if is_closed:  # 42 CFR 2.32: the notice goes with every disclosure
        whole["meta"] = {"security": [{"system": ACT_CODE, "code": PART_2, "display": PART_2_NOTICE}]}
    if entries:
        whole["entry"] = [{"fullUrl": name, "resource": resource} for name, resource in entries.items()]
    return whole


class Leaving:
    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.plan = sheet.plan
        self.zone = sheet.plan.family.program.zone
        self.patient = {"reference": url(sheet.plan.youth.person.public_id), "type": "Patient"}
        self._kin = {one.person_id: one for one in sheet.members}
        self._helpers: dict[uuid.UUID, Json] = {}

    def every(self) -> list[Json]:
        items = sorted(self.sheet.items, key=lambda one: (ORDER.index(one.kind), one.pk))
        kept = things.Things(self.patient, items, self.who)
        resources = [*kept.resources(), *([self._team()] if self.sheet.seats else [])]
        resources += [self._meeting(one) for one in self.sheet.meetings]
        resources += [self._release(one) for one in self.sheet.releases]
        around = [self._relative(one) for one in self.sheet.members if one.pk != self.plan.youth_id]
        return [self._patient(), *around, self._plan(kept), *resources, *self._helpers.values()]

    # -- people --

    def who(self, person: Person) -> Json:
        """As a reference: to one of the family who goes with it, or to somebody who works here; else by name alone."""
        member = self._kin.get(person.pk)
        if member is not None:
            return (
                dict(self.patient)
                if member.pk == self.plan.youth_id
                else _to(person.public_id, "RelatedPerson", person)
            )
        if self.sheet.by_release is not None or person.memberships.filter(family=self.plan.family_id).exists():
            return {"display": person.display_name}
        return self._helper(person.public_id, person.display_name)

    def _helper(self, public_id: uuid.UUID, name: str) -> Json:
        self._helpers.setdefault(
            public_id,
            {
                "resourceType": "Practitioner",
                "id": str(public_id),
                "meta": _profile("us-core-practitioner"),
                "identifier": [{"system": URI, "value": url(public_id)}],
                "name": [_name(name)],
            },
        )
        return {"reference": url(public_id), "type": "Practitioner", "display": name}

    def _patient(self) -> Json:
        youth, person = self.plan.youth, self.plan.youth.person
        known = [{"system": system, "value": value} for system, value in self.sheet.identifiers if system != URI]
        resource: Json = {
            "resourceType": "Patient",
            "id": str(person.public_id),
            "meta": _profile("us-core-patient"),
            "extension": [{"url": own("family"), "valueString": str(self.plan.family.public_id)}],
            "identifier": [{"system": URI, "value": url(person.public_id)}, *known],
            "active": True,
            "name": [_name(person.display_name)],
            "gender": "unknown",  # US Core asks for one; nobody here does
            "communication": [{"language": _language(person.language), "preferred": True}],
        }
        if person.pronouns:
            value = {"url": "value", "valueCodeableConcept": {"text": person.pronouns}}
            resource["extension"].append({"url": PRONOUNS, "extension": [value]})
        return resource | self._whereabouts(youth)

    def _whereabouts(self, member: Member) -> Json:
        found: Json = {}
        if member.pk in self.sheet.knows_days and member.person.born_on:
            found["birthDate"] = member.person.born_on.isoformat()
        if member.pk in self.sheet.knows_places and member.address:
            found["address"] = [{"use": "home", "text": member.address}]
        return found

    def _relative(self, member: Member) -> Json:
        person = member.person
        place = {"system": codes("place"), "code": member.role}
        relation: Json = {"coding": [place]}
        if member.relation:
            relation["text"] = member.relation
        papers = [
            self._paper(one.scope, one.starts_on, one.ends_on) for one in self.sheet.papers if one.adult_id == member.pk
        ]
        return {
            "resourceType": "RelatedPerson",
            "id": str(person.public_id),
            "meta": _profile("us-core-relatedperson"),
            **({"extension": papers} if papers else {}),
            "active": True,
            "patient": self.patient,
            "relationship": [relation],
            "name": [_name(person.display_name)],
            "communication": [{"language": _language(person.language), "preferred": True}],
        } | self._whereabouts(member)

    def _paper(self, scope: str, starts_on: dt.date, ends_on: dt.date | None) -> Json:
        held = {"start": starts_on.isoformat()} | ({"end": ends_on.isoformat()} if ends_on else {})
        inner = [{"url": "scope", "valueCode": scope}, {"url": "period", "valuePeriod": held}]
        return {"url": own("legal-authority"), "extension": inner}

    # -- the plan --

    def _plan(self, kept: things.Things) -> Json:
        plan = self.plan
        period = {"start": self._day(plan.opened_at)}
        extensions = [{"url": own("next-review"), "valueDate": plan.next_review_on.isoformat()}]
        if plan.closed_at is not None:
            period["end"] = self._day(plan.closed_at)
            extensions.append({"url": own("closed-for"), "valueCode": plan.closed_for})
        category = {"coding": [{"system": ASSESS_PLAN, "code": "assess-plan"}]}
        resource: Json = {
            "resourceType": "CarePlan",
            "id": str(plan.public_id),
            "meta": _profile("us-core-careplan") | _labels(plan.access_basis),
            "text": {"status": "generated", "div": f'<div xmlns="{XHTML}">Plan of care</div>'},
            "extension": extensions,
            "status": "active" if plan.is_open else "completed",
            "intent": "plan",
            "category": [category],
            "subject": self.patient,
            "period": period,
        }
        linked = {
            "careTeam": [{"reference": url(self._team_id)}] if self.sheet.seats else [],
            "goal": kept.links("Goal"),
            "activity": [{"reference": one} for one in [*kept.links("ServiceRequest"), *kept.links("Task")]],
            "supportingInfo": kept.links("Basic"),
        }
        return resource | {name: value for name, value in linked.items() if value}

    def _day(self, moment: dt.datetime) -> str:
        return moment.astimezone(self.zone).date().isoformat()

    # -- around it --

    @property
    def _team_id(self) -> uuid.UUID:
        return uuid.uuid5(self.plan.public_id, "team")

    def _team(self) -> Json:
        return {
            "resourceType": "CareTeam",
            "id": str(self._team_id),
            "meta": _profile("us-core-careteam") | _labels(self.plan.access_basis),
            "status": "active",
            "subject": self.patient,
            "participant": [self._participant(seat) for seat in self.sheet.seats],
        }

    def _participant(self, seat: Seat) -> Json:
        coding = [{"system": codes("team-role"), "code": seat.role, "display": str(TeamRole(seat.role).label)}]
        if seat.role in ROLES:
            coding.append({"system": SNOMED, "code": ROLES[TeamRole(seat.role)]})
        role: Json = {"coding": coding} | ({"text": seat.agency} if seat.agency else {})
        member = self.who(seat.person) if seat.person is not None else self._helper(seat.public_id, seat.name)
        participant: Json = {"id": str(seat.public_id), "role": [role], "member": member}
        if self.sheet.sees_reach and seat.reach:
            participant["extension"] = [{"url": own("reach"), "valueString": seat.reach}]
        if seat.joined_at is not None:
            participant["period"] = {"start": self._day(seat.joined_at)}
        return participant

    def _meeting(self, meeting: TeamMeeting) -> Json:
        labels = _labels(self.plan.access_basis)
        how: list[Json] = [{"url": own("how"), "valueCode": meeting.how}]
        return {
            "resourceType": "Appointment",
            "id": str(meeting.public_id),
            **({"meta": labels} if labels else {}),
            "extension": how + self._where(meeting),
            "status": STATES[meeting.state],
            "start": meeting.starts_at.astimezone(meeting.tzinfo).isoformat(),
            "end": meeting.ends_at.astimezone(meeting.tzinfo).isoformat(),
            "minutesDuration": meeting.minutes,
            "participant": [{"actor": self.patient, "status": "accepted"}],
            **self._words(meeting),
        }

    def _where(self, meeting: TeamMeeting) -> list[Json]:
        """A consent that covers the team says that it meets: not where the family is then."""
        if self.sheet.by_release is not None:
            return []
        place = [{"url": own("place"), "valueString": meeting.place}] if meeting.place else []
        if meeting.place_agreed_at is None:
            return place
        return [*place, {"url": own("place-agreed"), "valueDateTime": meeting.place_agreed_at.isoformat()}]

    def _words(self, meeting: TeamMeeting) -> Json:
        """What it is about and its minutes may name anything of the plan: no consent to a part of it covers them."""
        if self.sheet.by_release is not None:
            return {}
        about: Json = {"description": meeting.about} if meeting.about else {}
        if not meeting.notes:
            return about
        if meeting.state == TeamMeeting.State.CALLED_OFF:
            return about | {"cancelationReason": {"text": meeting.notes}}
        return about | {"comment": meeting.notes}

    def _release(self, release: Release) -> Json:
        terms = release.terms
        said = {
            "discloser": ("valueString", release.discloser),
            "what": ("valueString", str(terms.get("what") or "")),
            "ends-with": ("valueString", str(terms.get("event") or "")),
            "signed-as": ("valueString", release.signed_as),
            "authority": ("valueCode", release.authority),
            "language": ("valueCode", release.language),
            "text-version": ("valueString", release.text_version),
            "interpreter": ("valueString", release.interpreter),
            "witness": ("valueString", release.witness),
            "explained-by": ("valueString", release.explained_by),
        }
        period = {"start": release.starts_on.isoformat()} | (
            {"end": release.ends_on.isoformat()} if release.ends_on else {}
        )
        recipient = release.to_person or release.to_organization
        actor: Json = {
            "role": {
                "coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "code": "IRCP"}]
            },
            "reference": {"display": str(recipient) if recipient is not None else release.to_name},
        }
        provision: Json = {
            "type": "permit",
            "period": period,
            "actor": [actor],
            "class": [{"system": codes("category"), "code": one.category} for one in release.covers.all()],
        }
        if terms.get("why"):
            provision["purpose"] = [{"system": codes("purpose"), "code": "said", "display": str(terms["why"])}]
        return {
            "resourceType": "Consent",
            "id": str(release.public_id),
            "extension": [{"url": own(name), kind: value} for name, (kind, value) in said.items() if value],
            "status": "inactive" if release.revoked_at is not None else "active",
            "scope": {"coding": [{"system": CONSENT_SCOPE, "code": "patient-privacy"}]},
            "category": [{"coding": [{"system": "http://loinc.org", "code": "59284-0"}]}],
            "patient": self.patient,
            "dateTime": release.signed_at.astimezone(self.zone).isoformat(),
            "performer": [self.who(release.signed_by)],
            "policyRule": {
                "coding": [{"system": ACT_CODE, "code": "42CFRPart2" if _is_closed(release) else "HIPAAAuth"}]
            },
            "provision": provision,
        }


XHTML = "http://www.w3.org/1999/xhtml"


def _is_closed(release: Release) -> bool:
    return any(one.category == "substance" for one in release.covers.all())


def _profile(name: str) -> Json:
    return {"profile": [f"{US_CORE}/{name}"]}


def _labels(basis: str) -> Json:
    found = label_of(basis)
    return {"security": found} if found else {}


def _name(text: str) -> Json:
    given, _space, family = text.rpartition(" ")
    return {"text": text} | ({"given": given.split(), "family": family} if given else {"given": [text]})


def _language(language: str) -> Json:
    return {"coding": [{"system": PREFERRED_LANGUAGE, "code": OUR_TAG.get(language, language)}]}


def _to(public_id: uuid.UUID, kind: str, person: Person) -> Json:
    return {"reference": url(public_id), "type": kind, "display": person.display_name}
