-- What comes back, and on which days it is due: a row for each task, leading body and due date.
SELECT
  t.doc_id, t.id AS task_id, t.text AS task, b.name AS body, b.organisation_id, b.jurisdiction,
  l.text AS deadline, l.rrule, o.start_on, o.due_on, d.number, d.issuer, d.issued_on
FROM v_tasks t
JOIN v_documents d ON d.doc_id = t.doc_id
JOIN v_deadlines l ON l.doc_id = t.doc_id AND l.id = t.deadline_id
JOIN occurrences o ON o.doc_id = l.doc_id AND o.deadline_id = l.id
LEFT JOIN (
  SELECT tb.doc_id, tb.task_id, v.name, v.organisation_id, v.jurisdiction
  FROM task_bodies tb
  JOIN v_bodies v ON v.doc_id = tb.doc_id AND v.id = tb.body_id
  WHERE v.role = 'lead'
) b ON b.doc_id = t.doc_id AND b.task_id = t.id
