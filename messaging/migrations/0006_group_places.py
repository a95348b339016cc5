from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('messaging', '0005_ladder'),
    ]

    operations = [
        migrations.AddField(
            model_name='participant',
            name='from_seq',
            field=models.BigIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='participant',
            name='shown_as',
            field=models.CharField(blank=True, max_length=40),
        ),
    ]
