"""The tables of the Vietnamese encodings before Unicode, keyed by the characters that their bytes show as Latin-1.

Sources: TCVN 5712:1993 (its set VN3, which the ABC fonts such as `.VnTime` follow), RFC 1456 for VISCII, and the charts
of the keyboard drivers of the time for VPS, VNI and BK HCM2. A row holds sixteen codes from the one before it on; a dot
is a code that keeps its Latin-1 meaning.
"""

from __future__ import annotations

TCVN3 = """
A0 .ĂÂÊÔƠƯĐăâêôơưđẰ
B0 .....àảãáạẲằẳẵắẴ
C0 ẮẦẨẪẤỀặầẩẫấậèỂẻẽ
D0 éẹềểễếệìỉỄẾỒĩíịò
E0 Ổỏõóọồổỗốộờởỡớợù
F0 ỖủũúụừửữứựỳỷỹýỵỐ
"""
VISCII = """
00 ..Ẳ..ẴẪ.........
10 ....Ỷ....Ỹ....Ỵ.
80 ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐ
90 ỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ
A0 Õắằặấầẩậẽẹếềểễệố
B0 ồổỗỠƠộờởịỰỨỪỬơớƯ
C0 ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳ
D0 ĐứÒÓÔạỷừửÙÚỹỵÝỡư
E0 àáâãảăữẫèéêẻìíĩỉ
F0 đựòóôõỏọụùúũủýợỮ
"""
VPS = """
00 ..ẠẬẶẸỆ.........
10 ỊỌỘỢỤỰ...Ỵ..ẪỮ..
80 ÀẢÃẤẦẨọỗĂếềểệẮẰẲ
90 Ế..ỀỂỄỐỒỔỖýỷỵỚỜỞ
A0 .ắằẳẵặỠớÙờởỡŨỨợỪ
B0 ổỬỲỸÍÌộỈĨÓửữÒỎÕự
C0 ầÁÂấẩẫậđẻÉÊẹỉễịỹ
D0 ƯỦồốÔỏơÈừứÚũưÝẺ.
E0 àáâãảạă.èéêẽìí.ĩ
F0 ẴĐòóôõ.Ơụùúủ.ỶẼỳ
"""

# Encodings that write a vowel and a sign behind it: the vowel without a tone, what stands before a tone, and the signs
# of sắc, huyền, hỏi, ngã and nặng. Letters that are one sign stand in the table beside it.
VNI = {
    "a": ("a", "a", "ùøûõï"), "â": ("aâ", "a", "áàåãä"), "ă": ("aê", "a", "éèúüë"), "e": ("e", "e", "ùøûõï"),
    "ê": ("eâ", "e", "áàåãä"), "o": ("o", "o", "ùøûõï"), "ô": ("oâ", "o", "áàåãä"), "ơ": ("ô", "ô", "ùøûõï"),
    "u": ("u", "u", "ùøûõï"), "ư": ("ö", "ö", "ùøûõï"), "y": ("y", "y", "ùøûõ"),
}  # fmt: skip
VNI_WHOLE = {"đ": "ñ", "í": "í", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î"}
BK_HCM2 = {
    "a": ("a", "a", "áâãäå"), "â": ("ê", "ê", "ëìíîå"), "ă": ("ù", "ù", "æçèéå"), "e": ("e", "e", "áâãäå"),
    "ê": ("ï", "ï", "ëìíîå"), "o": ("o", "o", "áâãäå"), "ô": ("ö", "ö", "ëìíîå"), "ơ": ("ú", "ú", "áâãäå"),
    "u": ("u", "u", "áâãäå"), "ư": ("û", "û", "áâãäå"), "y": ("y", "y", "áâãäå"),
}  # fmt: skip
BK_HCM2_WHOLE = {"đ": "à", "í": "ñ", "ì": "ò", "ỉ": "ó", "ĩ": "ô", "ị": "õ"}
