"""Settings: everything that differs between machines comes from the environment; the rest is the product's own choice."""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import locale
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("PORTAL_VAR", BASE_DIR / "var"))


def _flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def _new_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()


def _local_secrets() -> dict[str, str]:
    """Keys for a machine that was given none. `serve` refuses to run on them."""
    return _made_once("secrets", lambda: {"secret_key": secrets.token_urlsafe(48), "encryption_key": _new_key()})


def _made_once(name: str, make: Callable[[], dict[str, str]]) -> dict[str, str]:
    """Kept in var/ for its owner only."""
    path = VAR / f"{name}.json"
    if not path.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        made = make()
        part = path.with_name(f"{name}.{os.getpid()}.part")
        part.touch(mode=0o600)
        part.write_text(json.dumps(made))
        try:
            os.link(part, path)  # fails if another process was first: its keys count
        except FileExistsError:
            pass
        finally:
            part.unlink()
    kept: dict[str, str] = json.loads(path.read_text())
    return kept


DEMO = _flag("PORTAL_DEMO")
DEBUG = False

_given = os.environ.get("PORTAL_SECRET_KEY"), os.environ.get("PORTAL_ENCRYPTION_KEYS")
USES_LOCAL_SECRETS = not all(_given)
_local = _local_secrets() if USES_LOCAL_SECRETS else {}
SECRET_KEY = _given[0] or _local["secret_key"]
# The first key encrypts, all of them decrypt.
ENCRYPTION_KEYS = [key.strip() for key in (_given[1] or _local["encryption_key"]).split(",") if key.strip()]

ALLOWED_HOSTS = [host for host in os.environ.get("PORTAL_ALLOWED_HOSTS", "").split(",") if host] or [
    "localhost",
    "127.0.0.1",
    "[::1]",
    "testserver",
]
if DEMO and not {"localhost", "127.0.0.1", "[::1]", "testserver"}.issuperset(ALLOWED_HOSTS):
    raise ImproperlyConfigured(
        "PORTAL_DEMO signs anyone in, so it runs on localhost only: unset PORTAL_ALLOWED_HOSTS or PORTAL_DEMO."
    )
# https is the rule; plain http only where the only hosts are this machine itself.
ON_LOOPBACK = set(ALLOWED_HOSTS) <= {"localhost", "127.0.0.1", "[::1]", "testserver"}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "channels",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "portal",
    "portal.audit",
    "portal.language",
    "portal.accounts",
    "portal.programs",
    "portal.families",
    "portal.clocks",
    "portal.referrals",
    "portal.notices",
    "portal.directory",
    "portal.community",
    "portal.enrollment",
    "portal.care",
    "messaging",
    "portal.media",
    "portal.safety",
    "portal.voice",
    "peer_support",
    "rights_grievances",
    "portal.home",
    "portal.demo",
]

# Short on purpose: every request passes all of it, in one thread (portal/asgi.py).
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.middleware.SafeHeaders",
    "portal.middleware.Gzip",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "portal.language.middleware.SpokenLanguage",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "portal.accounts.door.Door",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "portal.urls"
ASGI_APPLICATION = "portal.asgi.application"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.home.context.frame",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "portal.home.templatetags.porch"],
        },
    }
]


def _database(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        name = unquote(parts.path).removeprefix("/") if parts.netloc in {"", "localhost"} else parts.path
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": Path("/" + name) if parts.path.startswith("//") else BASE_DIR / name,
            "CONN_MAX_AGE": None,
            "TEST": {"NAME": VAR / f"test-{os.environ.get('PYTEST_XDIST_WORKER', 'main')}-{os.getpid()}.sqlite3"},
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError("DATABASE_URL must begin with sqlite:// or postgresql://")
    options = dict(part.split("=", 1) for part in parts.query.split("&") if part)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(options.pop("host", parts.hostname or "")),
        "PORT": str(parts.port or options.pop("port", "")),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**options},
    }


DATABASES = {
    "default": _database(
        os.environ.get("DATABASE_URL") or f"sqlite:////{VAR.as_posix().lstrip('/')}/porchlight.sqlite3"
    )
}
# Counts of tries are kept where every process sees them, and where they outlive a Redis that is away.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Above this, counts that still hold are dropped: whoever tries many addresses would wipe out their own tries.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = os.environ.get("REDIS_URL", "")
# Extra folders of programme profiles.
PROGRAM_FOLDERS = [Path(folder) for folder in os.environ.get("PORTAL_PROGRAMS", "").split(os.pathsep) if folder]

