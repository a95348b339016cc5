"""After a key rotation: every sealed word under today's first key, whichever model keeps it."""

from __future__ import annotations

from django.apps import apps
from django.db import models, transaction

PREFIX = "sealed_"


def rewrap_words() -> int:
    """All that lies in fields named `sealed_...`, in small transactions; gives the count of rows.

    Asked of the models themselves, so that no new one is forgotten: what it leaves out cannot be read once the old key is gone.
    """
    return sum(_rewrap(model, names) for model in apps.get_models() if (names := sealed_names(model)))


def sealed_names(model: type[models.Model]) -> list[str]:
    """The properties of a model that open and seal such a field: `words` for `sealed_words`.

    A draft, a photo and a voice note have none: they lie under their conversation's own key, which is wrapped anew itself.
    """
    fields = [field.name for field in model._meta.concrete_fields if isinstance(field, models.BinaryField)]
    names = [name.removeprefix(PREFIX) for name in fields if name.startswith(PREFIX)]
    return [name for name in names if isinstance(getattr(model, name, None), property)]


def _rewrap(model: type[models.Model], names: list[str]) -> int:
    rows = model._base_manager
    kept = models.Q(*((f"{PREFIX}{name}__isnull", False) for name in names), _connector=models.Q.OR)
    return sum(_rewrap_row(model, names, pk) for pk in rows.filter(kept).values_list("pk", flat=True))


@transaction.atomic
def _rewrap_row(model: type[models.Model], names: list[str], pk: int) -> bool:
    row = model._base_manager.select_for_update().filter(pk=pk).first()
    if row is None:  # gone meanwhile, and its words with it
        return False
    filled = [name for name in names if getattr(row, PREFIX + name) is not None]
    for name in filled:
        setattr(row, name, getattr(row, name))
    row.save(update_fields=[PREFIX + name for name in filled])
    return True
