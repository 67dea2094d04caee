-- Tells members of something, each once. $1: now. $2: what. $3: members. $4: who caused it. $5: the status.
INSERT INTO notifications (id, account_id, kind, from_id, status_id, created_at)
SELECT snowflake($1), m.account_id, $2, $4, $5, $1
  FROM members m
 WHERE m.account_id = ANY ($3)
   -- Nobody is told what they have done themselves.
   AND m.account_id <> $4
   AND NOT EXISTS (SELECT 1 FROM accounts a WHERE a.id = $4 AND a.suspended_at IS NOT NULL)
   AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_id = m.account_id AND b.blocked_id = $4)
   AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_id = $4 AND b.blocked_id = m.account_id)
   AND NOT EXISTS (SELECT 1 FROM mutes u
                    WHERE u.muter_id = m.account_id AND u.muted_id = $4 AND u.hides_notifications)
   -- A limited account reaches only those who follow it.
   AND (   $2 IN ('follow', 'follow_request')
        OR EXISTS (SELECT 1 FROM accounts a WHERE a.id = $4 AND a.silenced_at IS NULL)
        OR EXISTS (SELECT 1 FROM follows f WHERE f.follower_id = m.account_id AND f.followee_id = $4))
    ON CONFLICT DO NOTHING
