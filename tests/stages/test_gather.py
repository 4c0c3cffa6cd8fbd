"""Time limits of tasks: of which clauses, which of several, and the same one for goal and task."""

from __future__ import annotations

from collections.abc import Callable

from chithi.record import Record

Extract = Callable[[str], Record]

HEAD = "UBND TỈNH HÀ CHÂU\nSố: 15/KH-UBND\nHà Châu, ngày 12 tháng 02 năm 2025\n\nKẾ HOẠCH\nPhòng cháy rừng\n\n"
TASK = HEAD + "II. NHIỆM VỤ\n1. {}\n"


def test_limit_behind_a_semicolon_belongs_to_its_task(extract: Extract) -> None:
    text = "Sở Y tế sửa chữa trạm sơ cứu ở các xã ven rừng; hoàn thành trước ngày 30/4/2025."
    record = extract(TASK.format(text))
    texts = {d.id: d.text for d in record.deadlines}
    assert [texts[t.deadline or ""] for t in record.tasks] == ["trước ngày 30/4/2025"]


def test_day_of_a_yearly_report_is_its_deadline(extract: Extract) -> None:
    text = "Sở Y tế định kỳ hằng năm báo cáo kết quả về Ủy ban nhân dân tỉnh chậm nhất ngày 17 tháng 12."
    record = extract(TASK.format(text))
    rrules = {d.id: d.rrule for d in record.deadlines}
    assert [rrules[t.deadline or ""] for t in record.tasks] == ["FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=17"]


def test_attribute_keeps_the_deadline_that_a_goal_has(extract: Extract) -> None:
    text = "II. NHIỆM VỤ\n1. Sở Y tế sửa trạm sơ cứu.\n- Tiến độ thực hiện: phấn đấu hoàn thành trạm vào năm 2027.\n"
    record = extract(HEAD + text)
    assert {g.deadline for g in record.goals} | {t.deadline for t in record.tasks} <= {d.id for d in record.deadlines}
    assert [d.text for d in record.deadlines] == ["vào năm 2027"]
