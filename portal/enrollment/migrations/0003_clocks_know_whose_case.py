from __future__ import annotations

from typing import Any

from django.db import migrations


def name_the_young_person(apps: Any, _schema_editor: Any) -> None:
    """Clocks that began before they kept it: of a time inside and a decision, which share an id, and of each discharge."""
    Clock = apps.get_model("clocks", "Clock")
    for name, subject in (("Decision", "enrollment"), ("Enrollment", "enrollment")):
        for case in apps.get_model("enrollment", name).objects.all().iterator():
            _give(Clock, subject, case.public_id, case.youth_id)
    for discharge in apps.get_model("enrollment", "Discharge").objects.select_related("enrollment").iterator():
        _give(Clock, "discharge", discharge.public_id, discharge.enrollment.youth_id)


def _give(Clock: Any, subject: str, public_id: Any, youth_id: int) -> None:
    Clock.objects.filter(subject=subject, subject_id=str(public_id), youth=None).update(youth_id=youth_id)


class Migration(migrations.Migration):
    dependencies = [("enrollment", "0002_withdrawals"), ("clocks", "0004_whose_case")]
    operations = [migrations.RunPython(name_the_young_person, migrations.RunPython.noop)]
