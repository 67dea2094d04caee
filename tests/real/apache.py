"""Apache in front of Moot, with the Kerberos module that the organisation's other services use."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import requests
from kdc import Kdc
from moot import free_port
from waiting import eventually

MODULES = ("mpm_event", "authn_core", "authz_core", "authz_user", "auth_gssapi", "headers", "proxy", "proxy_http")


class Apache:
    """A proxy that asks for a ticket on one path (Negotiate), and tells Moot the principal in a header."""

    def __init__(self, port_of_moot: int, kdc: Kdc, secret: str):
        self.folder = Path(tempfile.mkdtemp(prefix="moot-apache-"))
        self.folder.chmod(0o755)
        self.port = free_port()
        self.base = f"http://localhost:{self.port}"
        modules = "\n".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in MODULES)
        # Started by root, its processes may not stay root.
        user = "User #65534\nGroup #65534\n" if os.geteuid() == 0 else ""
        config = self.folder / "apache.conf"
        config.write_text(
            f"""
{modules}
{user}
ServerRoot {self.folder}
ServerName localhost
PidFile {self.folder}/pid
DefaultRuntimeDir {self.folder}
Mutex file:{self.folder}
ErrorLog {self.folder}/log
Listen 127.0.0.1:{self.port}
StartServers 1
ProxyPreserveHost On
ProxyAddHeaders Off
ProxyPass / http://127.0.0.1:{port_of_moot}/
<Location /auth/sign_in/proxy>
    AuthType GSSAPI
    AuthName "Club"
    GssapiCredStore keytab:{kdc.keytab}
    Require valid-user
    RequestHeader set X-Remote-User expr=%{{REMOTE_USER}}
    RequestHeader set X-Moot-Proxy-Secret "{secret}"
</Location>
"""
        )
        self.process = subprocess.Popen(
            ["/usr/sbin/apache2", "-DFOREGROUND", "-f", config],
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "KRB5_CONFIG": str(kdc.config)},
            stdin=subprocess.DEVNULL,
        )
        eventually("Apache answers", self._answers)

    def _answers(self) -> bool:
        log = self.folder / "log"
        assert self.process.poll() is None, log.read_text() if log.exists() else "no log"
        return requests.get(f"{self.base}/livez", timeout=5).status_code > 0

    def remove(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=10)
        shutil.rmtree(self.folder, ignore_errors=True)
