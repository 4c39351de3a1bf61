"""The settings of the tests: the real ones, on servers of their own."""

import os

os.environ.setdefault("HUISPLAN_PLACE", "test")
os.environ.setdefault("HUISPLAN_DEMO", "1")

from config.settings import *  # noqa: F403  # all of them

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # hundreds of logins, no secrets
# Workers of the test run count their limits apart.
CACHES["default"]["KEY_PREFIX"] = os.environ.get("PYTEST_XDIST_WORKER", "main")  # noqa: F405  # one of them
# Each browser of a test starts the app anew, and would read the whole folder of style sheets and scripts again.
WHITENOISE_AUTOREFRESH = True
