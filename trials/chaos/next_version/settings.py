from config.settings import *  # noqa: F403  # all of them
from config.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "trials.chaos.next_version"]
