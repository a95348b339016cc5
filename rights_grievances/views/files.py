"""Photos and voice notes: taken one by one from a form, why one was not, and how one is handed out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from portal.media.views import POLICY
from portal.media.words import MediaRefusal
from rights_grievances import holding
from rights_grievances.actions.drafts import MOST_FILES
from rights_grievances.telling_refusals import TellRefusal

if TYPE_CHECKING:
    from rights_grievances.models import CaseFile


def add_files(request: HttpRequest, key: str, add: Callable[[bytes], object]) -> list[str]:
    """What was chosen, one after another; why one of them was not taken. The others are. `key`: to what they are added."""
    refused = [_("These files together are too large. Please choose fewer at once.")] if is_too_big(request) else []
    for file in request.FILES.getlist("file")[: MOST_FILES + 1]:
        name = str(file.name)[:60]
        try:
            if not holding.may_try(request, "tell_file", key):
                raise MediaRefusal("busy")
            add(file.read())
        except (MediaRefusal, TellRefusal) as refusal:
            refused.append(_("%(file)s: %(why)s") % {"file": name, "why": refusal.message})
    return refused


def is_too_big(request: HttpRequest) -> bool:
    """More than is ever read into memory: files were passed over, words were not."""
    size = request.headers.get("Content-Length", "")
    return size.isdigit() and int(size) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE


def file_shown(file: CaseFile) -> HttpResponse:
    response = HttpResponse(file.file, content_type=file.content_type)
    name = "photo.jpg" if file.kind == "photo" else "voice.m4a"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = POLICY
    return response
