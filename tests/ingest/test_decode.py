"""Bytes to characters: what is believed, what is guessed with a check, what is refused."""

import codecs
import unicodedata

import pytest

from chithi.errors import DocumentError
from chithi.ingest.decode import decode, looks_like_utf16, reads_as_vietnamese

TEXT = "Phấn đấu đến cuối nhiệm kỳ, 85% số thôn có nhà văn hóa đạt chuẩn; hộ nghèo giảm còn dưới 3%."


def windows_1258(text: str) -> bytes:
    """Encode as Windows does: tones of their own behind a vowel that carries its other mark."""
    out = b""
    for char in unicodedata.normalize("NFC", text):
        try:
            out += char.encode("cp1258")
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", char)
            tones = "".join(c for c in parts if c in "\u0300\u0301\u0303\u0309\u0323")
            out += unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones)).encode("cp1258")
            out += tones.encode("cp1258")
    return out


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"), "utf-16-le"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16-be"),
        (codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"), "utf-32-le"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
    ],
    ids=["utf-8", "utf-8 mark", "utf-16-le mark", "utf-16-be mark", "utf-32-le mark", "utf-16-le", "utf-16-be"],
)
def test_unicode_is_read_without_its_mark(data: bytes, encoding: str) -> None:
    decoded = decode(data)
    assert (decoded.text, decoded.encoding) == (TEXT, encoding)


def test_windows_1258_is_read_where_it_reads_as_vietnamese() -> None:
    decoded = decode(windows_1258(TEXT))
    assert (unicodedata.normalize("NFC", decoded.text), decoded.encoding) == (TEXT, "windows-1258")


@pytest.mark.parametrize(
    "data",
    [
        "Le comité a décidé d'améliorer les écoles du département dès la rentrée".encode("latin-1"),
        b"Ph\xe1a\xfdn \xf1\xe1a\xfdu \xf1e\xe1a nh\xea\xeam 2030 gia\xfb\xfbm h\xe4 nhge\xf8o",
        "計画の目標は百分の九十です。学校を建てます。".encode("shift_jis"),
    ],
    ids=["French in Latin-1", "no Vietnamese", "Japanese"],
)
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        decode(data)
    assert caught.value.code == "encoding"


def test_the_refusal_says_what_was_tried_and_what_to_do() -> None:
    with pytest.raises(
        DocumentError, match=r"not UTF-8 \(byte 1: .*tried \(windows-1258, tcvn3, .*Convert it to UTF-8"
    ):
        decode(b"a\xff\xfe\x81")


@pytest.mark.parametrize(
    "data",
    [codecs.BOM_UTF16_LE + b"\x00\xd8a\x00", codecs.BOM_UTF8 + b"ok \xed\xa0\x80", b"n \xed\xa0\x80 2025"],
    ids=["utf-16", "utf-8 with a mark", "utf-8"],
)
def test_lone_surrogates_are_refused(data: bytes) -> None:
    with pytest.raises(DocumentError) as caught:
        decode(data)
    assert caught.value.code == "encoding"


@pytest.mark.parametrize("text", ["một\r\nhai\rba\n", "a\u2028b\x0cc", "NFD: e\u0302\u0301"])
def test_characters_and_line_ends_are_left_alone(text: str) -> None:
    assert decode(text.encode()).text == text


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        (b'<meta charset="windows-1258">', "windows-1258"),
        (b'<META http-equiv=Content-Type content="text/html; charset=windows-1258">', "windows-1258"),
        (b'<meta charset="iso-8859-1">', "windows-1252"),
    ],
)
def test_a_page_may_declare_its_encoding(head: bytes, encoding: str) -> None:
    body = windows_1258(TEXT) if encoding == "windows-1258" else b"caf\xe9 &#273;&#7871;n n&#259;m"
    assert decode(head + body, markup=True).encoding == encoding


def test_a_declared_encoding_that_does_not_exist_is_passed_over() -> None:
    assert decode(b"<meta charset=x-font>" + windows_1258(TEXT), markup=True).encoding == "windows-1258"


@pytest.mark.parametrize("data", [b"", b"abc", b"a\x00b\x00c", b"\x00" * 40, b"plain words here"])
def test_what_is_not_utf_16(data: bytes) -> None:
    assert looks_like_utf16(data) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ủy ban nhân dân huyện", True),
        ("quý, thuở, nguyễn, khuya, giêng, gì, oẳn", True),
        ("English only", False),
        ("Straße, Größe, Übung", False),
        ("žluťoučký kůň úpěl", False),
    ],
)
def test_reads_as_vietnamese(text: str, expected: bool) -> None:
    assert reads_as_vietnamese(text) is expected
