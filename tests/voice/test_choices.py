"""Who gives a service is the family's to choose: side by side, at least two where there are two, and again on any day."""

from __future__ import annotations

import datetime as dt
import gzip
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.access import Refused
from portal.access import choices as access
from portal.accounts.models import Person
from portal.audit.models import Entry
from portal.care import actions as care
from portal.care.kinds import NotGood
from portal.care.models import Change, Item, TeamMeeting
from portal.care.refusals import PlanClosed
from portal.clocks.models import Clock
from portal.directory.models import Provider, Service
from portal.families.models import LegalAuthority
from portal.notices.models import Notice
from portal.voice.actions import asking, choices, offers
from portal.voice.choice_refusals import (
    KindMissing,
    LookedForMissing,
    NoteMissing,
    NothingShown,
    OptionGone,
    SameTwice,
    SettledMeanwhile,
    ShownAlready,
    TooFew,
)
from portal.voice.models import Choice, ChoiceWord, Option
from tests.voice.choosing import (
    RESPITE,
    a_service,
    listed,
    now,
    offered,
    option,
    page,
    path_of,
    pick,
    plan_of,
    post,
    say,
    status,
    timed,
)
from tests.world import World, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]


def provider(item: Item) -> str:
    return str(Item.objects.get(pk=item.pk).data["provider"])


def told(person: Person, choice: Choice, kind: str = "choice") -> int:
    return Notice.objects.filter(person=person, kind=kind, path=path_of(choice), read_at=None).count()


# -- LA-42 -----------------------------------------------------------------------------------------------------------------


@pytest.mark.promise("LA-42")
def test_a_name_in_the_plan_without_a_familys_choice_is_refused_and_with_one_it_stands(world: World) -> None:
    """ "Assignment without a family choice record is refused": in the action, and in the form with plain words."""
    item = a_service(world)
    path = f"/plans/{item.plan.public_id}/items/{item.public_id}/"
    said = {key: value for key, value in item.data.items() if isinstance(value, str) and value}
    answer = post(world.facilitator, path, **said, provider="House 1", mark=item.mark, why="")
    assert answer.status_code == 422
    words = answer.content.decode()
    assert "The family chooses who gives a service." in words
    assert 'value="House 1"' in words, "what was typed stays"
    with pytest.raises(NotGood, match="provider"):
        care.add_item(actor=world.facilitator, plan=item.plan, kind="service", data=item.data | {"provider": "House 1"})
    assert provider(item) == ""
    choice = offered(world, item)
    pick(world.caregiver, choice)
    assert provider(item) == "House 1"
    assert now(choice).state == "made"
    shown = page(world.caregiver, f"/plans/{item.plan.public_id}/")
    assert "The family chose who gives it" in shown
    item = Item.objects.get(pk=item.pk)
    with pytest.raises(NotGood):  # nor by saying that they had it before
        care.change_item(
            actor=world.facilitator,
            item=item,
            mark=item.mark,
            data=item.data | {"provider": "House 9", "had_before": True},
        )
    assert provider(item) == "House 1"


@pytest.mark.promise("LA-42")
def test_where_only_one_is_available_that_is_recorded_with_what_was_looked_for(world: World) -> None:
    item = a_service(world)
    (entry,) = listed(world, 1)
    facts = {"actor": world.facilitator, "item": item, "category": RESPITE, "entries": [entry]}
    with pytest.raises(LookedForMissing):
        offers.offer_service(**facts)  # type: ignore[arg-type]
    choice = offers.offer_service(**facts, looked_for="All of Jefferson and Orleans")  # type: ignore[arg-type]
    assert choice.is_only_one
    shown = page(world.caregiver, path_of(choice))
    assert "Only one available" in shown
    assert "All of Jefferson and Orleans" in shown
    assert "No, not this one" in shown
    pick(world.caregiver, choice)
    assert provider(item) == "House 1"
    assert "only one available" in page(world.caregiver, "/choices/")


