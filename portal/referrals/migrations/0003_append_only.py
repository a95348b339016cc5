"""The database itself refuses to change or delete what happened to a referral."""

from django.db import migrations

TABLE = "referrals_referralstep"


def _statements(vendor):
    if vendor == "postgresql":
        yield (
            f"CREATE OR REPLACE FUNCTION {TABLE}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{TABLE} is append-only'; END $$"
        )
        yield (
            f"CREATE TRIGGER {TABLE}_kept BEFORE UPDATE OR DELETE ON {TABLE} "
            f"FOR EACH ROW EXECUTE FUNCTION {TABLE}_is_append_only()"
        )
    elif vendor == "sqlite":
        for event in ("update", "delete"):
            yield (
                f"CREATE TRIGGER {TABLE}_kept_{event} BEFORE {event.upper()} ON {TABLE} "
                f"BEGIN SELECT RAISE(ABORT, '{TABLE} is append-only'); END"
            )


def _undo(vendor):
    if vendor == "postgresql":
        yield f"DROP TRIGGER {TABLE}_kept ON {TABLE}"
        yield f"DROP FUNCTION {TABLE}_is_append_only()"
    elif vendor == "sqlite":
        yield f"DROP TRIGGER {TABLE}_kept_update"
        yield f"DROP TRIGGER {TABLE}_kept_delete"


def forwards(apps, schema_editor):
    for statement in _statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for statement in _undo(schema_editor.connection.vendor):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("referrals", "0002_step_key")]
    operations = [migrations.RunPython(forwards, backwards)]
