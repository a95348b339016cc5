"""A programme lead keeps a family's records from being removed: by name, on a reason, seen by leads alone."""

from __future__ import annotations

import re
from typing import Any

import pytest

from portal.access import Refused
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.families.actions import EvidenceMissing, lift_hold, place_hold
from portal.families.models import Family, Hold, Member
from tests.world import VIEWERS, World, signed_in

REASON = "Letter of the court of 4 May"


def ask(person: Person, **form: Any) -> Any:
    client = signed_in(None, person)
    return client.post("/holds/", form, follow=True) if form else client.get("/holds/")


def test_a_lead_holds_a_family_by_its_name_and_lifts_it_again(world: World) -> None:
    page = ask(world.lead).content.decode()
    assert "No family is held." in page
    assert "Your program has no rule that removes anything." in page
    assert world.family.name not in page
    page = ask(world.lead, name=" marchand ", reason=REASON).content.decode()
    assert "From now on nothing of this family is removed." in page
    assert "Family Marchand" in page
    assert REASON in page
    assert "Gus Robich" in page
    hold = Hold.objects.get()
    assert (hold.family, hold.placed_by, hold.lifted_at) == (world.family, world.lead, None)
    client = signed_in(None, world.lead)
    page = client.post(f"/holds/{hold.public_id}/lift/", follow=True).content.decode()
    assert "The hold is lifted." in page
    assert "No family is held." in page
    hold.refresh_from_db()
    assert hold.lifted_by == world.lead
    assert client.post(f"/holds/{hold.public_id}/lift/").status_code == 404
    told = Entry.objects.filter(subject="hold").order_by("pk").values_list("verb", "actor", "family_id", "actor_role")
    assert list(told) == [
        (verb, world.lead.pk, world.family.public_id, "programme_lead") for verb in ("created", "ended")
    ]


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"name": "Nobody", "reason": REASON}, "We know no family of this name in your program."),
        ({"name": "", "reason": REASON}, "Please fill this in."),
        ({"name": "Marchand", "reason": " "}, "Please fill this in."),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(world: World, form: dict[str, str], sentence: str) -> None:
    answer = ask(world.lead, **form)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert f'value="{form["name"]}"' in answer.content.decode() or not form["name"]
    assert not Hold.objects.exists()


def test_a_family_of_another_programme_is_not_known_here(world: World) -> None:
    Family.objects.filter(pk=world.faraway_family.pk).update(name="Okafor-Reed")
    assert "We know no family of this name" in ask(world.lead, name="Okafor-Reed", reason=REASON).content.decode()


def test_where_two_families_have_the_name_the_lead_chooses_one(world: World) -> None:
    Family.objects.filter(pk=world.stranger_family.pk).update(name="MARCHAND")
    answer = ask(world.lead, name="Marchand", reason=REASON)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert not Hold.objects.exists()
    choices = re.findall(r'name="family" value="([^"]+)"', page)
    assert set(choices) == {str(world.family.public_id), str(world.stranger_family.public_id)}
    ask(world.lead, name="Marchand", reason=REASON, family=str(world.stranger_family.public_id))
    assert Hold.objects.get().family == world.stranger_family


@pytest.mark.parametrize("name", [name for name in VIEWERS if name not in {"lead", "child"}])
def test_nobody_else_sees_places_or_lifts_a_hold(world: World, name: str) -> None:
    person = getattr(world, name)
    hold = place_hold(actor=world.lead, family=world.family, reason=REASON)
    assert ask(person).status_code == 404
    assert ask(person, name="Marchand", reason=REASON).status_code == 404
    assert signed_in(None, person).post(f"/holds/{hold.public_id}/lift/").status_code == 404
    with pytest.raises(Refused):
        place_hold(actor=person, family=world.family, reason=REASON)
    with pytest.raises(Refused):
        lift_hold(actor=person, hold=hold)
    assert Hold.objects.filter(lifted_at=None).count() == 1


def test_no_lead_decides_about_their_own_family(world: World) -> None:
    Member.objects.create(family=world.family, person=world.lead, role=Member.Role.CAREGIVER)
    assert "We know no family of this name" in ask(world.lead, name="Marchand", reason=REASON).content.decode()
    with pytest.raises(Refused):
        place_hold(actor=world.lead, family=world.family, reason=REASON)


def test_a_hold_needs_a_reason_and_lifting_it_twice_is_written_down_once(world: World) -> None:
    with pytest.raises(EvidenceMissing):
        place_hold(actor=world.lead, family=world.family, reason=" ")
    hold = place_hold(actor=world.lead, family=world.family, reason=REASON)
    for _each in range(2):
        lift_hold(actor=world.lead, hold=hold)
    assert Entry.objects.filter(subject="hold", verb=Entry.Verb.ENDED).count() == 1
