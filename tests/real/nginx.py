"""nginx in front of Moot, with the PAM module that the organisation's other services use."""

import shutil
import subprocess
import tempfile
from pathlib import Path

import requests
from moot import free_port
from pam import Pam
from waiting import eventually

MODULE = "/usr/lib/nginx/modules/ngx_http_auth_pam_module.so"


class Nginx:
    """A proxy that asks for a name and password on one path, and tells Moot the name in a header."""

    def __init__(self, upstream: str, pam: Pam, **headers: str):
        """`upstream` is `127.0.0.1:PORT` or `unix:/path`; `headers` are set on the one path, `_` standing for `-`."""
        self.folder = Path(tempfile.mkdtemp(prefix="moot-nginx-"))
        self.folder.chmod(0o755)
        self.port = free_port()
        self.base = f"http://localhost:{self.port}"
        set_headers = "".join(f'proxy_set_header {name.replace("_", "-")} "{text}";' for name, text in headers.items())
        temporary = "".join(
            f"{kind}_temp_path {self.folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        config = self.folder / "nginx.conf"
        # One process of the user who runs the tests, whoever that is.
        config.write_text(f"""
            load_module {MODULE};
            daemon off; master_process off; pid {self.folder}/pid; error_log {self.folder}/log notice;
            events {{ }}
            http {{
                access_log off; {temporary}
                server {{
                    listen 127.0.0.1:{self.port};
                    proxy_set_header Host $http_host;
                    location / {{ proxy_pass http://{upstream}; }}
                    location = /auth/sign_in/proxy {{
                        auth_pam "Club"; auth_pam_service_name club;
                        proxy_set_header Host $http_host; {set_headers}
                        proxy_pass http://{upstream};
                    }}
                }}
            }}
        """)
        self.process = subprocess.Popen(
            ["/usr/sbin/nginx", "-c", config, "-p", self.folder, "-e", self.folder / "log"],
            env={"LD_PRELOAD": str(pam.elsewhere())},
            stdin=subprocess.DEVNULL,
        )
        eventually("nginx answers", self._answers)

    def _answers(self) -> bool:
        assert self.process.poll() is None, (self.folder / "log").read_text()
        return requests.get(f"{self.base}/livez", timeout=5).status_code > 0

    def remove(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=10)
        shutil.rmtree(self.folder, ignore_errors=True)
