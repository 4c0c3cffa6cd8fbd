-- All targets: an indicator with its value, by when, in which document. Ask by indicator_key.
SELECT
  g.doc_id, g.id AS goal_id, g.indicator, g.indicator_key, q.op, q.low, q.high, q.unit, q.delta,
  l.end_on AS due_on, CAST(SUBSTR(CAST(l.end_on AS VARCHAR(10)), 1, 4) AS INTEGER) AS year, l.rrule,
  d.number, d.doc_type, d.issuer, d.issued_on
FROM v_goals g
JOIN v_documents d ON d.doc_id = g.doc_id
JOIN v_quantities q ON q.doc_id = g.doc_id AND q.id = g.quantity_id
LEFT JOIN v_deadlines l ON l.doc_id = g.doc_id AND l.id = g.deadline_id
WHERE q.role = 'target'
