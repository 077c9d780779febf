from intake.documents import docx, odt, samples


def test_the_readers_accept_the_samples() -> None:
    assert docx.read(samples.docx()).html == odt.read(samples.odt()).html == "<p>A</p>"
