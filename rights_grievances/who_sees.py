"""Who will see what is told, and who may have to know, said before it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from babel.lists import format_list
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.access import people
from portal.access import telling as access
from rights_grievances.told import OTHER, WORK

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise

    from portal.accounts.models import Person
    from portal.families.models import Member
    from portal.programs.models import Program
    from rights_grievances.actions.drafts import Named
    from rights_grievances.told import Kept


@dataclass(frozen=True, slots=True)
class Readers:
    """Sentences: who sees it, who does not, and who may have to know."""

    see: list[str]
    do_not: list[str]
    may_have_to: list[str]


def readers_of(program: Program, kept: Kept, person: Person | None, named: Named) -> Readers:
    """The same rule by which the case is shown later, said in words for this very draft."""
    is_unnamed = bool(kept.text("unnamed"))
    teller = None if is_unnamed else person
    place = access.own_place(teller, program) if teller else None
    if place is not None and kept.text("who") in {OTHER, WORK} and place.role in people.AT_HOME:
        place = None
    see = [_desk(program, teller, named), _("Who decides about it. That is somebody who had no part in what happened.")]
    see += [_family_sees(kept, place)] if place is not None else []
    do_not = [_not_told(kept, place)] if place is not None else []
    if named.people or named.houses or named.names:
        do_not.append(_("Whoever it is about. They do not see it, and no page tells them that it is there."))
    if named.not_wanted or kept.text("not_wanted_names").strip():
        do_not.append(_("Whom you do not want does not decide about it."))
    if is_unnamed:
        do_not.append(
            _("We write down no name and no account. Nobody can write back to you but here, where your code opens it.")
        )
    return Readers(see, [one for one in do_not if one], _limits())


def _desk(program: Program, teller: Person | None, named: Named) -> str:
    against = [*(one.pk for one in named.people), *access.staff_of([one.pk for one in named.houses])]
    found = access.coordinators(program, teller, against, [one.pk for one in named.not_wanted])
    if not found:
        return _("Who looks after complaints here may have a part in it. So somebody outside looks at it.")
    names = listed([role.person.display_name for role in found])
    return _("Who looks after complaints here: %(names)s") % {"names": names}


def listed(names: list[_StrOrPromise]) -> str:
    language = (get_language() or "en").partition("-")[0]
    return str(format_list([str(one) for one in names], locale=language))


def _family_sees(kept: Kept, place: Member) -> str:
    if kept.text("alone"):
        return _("You.")
    if place.role == place.Role.NATURAL_SUPPORT:
        return _("You, and who in the family may decide, unless it is about them.")
    if place.role == place.Role.YOUTH:
        return _("You, and the grown-ups of your family who may decide for you.")
    return _("You, the young person it is about, and who else in your family may decide for them.")


def _not_told(kept: Kept, place: Member) -> str:
    if not kept.text("alone"):
        return ""
    if place.role == place.Role.YOUTH:
        return _("Your parents, and everybody else in your family. We do not tell your parents.")
    return _("The others in your family.")


def _limits() -> list[str]:
    return [
        _("If somebody is in danger or a child is hurt, we have to tell those who can help."),
        _("If another office has to answer it by law, it gets your words. We tell you when."),
    ]
