"""What production promises in docker-compose.yml and Dockerfile, read from the files themselves."""

import re
from pathlib import Path

import pytest
import yaml

PROJECT = Path(__file__).parent.parent
SERVICES = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())["services"]
DOCKERFILE = (PROJECT / "Dockerfile").read_text()
OURS = {"web", "worker", "beat", "migrate"}
PINNED = re.compile(r"[\w./-]+:v?\d+\.\d+(\.\d+)?[\w.-]*(@sha256:[0-9a-f]{64})?")


def test_every_part_is_there():
    assert set(SERVICES) == OURS | {"postgres", "valkey"}
    assert SERVICES["postgres"]["image"].startswith("postgres:17.")
    assert SERVICES["valkey"]["image"].startswith("valkey/valkey:8.")


def test_images_are_pinned():
    stages = re.findall(r"^FROM (\S+)(?: AS (\S+))?$", DOCKERFILE, re.MULTILINE)
    names = {name for _, name in stages}
    images = [image for image, _ in stages if image not in names]
    images += [service["image"] for service in SERVICES.values()]
    assert len(stages) == DOCKERFILE.count("FROM ")
    assert not [image for image in images if not PINNED.fullmatch(image)]


@pytest.mark.parametrize("name", SERVICES)
def test_nobody_is_root_or_can_change_itself(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert "privileged" not in service
    if name in OURS:
        last_stage = DOCKERFILE.split("\nFROM ")[-1]
        assert re.findall(r"^USER (\S+)$", last_stage, re.MULTILINE) == ["huisplan"]
    else:
        assert service["user"] == name


@pytest.mark.parametrize("name", SERVICES)
def test_everything_that_stays_is_watched_and_comes_back(name):
    service = SERVICES[name]
    if name == "migrate":
        assert service["restart"] == "on-failure"
        return
    assert service["restart"] == "unless-stopped"
    assert service["healthcheck"]["test"]
    assert "container_name" not in service, "it would forbid a second one"


def test_web_worker_and_beat_wait_for_the_database_to_be_migrated():
    for name in ("web", "worker", "beat"):
        conditions = {other: wait["condition"] for other, wait in SERVICES[name]["depends_on"].items()}
        assert conditions == {"migrate": "service_completed_successfully", "valkey": "service_healthy"}
    assert SERVICES["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}


def test_only_web_can_be_reached_and_only_by_the_proxy_on_this_machine():
    published = {name: service["ports"] for name, service in SERVICES.items() if "ports" in service}
    assert list(published) == ["web"]
    assert all(port.startswith("127.0.0.1:") for port in published["web"])


def test_no_secret_stands_in_a_file():
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search("PASSWORD|AUTH|URL|KEY", name):
                assert value.startswith("${"), name
    assert not re.search(r"^(ENV|ARG) .*(KEY|PASSWORD|SECRET)", DOCKERFILE, re.MULTILINE)
    filled_in = re.findall(r"^(\w*(?:KEY|KEYS|PASSWORD))=(.+)$", (PROJECT / ".env.example").read_text(), re.MULTILINE)
    assert filled_in == []
    ignored = (PROJECT / ".dockerignore").read_text().split()
    assert ".*" in ignored, ".env, .git and .local stay out of the image"


def test_what_is_asked_of_production_is_explained():
    example = (PROJECT / ".env.example").read_text()
    asked = set(re.findall(r"env\.\w+\(\s*\"(\w+)\"\)", (PROJECT / "config/settings.py").read_text()))
    asked |= {"ALLOWED_HOSTS", "HUISPLAN_BASE_URL", "HUISPLAN_TRUSTED_PROXIES", "HUISPLAN_MUNICIPALITY"}
    assert asked
    assert not [name for name in asked if not re.search(rf"^(# )?{name}=", example, re.MULTILINE)]


def test_the_image_has_hashes_pango_and_no_tools_of_developers():
    installs = re.findall(r"pip install .*", DOCKERFILE)
    assert installs
    assert all("--require-hashes" in install for install in installs)
    assert "libpango-1.0-0" in DOCKERFILE
    last_stage = DOCKERFILE.split("\nFROM ")[-1]
    assert "pip install" not in last_stage
    assert "/babel" not in last_stage
