-- The statuses above and below one, and itself. Below: branch by branch, each in the order of its statuses.
-- Left out are authors whom the viewer blocks or mutes, and limited ones whom the viewer does not follow.
-- $1: the status. $2: who looks. $3: most above. $4: most below. $5: deepest below.
WITH RECURSIVE above (id, in_reply_to_id, distance) AS (
    SELECT s.id, s.in_reply_to_id, 0
      FROM statuses s
     WHERE s.id = $1
     UNION ALL
    SELECT p.id, p.in_reply_to_id, a.distance + 1
      FROM above a
      JOIN statuses p ON p.id = a.in_reply_to_id
     WHERE a.distance < $3
       -- Two servers can make posts answer each other in a ring.
       AND p.id <> $1
), below (id, path) AS (
    SELECT s.id, ARRAY[s.id]
      FROM statuses s
     WHERE s.in_reply_to_id = $1
       AND s.id <> $1
     UNION ALL
    SELECT s.id, b.path || s.id
      FROM below b
      JOIN statuses s ON s.in_reply_to_id = b.id
     WHERE cardinality(b.path) < $5
       AND s.id <> ALL (b.path)
       AND s.id <> $1
), tree AS (
    SELECT a.id, -a.distance AS level, ARRAY[]::bigint[] AS path
      FROM above a
     UNION ALL
    -- The limit inside: the tree is walked level by level, and no further than needed (S63).
    (SELECT b.id, 1, b.path FROM below b LIMIT $4)
)
SELECT t.id AS "id!", t.level AS "level!"
  FROM tree t
 WHERE t.level = 0
    OR EXISTS (
           SELECT 1
             FROM statuses s
            WHERE s.id = t.id
              AND (   s.account_id = $2
                   OR (    (   NOT EXISTS (SELECT 1 FROM accounts a
                                            WHERE a.id = s.account_id AND a.silenced_at IS NOT NULL OFFSET 0)
                            OR EXISTS (SELECT 1 FROM follows f
                                        WHERE f.follower_id = $2 AND f.followee_id = s.account_id OFFSET 0))
                       AND NOT EXISTS (SELECT 1 FROM blocks b
                                        WHERE b.blocker_id = $2 AND b.blocked_id = s.account_id OFFSET 0)
                       AND NOT EXISTS (SELECT 1 FROM mutes m
                                        WHERE m.muter_id = $2 AND m.muted_id = s.account_id OFFSET 0)))
           -- Looked up one by one: nobody can foresee how long a thread is, and PostgreSQL would prepare for the worst.
           OFFSET 0)
 ORDER BY t.level, t.path
