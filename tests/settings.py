"""The settings of the tests: the real ones, on servers of their own."""

import os

os.environ.setdefault("HUISPLAN_PLACE", "test")

from config.settings import *  # noqa: E402, F403

DEMO = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # hundreds of logins, no secrets
