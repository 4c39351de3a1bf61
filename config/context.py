from django.conf import settings
from django.template.backends.utils import csrf_input
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from config.templating.environment import texts_in


def site(request):
    """What the shell of every page shows: whose Huisplan this is, whether it is an example, and which logins there are."""
    return {
        "_": texts_in(get_language()).__getitem__,  # the language of a page does not change while it is made
        "csrf_input": SimpleLazyObject(lambda: csrf_input(request)),  # made once, however many forms a page has
        "municipality": settings.MUNICIPALITY,
        "theme": settings.THEME,
        "demo": settings.DEMO,
        "local_login": settings.LOCAL_LOGIN,
        "oidc_name": settings.OIDC_NAME if settings.OIDC_SERVER else "",
    }