@pytest.mark.promise("LA-42")
def test_one_alone_is_refused_while_there_are_more_and_says_how_many(world: World) -> None:
    item = a_service(world)
    entries = listed(world, 3)
    for shown, named in ((entries[:1], ()), ((), (offers.Named("A friend"),))):
        with pytest.raises(TooFew) as refused:
            offers.offer_service(
                actor=world.facilitator,
                item=item,
                category=RESPITE,
                entries=shown,
                named=named,
                looked_for="Nowhere else",
            )
        assert f"There are {3 + len(named)} who could do it." in str(refused.value.message)
    path = f"/plans/{item.plan.public_id}/items/{item.public_id}/choice/?kind={RESPITE}"
    answer = post(world.facilitator, path, entries=[entries[0].public_id], note="Please look")
    assert answer.status_code == 422
    assert "Show the family at least two of them" in answer.content.decode()
    assert "Please look" in answer.content.decode(), "what was typed stays"
    assert not Choice.objects.exists()


@pytest.mark.promise("LA-42")
def test_options_stand_side_by_side_with_distance_wait_languages_and_conflict(world: World) -> None:
    item = a_service(world)
    first, second, _third = listed(world)
    Service.objects.filter(pk=first.pk).update(wait_days=12, wait_said_on=world.program.today())
    agency = world.facilitator_role.organization.name
    Provider.objects.filter(pk=second.provider_id).update(name=agency)
    entries = [Service.objects.get(pk=first.pk), Service.objects.get(pk=second.pk)]
    choice = offers.offer_service(
        actor=world.facilitator, item=item, category=RESPITE, entries=entries, note="Both have room."
    )
    shown = page(world.caregiver, path_of(choice))
    assert "In Jefferson" in shown
    assert "About 12 days of waiting." in shown
    assert "Ask them" in shown
    assert "Spanish" in shown
    assert f"Your facilitator works for {agency}, too." in shown
    assert shown.count("I choose") == 2
    assert "Both have room." in shown
    Service.objects.filter(pk=first.pk).update(wait_days=90, name="Another name")
    assert "About 12 days of waiting." in page(world.caregiver, path_of(choice)), "as it was when it was shown"


@pytest.mark.promise("LA-42")
def test_a_family_changes_its_choice_on_any_day_and_the_old_one_is_kept(world: World) -> None:
    item = a_service(world)
    choice = offered(world, item)
    pick(world.caregiver, choice)
    assert "Change this" in page(world.youth, path_of(choice))
    answer = post(world.youth, path_of(choice, "again/"))
    again = Choice.objects.get(follows=choice)
    assert answer["Location"] == path_of(again)
    post(world.youth, path_of(choice, "again/"))
    assert Choice.objects.filter(follows=choice).count() == 1
    assert (now(choice).state, provider(item)) == ("made", "House 1"), "until they choose, it stays as it is"
    pick(world.youth, again, 2)
    assert provider(item) == "House 2"
    assert (now(choice).state, now(choice).made) == ("replaced", option(choice))
    assert "something else is chosen now" in page(world.caregiver, path_of(choice))
    names = [one.after["provider"] for one in Change.objects.filter(item=item).order_by("pk") if one.after]
    assert names == ["", "House 1", "House 2"]


@pytest.mark.promise("LA-42")
def test_what_came_from_another_system_is_not_chosen_here_yet_until_the_family_says_so(world: World) -> None:
    item = a_service(world)
    item.data = item.data | {"provider": "Gulf Breeze"}
    item.save()
    shown = page(world.caregiver, f"/plans/{item.plan.public_id}/")
    assert "From another system: not chosen here yet." in shown
    listing = page(world.caregiver, "/choices/")
    assert "not chosen here yet" in listing
    post(world.caregiver, "/choices/ask/", item=item.public_id, keep="yes")
    post(world.caregiver, "/choices/ask/", item=item.public_id, keep="yes")
    (choice,) = Choice.objects.all()
    assert (choice.state, choice.made and choice.made.name, provider(item)) == ("made", "Gulf Breeze", "Gulf Breeze")
    post(world.caregiver, path_of(choice, "again/"))
    again = Choice.objects.get(follows=choice)
    assert again.state == "asked"
    choices_path = f"/plans/{item.plan.public_id}/items/{item.public_id}/choice/"
    assert choices_path in page(world.facilitator, path_of(again))
    filled = offered(world, item)
    assert filled == again
    pick(world.caregiver, filled, 2)
    assert (now(choice).state, provider(item)) == ("replaced", "House 2")


