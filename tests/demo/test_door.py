"""The demo's own way in: from this machine, and into a database of invented people only."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import Http404
from django.test import RequestFactory

from portal.accounts import actions as accounts
from portal.demo import actions, cast, views

pytestmark = pytest.mark.django_db
SLUG = next(iter(cast.BY_SLUG))


@pytest.mark.parametrize(
    "where",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},  # a unix socket, behind which anybody may be
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_FORWARDED": "for=192.0.2.7"},
    ],
)
def test_nobody_comes_in_from_elsewhere(rf: RequestFactory, where: dict[str, Any]) -> None:
    with pytest.raises(Http404):
        views.demo_sign_in(rf.get("/", **where), SLUG)


def test_nobody_comes_in_where_real_people_are() -> None:
    accounts.create_person(display_name="Renee", is_demo=True, public_id=cast.id_of(SLUG))
    assert actions.person_of(SLUG) is not None
    accounts.create_person(display_name="Somebody real")
    assert actions.person_of(SLUG) is None
