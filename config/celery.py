import os

from celery import Celery, Task
from celery.signals import task_prerun, worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("huisplan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def keep_what_is_loaded(**_facts: object) -> None:
    """Before it makes the processes that do the work."""
    from config import memory  # asks for Django, which is there only now

    memory.keep_what_is_loaded()


@task_prerun.connect
def keep_a_good_connection(task: Task, **_facts: object) -> None:
    """To the database, from one task to the next, as a web process does: see CELERY_DB_REUSE_MAX in the settings."""
    from django.db import close_old_connections

    if not task.request.is_eager:
        close_old_connections()
