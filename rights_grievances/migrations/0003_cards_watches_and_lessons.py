import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('families', '0005_releases'),
        ('programs', '0002_clinicians'),
        ('rights_grievances', '0002_case_next_due'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Lesson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('text', models.CharField(max_length=600)),
                ('published_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('withdrawn_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='WatchWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('answer', models.CharField(blank=True, choices=[('yes', 'yes'), ('no', 'no'), ('unsure', 'not sure')], max_length=6)),
                ('sealed_words', models.BinaryField(null=True)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.AddField(
            model_name='watch',
            name='family',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.family'),
        ),
        # Nothing is watched before this version.
        migrations.AlterField(
            model_name='watch',
            name='family',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.family'),
        ),
        migrations.AddField(
            model_name='watch',
            name='member',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='families.member'),
        ),
        migrations.AlterField(
            model_name='watch',
            name='case',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='watches', to='rights_grievances.case'),
        ),
        migrations.AlterField(
            model_name='watch',
            name='finding',
            field=models.CharField(blank=True, choices=[('not_linked', 'it has nothing to do with the complaint'), ('linked', 'it may be because of the complaint'), ('ours', 'something on our side did not work'), ('not_ours', 'our side did what was promised')], max_length=10),
        ),
        migrations.AlterField(
            model_name='watch',
            name='what',
            field=models.CharField(choices=[('service_cut', 'a service was cut or stopped'), ('worker_changed', 'somebody who helps the family was changed'), ('discharge', 'the family was to leave the program'), ('lost_contact', 'contact was lost'), ('readmitted', 'a young person had to go back to a hospital soon'), ('no_link', 'after a hospital, nobody was found in time')], max_length=14),
        ),
        migrations.AddIndex(
            model_name='watch',
            index=models.Index(fields=['reviewer', 'closed_at'], name='watch_of_reviewer'),
        ),
        migrations.AddConstraint(
            model_name='watch',
            constraint=models.UniqueConstraint(condition=models.Q(('case', None)), fields=('about',), name='failure_once'),
        ),
        migrations.AddConstraint(
            model_name='watch',
            constraint=models.CheckConstraint(condition=models.Q(('closed_at', None), models.Q(('asked_family_at__isnull', False), models.Q(('finding', ''), _negated=True), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='closed_watch_asked_and_says_why'),
        ),
        migrations.AddField(
            model_name='lesson',
            name='program',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.program'),
        ),
        migrations.AddField(
            model_name='lesson',
            name='published_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='watchword',
            name='person',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='watchword',
            name='watch',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='said', to='rights_grievances.watch'),
        ),
        migrations.AddField(
            model_name='watchword',
            name='written_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programs.staffrole'),
        ),
        migrations.AddIndex(
            model_name='lesson',
            index=models.Index(fields=['program', '-published_at'], name='lessons_of_program'),
        ),
        migrations.AddConstraint(
            model_name='watchword',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), _negated=True), ('sealed_words__isnull', False), _connector='OR'), name='watch_word_says'),
        ),
        migrations.AddConstraint(
            model_name='watchword',
            constraint=models.CheckConstraint(condition=models.Q(('person', None), ('written_by', None), _connector='XOR'), name='watch_word_is_of_one'),
        ),
    ]
