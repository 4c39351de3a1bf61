from celery import Celery

app = Celery("bare")
app.config_from_object("django.conf:settings", namespace="CELERY")


@app.task
def nothing(key: int) -> None:
    """What every publish of the bare view asks for."""
