-- Where a body leads, coordinates, supervises or approves: ask by heir_id, and its former names are found too.
SELECT
  h.heir_id, h.heir, b.organisation_id, b.name AS body, b.canonical, b.role, b.jurisdiction,
  t.doc_id, t.id AS task_id, t.text AS task, l.end_on AS due_on, l.rrule, d.number, d.issuer, d.issued_on
FROM v_bodies b
JOIN task_bodies tb ON tb.doc_id = b.doc_id AND tb.body_id = b.id
JOIN v_tasks t ON t.doc_id = tb.doc_id AND t.id = tb.task_id
JOIN v_documents d ON d.doc_id = t.doc_id
LEFT JOIN v_heirs h ON h.organisation_id = b.organisation_id
LEFT JOIN v_deadlines l ON l.doc_id = t.doc_id AND l.id = t.deadline_id
