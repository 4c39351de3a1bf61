from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from partners.permissions import Role


class PartnersConfig(AppConfig):
    name = "partners"

    def ready(self):
        """Raises ImproperlyConfigured when a group gives a role that does not exist: at the start, not at a login."""
        for group, (role, _team) in settings.OIDC_GROUPS.items():
            if role not in Role.values:
                raise ImproperlyConfigured(f"HUISPLAN_OIDC_GROUPS: {role} of {group} is no role: {', '.join(Role)}.")
