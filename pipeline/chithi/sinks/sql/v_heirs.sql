-- What an organisation is today: itself, what came after it, and what came after that.
WITH RECURSIVE heirs (organisation_id, heir_id) AS (
  SELECT organisation_id, organisation_id FROM organisations
  UNION
  SELECT h.organisation_id, s.successor_id
  FROM heirs h
  JOIN organisation_successors s ON s.organisation_id = h.heir_id
)
SELECT h.organisation_id, o.name, h.heir_id, p.name AS heir
FROM heirs h
JOIN organisations o ON o.organisation_id = h.organisation_id
JOIN organisations p ON p.organisation_id = h.heir_id
