-- A post that moderators have taken away is there again, with the boosts that went with it; not what its author, or whoever
-- boosted it, has deleted meanwhile. $1: the post.
WITH target AS (
    SELECT s.id, s.moderated_at
      FROM statuses s
     WHERE s.id = $1
       AND s.moderated_at IS NOT NULL
       FOR NO KEY UPDATE
), back AS (
    UPDATE statuses s
       SET deleted_at = NULL,
           moderated_at = NULL
      FROM target t
     WHERE (s.id = t.id OR (s.boost_of_id = t.id AND s.moderated_at = t.moderated_at))
       AND NOT EXISTS (SELECT 1 FROM tombstones x WHERE x.uri = s.uri AND x.expires_at IS NULL)
       AND (   s.boost_of_id IS NULL
            OR NOT EXISTS (SELECT 1
                             FROM statuses other
                            WHERE other.account_id = s.account_id
                              AND other.boost_of_id = s.boost_of_id
                              AND other.deleted_at IS NULL))
 RETURNING s.id, s.account_id, s.visibility, s.in_reply_to_id, s.boost_of_id
), more AS (
    UPDATE accounts a
       SET statuses_count = a.statuses_count + won.number
      FROM (SELECT b.account_id, count(*) AS number
              FROM back b
             WHERE b.visibility <> 'direct'
             GROUP BY b.account_id) won
     WHERE a.id = won.account_id
), answered AS (
    UPDATE statuses p
       SET replies_count = p.replies_count + 1
      FROM back b
     WHERE b.id = $1
       AND p.id = b.in_reply_to_id
       AND b.visibility IN ('public', 'unlisted')
), boosted AS (
    UPDATE statuses o
       SET boosts_count = o.boosts_count + 1
      FROM back b
     WHERE b.id = $1
       AND o.id = b.boost_of_id
)
SELECT EXISTS (SELECT 1 FROM back WHERE id = $1) AS "is_back!"
