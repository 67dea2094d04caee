-- Whether the case and the posts that a proposal names have to do with its targets.
WITH concerned AS (
    SELECT t.target_key::bigint AS id
      FROM proposal_targets t
     WHERE t.proposal_id = $1 AND t.target_type = 'account'
     UNION
    SELECT s.account_id
      FROM proposal_targets t
      JOIN statuses s ON t.target_type = 'status' AND s.id::text = t.target_key
     WHERE t.proposal_id = $1
     UNION
    SELECT c.target_account_id
      FROM proposal_targets t
      JOIN cases c ON t.target_type = 'case' AND c.id::text = t.target_key
     WHERE t.proposal_id = $1
)
SELECT (   p.case_id IS NULL
        OR EXISTS (
               SELECT 1
                 FROM cases c
                 LEFT JOIN accounts a ON a.id = c.target_account_id
                WHERE c.id = p.case_id
                  AND (   c.target_account_id IS NULL
                       OR c.target_account_id IN (SELECT id FROM concerned)
                       OR EXISTS (
                              SELECT 1
                                FROM proposal_targets t
                               WHERE t.proposal_id = $1
                                 AND (   t.target_type NOT IN ('account', 'status', 'domain', 'case')
                                      OR (t.target_type = 'case' AND t.target_key = c.id::text)
                                      OR (    t.target_type = 'domain'
                                          AND (   a.domain = t.target_key
                                               OR a.domain LIKE '%.' || t.target_key))))))) AS "case_fits!",
       NOT EXISTS (
           SELECT 1
             FROM unnest(p.status_ids) AS cited (id)
             LEFT JOIN statuses s ON s.id = cited.id
            WHERE (s.id IS NULL OR s.account_id NOT IN (SELECT id FROM concerned))
              AND EXISTS (SELECT 1 FROM concerned)) AS "posts_fit!"
  FROM proposals p
 WHERE p.id = $1
