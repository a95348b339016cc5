"""The database itself refuses to change or delete what was recorded or sealed."""

from django.db import migrations

TABLES = ("audit_entry", "audit_seal")


def _statements(vendor, table):
    if vendor == "postgresql":
        yield (
            f"CREATE OR REPLACE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{table} is append-only'; END $$"
        )
        yield (
            f"CREATE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only()"
        )
    elif vendor == "sqlite":
        for event in ("update", "delete"):
            yield (
                f"CREATE TRIGGER {table}_kept_{event} BEFORE {event.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )


def _undo(vendor, table):
    if vendor == "postgresql":
        yield f"DROP TRIGGER {table}_kept ON {table}"
        yield f"DROP FUNCTION {table}_is_append_only()"
    elif vendor == "sqlite":
        yield f"DROP TRIGGER {table}_kept_update"
        yield f"DROP TRIGGER {table}_kept_delete"


def forwards(apps, schema_editor):
    for table in TABLES:
        for statement in _statements(schema_editor.connection.vendor, table):
            schema_editor.execute(statement)


def backwards(apps, schema_editor):
    for table in TABLES:
        for statement in _undo(schema_editor.connection.vendor, table):
            schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(forwards, backwards)]
