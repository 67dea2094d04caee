-- Whether a proposal is about one of a person's accounts: itself, its posts, posts that it cites, or reports about it.
SELECT coalesce(bool_or(is_account_of(accused.id, $2)), false) AS "is_about!"
  FROM (
        SELECT t.target_key::bigint AS id
          FROM proposal_targets t
         WHERE t.proposal_id = $1 AND t.target_type = 'account'
         UNION
        SELECT s.account_id
          FROM proposal_targets t
          JOIN statuses s ON t.target_type = 'status' AND s.id::text = t.target_key
         WHERE t.proposal_id = $1
         UNION
        SELECT s.account_id
          FROM proposals p
          JOIN statuses s ON s.id = ANY (p.status_ids)
         WHERE p.id = $1
         UNION
        SELECT c.target_account_id
          FROM proposals p
          JOIN cases c ON c.id = p.case_id
         WHERE p.id = $1
         UNION
        SELECT c.target_account_id
          FROM proposal_targets t
          JOIN cases c ON t.target_type = 'case' AND c.id::text = t.target_key
         WHERE t.proposal_id = $1) accused
