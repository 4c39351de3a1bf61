"""The forms of the doors: those of the login library, with our words and our rules."""

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.core import context, ratelimit
from allauth.mfa.base import forms as second
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from config.forms import choices_of
from partners.middleware import SET_UP_HERE
from partners.models import Professional, Team
from partners.permissions import Role


class PlainLabels(forms.Form):
    """The labels say what the fields are; nothing stands in a field or under it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.help_text = ""
            field.widget.attrs.pop("placeholder", None)


class CodeForm(PlainLabels):
    """A form with a code that somebody copies from a mail or a phone."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"autocomplete": "one-time-code", "inputmode": "numeric"}


class LoginForm(PlainLabels, account.LoginForm):
    pass


class ResetPasswordForm(account.ResetPasswordForm):
    """A new password is only for who has one: a name in a plan does not become a login by asking."""

    users: list[Professional]

    def clean_email(self) -> str:
        email = super().clean_email()
        self.users = [user for user in self.users if user.has_usable_password()]
        return email

    def save(self, request, **kwargs):
        """For nobody as much is done as for somebody, and taken back: how long it takes must not tell who works here."""
        if not self.users:
            with transaction.atomic():
                get_adapter().send_mail(
                    "account/email/password_reset_key", "nobody@huisplan.invalid", {"password_reset_url": request.path}
                )
                transaction.set_rollback(True)
        return super().save(request, **kwargs)


class RequestLoginCodeForm(PlainLabels, account.RequestLoginCodeForm):
    """A code by mail, for who is in no team. An address of the team, or of nobody, gets the same answer and no mail."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail of your work")

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        request = context.request
        if not ratelimit.consume(request, action="login_failed", key=attempts_of(email), dry_run=True):
            raise get_adapter().validation_error("too_many_login_attempts")
        if not ratelimit.consume(request, action="request_login_code", key=email):
            raise get_adapter().validation_error("many_codes")
        self._user = Professional.objects.coming_by_code().with_address(email)
        return email


class ConfirmLoginCodeForm(CodeForm, account.ConfirmLoginCodeForm):
    """The code from the mail. Wrong ones count for the address, whoever asks, known or not."""

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email
        self.fields["code"].label = _("Code of six digits")

    def clean_code(self) -> str:
        if not ratelimit.consume(context.request, action="login_failed", key=attempts_of(self.email)):
            raise get_adapter().validation_error("too_many_login_attempts")
        try:
            code = super().clean_code()
        except ValidationError:
            get_adapter().refused("wrong login code", Professional.objects.coming_by_code().with_address(self.email))
            raise
        ratelimit.clear(context.request, action="login_failed", key=attempts_of(self.email))
        return code


def attempts_of(email: str) -> str:
    """Under which key the wrong codes of an address are counted."""
    return f"code:{email.lower()}"


# ---- the second factor


class ConfirmPasswordForm(PlainLabels, account.ReauthenticateForm):
    pass


class SecondFactorForm(CodeForm):
    """A code of the app, or a recovery code. The library accepts a code of the app for a minute and a half, but keeps for
    half a minute that it was used; we keep that longer, so that each works once."""

    user: Professional

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from the app, or a recovery code")

    def clean_code(self) -> str:
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # of the form of the library beside this one
            used = "".join(filter(str.isdigit, code))
            if not cache.add(f"second-factor:{self.user.pk}:{used}", 1, timeout=120):
                raise get_adapter().validation_error("incorrect_code")
        except ValidationError:
            get_adapter().refused("wrong second factor", self.user)
            raise
        return code


class AuthenticateForm(SecondFactorForm, second.AuthenticateForm):
    pass


class ReauthenticateForm(SecondFactorForm, second.ReauthenticateForm):
    pass


class ActivateAppForm(CodeForm, totp.ActivateTOTPForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("The code that the app shows now")

    def clean_code(self) -> str:
        code: str = super().clean_code()
        context.request.session[SET_UP_HERE] = True
        return code


class PasskeyForm(forms.Form):
    """What the browser says after somebody used a passkey. Anything can be in it: it comes from outside."""

    user: Professional | None

    def clean_credential(self):
        try:
            return super().clean_credential()  # type: ignore[misc]  # of the form of the library beside this one
        except (ValidationError, AttributeError, KeyError, TypeError, ValueError) as error:
            get_adapter().refused("wrong second factor", self.user)
            if getattr(error, "code", "") == "too_many_login_attempts":
                raise
            raise ValidationError(_("This passkey does not fit.")) from None


class AuthenticatePasskeyForm(PasskeyForm, webauthn.AuthenticateWebAuthnForm):
    pass


class LoginPasskeyForm(PasskeyForm, webauthn.LoginWebAuthnForm):
    pass


class ReauthenticatePasskeyForm(PasskeyForm, webauthn.ReauthenticateWebAuthnForm):
    pass


class PasskeyNameForm(PlainLabels):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label=_("A name, to know it by"), max_length=60, help_text=_("Such as: laptop of work, or my phone."),
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            error_messages={"required": _("Give the passkey a name.")},
        )  # fmt: skip


class AddPasskeyForm(PasskeyNameForm, webauthn.AddWebAuthnForm):
    """Always one that works without a password: there is nothing to choose."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["passwordless"]
        self.fields["name"].required = False

    def clean_name(self) -> str:
        return self.cleaned_data["name"] or f"Passkey {date_format(timezone.localdate(), 'j F Y')}"

    def clean(self) -> dict:
        try:
            cleaned = super().clean() or {}
        except (ValidationError, AttributeError, KeyError, TypeError, ValueError):
            raise ValidationError(_("This did not work. Try again.")) from None
        context.request.session[SET_UP_HERE] = True
        return cleaned


