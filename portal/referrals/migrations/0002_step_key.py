from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_asking")]
    operations = [migrations.AddField("referralstep", "key", models.UUIDField(null=True, unique=True))]
