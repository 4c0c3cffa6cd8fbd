-- Corrections whose item is not there any more, since a later run found it elsewhere or not at all.
SELECT c.doc_id, c.item, c.item_key, c.text, c.field, c.verdict, c.made_by, c.made_at, c.note
FROM corrections c
WHERE c.item <> 'document' AND NOT EXISTS (
  SELECT 1
  FROM (
    SELECT 'quantity' AS item, doc_id, item_key, text FROM quantities
    UNION ALL SELECT 'deadline', doc_id, item_key, text FROM deadlines
    UNION ALL SELECT 'body', doc_id, item_key, text FROM bodies
    UNION ALL SELECT 'goal', doc_id, item_key, text FROM goals
    UNION ALL SELECT 'task', doc_id, item_key, text FROM tasks
    UNION ALL SELECT 'reference', doc_id, item_key, text FROM refs
  ) i
  WHERE i.item = c.item AND i.doc_id = c.doc_id AND i.item_key = c.item_key AND i.text = c.text
)
