from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('families', '0002_hold'),
    ]

    operations = [
        migrations.AddField(
            model_name='staffassignment',
            name='override_reason',
            field=models.CharField(blank=True, max_length=300),
        ),
    ]
