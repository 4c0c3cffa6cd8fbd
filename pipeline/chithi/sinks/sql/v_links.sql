-- What a document cites, in which relation, and the cited document where it is loaded. One number is borne by documents
-- of many issuers, so the citation's issuer must begin the document's; without an issuer the dates must agree, without
-- a date either the issuer is that of the citing document.
SELECT
  r.doc_id, r.id AS ref_id, r.text AS citation, r.relation, r.number AS cited_number, r.doc_type AS cited_type,
  r.issuer AS cited_issuer, r.issued_on AS cited_on, s.number, s.issuer, s.issued_on, t.doc_id AS cited_doc_id
FROM v_refs r
JOIN v_documents s ON s.doc_id = r.doc_id
LEFT JOIN v_documents t
  ON t.number_key = r.number_key
  AND t.doc_id <> r.doc_id
  AND (t.issued_on = r.issued_on OR t.issued_on IS NULL OR r.issued_on IS NULL)
  AND CASE
    WHEN r.issuer_key IS NOT NULL THEN SUBSTR(t.issuer_key, 1, LENGTH(r.issuer_key)) = r.issuer_key
    WHEN r.issued_on IS NOT NULL THEN t.issued_on = r.issued_on
    ELSE t.issuer_key = s.issuer_key
  END
