-- What moderation, the rule about their server, and their server itself have set for these accounts, put into the columns that
-- everything reads. Only from what is so: whatever was done and undone before plays no part. $1: accounts.
WITH locked AS MATERIALIZED (
    SELECT a.id, a.domain, a.uri, a.suspended_elsewhere_at
      FROM accounts a
     WHERE a.id = ANY ($1)
       -- Deleted by its owner: nothing is left to be measured.
       AND a.suspension_origin IS DISTINCT FROM 'owner'
     ORDER BY a.id
       FOR NO KEY UPDATE
), due AS (
    SELECT l.id,
           coalesce(own.suspended_since, rule.suspended_since) AS suspended_since,
           l.suspended_elsewhere_at,
           coalesce(own.limited_since, rule.silenced_since) AS silenced_since,
           own.sensitive_since
      FROM locked l
     CROSS JOIN LATERAL (
               SELECT max(s.since) FILTER (WHERE s.field = 'suspended') AS suspended_since,
                      max(s.since) FILTER (WHERE s.field = 'limited') AS limited_since,
                      max(s.since) FILTER (WHERE s.field = 'sensitive') AS sensitive_since
                 FROM moderation_state s
                WHERE s.target_type = 'account'
                  AND s.target_key = l.id::text) own
      LEFT JOIN LATERAL (
               SELECT min(nearest.created_at) FILTER (WHERE nearest.severity = 'suspend') AS suspended_since,
                      min(nearest.created_at) FILTER (WHERE nearest.severity = 'silence') AS silenced_since
                 FROM unnest(hosts_of(l.domain, l.uri)) AS host
                CROSS JOIN LATERAL (
                          SELECT b.severity, b.created_at
                            FROM domain_blocks b
                           WHERE b.domain = ANY (domain_and_above(host))
                           -- The rule nearest to the domain is the one that holds.
                           ORDER BY length(b.domain) DESC
                           LIMIT 1) nearest) rule ON l.domain IS NOT NULL
)
UPDATE accounts a
   SET suspended_at = coalesce(d.suspended_since, d.suspended_elsewhere_at),
       suspension_origin = CASE
           WHEN d.suspended_since IS NOT NULL THEN 'local'
           WHEN d.suspended_elsewhere_at IS NOT NULL THEN 'remote'
       END,
       silenced_at = d.silenced_since,
       sensitised_at = d.sensitive_since
  FROM due d
 WHERE a.id = d.id
   AND (a.suspended_at, a.suspension_origin, a.silenced_at, a.sensitised_at)
       IS DISTINCT FROM
       (coalesce(d.suspended_since, d.suspended_elsewhere_at),
        CASE
            WHEN d.suspended_since IS NOT NULL THEN 'local'
            WHEN d.suspended_elsewhere_at IS NOT NULL THEN 'remote'
        END,
        d.silenced_since,
        d.sensitive_since)
