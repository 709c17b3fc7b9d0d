"""A web server that is no S3: whatever is asked, it shows one page."""

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager

PAGE = b"<p>Welcome!</p>"


@contextmanager
def serving_page(status: int) -> Iterator[str]:
    """Serves the page with this status on a free port, and gives the address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            self.send_header("content-type", "text/html")
            self.send_header("content-length", str(len(PAGE)))
            self.end_headers()
            self.wfile.write(PAGE)

        def log_message(self, *_):
            """Says nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
