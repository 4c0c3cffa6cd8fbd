"""Documents inside files: archives and e-mails."""

import base64
import io
import zipfile
from email.message import EmailMessage
from pathlib import Path

import pytest

from chithi.ingest.documents import Document, expand
from chithi.ingest.limits import DEFAULT, Limits

TEXT = "Đến năm 2030, 90% số xã có trạm y tế kiên cố.\n".encode()


def packed(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", method) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return data.getvalue()


def inside(data: bytes, *, uri: str = "a.zip", limits: Limits = DEFAULT) -> list[tuple[str, bytes | str | None]]:
    """Names of the documents in a file, each with its bytes or the code of what is wrong with it."""
    found = expand(Document(uri, data=data), limits=limits)
    return [(d.uri, d.error.code if d.error is not None else d.data) for d in found]


def codes(data: bytes, *, uri: str = "a.zip", limits: Limits = DEFAULT) -> list[tuple[str, str]]:
    return [(name, what if isinstance(what, str) else "ok") for name, what in inside(data, uri=uri, limits=limits)]


# Archives.


def test_members_come_in_the_order_of_their_names() -> None:
    data = packed(("b.txt", b"2"), ("c/a.md", b"3"), ("Kế hoạch.html", b"1"), ("a.txt", b"1"))
    assert inside(data) == [
        ("a.zip!/Kế hoạch.html", b"1"),
        ("a.zip!/a.txt", b"1"),
        ("a.zip!/b.txt", b"2"),
        ("a.zip!/c/a.md", b"3"),
    ]


def test_hidden_members_folders_and_other_kinds_are_left_out() -> None:
    names = ("x/", ".a.txt", ".git/a.txt", "__MACOSX/._a.txt", "a.xlsx", "README", "a.txt")
    assert inside(packed(*((name, TEXT) for name in names))) == [("a.zip!/a.txt", TEXT)]


def test_an_archive_without_documents_fails() -> None:
    assert codes(packed(("a.xlsx", b"x"))) == [("a.zip", "no_documents")]


def test_archives_in_archives_are_opened() -> None:
    data = packed(("in.zip", packed(("a.txt", TEXT))), ("b.txt", TEXT))
    assert inside(data) == [("a.zip!/b.txt", TEXT), ("a.zip!/in.zip!/a.txt", TEXT)]


def test_archives_too_deep_fail_alone() -> None:
    data = packed(("x.txt", TEXT))
    for _ in range(5):
        data = packed(("in.zip", data), ("x.txt", TEXT))
    assert codes(data) == [
        ("a.zip!/in.zip!/in.zip!/in.zip", "nested_archive"),
        ("a.zip!/in.zip!/in.zip!/x.txt", "ok"),
        ("a.zip!/in.zip!/x.txt", "ok"),
        ("a.zip!/x.txt", "ok"),
    ]


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("../../etc/passwd.txt", "etc/passwd.txt"),
        ("/root/a.txt", "root/a.txt"),
        ("C:\\docs\\a.txt", "docs/a.txt"),
        ("x\\..\\..\\a.txt", "x/a.txt"),
    ],
)
def test_names_that_lead_out_are_only_labels(name: str, label: str) -> None:
    assert codes(packed((name, TEXT), ("z.txt", TEXT))) == [(f"a.zip!/{label}", "unsafe_name"), ("a.zip!/z.txt", "ok")]


def test_names_in_utf_8_that_do_not_say_so_are_read() -> None:
    data = packed(("ke hoach.txt", TEXT))
    assert inside(data.replace(b"ke hoach", "kế hoc".encode())) == [("a.zip!/kế hoc.txt", TEXT)]


def encrypted(data: bytes) -> bytes:
    """Set the mark of encryption on every member."""
    out = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := data.find(mark, start + 1)) >= 0:
            out[start + at] |= 1
    return bytes(out)


def test_encrypted_members_fail_alone() -> None:
    assert codes(encrypted(packed(("a.txt", TEXT)))) == [("a.zip!/a.txt", "encrypted")]


def test_a_damaged_member_fails_alone() -> None:
    data = packed(("a.txt", b"x" * 100), ("b.txt", TEXT), method=zipfile.ZIP_STORED)
    assert codes(data.replace(b"x" * 100, b"y" * 100)) == [("a.zip!/a.txt", "damaged"), ("a.zip!/b.txt", "ok")]


