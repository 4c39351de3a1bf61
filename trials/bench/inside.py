"""python -m trials.bench.inside '{"link": ..., "session": ...}'      what can only be seen from inside one process

Tells, as JSON, how many statements a page asks, how long the database works on a search, and how long it takes to look whether
a plan of two hundred actions fits together."""

import json
import sys
import time
from statistics import median
from typing import Any
from uuid import uuid4

import django

django.setup()

from django.db import connection
from django.http.cookie import SimpleCookie
from django.test import Client

from households import access
from households.alike import Wanted
from partners.models import Professional, Team
from plans import rules
from plans.described import describe
from plans.models import SupportPlan
from trials.form import filled_in


class Statements:
    """Counts what is sent to the database, and how long it is away. Beginning and ending a transaction is not counted."""

    def __init__(self) -> None:
        self.number, self.seconds = 0, 0.0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.number += 1
            self.seconds += time.perf_counter() - began


def asked(deed: Any) -> Statements:
    deed()  # what is asked once per process does not count
    statements = Statements()
    with connection.execute_wrapper(statements):
        deed()
    return statements


def main() -> None:
    given = json.loads(sys.argv[1])
    full, longest = given["full"], given["full"]["longest"]
    stranger, colleague, busy, patient = Client(), Client(), Client(), Client()
    colleague.cookies, busy.cookies = SimpleCookie(given["session"]), SimpleCookie(full["session"])
    patient.cookies = SimpleCookie(longest["session"])
    long_plan = SupportPlan.objects.get(household__number=longest["household"])
    team, anna = Team.objects.get(pk=given["team"]), Professional.objects.get(email="anna@telstad.example")

    def post() -> None:
        assert stranger.post(given["link"], filled_in(str(uuid4()))).status_code == 302

    def page(client: Client, address: str) -> int:
        def look() -> None:
            assert client.get(address).status_code == 200

        return asked(look).number

    def match() -> None:
        access.suggest_households(anna, Wanted("Familie Bakelaar", "Rekenpad 12"), team=team)

    def search() -> None:
        assert busy.post("/zoeken/", {"q": "Hoogstratne"}, HTTP_HX_REQUEST="true").status_code == 200

    def change() -> None:
        sent = full["change"]
        assert busy.post(sent["address"], sent["form"], HTTP_HX_REQUEST="true").status_code == 200

    def seconds(deed: Any) -> float:
        began = time.perf_counter()
        deed()
        return time.perf_counter() - began

    told = {
        "post": asked(post).number,
        "statements": {
            "inbox": page(colleague, "/signalen/"),
            "households": page(colleague, "/huishoudens/"),
            "household": page(busy, f"/huishoudens/{full['household']}/"),
            "plan": page(busy, f"/huishoudens/{full['household']}/plan/"),
            "longest_plan": page(patient, f"/huishoudens/{longest['household']}/plan/"),
            "action": asked(change).number,
            "my_day": page(busy, "/"),
            "search": asked(search).number,
        },
        "clashes": median(seconds(lambda: rules.find(describe(long_plan))) for _ in range(7)) * 1000,
        "match": median(asked(match).seconds for _ in range(7)) * 1000,
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