def test_staff_may_write_what_the_family_had_before_and_the_family_may_still_choose(world: World) -> None:
    item = a_service(world, provider="Gulf Breeze")
    assert item.data["had_before"] is True
    assert "you had it before, as you told us" in page(world.caregiver, "/choices/")
    with pytest.raises(NotGood, match="provider"):
        a_service(world, had_before=True)
    with pytest.raises(NotGood):  # taking the tick away makes it nobody's word
        care.change_item(actor=world.facilitator, item=item, mark=item.mark, data=item.data | {"had_before": False})
    answer = post(world.caregiver, "/choices/ask/", item=item.public_id)
    (choice,) = Choice.objects.all()
    assert answer["Location"] == path_of(choice)
    clock = Clock.objects.get(subject="choice", subject_id=str(choice.public_id))
    assert (clock.rule_id, clock.matter_of, clock.responsible) == ("LA-CHOICE", world.caregiver, world.liaison_role)
    assert told(world.liaison, choice, "answer_owed") == 1
    post(world.caregiver, "/choices/ask/", item=item.public_id)
    assert Choice.objects.count() == 1
    assert status(world.youth, path_of(choice)) == 404, "between who asks and the staff, until there is something"
    offered(world, item)
    clock.refresh_from_db()
    assert clock.state == "met"
    assert status(world.youth, path_of(choice)) == 200


# -- the words ---------------------------------------------------------------------------------------------------------------


def test_none_of_these_asks_staff_for_others_by_a_date(world: World) -> None:
    item = a_service(world)
    choice = offered(world, item)
    assert told(world.caregiver, choice) == told(world.youth, choice) == 1
    answer = post(world.caregiver, path_of(choice), answer="none", words="Neither speaks with him.")
    assert answer.status_code == 302
    assert now(choice).state == "none"
    clock = Clock.objects.get(subject="choice", subject_id=str(choice.public_id))
    assert clock.state == "open"
    assert told(world.youth, choice) == 0
    shown = page(world.facilitator, path_of(choice))
    assert "Neither speaks with him." in shown
    assert "Look for others" in shown
    assert "Your staff look for others" in page(world.caregiver, "/choices/")
    second = offers.offer_service(
        actor=world.facilitator, item=item, category=RESPITE, entries=list(Service.objects.all()[1:3])
    )
    clock.refresh_from_db()
    assert (clock.state, second.state) == ("met", "open")


def test_needing_time_keeps_it_open_and_you_choose_for_us_lets_staff_choose_with_a_reason(world: World) -> None:
    choice = offered(world)
    assert say(world.caregiver, choice, "time", "After Sunday") == "settled"
    assert now(choice).state == "open"
    assert say(world.caregiver, choice, "time", "After Sunday") == "same"
    with pytest.raises(SettledMeanwhile):
        choices.choose_for(actor=world.facilitator, choice=choice, said=choices.Said("pick", option(choice), "x"))
    assert say(world.caregiver, choice, "you") == "settled"
    assert now(choice).state == "handed"
    assert told(world.facilitator, choice, "answer_owed") == 1
    with pytest.raises(NoteMissing):
        choices.choose_for(actor=world.facilitator, choice=choice, said=choices.Said("pick", option(choice)))
    path = path_of(choice, "told/")
    assert "They asked us to choose: I choose" in page(world.facilitator, path)
    post(world.facilitator, path, who="us", said=option(choice, 2).public_id, words="It is nearer to school.")
    choice = now(choice)
    assert (choice.state, choice.made) == ("made", option(choice, 2))
    shown = page(world.caregiver, path_of(choice))
    assert "It is nearer to school." in shown
    assert f"written down by {world.facilitator.display_name}" in shown


def test_staff_write_down_what_they_were_told_and_the_family_reads_it(world: World) -> None:
    choice = offered(world)
    path = path_of(choice, "told/")
    post(world.liaison, path, who=world.caregiver.public_id, said=option(choice).public_id, words="On the phone.")
    (word,) = ChoiceWord.objects.filter(choice=choice)
    assert (word.by, word.written_by, word.text) == (world.caregiver, world.liaison, "On the phone.")
    assert now(choice).state == "made"
    with pytest.raises(Refused):
        choices.write_down(actor=world.liaison, choice=choice, by=world.second_caregiver, said=choices.Said("time"))