def test_large_members_fail_alone() -> None:
    data = packed(("a.txt", b"x" * 101), ("b.txt", b"x" * 100), method=zipfile.ZIP_STORED)
    assert codes(data, limits=Limits(max_bytes=100)) == [("a.zip!/a.txt", "too_large"), ("a.zip!/b.txt", "ok")]


def test_all_members_together_are_bounded_and_what_was_read_before_stays() -> None:
    data = packed(*((f"{n}.txt", b"x" * 100) for n in range(5)), ("in.zip", b"x"))
    assert codes(data, limits=Limits(max_unpacked=250)) == [
        ("a.zip!/0.txt", "ok"),
        ("a.zip!/1.txt", "ok"),
        ("a.zip", "too_large"),
    ]


def test_archives_inside_share_the_bound_of_the_outer_one() -> None:
    data = packed(("a.zip", packed(("x.txt", b"x" * 1000))), ("b.txt", TEXT), method=zipfile.ZIP_STORED)
    assert codes(data, limits=Limits(max_unpacked=500)) == [("a.zip!/a.zip", "too_large")]


def test_a_file_that_holds_no_others_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT)
    document = Document("a.txt", tmp_path / "a.txt")
    assert list(expand(document)) == [document]


# E-mail.


def mail(*attachments: tuple[str, bytes], text: str = "", html: str = "") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "vp@xa.vn", "ubnd@huyen.vn", "Kế hoạch"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def test_a_mail_gives_its_body_and_its_attachments() -> None:
    data = mail(("kế hoạch.docx", b"1"), ("ảnh.xyz", b"x"), ("b.txt", TEXT), text="Gửi kèm kế hoạch.")
    assert inside(data, uri="m.eml") == [
        ("m.eml!/body.txt", "Gửi kèm kế hoạch.".encode()),
        ("m.eml!/kế hoạch.docx", b"1"),
        ("m.eml!/b.txt", TEXT),
    ]


def test_the_body_in_html_goes_before_the_same_in_text() -> None:
    assert inside(mail(text="Đạt 95%", html="<p>Đạt 95%</p>"), uri="m.eml") == [
        ("m.eml!/body.html", "<p>Đạt 95%</p>".encode())
    ]


def test_a_mail_without_body_gives_its_attachments_alone() -> None:
    assert codes(mail(("a.txt", TEXT)), uri="m.eml") == [("m.eml!/a.txt", "ok")]


def test_archives_and_mails_in_a_mail_are_opened() -> None:
    data = mail(("a.zip", packed(("x.txt", TEXT))), ("in.eml", mail(("y.txt", TEXT))))
    assert codes(data, uri="m.eml") == [("m.eml!/a.zip!/x.txt", "ok"), ("m.eml!/in.eml!/y.txt", "ok")]


def test_a_forwarded_mail_is_opened() -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@xa.vn", "b@xa.vn", "Fwd"
    inner = EmailMessage()
    inner["From"], inner["To"], inner["Subject"] = "a@xa.vn", "b@xa.vn", "Kế hoạch"
    inner.set_content("Đạt 95%")
    message.set_content(" ")
    message.add_attachment(inner)
    assert codes(message.as_bytes(), uri="m.eml") == [("m.eml!/attachment-1.eml!/body.txt", "ok")]


def test_pictures_of_the_body_are_no_documents() -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@xa.vn", "b@xa.vn", "Kế hoạch"
    message.set_content("<p>Đạt 95%</p><img src='cid:logo'>", subtype="html")
    message.add_related(b"\x89PNG\r\n", maintype="image", subtype="png", cid="<logo>", filename="logo.png")
    assert codes(message.as_bytes(), uri="m.eml") == [("m.eml!/body.html", "ok")]


@pytest.mark.parametrize("charset", ["utf-8", "windows-1258", "utf-16"])
def test_texts_are_decoded_by_the_charset_that_they_name(charset: str) -> None:
    head = f"From: a@x.vn\nTo: b@x.vn\nSubject: x\nContent-Type: text/plain; charset={charset}\n".encode()
    data = head + b"Content-Transfer-Encoding: base64\n\n" + base64.encodebytes("Đang 95%".encode(charset))
    assert inside(data, uri="m.eml") == [("m.eml!/body.txt", "Đang 95%".encode())]


def test_an_empty_mail_fails() -> None:
    assert codes(mail(), uri="m.eml") == [("m.eml", "no_documents")]


def test_a_large_mail_fails() -> None:
    assert codes(mail(text="x" * 200), uri="m.eml", limits=Limits(max_bytes=200)) == [("m.eml", "too_large")]
