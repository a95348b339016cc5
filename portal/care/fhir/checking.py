"""Whether a bundle is FHIR R4, by the published definitions. Loaded only where something leaves: it is slow to load."""

from __future__ import annotations

from pydantic import ValidationError

from portal.care.fhir.terms import Json


def problem_of(whole: Json) -> str | None:
    """The first thing that is not R4, in one line; None for a whole bundle."""
    from fhir.resources.R4B.bundle import Bundle

    try:
        Bundle.model_validate(whole)
    except ValidationError as error:
        first = error.errors()[0]
        return f"{'.'.join(str(one) for one in first['loc'])}: {first['msg']}"
    return None
