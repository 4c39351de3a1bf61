"""python -m trials.bench.bare.visitor      tells, as JSON, the cookies of somebody who is logged in"""

import json

import django

django.setup()

from django.test import Client

from trials.bench.bare.models import Person


def main() -> None:
    client = Client()
    client.force_login(Person.objects.get_or_create(email="anna@bare.example")[0])
    print(json.dumps({name: morsel.value for name, morsel in client.cookies.items()}))


if __name__ == "__main__":
    main()
