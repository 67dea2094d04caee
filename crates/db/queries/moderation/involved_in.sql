-- Who is part of what a proposal is about, and so does not decide it: its targets and authors of its posts; those who are one
-- of these by their own word; and the members who reported any of them. Whether the proposal names the case plays no
-- part, nor which of its reports it names: else leaving that out would be a way around recusal. What the accused alone say of
-- others is not believed: naming all moderators as aliases would else shut them all out (it counts as a mention).
WITH accused AS (
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
      FROM cases_of_proposal($1) AS involved (case_id)
      JOIN cases c ON c.id = involved.case_id
     WHERE c.target_account_id IS NOT NULL
)
SELECT id AS "id!" FROM accused
 UNION
-- (Members alone hold offices, and they are few.)
SELECT other.id
  FROM accused
  JOIN accounts a ON a.id = accused.id
  JOIN accounts other
    ON other.domain IS NULL
   AND other.id <> a.id
   AND (other.moved_to_id = a.id OR a.uri = ANY (other.also_known_as))
 UNION
SELECT r.reporter_id
  FROM cases_of_proposal($1) AS involved (case_id)
  JOIN reports r ON r.case_id = involved.case_id
 WHERE r.origin = 'member' AND r.reporter_id IS NOT NULL
