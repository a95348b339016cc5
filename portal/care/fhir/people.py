"""Patients and those around them, as FHIR has them."""

from __future__ import annotations

from portal.care.fhir.brought import Relative, Youth
from portal.care.fhir.context import Context, coded_words, name_in
from portal.care.fhir.node import Node, codings, words_of
from portal.care.fhir.reading import Key, Resource
from portal.care.fhir.terms import NEVER_KEPT, PREFERRED_LANGUAGE, PRONOUNS, ROLE_CODE, codes, own
from portal.families.models import Member

# Kin and friends who raise nobody by that alone (HL7 v3 RoleCode); who is not named here is a caregiver.
NOT_RAISING = frozenset(
    {
        "NBOR",
        "FRND",
        "ROOM",
        "NIENEPH",
        "NIECE",
        "NEPHEW",
        "COUSN",
        "MCOUSN",
        "PCOUSN",
        "SIB",
        "BRO",
        "SIS",
        "HBRO",
        "HSIS",
    }
    | {"CHILD", "SON", "DAU", "AUNT", "UNCLE", "MAUNT", "PAUNT", "MUNCLE", "PUNCLE"}
)
# Ours, by what comes: the part before the first hyphen where the whole is not known.
LANGUAGES = {"en": "en", "es": "es", "vi": "vi", "ht": "ht", "fr": "fr", "ar": "ar", "zh": "zh-hans"}
OUR_TAG = {"zh-hans": "zh-Hans"}


def patient(context: Context, resource: Resource) -> None:
    node = context.node(resource)
    node.skip("active", "gender", "managingOrganization")
    keys = [key for one in node.nodes("identifier") if (key := _identifier(one)) is not None]
    pronouns = node.extension(PRONOUNS)
    value = next((one for one in pronouns.extensions("value")), None)
    context.take(
        Youth(
            keys=[*keys, resource.key],
            name=name_in(node),
            where=resource.where,
            digest=resource.digest,
            born_on=context.not_ahead(node, "birthDate"),
            language=_language(node),
            pronouns=value.words("valueCodeableConcept") if value is not None else "",
            address=_address(node),
            family=node.extension(own("family")).text("valueString"),
        )
    )
    context.done(node)


def _identifier(one: Node) -> Key | None:
    system, value = one.text("system"), one.text("value")
    if not system or not value or system in NEVER_KEPT:
        one.taken.discard("value")  # counted: nobody is known again by it
        return None
    one.skip("use", "type", "assigner", "period")
    return Key.of(system, "Patient", value)


def related(context: Context, resource: Resource) -> None:
    node = context.node(resource)
    context.check_open(resource)
    node.skip("active", "gender", "identifier")
    relationships = node.nodes("relationship")
    coded = coded_words(relationships)
    places = [code for system, code in coded if system == codes("place")]
    is_raising = Member.Role.CAREGIVER in places if places else not _is_near_by(coded)
    words = [words for one in relationships if (words := words_of(one))]
    context.brought.relatives.append(
        Relative(
            key=resource.key,
            youth=context.youth(resource, node, "patient"),
            name=name_in(node),
            where=resource.where,
            digest=resource.digest,
            relation=words[0] if words else "",
            is_raising=is_raising,
            born_on=context.not_ahead(node, "birthDate"),
            language=_language(node),
            address=_address(node),
        )
    )
    context.done(node)


def _is_near_by(coded: list[tuple[str, str]]) -> bool:
    kin = [code for system, code in coded if system == ROLE_CODE]
    return bool(kin) and all(code in NOT_RAISING for code in kin)


def _language(node: Node) -> str:
    """The preferred language, where it is one of ours; another one is counted as not kept."""
    spoken = sorted(node.nodes("communication"), key=lambda one: one.flag("preferred") is not True)
    for one in spoken:
        language = one.node("language")
        for coding in codings(language):
            tag = coding.text("code").lower()
            known = LANGUAGES.get(tag) or LANGUAGES.get(tag.split("-")[0])
            if known and coding.text("system") in {PREFERRED_LANGUAGE, "urn:ietf:bcp:47", ""}:
                language.skip("text")
                return known
        one.taken.discard("language")
    return ""


def _address(node: Node) -> str:
    """The home address in one line."""
    for one in node.nodes("address"):
        one.skip("use", "type", "period", "extension")
        parts = [*one.texts("line"), one.text("city"), one.text("district"), one.text("state"), one.text("postalCode")]
        text = one.text("text")
        one.skip("country")
        if text or any(parts):
            return text or ", ".join(part for part in parts if part)
    return ""
