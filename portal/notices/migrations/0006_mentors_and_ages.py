
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notices', '0005_push_and_cover'),
    ]

    operations = [
        migrations.AlterField(
            model_name='notice',
            name='kind',
            field=models.CharField(choices=[('message', 'You have a message.'), ('pairing_proposed', 'There is someone for you to meet.'), ('pairing_accepted', 'A family said yes.'), ('pairing_declined', 'A family asks for someone else.'), ('pairing_changed', 'Something changed with a peer partner.'), ('hand_off', 'There is news about a hand-off.'), ('check_in', 'There is a short question for you.'), ('check_in_call', 'Someone may be glad about a call.'), ('group', 'There is news about a group.'), ('no_coordinator', 'A family has nobody who answers for it.'), ('clock_started', 'There is a new date by which something is due.'), ('clock_near', 'Something is due soon.'), ('clock_missed', 'Something is late.'), ('clock_met', 'Something that was due is done.'), ('clock_moved', 'A date has moved.'), ('referral', 'Someone asks for help.'), ('support_asked', 'Someone asks for support.'), ('support', 'There is news about something you asked for.'), ('referral_lost', 'A request for help has no one or no date.'), ('on_call_gap', 'Nobody is on call for some time.'), ('on_call_changed', 'Your times on call have changed.'), ('mentor_asked', 'We ask for your yes to someone.'), ('mentor', 'There is news about a mentor.'), ('growing_up', 'A birthday changes who sees what.'), ('message_waits', 'A message to your team waits for an answer.')], max_length=24),
        ),
    ]
