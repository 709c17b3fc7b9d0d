"""Serves this folder at http://127.0.0.1:8090, an origin other than the gallery's."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ADDRESS = ("127.0.0.1", 8090)


def main() -> None:
    """Serves until interrupted."""
    handler = partial(SimpleHTTPRequestHandler, directory=Path(__file__).parent)
    with ThreadingHTTPServer(ADDRESS, handler) as server:
        print(f"open http://{ADDRESS[0]}:{ADDRESS[1]}/", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
