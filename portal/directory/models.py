"""The directory: who offers help, what it is, where, and when somebody looked last whether that is still so."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.directory.rows import LONGEST_ID, LONGEST_NAME

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise


class Provider(models.Model):
    """An organization that offers services. It need not work with the programme, and is no `Organization` of it."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey("programs.Program", models.PROTECT, related_name="providers")
    external_id = models.CharField(max_length=LONGEST_ID)  # its id where the entry came from
    name = models.CharField(max_length=LONGEST_NAME)
    description = models.TextField(blank=True)
    website = models.CharField(max_length=300, blank=True)
    email = models.CharField(max_length=254, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["program", "external_id"], name="provider_once"),)

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """One entry of the directory: a service of a provider."""

    class Setting(models.TextChoices):
        HOME = "home", _("at your home")
        SCHOOL = "school", _("at school")
        COMMUNITY = "community", _("in your neighborhood")
        CLINIC = "clinic", _("in a clinic")
        OUT_OF_HOME = "out_of_home", _("your child stays there, away from home")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="services")
    external_id = models.CharField(max_length=LONGEST_ID)
    name = models.CharField(max_length=LONGEST_NAME)
    description = models.TextField(blank=True)
    category = models.CharField(
        max_length=120, blank=True
    )  # a service id of the profile, else the directory's own word
    language_codes = models.CharField(max_length=200, blank=True)  # " en es ", so that one code can be looked for
    who_for = models.TextField(blank=True)
    how_to_get_in = models.TextField(blank=True)
    what_to_bring = models.TextField(blank=True)
    fees = models.TextField(blank=True)
    interpreter = models.TextField(blank=True)
    alert = models.TextField(blank=True)  # what is different just now
    website = models.CharField(max_length=300, blank=True)
    email = models.CharField(max_length=254, blank=True)
    setting = models.CharField(max_length=12, choices=Setting, blank=True)
    wait_words = models.CharField(max_length=300, blank=True)  # as the directory says it
    wait_days = models.PositiveSmallIntegerField(null=True)
    wait_said_on = models.DateField(null=True)
    checked_on = models.DateField(null=True)  # when somebody last looked whether all this is so
    # What it is found by: names, words and category in small letters without accents.
    found_by = models.TextField(blank=True)
    is_listed = models.BooleanField(default=True)  # not where the directory says that it is closed

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["provider", "external_id"], name="service_once"),
            models.CheckConstraint(
                condition=Q(wait_days=None, wait_said_on=None) | Q(wait_days__isnull=False, wait_said_on__isnull=False),
                name="wait_has_a_day",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("entry_show", args=[self.public_id])

    @property
    def languages(self) -> list[str]:
        return self.language_codes.split()

    @property
    def category_called(self) -> str:
        """The profile's name of it, or the directory's own word."""
        known = {one.id: one.name for one in self.provider.program.profile.services}
        return known.get(self.category, self.category)

    @property
    def reached_by(self) -> Place | None:
        """The place whose number a family calls first: the first one that has a number."""
        return next((place for place in self.places.all() if place.phone), None)

    def is_stale(self, today: dt.date) -> bool:
        """Nobody has looked for longer than the programme says, or ever."""
        days = self.provider.program.profile.settings.directory_days.value
        return self.checked_on is None or (today - self.checked_on).days > days

    def setting_called(self) -> _StrOrPromise:
        return self.Setting(self.setting).label if self.setting else ""


def coded(languages: list[str]) -> str:
    """Codes as `Service.language_codes` holds them."""
    return f" {' '.join(languages)} " if languages else ""


class Place(models.Model):
    """Where a service is given, or for whom: a place with an address, or a region it serves."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="places")
    external_id = models.CharField(max_length=LONGEST_ID + 20, blank=True)
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    region = models.CharField(max_length=60, blank=True)  # a region id of the profile; blank: not known, or
    is_statewide = models.BooleanField(default=False)  # for the whole state
    address = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    extension = models.CharField(max_length=10, blank=True)
    access = models.TextField(blank=True)  # for wheelchairs and the like
    directions = models.TextField(blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["service", "external_id"], name="place_once"),
            models.CheckConstraint(condition=~Q(is_statewide=True) | Q(region=""), name="whole_state_or_a_region"),
        )
        indexes = (models.Index(fields=["region"], name="place_region"),)

    def __str__(self) -> str:
        return self.name or self.address or self.region

    @property
    def region_called(self) -> str:
        known = self.service.provider.program.profile.regions
        return next((one.name for one in known if one.id == self.region), "")


class Hours(models.Model):
    """When somebody is there, in words; days and times beside them where the directory has both."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="hours")
    days = models.CharField(max_length=20, blank=True)  # "MO,TU", in the order of the week
    opens_at = models.TimeField(null=True)
    closes_at = models.TimeField(null=True)
    words = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name_plural = "hours"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.words or self.days
