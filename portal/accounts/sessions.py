"""Sessions as Django keeps them in the database, found with a prepared question: every page and every socket asks it."""

from __future__ import annotations

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from portal.prepared import SOME_TIME, Prepared

_SESSION = Prepared(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now).values_list(
        "session_data", "expire_date"
    ),
    key="a key",
    now=SOME_TIME,
)


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        key = str(self.session_key)
        for data, expire_date in _SESSION.rows(key=key, now=timezone.now()):
            return Session(session_key=key, session_data=data, expire_date=expire_date)
        self._session_key = None
        return None
