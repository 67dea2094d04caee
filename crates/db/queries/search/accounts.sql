-- People whose name or handle has words that begin so: first those of exactly this name, then those whom the viewer
-- follows, then the most followed.
-- $1: who looks. $2: the words as a query of prefixes. $3: the words as typed, for an exact name. $4: only those followed.
SELECT a.id
  FROM accounts a
  LEFT JOIN follows f ON f.follower_id = $1 AND f.followee_id = a.id
 WHERE to_tsvector('simple', translate(a.display_name || ' ' || a.username || ' ' || coalesce(a.domain, ''), '._@-', '    ')) @@ to_tsquery('simple', $2)
   AND a.suspended_at IS NULL
   AND a.moved_to_id IS NULL
   AND a.id > 0
   AND (NOT $4 OR f.id IS NOT NULL)
   -- Members who nobody has let in yet are not there.
   AND (   a.domain IS NOT NULL
        OR EXISTS (SELECT 1 FROM members m
                    WHERE m.account_id = a.id AND m.approved_at IS NOT NULL AND m.disabled_at IS NULL))
   AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_id = $1 AND b.blocked_id = a.id)
   AND NOT EXISTS (SELECT 1 FROM blocks b WHERE b.blocker_id = a.id AND b.blocked_id = $1)
 ORDER BY lower(a.username) = lower($3) DESC,
          f.id IS NOT NULL DESC,
          a.domain IS NULL DESC,
          a.followers_count DESC,
          a.id
 LIMIT $5
OFFSET $6
