-- Who is part of what a proposal is about: its targets and authors of its posts, with their other selves, and whoever
-- reported it (as a member: opening a proposal in office is no report).
WITH targets AS (
    SELECT a.id
      FROM proposal_targets t
      JOIN accounts a ON t.target_type = 'account' AND a.id::text = t.target_key
     WHERE t.proposal_id = $1
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
     WHERE p.id = $1 AND c.target_account_id IS NOT NULL
     UNION
    SELECT c.target_account_id
      FROM proposal_targets t
      JOIN cases c ON t.target_type = 'case' AND c.id::text = t.target_key
     WHERE t.proposal_id = $1 AND c.target_account_id IS NOT NULL
)
SELECT id AS "id!" FROM targets
 UNION
-- The same person elsewhere: where they moved, and who says to be them.
SELECT a.moved_to_id
  FROM accounts a JOIN targets ON targets.id = a.id
 WHERE a.moved_to_id IS NOT NULL
 UNION
SELECT other.id
  FROM targets
  JOIN accounts a ON a.id = targets.id
  JOIN accounts other ON other.uri = ANY (a.also_known_as)
 UNION
SELECT other.id
  FROM targets
  JOIN accounts a ON a.id = targets.id
  JOIN members m ON true
  JOIN accounts other ON other.id = m.account_id AND a.uri = ANY (other.also_known_as)
 UNION
SELECT r.reporter_id
  FROM proposals p
  JOIN reports r ON r.id = ANY (p.report_ids)
 WHERE p.id = $1 AND r.origin = 'member' AND r.reporter_id IS NOT NULL
