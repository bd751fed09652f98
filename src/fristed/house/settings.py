"""Django's settings, from the service's own: see `configuration.py`."""

from __future__ import annotations

import os
from pathlib import Path

from fristed.ground import seal
from fristed.house.configuration import databases, running_service
from fristed.house.pace import at_its_pace

HERE = Path(__file__).resolve().parent

SERVICE = at_its_pace(running_service())
SERVICE_KEY = bytes.fromhex(os.environ["FRISTED_KEY"])
SECRET_KEY = seal.derive(SERVICE_KEY, "web").hex()
READ_ONLY = False  # the workshop sets it in its own process
SERVED = "FRISTED_SERVED" in os.environ  # by `fristed serve`, which has collected the static files

DEBUG = False
# The names a browser here may use: this machine's own, the address, the one name that the certificate is for.
_ADDRESS = f"[{SERVICE.address}]" if ":" in SERVICE.address else SERVICE.address
ALLOWED_HOSTS = [SERVICE.host or _ADDRESS, _ADDRESS, "localhost", "127.0.0.1", "[::1]"]

INSTALLED_APPS = [
    "fristed.ground",
    "fristed.journal",
    "fristed.staff",
    "fristed.people",
    "fristed.neighbourhood",
    "fristed.room",
    "fristed.evidence",
    "fristed.debate",
    "fristed.rehearsal",
    "fristed.house",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
DATABASES = databases(SERVICE, SERVICE_KEY)
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
APPEND_SLASH = False
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
ROOT_URLCONF = "fristed.house.urls"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("da", "Dansk"), ("de", "Deutsch")]
LOCALE_PATHS = [HERE / "locale"]
LOGGING_CONFIG = "fristed.house.logs.configure"
LOGGING = {"version": 1}  # without it Django does not call the line above

STATIC_URL = "/static/"
STATIC_ROOT = SERVICE.path("static")
_PLAIN, _NAMED = "django.contrib.staticfiles.storage.StaticFilesStorage", "fristed.house.static_files.NamedByContent"
STORAGES = {"staticfiles": {"BACKEND": _NAMED if SERVED else _PLAIN}}

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",  # refuses other names than ALLOWED_HOSTS on every page
    "csp.middleware.CSPMiddleware",
    "fristed.staff.middleware.KeptSession",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "fristed.staff.middleware.WhoMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

# Sign-in: accounts are made by a manager, need no e-mail, and have a second factor.
AUTH_USER_MODEL = "staff.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # how long a one-time sign-in is good for
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "fristed.staff.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_SESSION_REMEMBER = False
MFA_ADAPTER = "fristed.staff.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "fristed.staff.forms.PasskeyForm",
    "authenticate": "fristed.staff.forms.CodeForm",
    "reauthenticate": "fristed.staff.forms.CodeAgainForm",
}
MFA_TOTP_ISSUER = "Fristed"
MFA_TOTP_TOLERANCE = 1  # steps of 30 s either way: slow hands and clocks that are a little off (RFC 6238 5.2)
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SERVICE.loopback and not SERVICE.tls

SESSION_COOKIE_AGE = SERVICE.sign_in_minutes * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "rehearsal" if SERVICE.rehearsal else "sessionid"  # cookies know no port: never a live one's
CSRF_COOKIE_NAME = "rehearsal_csrf" if SERVICE.rehearsal else "csrftoken"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SERVICE.tls
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SERVICE.tls else 0
_BELL, _WORK = SERVICE.origin(1), SERVICE.origin(2)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "connect-src": ["'self'", _BELL],
        "img-src": ["'self'", "data:", _WORK],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'", *SERVICE.origins(2)],  # a report is asked for here and counted in the workshop
        "frame-ancestors": ["'none'"],
    }
}
