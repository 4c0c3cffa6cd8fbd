-- The goals of a document beside those of the documents that are based on it; null where these do not take one up.
SELECT
  b.doc_id, b.number, b.issuer, b.indicator, b.op, b.low, b.high, b.unit, b.due_on,
  l.doc_id AS follower_doc_id, l.number AS follower_number, l.issuer AS follower_issuer,
  f.op AS follower_op, f.low AS follower_low, f.high AS follower_high, f.due_on AS follower_due_on
FROM (
  SELECT DISTINCT doc_id, number, issuer, cited_doc_id
  FROM v_links
  WHERE relation IN ('based_on', 'guides') AND cited_doc_id IS NOT NULL
) l
JOIN v_targets b ON b.doc_id = l.cited_doc_id
LEFT JOIN v_targets f ON f.doc_id = l.doc_id AND f.indicator_key = b.indicator_key AND f.unit = b.unit
