"""What is filled in for the address through which a partner posts."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from config.forms import choices_of
from partners.categories import Category
from partners.models import Organisation, Team

NEW = "new"


class LinkForm(forms.Form):
    """For which organisation, and to which team. What it offers follows from the kind of organisation."""

    organisation = forms.ChoiceField(
        label=_("For which organisation?"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose an organisation.")),
    )
    name = forms.CharField(label=_("Name of the organisation"), max_length=120, required=False)
    kind = forms.ChoiceField(
        label=_("What kind of organisation is it?"),
        choices=[("", _("Choose a kind")), *Organisation.Kind.choices],
        required=False,
    )
    team = forms.ModelChoiceField(
        label=_("Who reads what comes in?"),
        queryset=Team.objects.none(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a team.")),
    )

    def __init__(self, *args, teams: QuerySet[Team], **kwargs):
        super().__init__(*args, **kwargs)
        team = choices_of(self, "team")
        team.queryset, team.initial, team.empty_label = teams.distinct(), teams.first(), None
        self.known = {str(one.pk): one for one in Organisation.objects.all()}
        choices_of(self, "organisation").choices = [
            ("", _("Choose an organisation")),
            (NEW, _("Not in the list, fill in below")),
            *((pk, one.name) for pk, one in self.known.items()),
        ]

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("organisation") == NEW:
            name = cleaned.get("name")
            if not name:
                self.add_error("name", _("Write the name of the organisation."))
            elif any(one.name.lower() == name.lower() for one in self.known.values()):
                self.add_error("name", _("This organisation is in the list already. Choose it above."))
            if not cleaned.get("kind"):
                self.add_error("kind", _("Choose what kind of organisation it is."))
        cleaned["organisation"] = self.known.get(cleaned.get("organisation", ""))
        return cleaned


class CategoriesForm(forms.Form):
    categories = forms.MultipleChoiceField(
        label=_("What can a reporter choose from?"),
        help_text=_(
            "Arrears go to the debt help of the municipality: only for who rents out, or supplies energy or water."
        ),
        choices=Category,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
