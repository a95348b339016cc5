"""What everybody may read is looked through first: no name of anybody, and no one's own words without their yes."""

from __future__ import annotations

from portal.access import comments, community, policy_suggestions
from portal.community.quoting import quotes
from portal.community.refusals import CommunityRefusal
from portal.programs.models import Program


def check_public(program: Program, **texts: str) -> None:
    """`texts` by the field they came from. Raises CommunityRefusal."""
    sources = [*policy_suggestions.unquoted_words(program), *comments.unquoted_words(program)]
    for field, text in texts.items():
        if not text.strip():
            raise CommunityRefusal("empty", field)
        if community.names_somebody(program, text):
            raise CommunityRefusal("names", field)
        if quotes(text, sources):
            raise CommunityRefusal("quotes", field)
