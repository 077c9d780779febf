"""Valid and malformed HTTP, sent to a real web server. Points 42 and 43 of the security list."""

from intake.web.server.protocol import HEADER_BYTES
from tests.web.bodies import MULTIPART, multipart
from tests.web.people import WORDS
from tests.web.server.conftest import Served

CHUNKED = (
    f"POST /api/v1/submissions HTTP/1.1\r\nHost: here\r\nConnection: close\r\nContent-Type: {MULTIPART}\r\n"
    "Transfer-Encoding: chunked\r\n\r\n"
).encode()


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


def test_a_body_in_chunks_is_taken_and_a_broken_one_is_not(served_all: Served) -> None:
    whole = multipart(WORDS, [])
    half = len(whole) // 2
    parts = chunk(whole[:half]) + chunk(whole[half:])
    assert served_all.talk(CHUNKED, parts, chunk(b"")).startswith(b"HTTP/1.1 201 ")
    for broken in (b"zz\r\n", parts + b"xyz\r\n", b"-1\r\n", b"fffffffffffffffffff\r\n"):
        assert served_all.talk(CHUNKED, broken).startswith(b"HTTP/1.1 400 "), broken
    # The last chunk is missing, because the client disconnects, so the submission must not be accepted.
    assert b" 201 " not in served_all.talk(CHUNKED, parts)


def test_requests_that_could_be_read_in_two_ways(served_all: Served) -> None:
    head = "POST /submissions HTTP/1.1\r\nHost: here\r\n"
    for lines in (
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Content-Length: +5",
        "Content-Length: -5",
        "Content-Length : 5",
        "Transfer-Encoding: chunked, identity",
    ):
        assert served_all.talk(f"{head}{lines}\r\n\r\nabcde".encode()).startswith(b"HTTP/1.1 400 "), lines


def test_headers_without_end(served_all: Served) -> None:
    answer = served_all.talk(b"GET / HTTP/1.1\r\nHost: here\r\nX-a: ", b"a" * (HEADER_BYTES + 1))
    assert answer.startswith(b"HTTP/1.1 431 ")


def test_several_requests_on_one_connection(served_all: Served) -> None:
    ask = b"GET /healthz/live HTTP/1.1\r\nHost: here\r\n"
    answer = served_all.talk(ask + b"\r\n", ask + b"Connection: close\r\n\r\n")
    assert answer.count(b"HTTP/1.1 200 OK") == 2


def test_only_the_headers_are_asked_for(served_all: Served) -> None:
    head, _, rest = served_all.talk(
        b"HEAD /send HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"
    ).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 ")
    assert rest == b""


def test_an_answer_that_comes_before_the_end_of_the_body_is_read(served_all: Served) -> None:
    """The server receives the rest of the body, because a reset of the connection would lose the response."""
    body = bytes(3_000_000)
    answer = served_all.talk(
        b"POST /nowhere HTTP/1.1\r\nHost: here\r\nContent-Length: %d\r\n\r\n" % len(body), body
    )
    assert answer.startswith(b"HTTP/1.1 404 ")
    assert b"connection: close" in answer.partition(b"\r\n\r\n")[0].lower()


def test_paths_in_any_script_and_with_stray_bytes(served_all: Served) -> None:
    for path in ("/%D0%BF%D1%83%D1%82%D1%8C", "/%ff%fe", "/%00", "//send", "/send/../desk"):
        answer = served_all.talk(f"GET {path} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n".encode())
        assert answer[9:12] in {b"404", b"308", b"200", b"303"}, (path, answer[:200])
    assert served_all.talk(b"GET /\xff HTTP/1.1\r\nHost: here\r\n\r\n").startswith(b"HTTP/1.1 400 ")
