-- Both directions of everything, for many people at once.
SELECT a.id,
       f.shows_boosts AS "shows_boosts?",
       f.notifies AS "notifies?",
       f.languages AS "languages?",
       r.shows_boosts AS "request_shows_boosts?",
       r.notifies AS "request_notifies?",
       r.languages AS "request_languages?",
       m.hides_notifications AS "hides_notifications?",
       m.expires_at AS "mute_expires_at?",
       EXISTS (SELECT 1 FROM follows x WHERE x.follower_id = a.id AND x.followee_id = $1) AS "followed_by!",
       EXISTS (SELECT 1 FROM follow_requests x WHERE x.follower_id = a.id AND x.followee_id = $1) AS "requested_by!",
       EXISTS (SELECT 1 FROM blocks x WHERE x.blocker_id = $1 AND x.blocked_id = a.id) AS "blocking!",
       EXISTS (SELECT 1 FROM blocks x WHERE x.blocker_id = a.id AND x.blocked_id = $1) AS "blocked_by!"
  FROM unnest($2::bigint[]) WITH ORDINALITY AS asked (id, position)
  JOIN accounts a ON a.id = asked.id
  LEFT JOIN follows f ON f.follower_id = $1 AND f.followee_id = a.id
  LEFT JOIN follow_requests r ON r.follower_id = $1 AND r.followee_id = a.id
  LEFT JOIN mutes m ON m.muter_id = $1 AND m.muted_id = a.id AND (m.expires_at IS NULL OR m.expires_at > $3)
 ORDER BY asked.position
