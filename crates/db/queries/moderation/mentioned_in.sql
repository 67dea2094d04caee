-- Who is mentioned in what a proposal is about: in reported posts as they were seen, in its other posts as they are; and whom the
-- accused name as where they have moved, or as an alias.
SELECT mentioned.id::bigint AS "id!"
  FROM cases_of_proposal($1) AS involved (case_id)
  JOIN reports r ON r.case_id = involved.case_id
  JOIN report_evidence e ON e.report_id = r.id
 CROSS JOIN LATERAL jsonb_array_elements_text(coalesce(e.seen -> 'mentions', '[]')) AS mentioned (id)
 UNION
SELECT m.account_id
  FROM mentions m
 WHERE m.status_id IN (
           SELECT s.id
             FROM proposal_targets t
             JOIN statuses s ON t.target_type = 'status' AND s.id::text = t.target_key
            WHERE t.proposal_id = $1
            UNION
           SELECT unnest(p.status_ids) FROM proposals p WHERE p.id = $1)
   AND NOT EXISTS (
           SELECT 1
             FROM cases_of_proposal($1) AS involved (case_id)
             JOIN reports r ON r.case_id = involved.case_id
             JOIN report_evidence e ON e.report_id = r.id
            WHERE e.status_id = m.status_id)
 UNION
SELECT a.moved_to_id
  FROM proposal_targets t
  JOIN accounts a ON t.target_type = 'account' AND a.id::text = t.target_key
 WHERE t.proposal_id = $1 AND a.moved_to_id IS NOT NULL
 UNION
SELECT other.id
  FROM proposal_targets t
  JOIN accounts a ON t.target_type = 'account' AND a.id::text = t.target_key
  JOIN accounts other ON other.uri = ANY (a.also_known_as)
 WHERE t.proposal_id = $1
