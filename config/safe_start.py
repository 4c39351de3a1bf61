"""What production must have before it starts. A weak secret is found out here, not by a thief.

Each fault is one sentence for the operator: which setting, what is wrong, what to do."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured

SHORTEST_SECRET = 50
FEWEST_CHARACTERS = 10  # of a random secret in hexadecimal there are sixteen
EXAMPLES = ("change", "secret", "insecure", "example", "password", "huisplan")
EXAMPLE_KEYS = ("cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=",)  # of the specification of Fernet
OWN_MACHINE = ("127.0.0.1", "localhost", "::1")


def check(
    *, secret_key: str, encryption_keys: list[str], allowed_hosts: list[str], base_url: str, trusted_proxies: int
) -> None:
    """Raises ImproperlyConfigured with every fault at once."""
    found = [
        *secret_faults(secret_key),
        *key_faults(encryption_keys),
        *address_faults(allowed_hosts, base_url, trusted_proxies),
    ]
    if found:
        raise ImproperlyConfigured("Huisplan does not start like this. " + " ".join(found))


def secret_faults(secret: str) -> Iterator[str]:
    advice = "Make one with: openssl rand -hex 32"
    if len(secret) < SHORTEST_SECRET:
        yield f"SECRET_KEY is shorter than {SHORTEST_SECRET} characters. {advice}."
    elif len(set(secret)) < FEWEST_CHARACTERS or any(word in secret.lower() for word in EXAMPLES):
        yield f"SECRET_KEY can be guessed. {advice}."


def key_faults(keys: list[str]) -> Iterator[str]:
    if not keys:
        yield "HUISPLAN_ENCRYPTION_KEYS is empty. Make a key with: manage.py new_key."
    for rank, key in enumerate(keys, start=1):
        try:
            Fernet(key)
        except ValueError:
            yield f"Key {rank} of HUISPLAN_ENCRYPTION_KEYS is no key. Make one with: manage.py new_key."
            continue
        if len(set(key)) < FEWEST_CHARACTERS or key in EXAMPLE_KEYS:
            yield f"Key {rank} of HUISPLAN_ENCRYPTION_KEYS can be guessed. Make one with: manage.py new_key."
    if len(set(keys)) < len(keys):
        yield "HUISPLAN_ENCRYPTION_KEYS holds the same key twice. Name each once, the newest first."


def address_faults(allowed_hosts: list[str], base_url: str, trusted_proxies: int) -> Iterator[str]:
    if not allowed_hosts or "*" in allowed_hosts:
        yield "ALLOWED_HOSTS must name the addresses of this app, such as huisplan.example.nl."
    address = urlsplit(base_url)
    if address.scheme != "https" and address.hostname not in OWN_MACHINE:
        yield "HUISPLAN_BASE_URL must begin with https://."
    if address.scheme == "https" and trusted_proxies < 1:
        yield (
            "With https a reverse proxy of yours stands in front: say how many in HUISPLAN_TRUSTED_PROXIES, "
            "else every page is sent on to itself for ever."
        )
