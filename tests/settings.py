"""The product's own settings, over a folder that ends with the run: no file, database or channel of this machine is used."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

# The process that starts the run makes the folder; test workers and servers it starts find it in their environment.
if "PORTAL_TEST_RUN" not in os.environ:
    for name in [
        name
        for name in os.environ
        if name.startswith(("PORTAL_", "EMAIL_URL", "SMS_URL", "VAPID_")) and name != "PORTAL_SAMPLE_DATA"
    ]:
        del os.environ[name]
    _folder = tempfile.mkdtemp(prefix="portal-tests-")
    atexit.register(shutil.rmtree, _folder, ignore_errors=True)
    os.environ |= {
        "PORTAL_TEST_RUN": str(os.getpid()),
        "PORTAL_VAR": f"{_folder}/var",
        "EMAIL_URL": f"file://{_folder}/mail",
        "SMS_URL": f"file://{_folder}/sms",
    }

from portal.settings import *  # noqa: F403 - after the environment it reads
