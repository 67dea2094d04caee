-- Whether a proposal is directed against somebody in office.
SELECT EXISTS (
           SELECT 1
             FROM proposal_targets t
             LEFT JOIN statuses s ON t.target_type = 'status' AND s.id::text = t.target_key
             JOIN persons p
               ON p.account_id = s.account_id
               OR (t.target_type = 'account' AND p.account_id::text = t.target_key)
            WHERE t.proposal_id = $1
              AND (   EXISTS (SELECT 1 FROM moderator_seats m WHERE m.person_id = p.id AND m.ended_at IS NULL)
                   OR EXISTS (SELECT 1 FROM board_members b WHERE b.person_id = p.id AND b.ended_at IS NULL))) AS "is!"
