"""Static files with a hash in every name, those that scripts import from each other included."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    # Without it a new script could import an old one that a phone still keeps.
    support_js_module_import_aggregation = True
