"""The words the chat's scripts say, translated by the server. Placeholders are filled in the browser."""

from __future__ import annotations

from django.utils.translation import gettext as _

from messaging.sending import REFUSALS


def words_for_scripts() -> dict[str, object]:
    return {
        "someone": _("Someone"),
        "wrote": _("%(name)s wrote: %(text)s"),
        "many_new": _("New messages: %(count)s"),
        "typing": _("%(name)s is writing"),
        "saving": _("Saving"),
        "saved": _("Saved at %(time)s. Nothing is sent yet."),
        "saved_here": _("Saved on this phone. Nothing is sent yet."),
        "not_saved": _("Not saved yet. Please keep this page open."),
        "offline": _("No connection right now. Keep writing. It goes out when you are back online and open Messages."),
        "signed_out": _("You are signed out. What you wrote is safe on this phone."),
        "signed_out_saved": _("You are signed out. What you wrote is saved. Sign in to go on."),
        "signed_out_bare": _("You are signed out. Copy what you wrote before you leave this page."),
        "sign_in": _("Sign in"),
        "gone": _("You are not part of this conversation any more. What you wrote is safe on this phone."),
        "waiting": _("Messages not sent yet: %(count)s. They go out when you are online and have Messages open."),
        "not_sent": _("Not sent. It is safe on this phone."),
        "photo": _("Photo"),
        "voice": _("Voice note"),
        "not_sent_bare": _("Not sent. Please keep this page open."),
        # A change is sent by a page of its own, without scripts.
        "refused": {code: str(sentence) for code, sentence in REFUSALS.items() if code != "look_first"},
    }
