"""Acts out one request at a faulty store: refused, spoilt, or passed on to the real store and back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import urlsplit

from faults import CutDocument, EndlessDocument, Fault, LoseAnswer, Refuse, ResetDownload, ResetUpload, Trickle
from http_wire import Head, answer_body, request_body, reset, unframed

HEAD_LIMIT = 256 * 1024


@dataclass
class Exchange:
    """One request as the proxy saw it. Byte counts are those of the bodies, framing included."""

    method: str
    target: str
    fault: Fault | None
    status: int = 0
    received: int = 0
    sent: int = 0


@dataclass
class Act:
    """One request under way, between a client and the real store."""

    endpoint: str
    clock: timedelta
    head: Head
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    exchange: Exchange

    async def perform(self) -> bool:
        """Answers, or does not; says whether the client's connection can go on."""
        match self.exchange.fault:
            case Refuse() as refusal:
                return await self._refuse(refusal)
            case EndlessDocument() as document:
                return await self._go_on_and_on(document)
            case ResetUpload() as cut:
                return await self._reset_upload(cut.after)
            case fault:
                return await self._forward(fault)

    async def _refuse(self, refusal: Refuse) -> bool:
        stays = await self._drain()
        head = Head(f"HTTP/1.1 {refusal.status} Planted", [("content-type", "application/xml")])
        head.set(**{name.replace("-", "_"): value for name, value in refusal.headers.items()})
        body = b"" if self.exchange.method == "HEAD" else refusal.body
        await self._answer(head, body, stays)
        return stays

    async def _drain(self) -> bool:
        """Reads the request's body away. One that waits for 100 Continue never comes, and the connection must end."""
        if self.head.get("expect"):
            return False
        async for piece in request_body(self.head, self.reader):
            self.exchange.received += len(piece)
        return True

    async def _answer(self, head: Head, body: bytes, stays: bool) -> None:
        head.set(content_length=str(len(body)), transfer_encoding=None, connection=None if stays else "close")
        self._write_head(head)
        await self._write(body)

    def _write_head(self, head: Head) -> None:
        self.exchange.status = head.status
        head.set(date=format_datetime(datetime.now(UTC) + self.clock, usegmt=True))
        self.writer.write(head.encoded())

    async def _write(self, piece: bytes) -> None:
        self.exchange.sent += len(piece)
        self.writer.write(piece)
        await self.writer.drain()

    async def _go_on_and_on(self, document: EndlessDocument) -> bool:
        await self._drain()
        self._write_head(Head("HTTP/1.1 200 OK", [("content-type", "application/xml"), ("connection", "close")]))
        await self._write(document.start)
        while self.exchange.sent < document.byte_count:
            await self._write(document.piece)
        return False

    async def _reset_upload(self, after: int) -> bool:
        if self.head.get("expect"):
            self.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        async for piece in request_body(self.head, self.reader):
            self.exchange.received += len(piece)
            if self.exchange.received >= after:
                break
        reset(self.writer)
        return False

    async def _forward(self, fault: Fault | None) -> bool:
        parts = urlsplit(self.endpoint)
        upstream, sink = await asyncio.open_connection(parts.hostname, parts.port, limit=HEAD_LIMIT)
        head = self.head.without_hops()
        head.set(connection="close")
        sink.write(head.encoded())
        sending = asyncio.create_task(self._send_body(sink))
        try:
            answer = await Head.read(upstream)
            while answer.status < 200:
                answer = await Head.read(upstream)
            stays = await self._pass_on(answer.without_hops(), upstream, fault)
            await asyncio.wait({sending}, timeout=1)
            return stays and sending.done()
        finally:
            sending.cancel()
            with suppress(asyncio.CancelledError, OSError, EOFError):
                await sending
            sink.close()

    async def _send_body(self, sink: asyncio.StreamWriter) -> None:
        if self.head.get("expect"):
            self.writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        try:
            async for piece in request_body(self.head, self.reader):
                self.exchange.received += len(piece)
                sink.write(piece)
                await sink.drain()
        except (OSError, EOFError):
            sink.transport.abort()

    async def _pass_on(self, answer: Head, upstream: asyncio.StreamReader, fault: Fault | None) -> bool:
        """Sends the real answer to the client, spoilt by the fault."""
        body = answer_body(answer, self.exchange.method, upstream)
        match fault:
            case LoseAnswer():
                reset(self.writer)
                return False
            case CutDocument(share):
                whole = unframed(answer, b"".join([piece async for piece in body]))
                await self._answer(answer, whole[: int(len(whole) * share)], stays=True)
                return True
            case ResetDownload(after):
                return await self._reset_download(answer, body, after)
        return await self._stream(answer, body, fault)

    async def _reset_download(self, answer: Head, body: AsyncIterator[bytes], after: int) -> bool:
        self._write_head(answer)
        async for piece in body:
            await self._write(piece[: after - self.exchange.sent])
            if self.exchange.sent >= after:
                break
        await _flushed(self.writer)
        reset(self.writer)
        return False

    async def _stream(self, answer: Head, body: AsyncIterator[bytes], fault: Fault | None) -> bool:
        framed = bool(answer.get("content-length") or answer.get("transfer-encoding") or answer.status in (204, 304))
        if not framed:
            answer.set(connection="close")
        self._write_head(answer)
        async for piece in body:
            if not isinstance(fault, Trickle):
                await self._write(piece)
                continue
            for start in range(0, len(piece), fault.piece):
                await self._write(piece[start : start + fault.piece])
                await asyncio.sleep(fault.interval)
        return framed


async def _flushed(writer: asyncio.StreamWriter) -> None:
    """Waits until the system has taken what was written; a reset throws away what is still here."""
    writer.transport.set_write_buffer_limits(high=0)
    await writer.drain()
