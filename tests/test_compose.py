"""What production promises in docker-compose.yml and Dockerfile, read from the files themselves."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from config import safe_start
from config.queues import QUEUES

PROJECT = Path(__file__).parent.parent
SERVICES = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())["services"]
DOCKERFILE = (PROJECT / "Dockerfile").read_text()
FILE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
CADDYFILE = (PROJECT / "deploy/Caddyfile").read_text()
WORKERS = {"worker": "default", "worker-mail": "mail", "worker-pdf": "pdf"}
OURS = {"web", *WORKERS, "beat", "migrate", "backup"}
ONCE = {"migrate": "on-failure", "backup": "no"}  # they do their work and end
PINNED = re.compile(r"[\w./-]+:v?\d+\.\d+(\.\d+)?[\w.-]*(@sha256:[0-9a-f]{64})?")


def without_variables(text: str) -> str:
    """As Compose reads it when .env says nothing."""
    return re.sub(r"\$\{\w+:-(.*?)\}", r"\1", text)


def test_every_part_is_there():
    assert set(SERVICES) == OURS | {"postgres", "valkey", "proxy"}
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
    assert service.get("cap_add", []) == (["NET_BIND_SERVICE"] if name == "proxy" else [])
    assert "no-new-privileges:true" in service["security_opt"]
    assert "privileged" not in service
    if name in OURS:
        last_stage = DOCKERFILE.split("\nFROM ")[-1]
        assert re.findall(r"^USER (\S+)$", last_stage, re.MULTILINE) == ["huisplan"]
    elif name == "proxy":
        assert int(service["user"]) > 0
    else:
        assert service["user"] == name


@pytest.mark.parametrize("name", SERVICES)
def test_nobody_takes_the_whole_machine(name):
    service = SERVICES[name]
    assert re.fullmatch(r"\d+[mg]", service["mem_limit"])
    assert 0 < service["cpus"] <= 2
    assert service["pids_limit"] <= 200
    assert service["logging"]["options"]["max-size"]


@pytest.mark.parametrize("name", SERVICES)
def test_everything_that_stays_is_watched_and_comes_back(name):
    service = SERVICES[name]
    if name in ONCE:
        assert service["restart"] == ONCE[name]
        return
    assert service["restart"] == "unless-stopped"
    assert service["healthcheck"]["test"]
    assert "container_name" not in service, "it would forbid a second one"


def test_web_worker_and_beat_wait_for_the_database_to_be_migrated():
    for name in ("web", *WORKERS, "beat"):
        conditions = {other: wait["condition"] for other, wait in SERVICES[name]["depends_on"].items()}
        assert conditions == {"migrate": "service_completed_successfully", "valkey": "service_healthy"}
    assert SERVICES["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}


def test_only_the_proxy_can_be_reached_and_the_data_reaches_nobody():
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]
    assert FILE["networks"]["inside"] == {"internal": True}
    assert SERVICES["postgres"]["networks"] == SERVICES["valkey"]["networks"] == ["inside"]
    assert {name for name, service in SERVICES.items() if "outside" in service["networks"]} == {
        "proxy",
        "web",
        *WORKERS,
    }


def test_every_queue_has_a_worker_of_its_own():
    taken = {name: re.findall(r"--queues=(\S+)", without_variables(SERVICES[name]["command"])) for name in WORKERS}
    assert taken == {name: [queue] for name, queue in WORKERS.items()}
    assert set(WORKERS.values()) == set(QUEUES)


def test_the_proxy_believes_no_visitor_and_writes_no_addresses_down():
    assert "header_up X-Forwarded-For {remote_host}" in CADDYFILE
    assert "header_up X-Forwarded-Proto {scheme}" in CADDYFILE
    assert "exclude http.log.access" in CADDYFILE
    assert re.search(r"@watch path /gezond/ /gezond/cijfers/\n\s+respond @watch 404", CADDYFILE)


def test_every_secret_is_a_file_that_the_script_makes(tmp_path):
    made = subprocess.run(
        ["sh", PROJECT / "deploy/new_secrets.sh", tmp_path / "secrets"], check=True, text=True, capture_output=True
    )
    files = {path.name: path for path in (tmp_path / "secrets").iterdir()}
    assert {f"deploy/secrets/{name}" for name in files} == {secret["file"] for secret in FILE["secrets"].values()}
    used = [name for service in SERVICES.values() for name in service.get("secrets", [])]
    assert set(used) == set(FILE["secrets"]) == set(files)
    assert (tmp_path / "secrets").stat().st_mode & 0o077 == 0
    contents = [path.read_text() for path in files.values()]
    assert len(set(contents)) == len(contents)
    assert not any(content in made.stdout for content in contents)
    assert files["postgres_password"].read_text() in files["database_url"].read_text()
    safe_start.check(
        secret_key=files["secret_key"].read_text(), encryption_keys=[files["encryption_keys"].read_text()],
        allowed_hosts=["huisplan.example.nl"], base_url="https://huisplan.example.nl", trusted_proxies=1,
    )  # fmt: skip
    again = subprocess.run(
        ["sh", PROJECT / "deploy/new_secrets.sh", tmp_path / "secrets"], check=True, text=True, capture_output=True
    )
    assert "is made" not in again.stdout
    assert contents == [path.read_text() for path in files.values()]


def test_the_app_starts_on_files_alone(tmp_path):
    """As in the containers: no secret in the environment, only where it stands."""
    folder = tmp_path / "secrets"
    subprocess.run(["sh", PROJECT / "deploy/new_secrets.sh", folder], check=True, capture_output=True)
    names = {name: value.replace("/run/secrets", str(folder)) for name, value in FILE["x-app"]["environment"].items()}
    plain = dict(re.findall(r"^(\w+)=(.*)$", (PROJECT / ".env.example").read_text(), re.MULTILINE))
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level=WARNING"],
        cwd=PROJECT, env={"PATH": os.environ["PATH"]} | plain | names, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_no_secret_stands_in_a_file_that_is_kept():
    for service in SERVICES.values():
        for name, value in service.get("environment", {}).items():
            if re.search("PASSWORD|AUTH|URL|KEY|TOKEN", name):
                assert name.endswith("_FILE"), name
                assert value.startswith("/run/secrets/"), name
    assert not re.search(r"^(ENV|ARG) .*(KEY|PASSWORD|SECRET)", DOCKERFILE, re.MULTILINE)
    filled_in = re.findall(
        r"^(\w*(?:KEY|KEYS|PASSWORD|TOKEN))=(.+)$", (PROJECT / ".env.example").read_text(), re.MULTILINE
    )
    assert filled_in == []
    ignored = (PROJECT / ".dockerignore").read_text().split()
    assert {".*", "deploy", "backup"} <= set(ignored), ".env, .git, .local and the secrets stay out of the image"
    assert (PROJECT / "deploy/secrets/.gitignore").read_text().split() == ["*", "!.gitignore"]


def test_what_is_asked_of_production_is_explained():
    example = (PROJECT / ".env.example").read_text()
    asked = set(re.findall(r"env\.\w+\(\s*\"(\w+)\"\)", (PROJECT / "config/settings.py").read_text()))
    asked |= {"ALLOWED_HOSTS", "HUISPLAN_BASE_URL", "HUISPLAN_TRUSTED_PROXIES", "HUISPLAN_MUNICIPALITY"}
    assert asked
    assert not [name for name in asked if not re.search(rf"^(# )?{name}(_FILE)?=", example, re.MULTILINE)]


def test_the_image_has_hashes_pango_and_no_tools_of_developers():
    installs = re.findall(r"pip install .*", DOCKERFILE)
    assert installs
    assert all("--require-hashes" in install for install in installs)
    for package in ("libpango-1.0-0", "postgresql-client", "age"):
        assert re.search(rf"\b{package}\b", DOCKERFILE)
    last_stage = DOCKERFILE.split("\nFROM ")[-1]
    assert "pip install" not in last_stage
    assert "/babel" not in last_stage
