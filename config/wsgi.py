import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

# What is loaded now stays, and is shared by the workers that are made of this process. A page makes many small things that
# soon go by themselves: looking for those that do not, after every seven hundred, is a tenth of its cost.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)
