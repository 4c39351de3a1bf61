"""make supply      what we ship and what it brings along: all parts (CycloneDX), their licences, unsafe code, secrets in files

Exit code 1 when something may not be shipped. The list of parts is written to .local/sbom.json."""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parent.parent
SBOM = PROJECT / ".local" / "sbom.json"
ROOMS = ("config", "partners", "households", "signals", "plans", "desk", "deploy", "manage.py")
# Whoever passes our image on would have to do so under other terms than ours.
NEVER = re.compile(r"\bA?GPL|(?<!Lesser )General Public|SSPL|BUSL|Commons Clause|NonCommercial", re.IGNORECASE)
# What a package does not say in its metadata, read in its repository.
KNOWN = {"pypdfium2": "BSD-3-Clause or Apache-2.0"}
# What the scanners point at and somebody looked at: file and rule, with why it is safe.
SAFE = {
    ("config/local_services/postgres.py", "B108"): "the folder is made for us alone",
    ("config/printing.py", "B308 B703"): "our own drawings",
    ("households/words.py", "B308 B703"): "the words are ours, and what somebody typed was made harmless",
    ("config/templating/environment.py", "B308 B703"): "our own texts",
    ("config/templating/parts.py", "B308 B703"): "our own drawings, and what a template has escaped",
    ("config/sealed.py", "B608"): "names of our own tables and columns, quoted",
    ("households/erasing.py", "B608"): "names of our own tables and columns, quoted",
    ("households/chain.py", "B608"): "a constant list of columns",
    ("households/archive.py", "B608"): "a constant list of columns",
    ("households/models/log.py", "B608"): "triggers, made of constants",
    ("households/models/marks.py", "B608"): "a trigger, made of constants",
    ("households/models/unchanging.py", "B608"): "a trigger, made of constants",
    ("config/serve.py", "B104"): "compared with, not listened on",
    ("deploy/new_secrets.sh", "Basic Auth Credentials"): "made of what was just drawn, and an example",
    ("deploy/kubernetes/once.yaml", "Secret Keyword"): "the name of a secret",
    ("deploy/kubernetes/web.yaml", "Secret Keyword"): "the name of a secret",
    ("deploy/kubernetes/work.yaml", "Secret Keyword"): "the name of a secret",
    (".env.example", "Basic Auth Credentials"): "an example",
    ("config/crypto.py", "Base64 High Entropy String"): "an alphabet",
    ("config/safe_start.py", "Base64 High Entropy String"): "the example key that is refused",
    ("config/settings.py", "Secret Keyword"): "the address of a page",
}

Part = dict[str, Any]


def main() -> None:
    parts = [*python_parts(), *parts_of_the_look()]
    problems = [*licence_problems(parts), *unless_safe([*unsafe_code(), *secrets()])]
    write(parts)
    run("pip", "check")
    print(f"{len(parts)} parts, in {SBOM.relative_to(PROJECT)}; they fit together.")
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)


def run(module: str, *arguments: str, may_fail: bool = False) -> str:
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    if done.returncode and not may_fail:
        sys.exit(f"{module} failed:\n{done.stdout[-3000:]}{done.stderr[-3000:]}")
    return done.stdout


# ---- what we ship


def python_parts() -> list[Part]:
    """The packages of requirements/app.txt, as they are installed here."""
    wanted = dict(re.findall(r"^([\w.-]+)==([\w.]+)", (PROJECT / "requirements/app.txt").read_text(), re.MULTILINE))
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder, "all.json")
        run("cyclonedx_py", "environment", "--of", "JSON", "-o", str(whole), sys.executable)
        found = json.loads(whole.read_text())["components"]
    parts = [part for part in found if normal(part["name"]) in wanted]
    other = [part["name"] for part in parts if part["version"] != wanted[normal(part["name"])]]
    if other:
        sys.exit(f"Installed in another version than we ship: {', '.join(other)}")
    return parts


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def parts_of_the_look() -> list[Part]:
    """What goes into the style sheet, the fonts and the icons."""
    lock = json.loads((PROJECT / "package-lock.json").read_text())["packages"]
    ours = json.loads((PROJECT / "package.json").read_text())["devDependencies"]
    return [
        {
            "type": "library",
            "bom-ref": f"pkg:npm/{name}@{lock[f'node_modules/{name}']['version']}",
            "name": name,
            "version": lock[f"node_modules/{name}"]["version"],
            "purl": f"pkg:npm/{name.replace('@', '%40')}@{lock[f'node_modules/{name}']['version']}",
            "licenses": [{"license": {"name": lock[f"node_modules/{name}"].get("license", "")}}],
        }
        for name in ours
    ]


def write(parts: list[Part]) -> None:
    SBOM.parent.mkdir(exist_ok=True)
    about = {"component": {"type": "application", "name": "huisplan", "bom-ref": "huisplan"}}
    whole = {"bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1, "metadata": about, "components": parts}
    SBOM.write_text(json.dumps(whole, indent=1, sort_keys=True))


# ---- whether we may


def licences(part: Part) -> set[str]:
    """What a part says, as far as it is a name and not a whole text."""
    said = {KNOWN.get(normal(part["name"]), "")}
    for one in part.get("licenses", []):
        licence = one.get("license", {})
        said |= {one.get("expression") or licence.get("id") or licence.get("name") or ""}
    return {text for text in said if text and len(text) < 150}


def licence_problems(parts: list[Part]) -> Iterator[str]:
    """A part may offer several licences: one that is good is enough."""
    for part in parts:
        said = licences(part)
        choices = {choice for text in said for choice in re.split(r"\bor\b|/", text, flags=re.IGNORECASE)}
        if not said:
            yield f"{part['name']}: says no licence. Look it up, and write it in KNOWN."
        elif all(NEVER.search(choice) for choice in choices):
            yield f"{part['name']}: {', '.join(sorted(said))}. That may not be in what we ship."


# ---- whether it is safe


Found = tuple[str, int, str, str]  # file, line, rule, what it says


def unsafe_code() -> Iterator[Found]:
    told = json.loads(run("bandit", "--recursive", *ROOMS, "-ll", "--format", "json", "--quiet", may_fail=True))
    for one in told["results"]:
        yield one["filename"], one["line_number"], one["test_id"], one["issue_text"]
    for one in told["errors"]:
        yield one["filename"], 0, "unread", one["reason"]


def secrets() -> Iterator[Found]:
    """Keys and passwords in files that git keeps. Those of the demo everybody may know."""
    kept = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout.split()
    ours = [name for name in kept if name.startswith(ROOMS) or ("/" not in name and not name.endswith("lock.json"))]
    told = json.loads(run("detect_secrets", "scan", "--exclude-files", "desk/demo/", *ours))
    for name, found in told["results"].items():
        for one in found:
            yield name, one["line_number"], one["type"], "looks like a secret"


def unless_safe(found: list[Found]) -> Iterator[str]:
    """Without what somebody looked at; and what was looked at and is not there any more goes from the table."""
    left = {(name, rule) for name, rules in SAFE for rule in (re.findall(r"B\d+", rules) or [rules])}
    looked_at = set(left)
    for name, line, rule, what in found:
        left.discard((name, rule))
        if (name, rule) not in looked_at:
            yield f"{name}:{line} {rule}: {what}. Mend it, or say in SAFE why it is none."
    for name, rule in sorted(left):
        yield f"{name}: {rule} is not there any more. Take it out of SAFE."


if __name__ == "__main__":
    main()
