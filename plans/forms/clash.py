from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config.forms import LongText, choices_of
from plans.models import Action, SupportPlan
from plans.workflow import OPEN


class ReasonForm(forms.Form):
    """Why it stays as it is; or, for what somebody said, how it was solved."""

    because = LongText(
        label=_("Why does it stay like this?"),
        help_text=_("Everybody who works on this plan can read it."),
        rows=2,
        max_length=1000,
        error_messages={"required": _("Write why it stays like this.")},
    )


class SolvedForm(forms.Form):
    because = LongText(
        label=_("How was it solved?"),
        rows=2,
        max_length=1000,
        error_messages={"required": _("Write how it was solved.")},
    )


class RaiseForm(forms.Form):
    """What somebody sees that no rule finds."""

    sides = forms.ModelMultipleChoiceField(
        Action.objects.none(),
        label=_("Which actions do not fit together?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least two actions."),
            "invalid_choice": _("Choose actions of this plan."),
        },
    )
    said = LongText(
        label=_("What does not fit?"),
        rows=3,
        max_length=1000,
        error_messages={"required": _("Write what does not fit.")},
    )

    def __init__(self, *args, plan: SupportPlan, **kwargs):
        super().__init__(*args, **kwargs)
        open_actions = Action.objects.filter(goal__plan=plan, status__in=OPEN).with_owner().select_related("goal")
        rows = list(open_actions.order_by("goal__rank", "rank", "due_on", "pk"))
        choices_of(self, "sides").queryset = open_actions
        choices_of(self, "sides").choices = [(one.pk, f"{one.what} ({one.owner})") for one in rows]

    def clean_sides(self):
        sides = list(self.cleaned_data["sides"])
        if len(sides) < 2:
            raise ValidationError(_("Choose at least two actions."))
        return sides
