-- Posts of a proposal that were edited after they were reported.
SELECT DISTINCT s.id
  FROM proposals p
  JOIN report_evidence e ON e.report_id = ANY (p.report_ids)
  JOIN statuses s ON s.id = e.status_id
 WHERE p.id = $1 AND s.edited_at > e.seen_at
 ORDER BY s.id
