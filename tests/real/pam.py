"""PAM services of a test's own: a folder of service files, and the script behind `pam_exec` with the passwords."""

import shutil
import subprocess
import tempfile
from pathlib import Path

# libpam reads /etc/pam.d unless its caller names a folder. Moot can be told to; a program that cannot gets this.
ELSEWHERE = """
extern int pam_start_confdir(const char *, const char *, const void *, const char *, void **);
int pam_start(const char *service, const char *user, const void *conv, void **handle) {
    return pam_start_confdir(service, user, conv, FOLDER, handle);
}
"""


class Pam:
    """The service `club`: who has the password is known, and everybody but those named in `barred` may come in."""

    def __init__(self, barred: str = "nobody", **people: str):
        self.folder = Path(tempfile.mkdtemp(prefix="moot-pam-"))
        self.folder.chmod(0o755)
        cases = "\n".join(f"  '{name}:{password}') exit 0 ;;" for name, password in people.items())
        # pam_exec hands the password over with a NUL at its end.
        self._program("check", f'password=$(tr -d "\\000")\ncase "$PAM_USER:$password" in\n{cases}\nesac\nexit 1\n')
        self._program("account", f'[ "$PAM_USER" != {barred} ]\n')
        self.services = self.folder / "services"
        self.services.mkdir()
        self.service(
            "club",
            f"auth required pam_exec.so quiet expose_authtok {self.folder}/check",
            f"account required pam_exec.so quiet {self.folder}/account",
        )

    def service(self, name: str, *lines: str) -> None:
        (self.services / name).write_text("\n".join(lines) + "\n")

    def settings(self, **more: str) -> dict[str, str]:
        """What Moot is told of it."""
        return {
            "PAM_ENABLED": "true",
            "PAM_DEFAULT_SERVICE": "club",
            "PAM_EMAIL_DOMAIN": "club.example",
            "MOOT_PAM_DIRECTORY": str(self.services),
            **more,
        }

    def elsewhere(self) -> Path:
        """A library to be loaded before libpam, so that a program reads these services in place of the system's."""
        source, library = self.folder / "elsewhere.c", self.folder / "elsewhere.so"
        source.write_text(ELSEWHERE)
        subprocess.run(
            ["cc", "-shared", "-fPIC", f'-DFOLDER="{self.services}"', "-o", library, source, "-l:libpam.so.0"],
            check=True,
        )
        return library

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def _program(self, name: str, text: str) -> None:
        path = self.folder / name
        path.write_text(f"#!/bin/sh\n{text}")
        path.chmod(0o755)
