from allauth.account.forms import LoginForm as AnybodysLoginForm
from allauth.account.forms import ResetPasswordForm as AnybodysResetPasswordForm
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from config.forms import choices_of
from partners.models import Professional, Team
from partners.permissions import Role


class LoginForm(AnybodysLoginForm):
    """Two fields and nothing between them: the labels say what they are, and the page has the link for who forgot."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class ResetPasswordForm(AnybodysResetPasswordForm):
    """A new password is only for who has one: a name in a plan does not become a login by asking."""

    users: list[Professional]

    def clean_email(self) -> str:
        email = super().clean_email()
        self.users = [user for user in self.users if user.has_usable_password()]
        return email


class DetailsForm(forms.Form):
    """Who a colleague is, as others see it."""

    first_name = forms.CharField(
        label=_("First name"), max_length=60, error_messages={"required": _("Write a first name.")}
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=80, error_messages={"required": _("Write a last name.")}
    )
    function = forms.CharField(
        label=_("Job"), max_length=80, required=False, help_text=_("Partners and residents read this next to the name.")
    )
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)


class RoleForm(forms.Form):
    """One role in one of these teams."""

    team = forms.ModelChoiceField(
        label=_("Team"),
        queryset=Team.objects.none(),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a team.")),
    )
    role = forms.ChoiceField(
        label=_("Role"),
        choices=[("", _("Choose a role")), *Role.choices],
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a role.")),
    )

    def __init__(self, *args, teams: QuerySet[Team], **kwargs):
        super().__init__(*args, **kwargs)
        team = choices_of(self, "team")
        team.queryset, team.initial = teams, teams.first()
        team.empty_label = None


class ColleagueForm(DetailsForm, RoleForm):
    """Somebody who comes to work in a team."""

    email = forms.EmailField(
        label=_("Work e-mail"),
        help_text=_("There goes the mail with the way in. The address can not be changed later."),
        error_messages={
            "required": _("Write the e-mail address of the work."),
            "invalid": _("This e-mail address is not complete. An address looks like name@organisation.nl."),
        },
    )
    field_order = ("first_name", "last_name", "email", "function", "phone", "team", "role")

    def __init__(self, *args, people: QuerySet[Professional], **kwargs):
        super().__init__(*args, **kwargs)
        self.people = people

    def clean(self):
        """Who is known by this address already is that person, when the name is the same."""
        super().clean()
        known = Professional.objects.filter(email__iexact=self.cleaned_data.get("email", "-")).first()
        name = f"{self.cleaned_data.get('first_name')} {self.cleaned_data.get('last_name')}"
        if known and self.people.filter(pk=known.pk).exists():
            self.add_error("email", ValidationError(_("%(name)s is in the list already."), params={"name": known}))
        elif known and str(known).lower() != name.lower():
            self.add_error("email", _("This address belongs to somebody with another name."))
        return self.cleaned_data