def test_the_first_word_of_two_who_decide_stands_and_the_second_is_kept_and_told(world: World) -> None:
    choice = offered(world)
    assert pick(world.youth, choice, 1) == "settled"
    answer = signed_in(None, world.caregiver).post(
        path_of(choice), {"answer": option(choice, 2).public_id, "words": "I like them."}, follow=True
    )
    shown = answer.content.decode()
    assert "It is kept as your wish." in shown
    assert "Theo had chosen before you." in shown
    assert "Change this" in shown
    assert now(choice).made == option(choice, 1)
    assert ChoiceWord.objects.get(by=world.caregiver).is_counted is False
    assert Notice.objects.filter(person=world.youth, about=f"{choice.told_as}:wish").exists()


def test_who_may_only_be_told_says_a_wish_and_who_decides_reads_it(world: World) -> None:
    world.second_caregiver_authority.scope = LegalAuthority.Scope.INFORMATION
    world.second_caregiver_authority.save()
    choice = offered(world)
    assert "You do not decide this alone." in page(world.second_caregiver, path_of(choice))
    assert pick(world.second_caregiver, choice, 2, "Near my work") == "kept"
    assert pick(world.second_caregiver, choice, 2, "Near my work") == "same"
    assert now(choice).state == "open"
    assert "Near my work" in page(world.caregiver, path_of(choice))
    assert post(world.second_caregiver, path_of(choice, "again/")).status_code == 404


def test_sent_twice_and_from_a_second_tab_it_is_one_choice(world: World) -> None:
    choice = offered(world)
    tab: Client = signed_in(None, world.caregiver)
    for _time in range(2):
        answer = tab.post(path_of(choice), {"answer": option(choice).public_id, "words": ""})
        assert answer.status_code == 302
    assert ChoiceWord.objects.filter(choice=choice).count() == 1
    tab.post(path_of(choice), {"answer": option(choice, 2).public_id, "words": ""})
    assert now(choice).made == option(choice, 1), "the other tab changes nothing unseen"
    answer = tab.post(path_of(choice), {"answer": "something", "words": "Still here"})
    assert answer.status_code == 422
    assert "Please choose one of these." in answer.content.decode()


def test_what_is_gone_when_it_is_picked_is_said_and_nothing_is_lost(world: World) -> None:
    item = a_service(world)
    choice = offered(world, item)
    Service.objects.filter(name="Weekends 1").update(is_listed=False)
    shown = page(world.caregiver, path_of(choice))
    assert "cannot be had any more" in shown
    assert shown.count("I choose") == 1
    answer = post(world.caregiver, path_of(choice), answer=option(choice).public_id, words="They know him.")
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "House 1 cannot be had any more. We are sorry." in shown
    assert "They know him." in shown
    word = ChoiceWord.objects.get(choice=choice)
    assert (word.option, word.is_counted, word.text) == (option(choice), False, "They know him.")
    assert told(world.facilitator, choice, "answer_owed") == 1
    assert (now(choice).state, provider(item)) == ("open", "")
    with pytest.raises(OptionGone):  # also where it is listed again meanwhile: staff know and show it anew
        pick(world.youth, choice)
    assert pick(world.youth, choice, 2) == "settled"


def test_staff_take_back_what_they_showed_and_say_why(world: World) -> None:
    choice = offered(world)
    with pytest.raises(ShownAlready):
        offered(world, choice.item)
    assert post(world.facilitator, path_of(choice, "take-back/"), note="").status_code == 422
    post(world.facilitator, path_of(choice, "take-back/"), note="The first one has closed.")
    assert now(choice).state == "withdrawn"
    assert "The first one has closed." in page(world.caregiver, path_of(choice))
    assert post(world.caregiver, path_of(choice), answer="time", words="I write a lot").status_code == 422
    assert post(world.facilitator, path_of(choice, "take-back/"), note="Again").status_code == 422


