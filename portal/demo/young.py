"""A young person and his mentor write to each other: watched over, with a look both see, and a message that waits for one."""

from __future__ import annotations

import datetime as dt

from messaging.actions import mark_read
from messaging.models import Conversation, Flag, Message
from messaging.sending import Sending
from messaging.writer import send_and_wait
from peer_support.actions import accept_pairing, begin_pairing, give_permission, propose_pairing
from peer_support.models import Pairing
from portal.accounts.models import Person
from portal.demo import cast, concerns
from portal.families.models import Family, Member
from portal.notices import actions as notices
from portal.notices.models import Notice
from portal.programs.models import StaffRole
from portal.safety.actions import add_duty_hours, look_over
from portal.safety.models import Look

# (author, days ago, hour, minute, text)
SAID = (
    ("tre", 4, 16, 5, "Hey Marcus, I am Tre. I had a team too when I was 14. Write whenever you like."),
    ("marcus", 4, 19, 30, "ok. did you hate the meetings too"),
    ("tre", 3, 15, 10, "Every single one. Then I started bringing my own list. Want to make one together?"),
    ("marcus", 3, 17, 45, "maybe. number one no talking about the bus"),
    ("tre", 1, 15, 20, "That is a good number one. See you at the center on Tuesday at 4, your mom knows."),
)
# Minutes ago, and what stands behind the worry of the demo.
WORRYING = (3, "i cant do this anymore. everybody would be better off without me")
WAITS = "You can text me at 504-555-0148 if the site is down."


def tell(people: dict[str, Person], roles: dict[str, StaffRole], family: Family, *, now: dt.datetime) -> Conversation:
    """After the family's own story. Written as it was by day, whatever the hour is now."""
    for slug in ("carla", "alma"):
        add_duty_hours(actor=people[slug], role=roles[slug], weekdays=range(7), starts=dt.time(8), ends=dt.time(20))
    conversation = _matched(people, roles, family, now)
    for place, (slug, days, hour, minute, text) in enumerate(SAID):
        key = cast.id_of(f"young-{place}")
        _say(people[slug], conversation, place, text, is_released=True)
        day = now.astimezone(family.program.zone).date() - dt.timedelta(days=days)
        sent_at = dt.datetime.combine(day, dt.time(hour, minute), family.program.zone)
        Message.objects.filter(key=key).update(sent_at=sent_at)
        Conversation.objects.filter(pk=conversation.pk).update(last_sent_at=sent_at, announced_seq=place + 1)
    for slug in ("tre", "marcus"):
        mark_read(person=people[slug], conversation=conversation, seq=len(SAID))
    conversation.refresh_from_db()
    look_over(actor=people["carla"], conversation=conversation)
    Look.objects.filter(conversation=conversation).update(
        at=now - dt.timedelta(days=2), shown_from=now - dt.timedelta(days=2)
    )
    _say(people["tre"], conversation, len(SAID), WAITS)
    minutes, text = WORRYING
    _say(people["marcus"], conversation, len(SAID) + 1, text)
    at = now - dt.timedelta(minutes=minutes)
    Message.objects.filter(key=cast.id_of(f"young-{len(SAID) + 1}")).update(sent_at=at)
    Conversation.objects.filter(pk=conversation.pk).update(last_sent_at=at)
    Flag.objects.filter(conversation=conversation).update(at=at, taken_at=at)  # the worry itself is told below
    concerns.tell(
        conversation=conversation, young=people["marcus"], mentor=roles["tre"], liaison=people["alma"], now=now
    )
    return conversation


def _matched(people: dict[str, Person], roles: dict[str, StaffRole], family: Family, now: dt.datetime) -> Conversation:
    member = Member.objects.get(family=family, person=people["marcus"])
    pairing = propose_pairing(
        actor=people["alma"],
        member=member,
        peer=roles["tre"],
        reason="Tre had a team of his own at 14. They both draw.",
    )
    conversation = accept_pairing(actor=people["marcus"], pairing=pairing)
    give_permission(actor=people["renee"], pairing=pairing)
    begin_pairing(actor=people["tre"], pairing=pairing)
    if conversation is None:
        raise RuntimeError("the demo's young person has no conversation")
    began = now - dt.timedelta(days=5)
    Pairing.objects.filter(pk=pairing.pk).update(proposed_at=began, answered_at=began, began_at=began)
    for slug in ("marcus", "renee", "tre"):
        notices.mark_all_read(person=people[slug])
    Notice.objects.filter(about__startswith=f"pairing:{pairing.public_id}").update(read_at=now)
    return conversation


def _say(author: Person, conversation: Conversation, place: int, text: str, *, is_released: bool = False) -> None:
    send_and_wait(
        Sending(
            conversation=conversation.public_id,
            key=cast.id_of(f"young-{place}"),
            author=author.pk,
            author_id=str(author.public_id),
            body=text,
            language=author.language,
            is_released=is_released,
        )
    )
