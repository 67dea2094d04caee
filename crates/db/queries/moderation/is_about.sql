-- Whether a proposal is about an account: itself, its posts, or the reports about it.
SELECT EXISTS (
           SELECT 1
             FROM proposal_targets t
            WHERE t.proposal_id = $1
              AND (   (t.target_type = 'account' AND t.target_key = $2::bigint::text)
                   OR (t.target_type = 'status'
                       AND EXISTS (
                               SELECT 1 FROM statuses s
                                WHERE s.id::text = t.target_key AND s.account_id = $2))))
    OR EXISTS (
           SELECT 1
             FROM proposals p
             JOIN cases c ON c.id = p.case_id
            WHERE p.id = $1 AND c.target_account_id = $2) AS "is_about!"
