"""Settings from the environment. Production names everything itself; on a developer's machine what is missing comes
from `config.local_services`, which also starts PostgreSQL and Redis. `.env.example` explains each variable."""

import os
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit

import environ
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from kombu.entity import Queue

from config import local_services, queues, safe_start

BASE_DIR = Path(__file__).resolve().parent.parent
local_services.ensure()
env = environ.FileAwareEnv()  # SECRET_KEY_FILE=/run/secrets/key reads the secret from that file


DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("HUISPLAN_DEMO", default=False)  # everybody knows its password, and everybody reads its mail


def asked(name: str, example: str) -> str:
    """A setting that production must give; only an example, or a build without data, fills it in by itself."""
    return env.str(name, default=example if DEMO or os.environ.get("HUISPLAN_PLACE") == "none" else env.NOTSET)


SECRET_KEY = env.str("SECRET_KEY")
# Newest first: the first key encrypts, each of them decrypts. Kept outside the database on purpose.
ENCRYPTION_KEYS = env.list("HUISPLAN_ENCRYPTION_KEYS")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["*"] if DEMO else [])
BASE_URL = asked("HUISPLAN_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
TRUSTED_PROXIES = env.int("HUISPLAN_TRUSTED_PROXIES", default=0)
HTTPS = BASE_URL.startswith("https://")
if DEMO and HTTPS:
    raise ImproperlyConfigured("The example is for this machine only: no HUISPLAN_DEMO with https.")
if not DEMO and os.environ.get("HUISPLAN_PLACE") != "none":
    safe_start.check(
        secret_key=SECRET_KEY,
        encryption_keys=ENCRYPTION_KEYS,
        allowed_hosts=ALLOWED_HOSTS,
        base_url=BASE_URL,
        trusted_proxies=TRUSTED_PROXIES,
    )

MUNICIPALITY = asked("HUISPLAN_MUNICIPALITY", "Gemeente Wilgenrade")
PHONE = asked("HUISPLAN_PHONE", "000-000 01 01")  # for who comes with a link that does not work
THEME = env.str("HUISPLAN_THEME", default="wilgenrade")
# Law and practice differ per municipality: settings with a safe default, never code.
SAFE_HOME_PHONE = env.str("HUISPLAN_VEILIG_THUIS", default="0800-2000")
READ_WITHIN_WORKING_DAYS = env.int("HUISPLAN_READ_WITHIN", default=1)
FEEDBACK_WITHIN_WORKING_DAYS = env.int("HUISPLAN_FEEDBACK_WITHIN", default=5)
INFORM_WITHIN_MONTHS = env.int("HUISPLAN_INFORM_WITHIN", default=1)  # a household hears about a signal (AVG, art. 14)
FORWARD_WITHIN_WORKING_DAYS = env.int("HUISPLAN_FORWARD_WITHIN", default=2)  # then a colleague looks what became of it
FORWARD_DAYS = env.int("HUISPLAN_FORWARD_DAYS", default=30)  # how long an organisation can read what was forwarded
WMO_PLAN_DAYS = env.int("HUISPLAN_WMO_PLAN_DAYS", default=7)  # Wmo 2015, art. 2.3.2(2)
WMO_INQUIRY_WEEKS = env.int("HUISPLAN_WMO_INQUIRY_WEEKS", default=6)  # Wmo 2015, art. 2.3.2(1)
WMO_DECISION_WEEKS = env.int("HUISPLAN_WMO_DECISION_WEEKS", default=2)  # Wmo 2015, art. 2.3.5(2)
YOUTH_DECISION_WEEKS = env.int("HUISPLAN_YOUTH_DECISION_WEEKS", default=8)  # Awb, art. 4:13
KEEP_MAIL_DAYS = env.int("HUISPLAN_KEEP_MAIL_DAYS", default=14 if DEMO else 1)  # sent mail; the example shows it
FOLLOW_FOR_DAYS_AFTER_CLOSING = env.int("HUISPLAN_FOLLOW_FOR", default=183)
REOPEN_WITHIN_DAYS = env.int("HUISPLAN_REOPEN_WITHIN", default=14)  # after closing; later it is a new signal
MOST_IN_A_WEEK = env.int("HUISPLAN_MOST_IN_A_WEEK", default=8)  # appointments and own actions of one resident
MINUTES_BETWEEN = env.int("HUISPLAN_MINUTES_BETWEEN", default=30)  # two appointments in different places
FIRST_EVALUATION_WEEKS = env.int("HUISPLAN_FIRST_EVALUATION_WEEKS", default=6)  # after the plan was made
REMIND_WORKDAYS = env.int("HUISPLAN_REMIND_WORKDAYS", default=2)  # before an action must be done, who does it hears so
EVALUATE_EVERY_MONTHS = env.int("HUISPLAN_EVALUATE_EVERY_MONTHS", default=3)
# Up to what amount a role decides alone about money: "COORDINATOR=500,LEAD=2500", or for one team "Team name:LEAD=5000".
# What is not named decides about nothing alone: then each amount takes two people.
MANDATES = {
    role: Decimal(amount)
    for role, amount in env.dict(
        "HUISPLAN_MANDATES", default={"COORDINATOR": "500", "LEAD": "2500"} if DEMO else {}
    ).items()
}
KEEP_QUESTIONS_DAYS = env.int("HUISPLAN_KEEP_QUESTIONS_DAYS", default=92)  # of who asked for advice without a name
# How long a closed file is kept after the last thing that was written in it: Jeugdwet 7.3.8, and Wmo 2015 5.3.4.
KEEP_YOUTH_YEARS = env.int("HUISPLAN_KEEP_YOUTH_YEARS", default=20)
KEEP_WMO_YEARS = env.int("HUISPLAN_KEEP_WMO_YEARS", default=15)
KEEP_NOT_TAKEN_UP_MONTHS = env.int("HUISPLAN_KEEP_NOT_TAKEN_UP_MONTHS", default=6)  # signals, after closing
KEEP_REPORTERS_MONTHS = env.int("HUISPLAN_KEEP_REPORTERS_MONTHS", default=6)  # how to reach them, after closing
KEEP_LOG_YEARS = env.int("HUISPLAN_KEEP_LOG_YEARS", default=5)  # then a line of the access log may go to the archive
ANSWER_ERASURE_DAYS = env.int("HUISPLAN_ANSWER_ERASURE_DAYS", default=91)  # to who asks to destroy a file
# Whether the administrator of somebody's money (bewindvoerder) must agree too before anything about money is shared.
ADMINISTRATOR_AGREES_ON_MONEY = env.bool("HUISPLAN_ADMINISTRATOR_AGREES_ON_MONEY", default=False)
LABELS_FILE = env.str("HUISPLAN_LABELS", default="")  # own words for life domains and levels
OWN_PAGE_DAYS = env.int("HUISPLAN_OWN_PAGE_DAYS", default=183)  # how long the address of a resident's own page works
# Residents read who saw their details by function (regisseur); by name as well where the municipality chose that.
NAME_STAFF = env.bool("HUISPLAN_NAME_STAFF", default=False)
POSTS = {  # how many signals come in at most before somebody is asked to wait
    "address": f"{env.int('HUISPLAN_POSTS_PER_ADDRESS', default=10)}/m",
    "link": f"{env.int('HUISPLAN_POSTS_PER_LINK', default=60)}/m",
    "mail": f"{env.int('HUISPLAN_POSTS_PER_MAIL', default=20)}/h",
}
SEARCHES = f"{env.int('HUISPLAN_SEARCHES', default=60)}/m"  # of one colleague; each pause in typing is one

INSTALLED_APPS = [
    "desk",
    "plans",
    "signals",
    "households",
    "partners",
    "config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "post_office",
]
MIDDLEWARE = [
    "config.middleware.RequestOrigin",
    "config.watching.middleware.Counted",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # adds random bytes, against guessing by size (BREACH)
    "csp.middleware.CSPMiddleware",
    "config.middleware.PrivatePages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "config.middleware.Csrf",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.sessions.SessionClock",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "partners.middleware.SecondFactor",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.NotThisWay",
    "config.middleware.History",
    "config.middleware.RefusedForms",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "environment": "config.templating.environment.environment",
            "context_processors": [
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
                "desk.context.shell",
            ],
        },
    },
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True},  # those of the libraries
]
FORM_RENDERER = "django.forms.renderers.Jinja2"

