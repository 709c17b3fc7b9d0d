"""An nginx of our own that takes files by WebDAV PUT, as its manual has it: what uploads are measured against."""

import os
import socket
import subprocess
import time
from pathlib import Path

CONFIGURATION = """
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
worker_processes auto;
{user}
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/unused; fastcgi_temp_path {folder}/unused; uwsgi_temp_path {folder}/unused;
    scgi_temp_path {folder}/unused;
    server {{
        listen 127.0.0.1:{port};
        root {folder}/files;
        location / {{
            dav_methods PUT DELETE;
            client_max_body_size 0;
            client_body_buffer_size 1m;
        }}
    }}
}}
"""


class Nginx:
    """A server on a free loopback port whose files, temporary ones too, lie below one folder; use it by `with`."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.url = ""

    def __enter__(self) -> "Nginx":
        (self.folder / "files").mkdir(parents=True)
        port = free_port()
        user = "user root;" if os.geteuid() == 0 else ""
        configuration = self.folder / "nginx.conf"
        configuration.write_text(CONFIGURATION.format(folder=self.folder, port=port, user=user))
        command = ["nginx", "-p", str(self.folder), "-c", str(configuration), "-e", str(self.folder / "error.log")]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        self.url = f"http://127.0.0.1:{port}"
        wait_for(port)
        return self

    def __exit__(self, *_) -> None:
        self.process.terminate()
        self.process.wait()


def free_port() -> int:
    """A port that nobody listens on right now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port: int) -> None:
    """Returns when somebody listens on the port; gives up after five seconds."""
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nobody listens on port {port}")