AUTH_USER_MODEL = "accounts.Person"
AUTHENTICATION_BACKENDS = ["portal.accounts.backends.PersonBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = []  # nobody has a password
LOGIN_URL = "signin_show"
LOGIN_REDIRECT_URL = "home_show"
LOGOUT_REDIRECT_URL = "home_show"

SESSION_ENGINE = "portal.accounts.sessions"
SESSION_COOKIE_NAME = "porch"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not ON_LOOPBACK
SESSION_EXPIRE_AT_BROWSER_CLOSE = False
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
# Minutes without use after which a session ends (accounts/door.py).
IDLE_MINUTES = {"shared": 5, "staff": 15, "family": 30}
CSRF_COOKIE_NAME = "porch_csrf"
CSRF_FAILURE_VIEW = "portal.home.views.csrf_failed"
SECURE_SSL_REDIRECT = not ON_LOOPBACK
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _flag("PORTAL_BEHIND_PROXY") else None
ALLAUTH_TRUSTED_PROXY_COUNT = int(_flag("PORTAL_BEHIND_PROXY"))
SECURE_HSTS_SECONDS = 0 if ON_LOOPBACK else 63_072_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not ON_LOOPBACK
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576

# Photos and voice notes (portal/media): bytes, seconds, and bytes of what is kept for one person in 24 hours.
MEDIA_PHOTO_BYTES = 12 * 1_048_576
MEDIA_VOICE_BYTES = 8 * 1_048_576
MEDIA_VOICE_SECONDS = 5 * 60
MEDIA_DAY_BYTES = 40 * 1_048_576
# clamd, as unix:///run/clamav/clamd.ctl or tcp://host:3310; without one what is sent is made anew, and not scanned.
MEDIA_SCANNER_URL = os.environ.get("MEDIA_SCANNER_URL", "")
# What comes is never a file on this machine's disk: it is in memory, or it is too large and passed over.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 13 * 1_048_576

LANGUAGE_CODE = "en"
# Names in their own language: the picker never translates them.
LANGUAGES = [("en", "English"), ("es", "Español"), ("vi", "Tiếng Việt"), ("ar", "العربية"), ("en-xa", "[Ẽñğļïšħ]")]
LANGUAGES_BIDI = ["ar"]
locale.LANG_INFO["en-xa"] = {"bidi": False, "code": "en-xa", "name": "Pseudo-English", "name_local": "[Ẽñğļïšħ]"}
LANGUAGE_COOKIE_NAME = "porch_language"
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Chicago"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "portal.static_files.HashedFiles"},
}
WHITENOISE_MAX_AGE = 60 * 60
SILENCED_SYSTEM_CHECKS: list[str] = []

# Where codes and notices leave (portal/notices/channels.py): console:, file:///folder, smtp(s)://, https://, twilio://
EMAIL_URL = os.environ.get("EMAIL_URL", "console:")
SMS_URL = os.environ.get("SMS_URL", "console:")
MAIL_FROM = os.environ.get("PORTAL_MAIL_FROM", "Porchlight <porchlight@localhost>")
# Signs what goes to phones (portal/notices/push.py). Without one nothing goes there, and no page speaks of it.
VAPID_PRIVATE_KEY = os.environ.get("VAPID_PRIVATE_KEY", "")
if DEMO and not VAPID_PRIVATE_KEY:
    VAPID_PRIVATE_KEY = _made_once("vapid", lambda: {"private_key": _new_key()})["private_key"]
# The front door, as e-mails and texts name it.
SITE_URL = (
    os.environ.get("PORTAL_SITE_URL") or f"{'http' if ON_LOOPBACK else 'https'}://{ALLOWED_HOSTS[0].lstrip('.')}/"
)

# Sign-in: a code by e-mail or text, a passkey, or an invitation. No passwords, no self-made accounts.
ACCOUNT_ADAPTER = "portal.accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email", "phone"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "phone"]  # closed (adapter.py); named because allauth checks them
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# Codes per minute and hour for one address, and tries per code.
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,3/m/key,15/h/key",
    "code_check": "5/10m/key",
    "search": "30/m/user",
    "media": "12/m/user",
    "phone_test": "5/10m/user",
    "phone_add": "30/h/user",
    # A calendar asks a few times an hour; many of them ask from the same service's addresses.
    "calendar_feed": "300/m/ip,10/m/key",
}
MFA_ADAPTER = "portal.accounts.adapter.PasskeyAdapter"
MFA_RATE_LIMITS = {"webauthn_login": "40/m/ip"}
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = ON_LOOPBACK
OTP_TOTP_ISSUER = "Porchlight"

# Lets a collector on another machine read /metrics; without it only this machine may.
METRICS_TOKEN = os.environ.get("PORTAL_METRICS_TOKEN", "")

# What the writer accepts (messaging/writer.py).
WRITER_QUEUE = 20_000
SENDS_PER_SECOND = 200

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django.request": {"level": "ERROR"}, "daphne": {"level": "WARNING"}},
}
