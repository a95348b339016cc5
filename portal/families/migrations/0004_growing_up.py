
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('families', '0003_override_reason'),
    ]

    operations = [
        migrations.CreateModel(
            name='AgeNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('age', models.PositiveSmallIntegerField()),
                ('stage', models.PositiveSmallIntegerField()),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='age_notices', to='families.member')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('member', 'age', 'stage'), name='age_notice_once')],
            },
        ),
        migrations.CreateModel(
            name='Sight',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ended_at', models.DateTimeField(null=True)),
                ('adult', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sights', to='families.member')),
                ('youth', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sights_given', to='families.member')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('youth', 'adult'), name='sight_once'), models.CheckConstraint(condition=models.Q(('youth', models.F('adult')), _negated=True), name='sight_between_two')],
            },
        ),
    ]
