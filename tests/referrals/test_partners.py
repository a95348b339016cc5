"""What an agency, a provider, a court or a school asks for waits for the guardian, who is told and decides."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from portal.referrals import actions
from portal.referrals.models import Referral
from tests.referrals.stage import come_back, of_school, text_of
from tests.world import World, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.promise("LA-40")
def test_a_partners_referral_without_consent_waits_for_the_family_which_is_told(
    world: World, settings: Any, tmp_path: Any
) -> None:
    settings.SMS_URL = f"file://{tmp_path}"
    staff = signed_in(None, world.liaison)
    form = {
        "role": world.liaison_role.public_id,
        "source": "court",
        "partner": "Juvenile court",
        "first_name": "Nia",
        "consent": "unknown",
        "phone": "504 555 0188",
        "tell": "on",
        "language": "es",
    }
    answer = staff.post("/referrals/add/", form)
    assert "data-waiting" in text_of(answer)
    assert "data-told" in text_of(answer)
    referral = Referral.objects.get()
    assert (referral.state, referral.get_state_display()) == ("waiting", "waiting for the family")
    (left,) = tmp_path.rglob("*.*")
    told = left.read_text()
    for word in ("Nia", "court", "Juvenile"):
        assert word not in told
    code = text_of(answer).split("data-code>")[1].split("<")[0]
    assert code in told
    phone = come_back(code)
    page = text_of(phone.get("/refer/where/"))
    assert "Juvenile court" in page
    assert "You decide." in page
    assert page.count('data-promise="ahead"') == 2  # what we owe runs from now on, not from the yes on
    phone.post("/refer/answer/", {"answer": "yes"})
    referral.refresh_from_db()
    assert (referral.state, referral.consent) == ("sent", "yes")


@pytest.mark.promise("LA-40")
@pytest.mark.parametrize("consent", ["unknown", "not_now"])
def test_without_the_guardians_yes_it_waits_and_no_family_is_opened(world: World, consent: str) -> None:
    referral, _code = of_school(world, consent=consent)
    assert referral.get_state_display() == "waiting for the family"
    assert "waiting for the family" in text_of(signed_in(None, world.liaison).get("/referrals/"))
    with pytest.raises(actions.NotYetAgreed):
        actions.join(actor=world.liaison, role=world.liaison_role, referral=referral, name="Reed")
    with pytest.raises(IntegrityError), transaction.atomic():  # nor by a way around the action
        Referral.objects.filter(pk=referral.pk).update(state="joined", family=world.family)


@pytest.mark.promise("LA-40")
@pytest.mark.parametrize("source", ["agency", "provider", "court", "school"])
def test_every_partner_may_refer_and_consent_has_to_be_said(world: World, source: str) -> None:
    staff = signed_in(None, world.liaison)
    form = {"role": world.liaison_role.public_id, "source": source, "partner": "P", "first_name": "N", "language": "en"}
    assert staff.post("/referrals/add/", form).status_code == 422
    assert staff.post("/referrals/add/", form | {"consent": "yes"}).status_code == 200
    assert Referral.objects.get().state == "sent"


def test_not_now_closes_nothing_and_a_yes_can_follow(world: World) -> None:
    referral, code = of_school(world)
    phone = come_back(code)
    for answer, state in (("not_now", "waiting"), ("yes", "sent"), ("not_now", "waiting"), ("yes", "sent")):
        for _twice in range(2):
            phone.post("/refer/answer/", {"answer": answer})
        referral.refresh_from_db()
        assert referral.state == state
    kinds = [one.kind for one in referral.steps.all()]
    assert kinds == ["referred", "not_now", "agreed", "not_now", "agreed"]
    phone.post("/refer/answer/", {"answer": "delete"})
    assert referral.steps.count() == 5


def test_staff_write_down_what_the_guardian_said(world: World) -> None:
    referral, _code = of_school(world)
    staff = signed_in(None, world.liaison)
    assert staff.post(f"/referrals/{referral.public_id}/consent/", {"consent": "refused"}).status_code == 422
    staff.post(f"/referrals/{referral.public_id}/consent/", {"consent": "yes"})
    referral.refresh_from_db()
    assert (referral.state, referral.consent) == ("sent", "yes")


@pytest.mark.parametrize(
    ("phone", "email", "works", "told"),
    [
        ("504 555 0188", "mother@example.org", "both", "sms"),
        ("504 555 0188", "mother@example.org", "mail", "email"),
        ("", "mother@example.org", "both", "email"),
        ("504 555 0188", "", "mail", ""),
        ("", "", "both", ""),
    ],
)
@pytest.mark.promise("LA-40")
def test_the_guardian_is_told_in_one_way_or_another_and_staff_read_whether(
    world: World, settings: Any, tmp_path: Any, phone: str, email: str, works: str, told: str
) -> None:
    settings.EMAIL_URL = f"file://{tmp_path}/mail"
    settings.SMS_URL = f"file://{tmp_path}/sms" if works == "both" else "https://localhost:9/nobody-there"
    form = {"role": world.liaison_role.public_id, "source": "agency", "partner": "OCS", "first_name": "Nia"}
    form |= {"consent": "unknown", "language": "es", "tell": "on", "phone": phone, "email": email}
    page = text_of(signed_in(None, world.liaison).post("/referrals/add/", form))
    assert ("data-told" in page, "data-not-told" in page) == (bool(told), not told)
    left = [one.read_text() for one in tmp_path.rglob("*.*") if one.is_file()]
    assert len(left) == (1 if told else 0)
    assert all("Nia" not in words and "OCS" not in words for words in left)
    assert Referral.objects.get().get_state_display() == "waiting for the family"
