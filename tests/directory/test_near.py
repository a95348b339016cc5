"""How near something is: the same parish, one that touches it, one of the same area, the whole state, farther. Never a guess."""

from __future__ import annotations

import pytest

from portal.access import directory as access
from portal.directory.models import Service
from portal.directory.near import Nearness, Spot, nearness
from portal.directory.rows import PlaceRow
from portal.programs.registry import profile_of
from portal.programs.schema import Area, Profile
from portal.programs.vocabulary import Certainty
from tests.directory.filling import bring, service
from tests.world import World

JEFFERSON, ORLEANS, ACADIA = (Spot(name, is_statewide=False) for name in ("jefferson", "orleans", "acadia"))
TAMMANY = Spot("st-tammany", is_statewide=False)
STATE, NOWHERE = Spot("", is_statewide=True), Spot("", is_statewide=False)


@pytest.fixture
def louisiana() -> Profile:
    """With an area that its own profile does not name."""
    area = Area(
        name="Around the lake",
        regions=("jefferson", "orleans", "st-tammany", "tangipahoa"),
        source="Invented",
        certainty=Certainty.DESIGN,
    )
    return profile_of("louisiana-csoc").model_copy(update={"areas": (area,)})


@pytest.mark.parametrize(("spots", "step"), [
    ([JEFFERSON], Nearness.HERE),
    ([ORLEANS], Nearness.NEXT),
    ([TAMMANY], Nearness.AREA),
    ([STATE], Nearness.STATE),
    ([ACADIA], Nearness.FARTHER),
    ([NOWHERE], Nearness.FARTHER),
    ([], Nearness.FARTHER),
    ([ACADIA, STATE, ORLEANS], Nearness.NEXT),
])  # fmt: skip
def test_the_nearest_place_counts(louisiana: Profile, spots: list[Spot], step: Nearness) -> None:
    assert nearness(spots, louisiana, "jefferson") is step


def test_what_touches_is_said_once_and_holds_for_both(louisiana: Profile) -> None:
    assert louisiana.next_to("st-bernard") == {"orleans"}
    assert louisiana.next_to("orleans") == {"jefferson", "plaquemines", "st-bernard", "st-tammany"}
    assert nearness([TAMMANY], louisiana, "orleans") is Nearness.NEXT  # touching comes before the area


@pytest.mark.parametrize("slug", ["florida-care-coordination", "north-carolina-soc", "missouri-initiative"])
def test_where_a_profile_says_nothing_no_step_is_guessed(slug: str) -> None:
    profile = profile_of(slug)
    here, other = (region.id for region in profile.regions[:2])
    assert (profile.next_to(here), profile.in_area_with(here)) == (frozenset(), frozenset())
    assert nearness([Spot(other, is_statewide=False)], profile, here) is Nearness.FARTHER
    assert nearness([Spot(here, is_statewide=False)], profile, here) is Nearness.HERE


def test_a_region_nobody_knows_is_near_nothing(louisiana: Profile) -> None:
    assert nearness([Spot("atlantis", is_statewide=False)], louisiana, "atlantis") is Nearness.FARTHER
    assert nearness([NOWHERE], louisiana, "") is Nearness.FARTHER


def test_a_profile_may_not_name_a_region_that_is_not_there(louisiana: Profile) -> None:
    raw = louisiana.model_dump(by_alias=True)
    raw["areas"][0]["regions"] = ("jefferson", "atlantis")
    with pytest.raises(ValueError, match="atlantis"):
        Profile.model_validate(raw)


@pytest.mark.django_db
def test_the_list_is_in_the_same_order_as_the_steps(world: World) -> None:
    def place(region: str, *, is_statewide: bool = False) -> PlaceRow:
        return PlaceRow(id=region, region=region, is_statewide=is_statewide)

    names = {"Aa": "acadia", "Bb": "", "Cc": "orleans", "Dd": "jefferson"}
    bring(world.program, *(service(name, place(region, is_statewide=not region)) for name, region in names.items()))
    found = access.nearest_first(access.visible_entries(world.caregiver), world.program, "jefferson")
    assert [entry.name for entry in found] == ["Dd", "Cc", "Bb", "Aa"]
    for entry in Service.objects.select_related("provider__program"):
        assert access.nearness(entry, "jefferson") == found.get(pk=entry.pk).step  # type: ignore[attr-defined]
