"""TLS before a plain HTTP server on loopback, with a certificate made for the occasion."""

import asyncio
import ssl
import subprocess
import threading
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

PIECE = 256 * 1024


@dataclass(frozen=True)
class TLSFront:
    """Where a server can be reached by https, and the certificate that clients must trust."""

    url: str
    certificate: Path


@contextmanager
def running(openssl: str, target: str, folder: Path):
    """Ends TLS for the server at `target`, passing all bytes on as they are, the Host header too."""
    certificate, key = make_certificate(openssl, folder)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, daemon=True).start()
    starting = asyncio.start_server(_connection_to(target), "127.0.0.1", 0, ssl=context, limit=PIECE)
    server = asyncio.run_coroutine_threadsafe(starting, loop).result(10)
    try:
        yield TLSFront(f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}", certificate)
    finally:
        asyncio.run_coroutine_threadsafe(_close(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)


def make_certificate(openssl: str, folder: Path) -> tuple[Path, Path]:
    """A certificate of a day for 127.0.0.1, signed by itself, and its key."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        [
            openssl, "req", "-x509", "-newkey", "rsa:2048", "-noenc", "-days", "1", "-subj", "/CN=127.0.0.1",
            "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(certificate),
        ],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    return certificate, key


def _connection_to(target: str):
    parts = urlsplit(target)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            upstream, sink = await asyncio.open_connection(parts.hostname, parts.port, limit=PIECE)
            await asyncio.gather(_pipe(reader, sink), _pipe(upstream, writer))
        writer.close()

    return serve


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while piece := await reader.read(PIECE):
            writer.write(piece)
            await writer.drain()
    with suppress(OSError):
        writer.close()


async def _close(server: asyncio.Server) -> None:
    server.close()
    waiting = asyncio.all_tasks() - {asyncio.current_task()}
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
