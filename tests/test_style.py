"""The style sheet holds what the pages name, also when Python puts the name together."""

import re

from django.conf import settings

from config.templating.parts import badge

SHEET = settings.BASE_DIR / "static" / "dist" / "huisplan.css"
KINDS = ("safe", "warning", "danger", "neutral", "info")


def test_every_state_and_every_field_has_its_rules():
    known = set(re.findall(r"\.([a-z][\w-]*)", SHEET.read_text()))
    made = {name for kind in KINDS for name in re.findall(r'class="(utrecht[^"]+)"', badge(kind, "", "x"))[0].split()}
    made |= {
        f"utrecht-{kind}--html-{'input' if kind == 'textbox' else kind}" for kind in ("select", "textarea", "textbox")
    }
    assert made - known == set()
