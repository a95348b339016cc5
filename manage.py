#!/usr/bin/env python3
"""Runs the project's commands: `python3 manage.py demo`, `python3 manage.py test`, and every other one."""

# Kept to words that any Python 3 can read, so that an old one gets the sentence below and not a syntax error.
import sys

if sys.version_info < (3, 11):  # noqa: UP036
    sys.exit(
        "Porchlight needs Python 3.11 or newer, and this is Python {}.{}. ".format(*sys.version_info)
        + "Install a newer one, then run it by its name, for example: python3.12 manage.py demo"
    )

from portal.bootstrap import main

if __name__ == "__main__":
    main(sys.argv)
