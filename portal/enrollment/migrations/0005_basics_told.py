from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enrollment', '0004_who_agreed'),
    ]

    operations = [
        migrations.AddField(
            model_name='enrollment',
            name='basics_told_at',
            field=models.DateTimeField(null=True),
        ),
    ]
