"""What is filled in once, when nobody is there yet."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from partners.forms import DetailsForm, TeamForm, WorkMailForm
from partners.models import Professional


def password_field(**texts: Any) -> forms.CharField:
    return forms.CharField(
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Choose a password.")},
        **texts,
    )


class SetUpForm(TeamForm, WorkMailForm):
    """The organisation, its first team, and the functional manager."""

    organisation = forms.CharField(
        label=_("Municipality, or who runs the team for it"),
        max_length=120,
        error_messages={"required": _("Write the name of the organisation.")},
    )
    first_name = DetailsForm.base_fields["first_name"]
    last_name = DetailsForm.base_fields["last_name"]
    password = password_field(label=_("Password"), help_text=_("At least 12 characters."))
    password_again = password_field(label=_("The same password again"))

    def __init__(self, *args, **kwargs):
        kwargs["initial"] = {"organisation": settings.MUNICIPALITY}
        super().__init__(*args, **kwargs)
        if not settings.LOCAL_LOGIN:
            del self.fields["password"], self.fields["password_again"]

    def clean(self):
        super().clean()
        facts = self.cleaned_data
        again = facts.pop("password_again", None)
        if (password := facts.get("password")) is None:
            return facts
        if again is not None and again != password:
            self.add_error("password_again", _("This is not the same password."))
        about = {name: facts.get(name, "") for name in ("email", "first_name", "last_name")}
        try:
            validate_password(password, Professional(**about))
        except ValidationError as weak:
            self.add_error("password", weak)
        return facts