def test_taking_back_what_was_asked_for_leaves_it_owed(world: World) -> None:
    item = a_service(world)
    asking.ask_for_options(actor=world.caregiver, item=item)
    choice = offered(world, item)
    choices.withdraw_choice(actor=world.liaison, choice=choice, why="Wrong list")
    owed = Choice.objects.get(item=item, state="asked")
    assert owed.asked_by == world.caregiver
    assert Clock.objects.get(subject_id=str(owed.public_id)).state == "open"


def test_a_choice_ends_with_what_it_is_about(world: World) -> None:
    item = a_service(world)
    choice = offered(world, item)
    care.remove_item(actor=world.facilitator, item=item, why="Not wanted any more")
    answer = post(world.caregiver, path_of(choice), answer=option(choice).public_id, words="")
    assert answer.status_code == 422
    assert path_of(choice) not in page(world.caregiver, "/choices/")
    care.close_plan(actor=world.facilitator, plan=item.plan, reason="wish")
    with pytest.raises(PlanClosed):
        pick(world.caregiver, choice)


def test_without_the_kind_of_service_nobody_knows_how_many_there_are(world: World) -> None:
    item = a_service(world)
    facts = {"actor": world.facilitator, "item": item, "category": "", "entries": [], "named": [offers.Named("A")]}
    first = offers.offer_service(**facts, looked_for="The church list")  # type: ignore[arg-type]
    assert first.is_only_one, "where there is no directory"
    choices.withdraw_choice(actor=world.facilitator, choice=first, why="There is a directory now")
    listed(world)
    with pytest.raises(KindMissing):
        offers.offer_service(**facts, looked_for="The church list")  # type: ignore[arg-type]
    path = f"/plans/{item.plan.public_id}/items/{item.public_id}/choice/"
    shown = page(world.facilitator, f"{path}?kind={RESPITE}")
    assert "House 2: Weekends 2. In Jefferson. Ask them. English, Spanish" in shown


@pytest.mark.parametrize("who", ["caregiver", "youth", "liaison"])
def test_the_pages_of_choices_are_light(world: World, who: str) -> None:
    """At most 12 questions to the database and 30 KB compressed, on a second visit."""
    person: Person = getattr(world, who)
    choice = offered(world)
    say(world.caregiver, choice, "time", "After Sunday")
    a_service(world, provider="Gulf Breeze")
    browser = signed_in(None, person)
    heavy = []
    for path in ("/choices/", path_of(choice)):
        browser.get(path)
        with CaptureQueriesContext(connection) as asked:
            answer = browser.get(path)
        assert len(gzip.compress(answer.content)) < 30 * 1024
        questions = [one for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]]
        if len(questions) > 12:
            heavy.append("\n".join([path, *(one["sql"][:140] for one in questions)]))
    assert not heavy, "\n\n".join(heavy)


def test_nothing_shown_or_the_same_twice_is_no_choice(world: World) -> None:
    item = a_service(world)
    facts = {"actor": world.facilitator, "item": item, "category": RESPITE, "entries": []}
    with pytest.raises(NothingShown):
        offers.offer_service(**facts)  # type: ignore[arg-type]
    with pytest.raises(NothingShown):
        offers.offer_service(**facts, named=[offers.Named("  ")])  # type: ignore[arg-type]
    with pytest.raises(SameTwice):
        offers.offer_service(**facts, named=[offers.Named("A"), offers.Named("A")])  # type: ignore[arg-type]


# -- who sees it ---------------------------------------------------------------------------------------------------------------


def test_a_choice_in_a_plan_that_is_the_young_persons_own_is_shown_to_no_parent(world: World) -> None:
    plan = plan_of(world)
    plan.access_basis = "minor"
    plan.save()
    item = a_service(world, plan)
    choice = offered(world, item)
    assert choice.access_basis == "minor"
    for who in ("caregiver", "second_caregiver", "natural_support", "stranger_liaison", "peer"):
        assert status(getattr(world, who), path_of(choice)) == 404
    assert access.deciders(choice) == [world.youth]
    assert pick(world.youth, choice) == "settled"
    with pytest.raises(Refused):
        say(world.caregiver, choice, "time")
    assert not Entry.objects.filter(subject="choice", family_id=world.family.public_id).exists()


