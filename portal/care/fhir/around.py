"""Who is on the team, when it meets, and what may be shared with whom, as FHIR has them."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Final

from django.db.models import CharField

from portal.care.fhir.brought import SaidMeeting, SaidRelease, SaidSeat
from portal.care.fhir.context import Context, Refusal, coded_words
from portal.care.fhir.node import Node, words_of
from portal.care.fhir.reading import Key, Resource
from portal.care.fhir.terms import SNOMED_ROLES, codes, own
from portal.care.models import TeamMeeting, TeamRole
from portal.families.models import Category, Release
from portal.text import one_line

AN_HOUR = 60
# What of a consent stands in a column of its own, by what it is called in a refusal.
COLUMNS: Final = {
    "who may tell": "discloser",
    "to whom": "to_name",
    "the name that was signed with": "signed_as",
    "by what right they signed": "authority",
    "in which language it was read": "language",
    "which words were signed": "text_version",
    "who interpreted": "interpreter",
    "who saw it signed": "witness",
    "who explained it": "explained_by",
}


def care_team(context: Context, resource: Resource) -> None:
    node = context.node(resource)
    context.check_open(resource)
    status = context.check_true(node)
    node.skip("name", "category", "period")
    youth = context.youth(resource, node)
    if status == "inactive":
        raise Refusal("it is a team of before (inactive)")
    seen: dict[str, int] = {}
    for one in node.nodes("participant"):
        _participant(context, resource, one, youth, seen)
    context.done(node)


def _participant(context: Context, resource: Resource, node: Node, youth: Key, seen: dict[str, int]) -> None:
    member = node.node("member")
    key = context.target(resource, member)
    found = context.files.get(key)
    kind = found.kind if found is not None else key.kind if key is not None else ""
    name, roles = context.called(resource, member), node.nodes("role")
    who = key if kind in {"Patient", "RelatedPerson"} else None
    if who is None and not name:
        context.brought.not_taken["CareTeam.participant (without a name)"] += 1
        return
    if found is None and kind == "Patient":
        who = youth
    elif found is None:  # named, though the record itself is elsewhere
        who = None
    behalf = node.node("onBehalfOf")
    period = node.node("period")
    said = SaidSeat(
        key=Key.of(resource.key.system, "CareTeam.participant", f"{resource.key.id}#{_mark(node, name, key, seen)}"),
        youth=youth,
        role=_role(kind, roles),
        where=f"participant in {resource.where}",
        digest="",
        who=who,
        name=name if who is None else "",
        agency=(context.called(resource, behalf) if behalf else "") or _job(roles, is_ours=who is not None),
        reach=node.extension(own("reach")).text("valueString"),
        since=period.day("start"),
        until=period.day("end"),
    )
    said.digest = hashlib.sha256(repr((said.role, said.name, said.agency, said.reach, said.until)).encode()).hexdigest()
    context.brought.seats.append(said)


def _mark(node: Node, name: str, key: Key | None, seen: dict[str, int]) -> str:
    mark = node.text("id") or hashlib.sha256(f"{key.id if key else ''}:{name}".encode()).hexdigest()[:20]
    seen[mark] = seen.get(mark, 0) + 1
    return mark if seen[mark] == 1 else f"{mark}:{seen[mark]}"


def _role(kind: str, roles: list[Node]) -> str:
    coded = coded_words(roles)
    for system, code in coded:
        if system == codes("team-role") and code in TeamRole.values:
            return code
    for _system, code in coded:
        if code in SNOMED_ROLES:
            return SNOMED_ROLES[code]
    return {"Patient": TeamRole.YOUTH, "RelatedPerson": TeamRole.CAREGIVER, "Organization": TeamRole.OTHER}.get(
        kind, TeamRole.PROVIDER
    )


def _job(roles: list[Node], *, is_ours: bool) -> str:
    """What somebody is called in the team, where that says more than our own word for it."""
    for one in roles:
        if not is_ours and not any(coding.text("system") == codes("team-role") for coding in one.nodes("coding")):
            return words_of(one)
        if text := one.text("text"):
            return text
    return ""


def appointment(context: Context, resource: Resource) -> None:
    node = context.node(resource)
    context.check_open(resource)
    status = context.check_true(node)
    youth = _patient_of(context, resource, node)
    starts_at, ends_at = node.moment("start"), node.moment("end")
    if starts_at is None:
        raise Refusal("it does not say when it begins")
    length = node.number("minutesDuration") or ((ends_at - starts_at).total_seconds() / 60 if ends_at else AN_HOUR)
    if not 0 < length <= dt.timedelta(days=1).total_seconds() / 60:
        raise Refusal("it lasts no time, or more than a day")
    how = node.extension(own("how")).text("valueCode")
    agreed = node.extension(own("place-agreed")).moment("valueDateTime")
    context.brought.meetings.append(
        SaidMeeting(
            key=resource.key,
            youth=youth,
            where=resource.where,
            digest=resource.digest,
            starts_at=starts_at,
            minutes=round(length),
            how=how if how in TeamMeeting.How.values else TeamMeeting.How.PLACE,
            place=node.extension(own("place")).text("valueString") or _place(context, resource, node),
            about=node.text("description"),
            notes=node.words("cancelationReason") or node.text("comment"),
            status=status,
            agreed_at=agreed,
        )
    )
    context.done(node)


def _patient_of(context: Context, resource: Resource, node: Node) -> Key:
    for one in node.nodes("participant"):
        one.skip("status", "required")
        key = context.target(resource, one.node("actor"))
        found = context.files.get(key)
        if key is not None and (key.kind == "Patient" or (found is not None and found.kind == "Patient")):
            return context.youth(resource, one, "actor")
    raise Refusal("it does not say which young person it is about (Appointment.participant)")


def _place(context: Context, resource: Resource, node: Node) -> str:
    for one in node.nodes("participant"):
        reference = one.node("actor")
        if "Location/" in reference.text("reference") or reference.text("type") == "Location":
            return context.called(resource, reference)
        found = context.files.get(context.target(resource, reference))
        if found is not None and found.kind == "Location":
            return context.called(resource, reference)
    return ""


def consent(context: Context, resource: Resource) -> None:
    """A consent to share, where it says all that the law wants said (42 CFR 2.31, 45 CFR 164.508(c), 34 CFR 99.30)."""
    node = context.node(resource)
    status = context.check_true(node)
    youth = context.youth(resource, node, "patient")
    if status != "active":
        raise Refusal(f"it is not in force ({status or 'no status'})")
    provision = node.node("provision")
    period = provision.node("period")
    performers = node.nodes("performer")
    signer = context.linked(resource, performers[0], "Patient", "RelatedPerson") if performers else None
    to_name = next((one for actor in provision.nodes("actor") if (one := context.called(resource, _actor(actor)))), "")
    purpose = ", ".join(one.text("display") or one.text("code") for one in provision.nodes("purpose"))
    covered = list(dict.fromkeys(coding for one in provision.nodes("class") if (coding := _category(one))))
    event = node.extension(own("ends-with")).text("valueString")
    wanted: dict[str, object] = {
        "who may tell": node.extension(own("discloser")).text("valueString")
        or next((one for who in node.nodes("organization") if (one := context.called(resource, who))), ""),
        "to whom": to_name,
        "what may be told": node.extension(own("what")).text("valueString"),
        "which parts of the record": covered,
        "what for": purpose,
        "from when": period.day("start"),
        "until when, or with what it ends": period.day("end") or event,
        "who signed": signer,
        "when it was signed": context.not_ahead(node, "dateTime"),
        "the name that was signed with": node.extension(own("signed-as")).text("valueString"),
        "by what right they signed": node.extension(own("authority")).text("valueCode"),
        "in which language it was read": node.extension(own("language")).text("valueCode"),
        "which words were signed": node.extension(own("text-version")).text("valueString"),
    }
    wanted |= {name: _one_line(value) for name, value in wanted.items() if name in COLUMNS}
    lacking = [name for name, value in wanted.items() if not value]
    if lacking:
        raise Refusal(f"a consent to share must also say: {'; '.join(lacking)}")
    _keep(context, resource, node, youth, wanted, event)


def _keep(context: Context, resource: Resource, node: Node, youth: Key, said: dict[str, object], event: str) -> None:
    signer, covered = said["who signed"], said["which parts of the record"]
    signed_at = node.moment_or_day("dateTime")
    if not isinstance(signer, Key) or not isinstance(covered, list) or signed_at is None:
        raise Refusal("it does not say who signed")
    period = node.node("provision").node("period")
    starts_on, ends_on = period.day("start"), period.day("end")
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        raise Refusal(f"it ends ({ends_on}) before it begins ({starts_on})")
    beside = {
        "who interpreted": _one_line(node.extension(own("interpreter")).text("valueString")),
        "who saw it signed": _one_line(node.extension(own("witness")).text("valueString")),
        "who explained it": _one_line(node.extension(own("explained-by")).text("valueString")),
    }
    fields: dict[str, object] = {
        **_columns(said | beside),
        "starts_on": starts_on,
        "ends_on": ends_on,
        "terms": {"what": said["what may be told"], "why": said["what for"], "event": event},
    }
    node.skip("scope", "category", "policy", "policyRule")
    release = SaidRelease(resource.key, youth, resource.where, resource.digest, signer, signed_at, fields, covered)
    context.brought.releases.append(release)
    context.done(node)


def _one_line(value: object) -> str:
    text = str(value or "")
    return one_line(text, len(text))


def _columns(said: dict[str, object]) -> dict[str, object]:
    """Each as long as its column: what somebody signed is not cut."""
    found: dict[str, object] = {}
    for called, name in COLUMNS.items():
        text, most = str(said[called]), _longest(name)
        if len(text) > most:
            raise Refusal(f"{called}: longer than {most} characters")
        found[name] = text
    return found


def _longest(name: str) -> int:
    column = Release._meta.get_field(name)
    return column.max_length or 0 if isinstance(column, CharField) else 0


def _actor(actor: Node) -> Node:
    actor.skip("role")
    return actor.node("reference")


def _category(coding: Node) -> str:
    code = coding.text("code")
    coding.skip("display")
    return code if coding.text("system") == codes("category") and code in Category.values else ""
