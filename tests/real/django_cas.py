"""A CAS server for the tests: django-cas-server with two people, whose password is `secret`.

    scripts/python tests/real/django_cas.py FOLDER PORT https://WEB_DOMAIN

The third argument is the start of the addresses that it serves.
"""

import sys
from pathlib import Path
from re import escape

import django
from django.conf import settings
from django.core.management import call_command
from django.urls import include, path

PEOPLE = {
    "carol": {"name": "Carol Clark", "email": "carol@club.example"},
    "dave": {"firstname": "Dave", "lastname": "Dunn", "email": "dave@club.example"},
}


def configure(folder: Path) -> None:
    settings.configure(
        ALLOWED_HOSTS=["*"],
        CAS_AUTH_CLASS="cas_server.auth.TestAuthUser",
        CAS_FEDERATE=False,
        CAS_NEW_VERSION_HTML_WARNING=False,
        CAS_NEW_VERSION_EMAIL_WARNING=False,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(folder / "cas.sqlite3")}},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.messages",
            "django.contrib.staticfiles",
            "cas_server",
        ],
        LANGUAGE_CODE="en",
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.locale.LocaleMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        ROOT_URLCONF=__name__,
        SECRET_KEY="of the tests",
        STATIC_URL="/static/",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.messages.context_processors.messages",
                    ]
                },
            }
        ],
        USE_TZ=True,
    )
    django.setup()


def fill(serves: str) -> None:
    """Everybody who may sign in, and whom it serves."""
    from cas_server.models import ReplaceAttributName, ServicePattern  # noqa: PLC0415 -- Django must be set up first

    call_command("migrate", verbosity=0)
    pattern = ServicePattern.objects.create(
        name="moot", pattern=f"^{escape(serves)}/.*$", pos=1, single_log_out=False, proxy=False
    )
    for name in ("name", "email", "firstname", "lastname"):
        ReplaceAttributName.objects.create(name=name, replace="", service_pattern=pattern)


def people_sign_in() -> None:
    from cas_server import auth  # noqa: PLC0415 -- as said above

    class Person(auth.AuthUser):
        def test_password(self, password: str) -> bool:
            return self.username in PEOPLE and password == "secret"

        def attributs(self) -> dict[str, str]:
            return PEOPLE[self.username]

    auth.TestAuthUser = Person


if __name__ == "__main__":
    folder, port, serves = sys.argv[1:]
    configure(Path(folder))
    people_sign_in()
    urlpatterns = [path("cas/", include("cas_server.urls", namespace="cas_server"))]
    fill(serves)
    call_command("runserver", f"127.0.0.1:{port}", "--noreload", "--insecure", verbosity=0)
