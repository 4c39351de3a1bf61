"""The bare views."""

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import path

from trials.bench.bare.models import First, Row, Second, Third
from trials.bench.bare.tasks import nothing


def post(request: HttpRequest) -> HttpResponse:
    """Three INSERTs in one transaction, and one task."""
    words, name = request.POST["observation"], request.POST["reporter_name"]
    with transaction.atomic():
        first = First.objects.create(words=words, name=name)
        Second.objects.create(words=words, name=name)
        Third.objects.create(words=words, name=name)
        transaction.on_commit(lambda: nothing.delay(first.pk))
    return HttpResponseRedirect("/rows/")


def insert(request: HttpRequest) -> HttpResponse:
    """One row."""
    First.objects.create(words=request.POST["observation"], name=request.POST["reporter_name"])
    return HttpResponseRedirect("/rows/")


@login_required
def rows(request: HttpRequest) -> HttpResponse:
    """Two hundred rows in a table."""
    return render(request, "rows.html", {"rows": Row.objects.order_by("pk")[:200]})


def form(request: HttpRequest) -> HttpResponse:
    return render(request, "form.html")


urlpatterns = [path("", form), path("post/", post), path("insert/", insert), path("rows/", rows)]
