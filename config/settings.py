"""Settings of the web process and the relay: the app's login."""

import os
import secrets
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from config.logins import APP, SIGNER, database, secret_key_file
from config.postgres import state_directory

STATE = state_directory()
BANDENG_URL = os.environ.get("BANDENG_URL", "http://localhost:8000")
BANDENG_DEMO = False  # config/demo.py alone says True
SITE = {  # who runs this site, as its footer must say; empty lines are left out
    name: os.environ.get(f"BANDENG_{name.upper()}", "")
    for name in (
        "organiser", "address", "hours", "telephone", "site_code", "icp", "police_record",
    )
}  # fmt: skip

SECRET_KEY = (
    secret_key_file(state=STATE).read_text()
    if secret_key_file(state=STATE).exists()
    else secrets.token_urlsafe(50)  # lint and types load the settings before the first start
)
# How messages leave the house (bandeng/post/channels): smtp://…, smtp+starttls://…, smtps://…
BANDENG_SMTP_URL = os.environ.get("BANDENG_SMTP_URL", "")
BANDENG_MAIL_FROM = os.environ.get("BANDENG_MAIL_FROM", "")
BANDENG_SMS = os.environ.get("BANDENG_SMS", "")  # dotted path of an adapter for text messages
KEY_DIRECTORY = STATE / "keys"
DEBUG = False
ALLOWED_HOSTS = os.environ.get("BANDENG_HOSTS", "localhost,127.0.0.1").split(",")
SECURE = BANDENG_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
CSRF_TRUSTED_ORIGINS = [BANDENG_URL] if SECURE else []
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = 14 * 24 * 3600  # seconds
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
INSTALLED_APPS = [
    "bandeng.kit",  # first: its `migrate` also applies the rights
    "bandeng.trail",
    "bandeng.post",
    "bandeng.places",
    "bandeng.people",
    "bandeng.cases",
    "bandeng.funds",
    "bandeng.stories",
    "bandeng.desk",
    "bandeng.demo",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "template_partials",
    "django_htmx",
    "django_filters",
    "django_tables2",
]
MIDDLEWARE = [
    "bandeng.kit.middleware.Headers",  # outermost: on error pages too
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "bandeng.kit.middleware.WholePages",
    "bandeng.kit.middleware.SizeLimit",  # after the language is known
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "bandeng.kit.middleware.ReadOnlyGet",  # innermost: the outer ones may write (sessions)
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bandeng.kit.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "bandeng.kit.templatetags.kit",
            ],
        },
    }
]
DATABASES = {"default": database(login=APP)}
DATABASE_LOGINS = {"app": APP, "signer": SIGNER}  # whom the rooms' grants.py mean
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SILENCED_SYSTEM_CHECKS = ["models.W045"]  # some checks of the ledger are the database's alone
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
FORM_RENDERER = "bandeng.kit.forms.Renderer"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("MinimumLengthValidator", "CommonPasswordValidator", "NumericPasswordValidator")
]
SESSION_SERIALIZER = "bandeng.people.sessions.Sealed"
ACCOUNT_ADAPTER = "bandeng.people.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"phone"}
ACCOUNT_SIGNUP_FIELDS = ["phone*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 5 * 60  # seconds, as people.parameters.CODE_VALID
ACCOUNT_SESSION_REMEMBER = False  # people.sessions says how long one lasts
ACCOUNT_RATE_LIMITS = {"login_failed": None}  # people.adapter counts those in the database
ACCOUNT_FORMS = {
    "login": "bandeng.people.forms.door.SignIn",
    "request_login_code": "bandeng.people.forms.door.AskForCode",
    "confirm_login_code": "bandeng.people.forms.door.EnterCode",
}
MFA_SUPPORTED_TYPES = ["webauthn"]  # passkeys alone: they sign approvals (people.passkeys)
MFA_ADAPTER = "bandeng.people.passkeys.Adapter"
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_REAUTHENTICATION_REQUIRED = False  # people.views.passkeys asks itself
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:start"
DJANGO_TABLES2_TEMPLATE = "kit/table.html"
FILTERS_EMPTY_CHOICE_LABEL = _("any")

LANGUAGE_CODE = "zh-hans"  # whoever asks for neither of the two gets Chinese
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "bandeng_language"
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = STATE / "static"
LOG_SOURCES = [  # in this order inside one batch of leaves: an approval before its payment
    "bandeng.trail.sources.ENTRIES",
    "bandeng.funds.log.TRANSFERS",
]
LOG_DIRECTORY = STATE / "log"  # the signed log's files, open to everybody
LOG_KEY = Path()  # config/signer.py alone names it
MEDIA_ROOT = STATE / "media"  # never served by address: only through the owning room
STORAGES = {
    "default": {"BACKEND": "bandeng.kit.storage.DurableStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
BODY_MAX = 80 * 1024 * 1024  # six photos of a good phone, or a large roster
CSRF_FAILURE_VIEW = "bandeng.kit.error_pages.csrf_failure"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
