from django.conf import settings


def site(request):
    """What the shell of every page shows: whose Huisplan this is, and whether it is an example."""
    return {"municipality": settings.MUNICIPALITY, "theme": settings.THEME, "demo": settings.DEMO}
