"""What the inbox can be narrowed to. Nothing about people: it stands in the address."""

from operator import itemgetter
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet, Value
from django.utils.translation import gettext_lazy as _

from config.forms import choices_of
from config.prepared import Prepared
from partners.categories import Category
from partners.models import District, Organisation, Professional
from partners.permissions import Permission


@Prepared
def known_to(professional: Professional) -> dict[str, QuerySet]:
    """Organisations that post to the own teams, and districts of these teams."""
    teams = professional.team_keys(Permission.HANDLE_SIGNALS)
    organisations = Organisation.objects.filter(links__team__in=teams)
    districts = District.objects.filter(teams__in=teams)
    one, other = (
        rows.order_by().values_list(Value(name), "pk", "name")
        for name, rows in (("organisatie", organisations), ("wijk", districts))
    )
    return {"names": one.union(other)}


class FilterForm(forms.Form):
    organisatie = forms.ChoiceField(label=_("Organisation"), required=False)
    onderwerp = forms.ChoiceField(label=_("Subject"), required=False, choices=[("", _("All")), *Category.choices])
    wijk = forms.ChoiceField(label=_("District of your own households"), required=False)

    def __init__(self, data, *, professional: Professional):
        super().__init__({name: data.get(name, "") for name in self.base_fields})
        rows = sorted(known_to(professional)["names"], key=itemgetter(2))
        for name in ("organisatie", "wijk"):
            choices_of(self, name).choices = [
                ("", _("All")),
                *((str(pk), label) for of, pk, label in rows if of == name),
            ]

    @property
    def query(self) -> str:
        """What was chosen, as it stands in the address."""
        return urlencode({name: value for name, value in self.chosen.items() if value})

    @property
    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}
