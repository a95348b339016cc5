"""A photo or voice note inside the answer to a look: the only way somebody who does not take part gets one.

There is no address under which they could ask for it again, so one look stays one entry that the people of the conversation see.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import TYPE_CHECKING

from messaging.history import Shown
from portal.access import media as access

if TYPE_CHECKING:
    from messaging.models import Conversation


def with_files(conversation: Conversation, messages: Sequence[Shown]) -> dict[int, list[dict[str, object]]]:
    """By number: what goes with these messages, which `safety.actions.look` has just handed out, each with its `src`.

    The page that shows them says so to the browser: `portal.middleware.allow_media(response, "data:")`.
    """
    ids = [str(one["id"]) for message in messages for one in message.media]
    cipher = conversation.cipher()
    sources = {
        str(row.public_id): f"data:{row.content_type};base64,{base64.b64encode(row.file(cipher)).decode()}"
        for row in access.files_of(conversation, ids)
    }
    return {
        message.seq: [dict(one, src=sources[str(one["id"])]) for one in message.media if str(one["id"]) in sources]
        for message in messages
        if message.media
    }
