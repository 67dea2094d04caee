-- Moderators take a post from everybody's sight, with the boosts of it. Unlike a deletion by its author everything that hangs on
-- it stays where it is, hidden, and its id is not buried: it can come back. $1: the post. $2: now.
WITH gone AS (
    UPDATE statuses s
       SET deleted_at = $2,
           moderated_at = $2
     WHERE (s.id = $1 OR s.boost_of_id = $1)
       AND s.deleted_at IS NULL
 RETURNING s.id, s.account_id, s.visibility, s.in_reply_to_id, s.boost_of_id
), fewer AS (
    UPDATE accounts a
       SET statuses_count = greatest(0, a.statuses_count - lost.number)
      FROM (SELECT g.account_id, count(*) AS number
              FROM gone g
             WHERE g.visibility <> 'direct'
             GROUP BY g.account_id) lost
     WHERE a.id = lost.account_id
), answered AS (
    UPDATE statuses p
       SET replies_count = greatest(0, p.replies_count - 1)
      FROM gone g
     WHERE g.id = $1
       AND p.id = g.in_reply_to_id
       AND g.visibility IN ('public', 'unlisted')
), boosted AS (
    UPDATE statuses o
       SET boosts_count = greatest(0, o.boosts_count - 1)
      FROM gone g
     WHERE g.id = $1
       AND o.id = g.boost_of_id
)
SELECT EXISTS (SELECT 1 FROM gone WHERE id = $1) AS "was_there!"
