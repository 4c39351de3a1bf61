from django.conf import settings


def site(request):
    """What the shell of every page shows: whose Huisplan this is, whether it is an example, and which logins there are."""
    return {
        "municipality": settings.MUNICIPALITY,
        "theme": settings.THEME,
        "demo": settings.DEMO,
        "local_login": settings.LOCAL_LOGIN,
        "oidc_name": settings.OIDC_NAME if settings.OIDC_SERVER else "",
    }
