
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('families', '0004_growing_up'),
        ('messaging', '0007_screening'),
        ('peer_support', '0009_permission'),
        ('programs', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='pairing',
            name='a_pause_has_a_day_to_come_back',
        ),
        migrations.AddField(
            model_name='pairing',
            name='blocked_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='permission',
            name='is_yes',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='permission',
            name='warned_at_days',
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AlterField(
            model_name='conflict',
            name='kind',
            field=models.CharField(choices=[('relative', 'They are related to us'), ('neighbour', 'They live close by or know us'), ('school', 'They work at our school'), ('former_case', 'They once worked on our case'), ('grievance', 'There is a complaint between us'), ('blocked', 'They do not want to talk any more'), ('other', 'Another reason')], max_length=12),
        ),
        migrations.AlterField(
            model_name='pairing',
            name='ended_by',
            field=models.CharField(blank=True, choices=[('family', 'Family'), ('peer', 'Peer'), ('liaison', 'Liaison'), ('guardian', 'Guardian'), ('job', 'Job')], max_length=8),
        ),
        migrations.AlterField(
            model_name='pairing',
            name='paused_by',
            field=models.CharField(blank=True, choices=[('family', 'Family'), ('peer', 'Peer'), ('liaison', 'Liaison'), ('guardian', 'Guardian'), ('job', 'Job')], max_length=8),
        ),
        migrations.AlterField(
            model_name='permission',
            name='ends_on',
            field=models.DateField(null=True),
        ),
        migrations.AddConstraint(
            model_name='pairing',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'paused'), _negated=True), ('paused_until__isnull', False), ('paused_by', 'guardian'), _connector='OR'), name='a_pause_has_a_day_to_come_back'),
        ),
        migrations.AddConstraint(
            model_name='permission',
            constraint=models.CheckConstraint(condition=models.Q(('is_yes', False), ('ends_on__isnull', False), _connector='OR'), name='a_yes_has_a_last_day'),
        ),
    ]
