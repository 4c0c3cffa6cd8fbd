-- Where a reported value meets a target: the same indicator and unit, reported no earlier than the target was set.
SELECT
  g.indicator, g.indicator_key, g.doc_id, g.number, g.issuer, g.issued_on, g.op, g.low, g.high, g.unit, g.due_on,
  d.doc_id AS report_doc_id, d.number AS report_number, d.issuer AS report_issuer, d.issued_on AS reported_on,
  q.low AS achieved, q.text AS achieved_text,
  CASE
    WHEN g.delta IS NOT NULL OR q.delta IS NOT NULL THEN NULL
    WHEN g.op = 'le' AND q.low <= g.high THEN 'yes'
    WHEN g.op = 'lt' AND q.low < g.high THEN 'yes'
    WHEN g.op IN ('eq', 'ge', 'approx', 'range') AND q.low >= g.low THEN 'yes'
    WHEN g.op = 'gt' AND q.low > g.low THEN 'yes'
    ELSE 'no'
  END AS reached
FROM v_targets g
JOIN v_quantities q ON q.indicator_key = g.indicator_key AND q.unit = g.unit AND q.role = 'achieved'
JOIN v_documents d ON d.doc_id = q.doc_id
WHERE d.issued_on IS NULL OR g.issued_on IS NULL OR d.issued_on >= g.issued_on
