from intake.publishing.zip import ZipBuffer


def test_what_is_written_is_drained_once() -> None:
    pipe = ZipBuffer()
    assert pipe.writable()
    assert pipe.write(b"one") == 3
    pipe.write(memoryview(b"two"))
    assert pipe.drain() == b"onetwo"
    assert pipe.drain() == b""
