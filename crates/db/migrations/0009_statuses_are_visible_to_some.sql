-- Who may see a status, for lists: written once, here, in a form that PostgreSQL folds into the query
-- around it (LANGUAGE sql, STABLE, one SELECT, no SET). Its twin for one loaded status is
-- model::visibility::Sight; a property test holds the two equal. NULL is anybody.
CREATE FUNCTION statuses_visible_to(viewer bigint) RETURNS SETOF statuses
LANGUAGE sql STABLE AS $$
    SELECT s.*
      FROM statuses s
     WHERE s.deleted_at IS NULL
       AND NOT EXISTS (
               SELECT 1 FROM accounts a
                WHERE a.id = s.account_id AND a.suspended_at IS NOT NULL)
       AND (   s.account_id = viewer
            OR (    NOT EXISTS (
                        SELECT 1 FROM blocks b
                         WHERE b.blocker_id = s.account_id AND b.blocked_id = viewer)
                AND (   s.visibility IN ('public', 'unlisted')
                     OR (    s.visibility = 'private'
                         AND EXISTS (
                                 SELECT 1 FROM follows f
                                  WHERE f.follower_id = viewer AND f.followee_id = s.account_id))
                     OR EXISTS (
                            SELECT 1 FROM mentions m
                             WHERE m.status_id = s.id AND m.account_id = viewer))))
$$;
