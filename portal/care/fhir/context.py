"""What every resource is asked while it is read: whom it is about, who said it, how closed it is, what was left of it."""

from __future__ import annotations

import datetime as dt

from portal.care.fhir.brought import Brought, SaidItem, Youth
from portal.care.fhir.node import Node, Unusable, codings
from portal.care.fhir.reading import Files, Key, Resource
from portal.care.fhir.terms import ABOUT_SUBSTANCE, ACT_CODE, CONFIDENTIALITY, NEVER_KEPT, NEVER_SO, RESTRICTED, codes
from portal.care.kinds import NotGood, check
from portal.families.models import AccessBasis

NOT_TAKEN = "the record of the young person it is about was not taken"
READ_ELSEWHERE = ("resourceType", "id", "text", "language", "contained", "implicitRules", "meta")


class Refusal(Exception):
    """This one resource cannot be taken, and why; the others can."""


class Context:
    def __init__(self, files: Files, today: dt.date) -> None:
        self.files = files
        self.today = today
        self.brought = Brought()
        self._youths: set[Key] = set()  # by every key of those whose own record is taken
        self._lacking: set[int] = set()  # bundles in which the record of somebody was not taken
        self._displays: dict[Key, str] = {}
        self.named: dict[Key, str] = {}  # patients who are only referred to, with where

    # -- one resource --

    def node(self, resource: Resource) -> Node:
        node = Node(resource.value, resource.where, resource.kind)
        node.skip(*READ_ELSEWHERE)
        if node.has("modifierExtension"):  # R4 2.4.0.1: who does not understand it must not process the resource
            raise Refusal("it has a modifierExtension, which changes what it means")
        self._check_holder(resource.parent)
        return node

    def _check_holder(self, holder: Resource | None) -> None:
        """What is contained has no life apart from what holds it (R4 2.4.4): it is no truer than that."""
        if holder is None:
            return
        if "modifierExtension" in holder.value:
            raise Refusal("what holds it has a modifierExtension, which changes what it means")
        if NEVER_SO in {holder.value.get("status"), holder.value.get("lifecycleStatus")}:
            raise Refusal("what holds it was entered in error")

    def done(self, node: Node) -> None:
        self.brought.not_kept += node.left()

    def refuse(self, resource: Resource, why: str) -> None:
        self.brought.refused.append({"resource": resource.where, "why": why})
        if resource.kind == "Patient":
            self._lacking.add(resource.bundle)

    # -- whom it is about --

    def take(self, youth: Youth) -> None:
        self.brought.youths.append(youth)
        self._youths.update(youth.keys)

    def youth(self, resource: Resource, node: Node, name: str = "subject") -> Key:
        """The patient's key. Raises Unusable for somebody else's record, Refusal where it is about no patient."""
        reference = node.node(name)
        key = self.target(resource, reference)
        if key is None:
            raise Refusal(f"it does not say which young person it is about ({resource.kind}.{name})")
        found = self.files.get(key)
        if found is not None and found.kind != "Patient":
            raise Refusal(f"it is about a {found.kind}, not about a young person")
        if found is None:
            self._check_outside(resource, reference, key)
            return Key(key.system, "Patient", key.id)
        if key not in self._youths:
            raise Refusal(NOT_TAKEN)
        return key

    def _check_outside(self, resource: Resource, reference: Node, key: Key) -> None:
        if key in self._youths:  # named by an identifier (R4 2.3.0.2)
            return
        if key.kind not in {"", "Patient"}:
            raise Refusal(f"it is about a {key.kind}, not about a young person")
        if resource.bundle in self._lacking:  # it may be them: of who was not taken no identifier was read
            raise Refusal(NOT_TAKEN)
        if resource.bundle in self.files.bundles_with_patients or key.kind == "":
            raise Unusable(
                f"{resource.where} is about somebody else ({reference.text('reference') or key.id}), "
                "who is not in that file: take it out, or add the record of that person."
            )
        key = Key(key.system, "Patient", key.id)
        display = reference.text("display")
        self.named.setdefault(key, resource.where)
        if display:
            self._displays.setdefault(key, display)

    def display(self, key: Key) -> str:
        return self._displays.get(key, "")

    def target(self, resource: Resource, reference: Node) -> Key | None:
        """What a Reference means: another resource, or somebody known by an identifier."""
        reference.skip("type", "display")
        text = reference.text("reference")
        if text:
            return self.files.find(text, resource)
        identifier = reference.node("identifier")
        system, value = identifier.text("system"), identifier.text("value")
        return Key.of(system, "Patient", value) if system and value and system not in NEVER_KEPT else None

    def linked(self, resource: Resource, reference: Node, *kinds: str) -> Key | None:
        """A resource of these files that this one refers to; what is nowhere is counted."""
        key = self.target(resource, reference)
        found = self.files.get(key)
        if found is None:
            if reference:
                self.brought.missing[f"{reference.path} -> {reference.text('reference') or 'nothing'}"] += 1
            return None
        return found.key if not kinds or found.kind in kinds else None

    def author(self, resource: Resource, node: Node, name: str) -> Key | None:
        """Who said it: one of the family, or somebody who works elsewhere and has a name."""
        reference = node.node(name)
        key = self.target(resource, reference)
        found = self.files.get(key)
        if found is not None and found.kind in {"Patient", "RelatedPerson"}:
            return found.key
        called = self.called(resource, reference)
        if key is None or not called or (found is None and key.kind in {"Patient", "RelatedPerson"}):
            return None
        self.brought.authors.setdefault(key, called)
        return key

    def called(self, resource: Resource, reference: Node) -> str:
        """The name of whom or what a Reference means."""
        found = self.files.get(self.target(resource, reference))
        if found is not None and found.kind == "PractitionerRole":
            inner = Node(found.value, found.where, found.kind)
            return self.called(found, inner.node("practitioner")) or reference.text("display")
        if found is not None and found.kind in {"Practitioner", "RelatedPerson", "Patient"}:
            return name_in(Node(found.value, found.where, found.kind)) or reference.text("display")
        if found is not None and found.kind in {"Organization", "Location"}:
            return Node(found.value, found.where, found.kind).text("name") or reference.text("display")
        return reference.text("display")

    # -- how closed it is, and whether it ever was --

    def basis(self, resource: Resource) -> str:
        """What its labels, and those of what holds it, say it rests on.

        Raises Refusal for one that is closed without saying to whom.
        """
        both = [one for one in (resource, resource.parent) if one is not None]
        metas = [Node(one.value, one.where, one.kind).node("meta") for one in both]
        known = {(one.text("system"), one.text("code")) for meta in metas for one in meta.nodes("security")}
        if any(system == ACT_CODE and code in ABOUT_SUBSTANCE for system, code in known):
            return AccessBasis.SUBSTANCE
        if (codes("consent"), "minor") in known:
            return AccessBasis.MINOR
        if any(system == CONFIDENTIALITY and code in RESTRICTED for system, code in known):
            raise Refusal("it is marked as restricted and does not say who may know of it")
        return AccessBasis.PARENT

    def check_open(self, resource: Resource) -> None:
        """Of what has no closed form here: whoever reads the plan sees who is around it."""
        if self.basis(resource) != AccessBasis.PARENT:
            raise Refusal("fewer people may see it than would here")

    def check_true(self, node: Node, name: str = "status") -> str:
        status = node.text(name)
        if status == NEVER_SO:
            raise Refusal("it was entered in error")
        return status

    def not_ahead(self, node: Node, name: str) -> dt.date | None:
        """A day on which something has happened: it cannot be still to come."""
        day = node.day(name)
        if day is not None and day > self.today + dt.timedelta(days=1):  # it may be tomorrow already where they are
            raise Unusable(f"{node.where}: {node.path}.{name} is {day}, still to come: correct the file and try again.")
        return day

    # -- an item --

    def item(self, resource: Resource, node: Node, said: SaidItem) -> None:
        try:
            said.data = check(said.kind, said.data, from_elsewhere=True)
        except NotGood as problem:
            raise Refusal(f"{problem.field}: {problem.message}") from problem
        self.brought.items.append(said)
        self.done(node)


def name_in(node: Node) -> str:
    """Of a HumanName list: the official or usual one, as text or as given and family names."""
    names = node.nodes("name")
    for one in names:
        one.skip("use", "text", "family", "given", "prefix", "suffix", "period")
    best = sorted(names, key=lambda one: {"official": 0, "usual": 1, "": 2}.get(one.text("use"), 3))
    return _said(best[0]) if best else ""


def _said(name: Node) -> str:
    given = " ".join([*name.texts("given"), name.text("family")]).strip()
    return name.text("text") or given


def coded_words(concepts: list[Node]) -> list[tuple[str, str]]:
    return [(one.text("system"), one.text("code")) for concept in concepts for one in codings(concept)]
