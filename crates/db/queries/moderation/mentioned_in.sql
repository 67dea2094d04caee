-- Who is mentioned in the posts that a proposal is about, cites, or whose reports it answers.
SELECT DISTINCT m.account_id
  FROM mentions m
 WHERE m.status_id IN (
           SELECT s.id
             FROM proposal_targets t
             JOIN statuses s ON t.target_type = 'status' AND s.id::text = t.target_key
            WHERE t.proposal_id = $1
            UNION
           SELECT unnest(p.status_ids) FROM proposals p WHERE p.id = $1
            UNION
           SELECT unnest(r.status_ids)
             FROM proposals p
             JOIN reports r ON r.id = ANY (p.report_ids)
            WHERE p.id = $1)
 ORDER BY m.account_id
