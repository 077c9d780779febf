"""XMP (ISO 16684-1): dc:description and dc:creator."""

from html import escape

from intake.photos.caption.words import Words

_PACKET = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">{properties}</rdf:Description>'
    '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>'
)
_CAPTION = '<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:description>'
_CREDIT = "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>"


def packet(words: Words) -> bytes:
    """The packet, without the padding that programs leave to write into."""
    properties = [
        form.format(escape(word, quote=False))
        for form, word in ((_CAPTION, words.caption), (_CREDIT, words.credit))
        if word
    ]
    return _PACKET.format(properties="".join(properties)).encode()