DATABASES = {"default": env.db("DATABASE_URL")}
if other := env.str("HUISPLAN_DATABASE_NAME", default=""):  # of a copy on the same server: see manage.py restore_drill
    DATABASES["default"]["NAME"] = other
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Our questions are many and small: to compile one takes longer than to answer it. The address may say something else.
DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.str("REDIS_URL")
CACHES = {"default": {"BACKEND": "config.cache.ForgivingRedisCache", "LOCATION": REDIS_URL}}
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static" / "dist", ("js", BASE_DIR / "static" / "js")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# ---- who comes in
AUTH_USER_MODEL = "partners.Professional"
AUTHENTICATION_BACKENDS = ["partners.backend.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:my_day"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "desk.doors.Doors"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_FORMS = {
    "login": "partners.forms.LoginForm",
    "reset_password": "partners.forms.ResetPasswordForm",
    "request_login_code": "partners.forms.RequestLoginCodeForm",
    "confirm_login_code": "partners.forms.ConfirmLoginCodeForm",
    "reauthenticate": "partners.forms.ConfirmPasswordForm",
}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True  # for who is in no team
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 10
ACCOUNT_RATE_LIMITS = {"login_failed": "10/15m/key"}  # wrong passwords, wrong codes: of each kind, for each person
ACCOUNT_RATE_LIMITS |= {"login": "60/m/ip"}  # a whole town hall comes from one address
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60  # so long after logging in may one change the own security
# Whoever is in a team shows a second factor: an app with codes, or a passkey (BIO2 5.17.01).
SECOND_FACTOR_REQUIRED = env.bool("HUISPLAN_SECOND_FACTOR", default=not DEMO)
MFA_ADAPTER = "partners.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO  # http://localhost
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the team wrote the address down; it is not for this person to prove
MFA_TOTP_ISSUER = "Huisplan"
MFA_TOTP_TOLERANCE = 1  # half a minute: phones are slow or late, and so are thumbs
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_FORMS = {
    "authenticate": "partners.forms.AuthenticateForm",
    "authenticate_webauthn": "partners.forms.AuthenticatePasskeyForm",
    "login_webauthn": "partners.forms.LoginPasskeyForm",
    "reauthenticate": "partners.forms.ReauthenticateForm",
    "reauthenticate_webauthn": "partners.forms.ReauthenticatePasskeyForm",
    "activate_totp": "partners.forms.ActivateAppForm",
    "add_webauthn": "partners.forms.AddPasskeyForm",
    "edit_webauthn": "partners.forms.RenamePasskeyForm",
}
ACCOUNT_SESSION_REMEMBER = False
SESSION_ENGINE = "config.hashed_sessions"
# A session ends when nobody uses it for so long, and after so long in any case.
IDLE_SECONDS = env.int("HUISPLAN_IDLE_SECONDS", default=20 * 60)
SESSION_SECONDS = env.int("HUISPLAN_SESSION_SECONDS", default=12 * 60 * 60)
SESSION_COOKIE_AGE = SESSION_SECONDS + 3 * 24 * 60 * 60  # who comes back with a form after a weekend is still known
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SAMESITE = "Lax"

# The municipality's own login (OpenID Connect). It counts as both factors: the municipality sees to that.
LOCAL_LOGIN = env.bool("HUISPLAN_LOCAL_LOGIN", default=True)  # without it: no passwords, and no new ones
OIDC_SERVER = env.str("HUISPLAN_OIDC_SERVER", default="")
OIDC_NAME = env.str("HUISPLAN_OIDC_NAME", default=MUNICIPALITY)
OIDC_ORIGINS = env.list("HUISPLAN_OIDC_ORIGINS", default=[])
OIDC_EMAIL_DOMAINS = [domain.lower() for domain in env.list("HUISPLAN_OIDC_EMAIL_DOMAINS", default=[])]
OIDC_GROUPS_CLAIM = env.str("HUISPLAN_OIDC_GROUPS_CLAIM", default="groups")
OIDC_GROUPS = env.json("HUISPLAN_OIDC_GROUPS", default={})  # {"group": ["ROLE", "Team"]}; empty: roles are given here
OIDC_PROVIDER_ID = "gemeente"
SOCIALACCOUNT_ADAPTER = "desk.coming_in.MunicipalAdapter"
SOCIALACCOUNT_PROVIDERS = {}
if OIDC_SERVER:
    if not (OIDC_SERVER.startswith("https://") or DEMO):
        raise ImproperlyConfigured("HUISPLAN_OIDC_SERVER needs https: who somebody is would travel unprotected.")
    if not isinstance(OIDC_GROUPS, dict) or not all(
        isinstance(goal, list) and [type(part) for part in goal] == [str, str] for goal in OIDC_GROUPS.values()
    ):
        raise ImproperlyConfigured('HUISPLAN_OIDC_GROUPS is like {"group": ["COORDINATOR", "Name of the team"]}.')
    server = urlsplit(OIDC_SERVER)
    OIDC_ORIGINS.append(f"{server.scheme}://{server.netloc}")
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": OIDC_PROVIDER_ID,
                "name": OIDC_NAME,
                "client_id": env.str("HUISPLAN_OIDC_CLIENT_ID"),
                "secret": env.str("HUISPLAN_OIDC_CLIENT_SECRET").strip(),  # a file ends with an empty line
                "settings": {
                    "server_url": OIDC_SERVER,
                    "scope": env.list("HUISPLAN_OIDC_SCOPES", default=["openid", "profile", "email"]),
                    "oauth_pkce_enabled": True,
                },
            }
        ]
    }
