"""A handful of invented places that help families around New Orleans, brought in as any directory is."""

from __future__ import annotations

import datetime as dt

from portal.accounts.models import Person
from portal.directory.actions import import_directory, note_entry
from portal.directory.models import Service
from portal.directory.rows import HoursRow, PlaceRow, ProviderRow, ServiceRow
from portal.programs.models import Program

WEEKDAYS = "MO,TU,WE,TH,FR"
NINE_TO_FIVE = HoursRow(WEEKDAYS, dt.time(9), dt.time(17))


def tell(program: Program, *, lucia: Person) -> None:
    """The same entries however often; of one Lucía heard today how long one waits."""
    import_directory(program=program, providers=providers(program.today()))
    entry = Service.objects.select_related("provider__program").get(
        provider__program=program, external_id="demo-heron-respite"
    )
    note_entry(actor=lucia, entry=entry, wait_days=12, is_checked=True)


def providers(today: dt.date) -> list[ProviderRow]:
    lately, long_ago = today - dt.timedelta(days=20), today - dt.timedelta(days=400)
    return [
        ProviderRow(
            id="demo-blue-heron",
            name="Blue Heron House",
            description="Run by parents since 2009.",
            services=(
                ServiceRow(
                    id="demo-heron-respite",
                    name="Respite weekends",
                    category="respite-services",
                    description="Your child stays with people who know big feelings, and you get to sleep.",
                    languages=("en", "es"),
                    who_for="Children of 5 to 17 years",
                    how_to_get_in="Call. They come to your home once before the first weekend.",
                    fees="Free with Medicaid. If you have none, ask.",
                    setting="out_of_home",
                    checked_on=lately,
                    places=(
                        PlaceRow(
                            id="harvey",
                            name="Blue Heron House, Harvey",
                            region="jefferson",
                            address="40 Pecan Bend, Harvey, LA 70058",
                            phone="(504) 555-0161",
                            access="No steps. The bathroom is wide enough for a wheelchair.",
                            hours=(NINE_TO_FIVE,),
                        ),
                    ),
                ),
                ServiceRow(
                    id="demo-heron-evening",
                    name="Evening sitters",
                    category="respite-services",
                    description="Somebody you met before looks after your children for an evening.",
                    languages=("en",),
                    fees="8 dollars an hour",
                    setting="home",
                    checked_on=lately,
                    places=(PlaceRow(id="orleans", region="orleans", phone="(504) 555-0162"),),
                ),
            ),
        ),
        ProviderRow(
            id="demo-cypress-crossing",
            name="Cypress Crossing Clinic",
            services=(
                ServiceRow(
                    id="demo-cypress-talk",
                    name="Talking with a counselor",
                    category="outpatient-psychotherapy",
                    description="For young people alone, or with the family.",
                    languages=("en", "vi", "es"),
                    interpreter="By phone for every other language, free.",
                    how_to_get_in="You can call yourself. You need no letter from a doctor.",
                    setting="clinic",
                    checked_on=lately,
                    places=(
                        PlaceRow(
                            id="gretna",
                            name="Cypress Crossing, Gretna",
                            region="jefferson",
                            address="7 Ferry Lane, Gretna, LA 70053",
                            phone="(504) 555-0163",
                            access="A ramp on the side of the parking lot.",
                            hours=(NINE_TO_FIVE, HoursRow("SA", dt.time(9), dt.time(12))),
                        ),
                        PlaceRow(
                            id="lafayette",
                            name="Cypress Crossing, Lafayette",
                            region="lafayette",
                            address="220 Oak Row, Lafayette, LA 70501",
                            phone="(337) 555-0164",
                        ),
                    ),
                ),
            ),
        ),
        ProviderRow(
            id="demo-pelican-rides",
            name="Pelican Rides",
            services=(
                ServiceRow(
                    id="demo-pelican-rides",
                    name="Rides to appointments",
                    category="transportation",
                    description="They drive you and your child there and back.",
                    languages=("en", "es", "fr"),
                    how_to_get_in="Call two days before.",
                    fees="Free with Medicaid",
                    checked_on=long_ago,
                    places=(PlaceRow(id="state", is_statewide=True, phone="(225) 555-0165"),),
                ),
            ),
        ),
        ProviderRow(
            id="demo-lantern-school",
            name="Lantern School Help",
            services=(
                ServiceRow(
                    id="demo-lantern-school",
                    name="Someone beside you at school meetings",
                    category="school-based-services",
                    description="A parent who knows the rules reads the papers with you and comes along.",
                    languages=("en", "es", "vi"),
                    setting="school",
                    fees="Free",
                    checked_on=lately,
                    places=(
                        PlaceRow(id="jefferson", region="jefferson", phone="(504) 555-0166"),
                        PlaceRow(id="st-charles", region="st-charles", phone="(985) 555-0167"),
                    ),
                ),
            ),
        ),
    ]
