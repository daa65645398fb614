"""One request: an address and what we have of it -> its document, or why there is none.

Everything is bounded: the time to connect, to wait for the next bytes and for the whole, the bytes on the wire and
those that they decompress to, the number of redirects.
"""

import asyncio
import zlib
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from indexer.config import FollowConfig
from indexer.follow.answers import REDIRECTS, Answer, Validators
from indexer.network import checked
from indexer.network.public import Refused

MEGABYTE = 1 << 20
MOST_REDIRECTS = 5
LONGEST_WAIT = 86_400.0  # seconds; a Retry-After of more is taken for so much
_STEP = 1 << 16
_CODINGS = {"gzip": 16 + zlib.MAX_WBITS, "x-gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}
_HEADERS = {
    "Accept": "application/rss+xml, application/atom+xml, application/feed+json, application/xml, text/html, */*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
    "Connection": "close",
}


class Client:
    """Asks one address at a time, without following redirects. Used within a running loop."""

    def __init__(self, settings: FollowConfig, agent: str) -> None:
        self._settings = settings
        headers = {"User-Agent": agent, **_HEADERS}
        self._client = checked.client(headers, settings.connect_seconds, settings.read_seconds)

    async def close(self) -> None:
        """Close what is open."""
        await self._client.aclose()

    async def ask(self, address: str, validators: Validators, *, private: bool, cut: int = 0) -> Answer:
        """What is at an address now. Never raises for what servers do.

        Args:
            address: of the web.
            validators: what we have of it.
            private: whether addresses of private networks are allowed.
            cut: how many bytes of it are enough; 0 wants it whole, and refuses more than is configured.
        """
        answer = Answer(address, address)
        whole = self._settings.whole_seconds
        try:
            async with asyncio.timeout(whole):
                return await self._asked(answer, validators, private, cut)
        except TimeoutError:
            return replace(answer, problem=f"It took longer than {whole} s ([follow] whole_seconds).", passing=True)
        except Refused as why:
            return replace(answer, problem=f"Not asked: {why}.")
        except httpx.HTTPError as error:
            return replace(answer, problem=checked.said(error), passing=True)
        except OSError as error:
            return replace(answer, problem=f"Its host cannot be found: {error.strerror or error}.", passing=True)
        except (httpx.InvalidURL, UnicodeError, ValueError) as error:
            return replace(answer, problem=f"It cannot be asked: {error}.")

    async def _asked(self, answer: Answer, validators: Validators, private: bool, cut: int) -> Answer:
        response = await checked.send(
            self._client,
            "GET",
            answer.asked,
            validators.headers(),
            private=private,
            allowing="private = true in its source",
        )
        try:
            return await _read(answer, response, cut or self._settings.max_mb * MEGABYTE, bool(cut))
        finally:
            await response.aclose()


async def _read(answer: Answer, response: httpx.Response, most: int, cut: bool) -> Answer:
    headers, status = response.headers, response.status_code
    answer = replace(answer, status=status)
    if status in REDIRECTS:
        return replace(answer, moved=headers.get("location", ""))
    kept = Validators(headers.get("etag", "")[:1024], headers.get("last-modified", "")[:256])
    if status == 304:
        return replace(answer, validators=kept)
    if status != 200:
        wait = retry_after(headers) if status in (429, 503) else 0.0
        passing = status in (408, 425, 429) or status >= 500
        return replace(answer, problem=f"The server answered {status}.", passing=passing, wait=wait)
    try:
        body = await _body(response, most)
    except _TooLarge as more:
        if cut:
            return replace(answer, body=more.start)
        return replace(answer, problem=f"It has more than {most / MEGABYTE:g} MB ([follow] max_mb).")
    except _Coded as error:
        return replace(answer, problem=f"Its compression cannot be undone: {error}.", passing=True)
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    return replace(answer, body=body, kind=kind, charset=response.charset_encoding or "", validators=kept)


class _TooLarge(Exception):
    def __init__(self, start: bytes = b"") -> None:
        super().__init__()
        self.start = start


class _Coded(Exception):
    pass


async def _body(response: httpx.Response, most: int) -> bytes:
    """The body with its coding undone, no more than `most` bytes of it ever."""
    coding = response.headers.get("content-encoding", "").strip().lower()
    if coding in ("", "identity"):
        parts: AsyncIterator[bytes] = response.aiter_raw()
    elif coding in _CODINGS:
        parts = _inflated(response.aiter_raw(), coding, most)
    else:
        raise _Coded(f"{coding[:40]!r} was not asked for")
    found: list[bytes] = []
    size = 0
    async for part in parts:
        size += len(part)
        found.append(part)
        if size > most:
            raise _TooLarge(b"".join(found)[:most])
    return b"".join(found)


async def _inflated(parts: AsyncIterator[bytes], coding: str, most: int) -> AsyncIterator[bytes]:
    member = zlib.decompressobj(_CODINGS[coding])
    first = True
    taken = 0
    try:
        async for data in parts:
            taken += len(data)
            if taken > most:
                raise _TooLarge
            held = data
            while held:
                try:
                    out = member.decompress(held, _STEP)
                except zlib.error:
                    if not (first and coding == "deflate"):
                        raise
                    member = zlib.decompressobj(-zlib.MAX_WBITS)  # as some servers send it, without a header
                    out = member.decompress(held, _STEP)
                first = False
                held = member.unconsumed_tail
                if out:
                    yield out
                if member.eof:
                    break
            if member.eof:
                return
        yield member.flush()
    except zlib.error as error:
        raise _Coded(str(error)) from None
    if not member.eof:
        raise _Coded("it ends too early")


def retry_after(headers: Mapping[str, str]) -> float:
    """The seconds that a server wants to be left alone for; 0 where it says nothing."""
    stated = headers.get("retry-after", "").strip()
    if stated.isascii() and stated.isdigit():
        return min(float(stated[:9]), LONGEST_WAIT)
    try:
        when = parsedate_to_datetime(stated)
    except (ValueError, TypeError):
        return 0.0
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    return min(max(0.0, (aware - datetime.now(UTC)).total_seconds()), LONGEST_WAIT)