elif not LOCAL_LOGIN:
    raise ImproperlyConfigured("HUISPLAN_LOCAL_LOGIN is off and there is no HUISPLAN_OIDC_SERVER: nobody could log in.")

# ---- what the browser may do
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],  # the arrow of a select stands in the style sheet as a data address
        "connect-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF, *OIDC_ORIGINS],  # the button of the municipality is a form, against login CSRF
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
SECURE_REFERRER_POLICY = "no-referrer"  # addresses hold secret codes; see config.middleware.Csrf
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"  # with Strict a link in a webmail would change the token of every form that stands open
if HTTPS:  # a browser takes these names only from this very host, over https
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SILENCED_SYSTEM_CHECKS = ["security.W003"]  # it looks for Django's own by name; ours is a subclass of it
CSRF_FAILURE_VIEW = "desk.views.pages.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
# Files are not taken, and what is typed is never long.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = ["config.uploads.OnlyWhereAsked"]
# Whom to tell about a weakness (RFC 9116): mailto: or https: addresses.
SECURITY_CONTACTS = env.list("HUISPLAN_SECURITY_CONTACTS", default=[f"{BASE_URL}/"])
SECURITY_POLICY = env.str("HUISPLAN_SECURITY_POLICY", default="")

# ---- copies: encrypted for keys that are not here, and gone in time
BACKUP_RECIPIENTS = env.list("HUISPLAN_BACKUP_RECIPIENTS", default=[])
BACKUP_FOLDER = Path(env.str("HUISPLAN_BACKUP_FOLDER", default="/backup"))
KEEP_BACKUPS_DAYS = env.int("HUISPLAN_KEEP_BACKUPS_DAYS", default=35)

