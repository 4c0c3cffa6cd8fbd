-- What a document replaces, repeals or amends.
SELECT
  doc_id, number, issuer, issued_on, relation, citation, cited_number, cited_issuer, cited_on, cited_doc_id
FROM v_links
WHERE relation IN ('replaces', 'repeals', 'amends')