def test_from_the_18th_birthday_on_the_young_person_alone_chooses(world: World) -> None:
    choice = offered(world)
    world.youth.born_on = world.program.today() - dt.timedelta(days=366 * 19)
    world.youth.save()
    assert status(world.caregiver, path_of(choice)) == 404
    with pytest.raises(Refused):
        pick(world.caregiver, choice)
    assert pick(world.youth, choice) == "settled"


def test_who_is_kept_away_from_somebody_of_the_household_sees_no_choice(world: World) -> None:
    world.second_caregiver_authority.scope = LegalAuthority.Scope.FULL
    world.second_caregiver_authority.save()
    choice = offered(world)
    assert status(world.second_caregiver, path_of(choice)) == 200
    world.keep_apart()
    assert status(world.second_caregiver, path_of(choice)) == 404
    assert world.second_caregiver not in access.deciders(choice)


def test_no_word_of_a_choice_stands_in_records_notices_or_addresses(world: World) -> None:
    choice = offered(world, note="SECRET note")
    say(world.caregiver, choice, "you", "SECRET word")
    for row in Entry.objects.filter(subject="choice"):
        assert "SECRET" not in str(row.detail)
        assert "House" not in str(row.detail)
    for model in (Choice, Option, ChoiceWord):
        assert "SECRET" not in str(list(model._default_manager.values()))
        assert "House 1" not in str(list(model._default_manager.values()))


# -- place and time, and the team ------------------------------------------------------------------------------------------------


def test_the_place_and_time_that_the_family_picks_is_agreed_at_once(world: World) -> None:
    choice = timed(world)
    shown = page(world.caregiver, path_of(choice))
    assert "The library, room 2" in shown
    assert "by video" in shown.lower()
    pick(world.caregiver, choice, 2)
    meeting = TeamMeeting.objects.get()
    assert (meeting.place, meeting.place_agreed_by, meeting.how) == (
        "A link comes by message",
        world.caregiver,
        "video",
    )
    care.confirm_meeting(actor=world.facilitator, meeting=meeting, mark="0")


def test_times_on_the_page_need_two_and_keep_what_was_typed(world: World) -> None:
    plan = plan_of(world)
    path = f"/plans/{plan.public_id}/meetings/choice/"
    day = (timezone.now() + dt.timedelta(days=5)).date()
    one = {"time0-day": day, "time0-time": "17:30", "time0-how": "place", "time0-place": "The library"}
    answer = post(world.facilitator, path, key=uuid4(), minutes=60, **one)
    assert answer.status_code == 422
    assert "The library" in answer.content.decode()
    two = {"time1-day": day, "time1-time": "18:30", "time1-how": "phone", "time1-place": "We call you"}
    key = uuid4()
    for _time in range(2):
        assert post(world.facilitator, path, key=key, minutes=60, **one, **two).status_code == 302
    assert Choice.objects.count() == 1
    late = {**two, "time1-day": day - dt.timedelta(days=30)}
    answer = post(world.facilitator, path, key=uuid4(), minutes=60, **one, **late)
    assert "This time has passed." in answer.content.decode()


def test_the_one_whom_the_family_picks_for_the_team_is_on_it(world: World) -> None:
    plan = plan_of(world)
    path = f"/plans/{plan.public_id}/team/choice/"
    form = {"key": uuid4(), "role": "school", "name_1": "Ms. Reed", "what_1": "Counselor", "name_2": "Mr. Ott"}
    assert post(world.facilitator, path, **{**form, "name_2": ""}).status_code == 422
    assert post(world.facilitator, path, **form).status_code == 302
    (choice,) = Choice.objects.all()
    pick(world.youth, choice)
    shown = page(world.caregiver, f"/plans/{plan.public_id}/team/")
    assert "Ms. Reed" in shown
    assert "Mr. Ott" not in shown


def test_the_page_of_choices_says_what_will_be_here_and_names_peers_who_wait(world: World) -> None:
    assert "When there is something to choose, it stands here" in page(world.caregiver, "/choices/")
    assert "/wishes/choose/" in page(world.second_caregiver, "/choices/"), "a peer is proposed to him"
    choice = offered(world)
    assert path_of(choice) in page(world.caregiver, "/choices/")
    assert path_of(choice) in page(world.liaison, "/choices/")
    assert "Waits for a family" in page(world.liaison, "/choices/")
    assert status(world.natural_support, "/choices/") == 404
