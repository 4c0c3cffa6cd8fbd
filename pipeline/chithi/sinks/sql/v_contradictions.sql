-- Documents that contradict themselves.
SELECT n.doc_id, n.code, n.message, n.span_start, n.span_end, d.number, d.issuer, d.issued_on
FROM diagnostics n
JOIN v_documents d ON d.doc_id = n.doc_id
WHERE n.code IN ('contradiction', 'count_mismatch', 'parts_mismatch', 'deadline_before_document')
