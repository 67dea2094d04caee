-- A status is gone for everybody, and with it the boosts of it. What others see of it goes at once: entries in
-- homes, notifications, pins, and its part in the counters.
WITH gone AS (
    UPDATE statuses s
       SET deleted_at = $2
     WHERE (s.id = $1 OR s.boost_of_id = $1)
       AND s.deleted_at IS NULL
 RETURNING s.id, s.uri, s.account_id, s.visibility, s.in_reply_to_id, s.boost_of_id
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
), homes AS (
    -- It has entered those of its author's followers, and who ceased to follow has cleared their home then.
    DELETE FROM home_entries h
     USING gone g
     CROSS JOIN LATERAL (SELECT g.account_id
                          UNION ALL
                         SELECT f.follower_id FROM follows f WHERE f.followee_id = g.account_id) reader
     WHERE h.account_id = reader.account_id
       AND h.status_id = g.id
), told AS (
    DELETE FROM notifications n USING gone g WHERE n.status_id = g.id
), pins AS (
    DELETE FROM status_pins n USING gone g WHERE n.status_id = g.id
), stone AS (
    -- For ever: an old Create must not bring it back (S10).
    INSERT INTO tombstones (uri, created_at)
         SELECT g.uri, $2 FROM gone g WHERE g.id = $1
    ON CONFLICT (uri) DO UPDATE SET expires_at = NULL
)
SELECT EXISTS (SELECT 1 FROM gone WHERE id = $1) AS "was_there!"
