"""Who may see what belongs to the plan of a household."""

from django.db import models

from config.among import Among
from households.models import Household
from partners.models import Professional


class InHousehold(models.QuerySet):
    """Rows that belong to a household by `path`: visible to whoever sees the household."""

    path = "household"

    def visible_to(self, professional: Professional):
        return self.filter(**{f"{self.path}__in": Household.objects.visible_to(professional)})

    def changeable_by(self, professional: Professional):
        return self.filter(**{f"{self.path}__in": Household.objects.changeable_by(professional)})

    def within_reach(self, professional: Professional):
        return self.filter(**{f"{self.path}__in": Household.objects.within_reach(professional)})

    def of(self, households: models.QuerySet[Household]):
        """For who was told already which these are."""
        return self.filter(Among(self.path, households))
