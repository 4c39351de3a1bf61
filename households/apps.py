from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import override

from households.labels import same_as_ours


class HouseholdsConfig(AppConfig):
    name = "households"

    def ready(self):
        """Raises ImproperlyConfigured when an own label of the municipality is one of our words for something else: at the
        start, not when somebody reads it."""
        from households.domains import Level, LifeDomain

        with override("nl"):
            faults = same_as_ours("domains", LifeDomain.choices) + same_as_ours("levels", Level.choices)
        if faults:
            raise ImproperlyConfigured(" ".join(faults))