class RenamePasskeyForm(PasskeyNameForm, webauthn.EditWebAuthnForm):
    pass


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


class WorkMailForm(forms.Form):
    email = forms.EmailField(
        label=_("Work e-mail"),
        help_text=_("There goes the mail with the way in. The address can not be changed later."),
        error_messages={
            "required": _("Write the e-mail address of the work."),
            "invalid": _("This e-mail address is not complete. An address looks like name@organisation.nl."),
        },
    )


class ColleagueForm(DetailsForm, RoleForm, WorkMailForm):
    """Somebody who comes to work in a team."""

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


class TeamForm(forms.Form):
    """A team, as partners and residents read of it."""

    name = forms.CharField(
        label=_("Name of the team"),
        max_length=120,
        help_text=_("As partners and residents read it, such as: Sociaal team Waterkers."),
        error_messages={"required": _("Write the name of the team.")},
    )
    phone = forms.CharField(
        label=_("Phone of the team"),
        max_length=30,
        help_text=_("Stands on every page and paper of who has no account."),
        error_messages={"required": _("Write the phone number of the team.")},
    )
    days = forms.CharField(
        label=_("On which days?"),
        max_length=80,
        help_text=_("As in a sentence, such as: Monday to Friday."),
        error_messages={"required": _("Write on which days the team can be reached.")},
    )
    hours = forms.CharField(
        label=_("At what time?"),
        max_length=80,
        help_text=_("As in a sentence, such as: 8.30 to 17.00."),
        error_messages={"required": _("Write at what time the team can be reached.")},
    )
    address = forms.CharField(
        label=_("Address for visitors"), max_length=200, required=False, help_text=_("Stands on letters to residents.")
    )
    districts = forms.CharField(
        label=_("Districts"),
        max_length=8000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The districts that the team works in, each on a line of its own."),
    )

    def __init__(self, *args, team: Team | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.team = team

    def clean_name(self) -> str:
        name = self.cleaned_data["name"]
        if Team.objects.filter(name__iexact=name).exclude(pk=self.team.pk if self.team else 0).exists():
            raise ValidationError(_("There is a team with this name already."))
        return name

    def clean_districts(self) -> list[str]:
        """Each once, whatever its capitals."""
        names = {
            name.casefold(): name for line in self.cleaned_data["districts"].splitlines() if (name := line.strip())
        }
        if any(len(name) > 80 for name in names.values()):
            raise ValidationError(_("The name of a district is at most 80 characters. Put each on a line of its own."))
        return list(names.values())
