"""What stands on the printed plan, in the same order, to type over what was written on it by hand."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, LongText, no_bsn
from plans.forms.sign import Stand, since_laid_before
from plans.models import Action, Goal, PlanVersion, Signature, SupportPlan
from plans.papers.described import may_stand_here
from plans.workflow import OPEN

CHANGED = _("Somebody changed this after you opened the page. Look at it first: %(now)s")


GROUPS = (
    (Action.Kind.OWN, _("This is what we do ourselves")),
    (Action.Kind.CLOSE, _("This is what people close to us do")),
    (Action.Kind.PROFESSIONAL, _("This is what others do")),
)
SIGNED = [
    ("", _("Nothing was written")),
    (Stand.AGREED, _("Agrees, with a signature")),
    (Stand.AGAINST, _("Has seen it, and does not agree")),
]


def waiting(version: PlanVersion) -> list[Signature]:
    """The residents of whom nobody knows yet whether they agree with this version."""
    return list(version.signatures.in_full().filter(stand=Stand.NOT_ASKED).exclude(resident=None))


class FromPaperForm(forms.Form):
    """Each field keeps what was shown beside what is typed: only what was typed anew is written, and what somebody else
    changed meanwhile is never overwritten."""

    def __init__(self, data: Any = None, *, plan: SupportPlan) -> None:
        super().__init__(data)
        self.plan = plan
        self.version = plan.versions.newest_first().first()
        self.signatures = waiting(self.version) if self.version else []
        self.goals = [goal for goal in plan.goals.all() if may_stand_here(goal)]
        self.actions = [one for goal in self.goals for one in goal.actions.all() if one.status in OPEN]
        self.now: dict[str, str] = {}
        self.add("request", _("This is what we say ourselves"), plan.household.request_in_own_words, most=4000)
        self.add("strengths", _("This goes well"), plan.household.strengths, most=4000)
        for goal in self.goals:
            self.add(f"goal-{goal.pk}", _("Goal"), goal.title, most=300, required=True)
        for action in self.actions:
            self.add(f"what-{action.pk}", _("What"), action.what, most=500, required=True)
            if not hasattr(action, "appointment"):
                self.add(f"when-{action.pk}", _("When"), action.rhythm, most=80)
            if action.status == Action.Status.ACCEPTED:
                self.fields[f"done-{action.pk}"] = forms.BooleanField(label=_("This is done"), required=False)
        self.fields["remark"] = LongText(
            label=_("What do we still want to say or ask?"),
            help_text=_("As it was written on the paper. It is kept as a contact, in their words."),
            required=False,
            rows=5,
            validators=[no_bsn],
        )
        self.fields["written_by"] = forms.CharField(
            label=_("Who wrote that?"), max_length=120, required=False, help_text=_("For example: Samira.")
        )

        for one in self.signatures:
            self.fields[f"sign-{one.pk}"] = forms.ChoiceField(
                label=one.name, choices=SIGNED, required=False, help_text=one.get_capacity_display()
            )
            self.fields[f"says-{one.pk}"] = LongText(
                label=_("What does this person say about it?"),
                required=False,
                rows=2,
                max_length=1000,
                validators=[no_bsn],
            )
        if self.signatures:
            self.fields["signed_on"] = DayField(
                label=_("On which day was it signed?"), initial=timezone.localdate(), required=False
            )

    def add(self, name: str, label: Any, now: str, *, most: int, required: bool = False) -> None:
        self.now[name] = now
        self.fields[name] = LongText(
            label=label,
            initial=now,
            show_hidden_initial=True,
            required=required,
            rows=1 if most < 100 else 2,
            max_length=most,
            validators=[no_bsn],
            error_messages={"required": _("This can not be empty. To take it out, go to the plan.")},
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in self.changed_data:
            if name not in self.now:
                continue
            shown = self.data.get(self.add_initial_prefix(name), "").replace("\r\n", "\n")
            if shown.strip() != self.now[name].replace("\r\n", "\n").strip():
                self.add_error(name, CHANGED % {"now": self.now[name]})
        if data.get("remark") and not data.get("written_by"):
            self.add_error("written_by", _("Write who wrote that on the paper."))
        self.clean_signatures(data)
        return data

    def clean_signatures(self, data: dict[str, Any]) -> None:
        known = {f"sign-{one.pk}" for one in self.signatures}
        if any(name.startswith("sign-") and name not in known and value for name, value in self.data.items()):
            self.add_error(
                None,
                _("Of somebody here it was written down in the meantime whether he or she agrees. Look at that first."),
            )
        signed = [one for one in self.signatures if data.get(f"sign-{one.pk}")]
        for one in signed:
            if data[f"sign-{one.pk}"] == Stand.AGAINST and not data.get(f"says-{one.pk}"):
                self.add_error(f"says-{one.pk}", _("Write what this person does not agree with."))
        if not signed or "signed_on" in self.errors:
            return
        if (day := data.get("signed_on")) is None:
            self.add_error("signed_on", _("Choose a day."))
            return
        try:
            since_laid_before(self.version, day)
        except forms.ValidationError as wrong:
            self.add_error("signed_on", wrong)

    def signed(self) -> Iterator[tuple[Signature, dict[str, Any]]]:
        """Who put a signature or a cross, and what that says."""
        data = self.cleaned_data
        for one in self.signatures:
            if stand := data.get(f"sign-{one.pk}"):
                said = {"stand": Stand(stand), "seen": True, "said_on": data["signed_on"]}
                yield one, said | {"remark": data.get(f"says-{one.pk}", "")}

    @property
    def signers(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"sign-{one.pk}"], self[f"says-{one.pk}"]) for one in self.signatures]

    @property
    def shown(self) -> SafeString:
        """What is shown now, for the browser to send back: by that we see what somebody else changed meanwhile."""
        names = ((self.add_initial_prefix(name), now) for name, now in self.now.items())
        return format_html_join("", '<input type="hidden" name="{}" value="{}">', names)

    def typed(self, name: str) -> str | None:
        """What was typed anew; None when it stayed as it was."""
        return self.cleaned_data[name] if name in self.changed_data else None

    def reach(self) -> list[tuple[Goal, forms.BoundField]]:
        """The goals, as the first page of the paper shows them."""
        return [(goal, self[f"goal-{goal.pk}"]) for goal in self.goals]

    def doing(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """Who does what, in the groups of the second page."""
        for kind, title in GROUPS:
            if own := [action for action in self.actions if action.kind == kind]:
                yield str(title), [{"action": one} | dict(self.of(one)) for one in own]

    def of(self, action: Action) -> Iterator[tuple[str, forms.BoundField]]:
        for name in ("what", "when", "done"):
            if f"{name}-{action.pk}" in self.fields:
                yield name, self[f"{name}-{action.pk}"]


class ScanForm(forms.Form):
    """A picture or a PDF of the signed paper."""

    file = forms.FileField(
        label=_("A photo or scan of the signed paper"),
        help_text=_("A picture (JPEG, PNG, WebP) or a PDF, at most 10 MB. Where and when it was made is taken out."),
        error_messages={
            "required": _("Choose a picture or a PDF of at most 10 MB."),
            "empty": _("This file is empty. Choose another one."),
        },
    )
