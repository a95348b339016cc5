import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("programs", "0002_clinicians"),
        ("rights_grievances", "0004_desk_by_due"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="casefile",
            name="file_is_of_one",
        ),
        migrations.AddField(
            model_name="casefile",
            name="notice",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="files",
                to="rights_grievances.adversenotice",
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="taken_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="programs.staffrole"
            ),
        ),
        migrations.AddConstraint(
            model_name="casefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("case", None), ("draft__isnull", False), ("notice", None)),
                    models.Q(("case__isnull", False), ("draft", None), ("notice", None)),
                    models.Q(("case", None), ("draft", None), ("notice__isnull", False)),
                    _connector="OR",
                ),
                name="file_is_of_one",
            ),
        ),
    ]
