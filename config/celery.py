import os

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("huisplan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def keep_what_is_loaded(**_facts: object) -> None:
    """Before it makes the processes that do the work."""
    from config import memory  # asks for Django, which is there only now

    memory.keep_what_is_loaded()