# ---- mail and slow work
DEFAULT_FROM_EMAIL = asked("HUISPLAN_MAIL_FROM", "Huisplan <huisplan@wilgenrade.example>")
EMAIL_BACKEND = "post_office.EmailBackend"
SMTP = env.email_url("EMAIL_URL")
EMAIL_HOST, EMAIL_PORT = SMTP["EMAIL_HOST"], SMTP["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = SMTP["EMAIL_HOST_USER"] or "", SMTP["EMAIL_HOST_PASSWORD"] or ""
EMAIL_USE_TLS, EMAIL_USE_SSL = SMTP.get("EMAIL_USE_TLS", False), SMTP.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
# After an attempt that failed a mail waits this long, then twice as long, and so on; three days after it was written it
# is given up. Who must know it then is told: by the kind of thing that it was about, and its key.
MAIL_FIRST_PAUSE = timedelta(minutes=env.float("HUISPLAN_MAIL_RETRY_MINUTES", default=5))
UNDELIVERED = {"signal": "signals.actions.ask_to_call"}
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1  # nothing waits behind what is slow while another process has nothing to do
# A worker takes from all of them, unless --queues says which. Each has a key, or everything would go to all of them.
CELERY_TASK_QUEUES = [Queue(name, routing_key=name) for name in queues.QUEUES]
CELERY_TASK_DEFAULT_QUEUE = CELERY_TASK_DEFAULT_ROUTING_KEY = "default"
CELERY_TASK_ROUTES = queues.ROUTES
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2, "socket_timeout": 5, "max_retries": 0}
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker waits for its broker as long as it takes
CELERY_TASK_PUBLISH_RETRY = False  # the caller does not wait for a dead broker; beat finds what was left
CELERY_TIMEZONE = TIME_ZONE
CELERY_DB_REUSE_MAX = (
    1_000_000  # Celery would connect anew for each task; config/celery.py looks whether it still works
)
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # its lines are like ours
OFFICE_HOURS = crontab(minute="*/15", hour="7-18", day_of_week="mon-fri")
CELERY_BEAT_SCHEDULE = {
    "show that we live": {"task": "config.tasks.beat", "schedule": 60.0},
    "send mail that was left": {"task": "config.tasks.send_mail", "schedule": 30.0},
    "purge mail that was sent": {"task": "config.tasks.purge_mail", "schedule": 3600.0},
    "purge sessions that ended": {"task": "config.tasks.purge_sessions", "schedule": 24 * 3600.0},
    "remind who was asked something": {"task": "signals.tasks.remind", "schedule": 3600.0},
    # In office hours: who gets a mail can call.
    "keep promises to reporters": {"task": "signals.tasks.keep_promises", "schedule": OFFICE_HOURS},
    "tell leads what is left": {"task": "signals.tasks.tell_leads", "schedule": OFFICE_HOURS},
    "delete old questions": {"task": "signals.tasks.delete_old_questions", "schedule": 24 * 3600.0},
    "remind who does something": {"task": "plans.tasks.remind", "schedule": OFFICE_HOURS},
    "look again what clashes": {"task": "plans.tasks.look_again", "schedule": 24 * 3600.0},
    "make prints that were left": {"task": "desk.tasks.make_left", "schedule": 60.0},
    "purge prints after a day": {"task": "desk.tasks.purge_prints", "schedule": 3600.0},
    "prove the access log": {"task": "households.tasks.check_access_log", "schedule": 24 * 3600.0},
}

# ---- watching: health and numbers for who sends this token; errors to a server of one's own; log lines without people
WATCH_TOKEN = env.str("HUISPLAN_WATCH_TOKEN", default="").strip()
SECURE_REDIRECT_EXEMPT = [r"^gezond/"]  # a cluster asks inside, without https
LOG_FORMAT = env.str("HUISPLAN_LOG_FORMAT", default="line" if DEMO else "json")
if SENTRY_DSN := env.str("HUISPLAN_SENTRY_DSN", default="").strip():
    from config.watching import errors

    errors.begin(SENTRY_DSN, release=env.str("HUISPLAN_VERSION", default="unknown"))
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_secrets": {"()": "config.logs.NoSecrets"}},
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"},
        "json": {"()": "config.logs.AsJson"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["no_secrets"], "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "huisplan.requests": {"level": "INFO" if LOG_FORMAT == "json" else "WARNING"},
    },
}
