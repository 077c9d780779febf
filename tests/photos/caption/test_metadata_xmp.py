from lxml import etree

from intake.photos.caption import CaptionCredit
from intake.photos.caption.metadata import packet

NAMES = {"rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "dc": "http://purl.org/dc/elements/1.1/"}


def test_the_packet_is_xml_whatever_the_words() -> None:
    words = CaptionCredit("<a> & ]]> {x} \"'", "?> <!--")
    tree = etree.fromstring(packet(words))
    assert tree.xpath("//dc:description/rdf:Alt/rdf:li/text()", namespaces=NAMES) == [words.caption]
    assert tree.xpath("//dc:creator/rdf:Seq/rdf:li/text()", namespaces=NAMES) == [words.credit]
    assert tree.xpath("//@xml:lang") == ["x-default"]


def test_there_is_no_empty_property() -> None:
    assert b"dc:creator" not in packet(CaptionCredit("A door", ""))
    assert b"dc:description" not in packet(CaptionCredit("", "A. N."))
