-- Who must finish what by when: a row for each task with a last day and each body that has a part in it.
SELECT
  t.doc_id, t.id AS task_id, t.text AS task, b.name AS body, b.role, b.organisation_id, b.jurisdiction,
  l.text AS deadline, l.start_on, l.end_on AS due_on, d.number, d.issuer, d.issued_on, d.title
FROM v_tasks t
JOIN v_documents d ON d.doc_id = t.doc_id
JOIN v_deadlines l ON l.doc_id = t.doc_id AND l.id = t.deadline_id
LEFT JOIN task_bodies tb ON tb.doc_id = t.doc_id AND tb.task_id = t.id
LEFT JOIN v_bodies b ON b.doc_id = tb.doc_id AND b.id = tb.body_id
WHERE l.end_on IS NOT NULL
