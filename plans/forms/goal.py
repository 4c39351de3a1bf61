from django import forms
from django.utils.translation import gettext_lazy as _

from config.forms import DayField, LongText, choices_of
from households.domains import LifeDomain
from households.models import Household, Resident
from plans.actions.goal import as_goal_stands
from plans.forms.since import since_the_plan
from plans.forms.written import WrittenTogether
from plans.models import Goal


class GoalForm(WrittenTogether, forms.ModelForm):
    title = LongText(
        label=_("What do they want to reach?"),
        help_text=_("In their own words: I ... or We ..."),
        rows=2,
        max_length=300,
        error_messages={"required": _("Write what they want to reach.")},
    )
    why = LongText(label=_("Why is this important to them?"), required=False, rows=2, max_length=1000)
    how_we_see_it = LongText(label=_("How do we see that it works?"), required=False, rows=2, max_length=1000)
    by_when = DayField(label=_("By when?"), required=False)

    class Meta:
        model = Goal
        fields = ("title", "domain", "about", "why", "how_we_see_it", "by_when")
        labels = {"domain": _("Life domain"), "about": _("For whom?")}
        help_texts = {"about": _("Nobody chosen: for everybody in the household.")}
        widgets = {"about": forms.CheckboxSelectMultiple}
        error_messages = {"domain": {"required": _("Choose a life domain.")}}

    def __init__(self, *args, household: Household, **kwargs):
        super().__init__(*args, **kwargs)
        self.household = household
        if self.instance.pk:
            self.begins_with(as_goal_stands(self.instance))
        choices_of(self, "about").queryset = Resident.objects.filter(memberships__household=household).order_by("pk")
        choices_of(self, "domain").choices = [("", _("Choose a life domain")), *LifeDomain.choices]

    def clean_by_when(self):
        day = self.cleaned_data["by_when"]
        return day if day == self.initial.get("by_when") else since_the_plan(day, self.household)
