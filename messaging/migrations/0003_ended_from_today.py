from django.db import migrations
from django.utils import timezone


def count_from_today(apps, schema_editor):
    """When they ended was not kept before: the time for keeping them begins now, which removes nothing too early."""
    conversations = apps.get_model("messaging", "Conversation").objects.using(schema_editor.connection.alias)
    conversations.filter(state="ended", ended_at=None).update(ended_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("messaging", "0002_ending_and_trimming")]

    operations = [migrations.RunPython(count_from_today, migrations.RunPython.noop)]
