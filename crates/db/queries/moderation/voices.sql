-- Who says what in these reports, and what became of what they said before.
SELECT r.id, r.category, r.origin,
       -- A server is one voice, whoever speaks for it.
       coalesce(a.domain, r.reporter_id::text, r.origin) AS "who!",
       past.acted_on AS "acted_on!",
       past.dismissed AS "dismissed!",
       coalesce(a.silenced_at IS NOT NULL, false)
       OR EXISTS (
              SELECT 1 FROM domain_blocks b
               WHERE b.severity <> 'noop'
                 AND b.domain = ANY (domain_and_above(a.domain))) AS "is_limited!"
  FROM reports r
  LEFT JOIN accounts a ON a.id = r.reporter_id
 CROSS JOIN LATERAL (
           SELECT count(*) FILTER (WHERE c.outcome = 'action') AS acted_on,
                  count(*) FILTER (WHERE c.outcome = 'no_action') AS dismissed
             FROM reports earlier
             JOIN cases c ON c.id = earlier.case_id
            WHERE earlier.reporter_id = r.reporter_id AND earlier.case_id <> r.case_id) past
 WHERE r.id = ANY ($1)
 ORDER BY r.id
