"""Django's settings, from the service's own: see `configuration.py`."""

from __future__ import annotations

import os
from pathlib import Path

from fristed.ground import seal
from fristed.house.configuration import databases, running_service

HERE = Path(__file__).resolve().parent

SERVICE = running_service()
SERVICE_KEY = bytes.fromhex(os.environ["FRISTED_KEY"])
SECRET_KEY = seal.derive(SERVICE_KEY, "web").hex()

DEBUG = False
ALLOWED_HOSTS = ["*"]  # the server listens on loopback, or on the one name its certificate is for

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "fristed.ground",
    "fristed.journal",
    "fristed.staff",
    "fristed.people",
    "fristed.neighbourhood",
    "fristed.room",
    "fristed.evidence",
    "fristed.rehearsal",
    "fristed.house",
]
DATABASES = databases(SERVICE, SERVICE_KEY)
AUTH_USER_MODEL = "staff.Account"
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = True
ROOT_URLCONF = "fristed.house.urls"
STATIC_URL = "/static/"
LANGUAGES = [("en", "English"), ("da", "Dansk"), ("de", "Deutsch")]
LOCALE_PATHS = [HERE / "locale"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
