-- Tasks that lack a body, a deadline or both. An item of a section of tasks that names no body is no task of the
-- record; it comes from the diagnostic, with its place.
SELECT
  t.doc_id, t.id AS task_id, t.text AS task, t.span_start, t.span_end,
  CASE
    WHEN tb.task_id IS NOT NULL THEN 'deadline'
    WHEN l.id IS NOT NULL THEN 'body'
    ELSE 'body and deadline'
  END AS lacks,
  d.number, d.issuer
FROM v_tasks t
JOIN v_documents d ON d.doc_id = t.doc_id
LEFT JOIN (
  SELECT DISTINCT x.doc_id, x.task_id
  FROM task_bodies x
  JOIN v_bodies b ON b.doc_id = x.doc_id AND b.id = x.body_id
) tb ON tb.doc_id = t.doc_id AND tb.task_id = t.id
LEFT JOIN v_deadlines l ON l.doc_id = t.doc_id AND l.id = t.deadline_id
WHERE tb.task_id IS NULL OR l.id IS NULL
UNION ALL
SELECT
  p.doc_id, NULL, SUBSTR(d.text, CAST(p.span_start + 1 AS INTEGER), CAST(p.span_end - p.span_start AS INTEGER)),
  p.span_start, p.span_end, 'body', v.number, v.issuer
FROM diagnostics n
JOIN diagnostic_places p ON p.doc_id = n.doc_id AND p.position = n.position
JOIN documents d ON d.doc_id = n.doc_id
JOIN v_documents v ON v.doc_id = n.doc_id
WHERE n.code = 'task_without_body'
