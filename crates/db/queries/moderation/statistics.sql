-- What happened in each of several periods, as rows of group, name and number. $1 and $2: where they begin and end.
WITH periods AS (
    SELECT place, begins, ends
      FROM unnest($1::timestamptz[], $2::timestamptz[]) WITH ORDINALITY AS p (begins, ends, place)
),
-- How long members of a seat held it, within each period and not after now ($3).
held AS (
    SELECT p.place,
           count(DISTINCT s.person_id) AS persons,
           coalesce(sum(extract(epoch FROM least(coalesce(s.ended_at, p.ends), p.ends, $3)
                                         - greatest(s.appointed_at, p.begins))), 0)::bigint AS seconds
      FROM periods p
      JOIN moderator_seats s
        ON s.ad_hoc_for IS NULL
       AND s.appointed_at < least(p.ends, $3)
       AND (s.ended_at IS NULL OR s.ended_at > p.begins)
     GROUP BY p.place
),
-- How long it took until somebody looked, and until a case was decided.
looked AS (
    SELECT p.place,
           count(*) AS cases,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM c.first_seen_at - c.opened_at)) AS median,
           percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM c.first_seen_at - c.opened_at)) AS ninth
      FROM periods p
      JOIN cases c ON c.first_seen_at >= p.begins AND c.first_seen_at < p.ends
     GROUP BY p.place
),
decided AS (
    SELECT p.place,
           count(*) AS cases,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM c.closed_at - c.opened_at)) AS median,
           percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM c.closed_at - c.opened_at)) AS ninth
      FROM periods p
      JOIN cases c ON c.closed_at >= p.begins AND c.closed_at < p.ends
     GROUP BY p.place
),
executed AS (
    SELECT p.place,
           count(*) AS decisions,
           count(*) FILTER (
               WHERE EXISTS (
                   SELECT 1 FROM votes v
                    WHERE v.proposal_id = o.id AND v.revision = o.revision AND v.answer = 'object')) AS objected
      FROM periods p
      JOIN proposals o ON o.executed_at >= p.begins AND o.executed_at < p.ends
     GROUP BY p.place
)
SELECT place AS "place!", 'moderators' AS "group!", 'persons' AS "name!", persons AS "number!" FROM held
UNION ALL
SELECT place, 'moderators', 'held_seconds', seconds FROM held
UNION ALL
SELECT p.place, 'reports_by_origin', r.origin, count(*)
  FROM periods p JOIN reports r ON r.created_at >= p.begins AND r.created_at < p.ends
 GROUP BY p.place, r.origin
UNION ALL
SELECT p.place, 'reports_by_category', r.category, count(*)
  FROM periods p JOIN reports r ON r.created_at >= p.begins AND r.created_at < p.ends
 GROUP BY p.place, r.category
UNION ALL
SELECT p.place, 'outcomes', coalesce(c.outcome, 'action'), count(*)
  FROM periods p JOIN cases c ON c.closed_at >= p.begins AND c.closed_at < p.ends
 GROUP BY p.place, coalesce(c.outcome, 'action')
UNION ALL
SELECT place, 'first_look', 'cases', cases FROM looked
UNION ALL
SELECT place, 'first_look', 'median', median::bigint FROM looked
UNION ALL
SELECT place, 'first_look', 'ninth', ninth::bigint FROM looked
UNION ALL
SELECT place, 'decision', 'cases', cases FROM decided
UNION ALL
SELECT place, 'decision', 'median', median::bigint FROM decided
UNION ALL
SELECT place, 'decision', 'ninth', ninth::bigint FROM decided
UNION ALL
SELECT p.place, 'proposals', o.state, count(*)
  FROM periods p
  JOIN proposals o ON o.decided_at >= p.begins AND o.decided_at < p.ends
                  AND o.state IN ('executed', 'rejected', 'expired', 'withdrawn', 'superseded', 'rolled_back')
 GROUP BY p.place, o.state
UNION ALL
SELECT place, 'decisions', 'executed', decisions FROM executed
UNION ALL
SELECT place, 'decisions', 'with_objection', objected FROM executed
UNION ALL
SELECT p.place, 'emergencies', 'taken', count(*)
  FROM periods p JOIN proposals o ON o.emergency AND o.opened_at >= p.begins AND o.opened_at < p.ends
 GROUP BY p.place
UNION ALL
SELECT p.place, 'emergencies', CASE o.state WHEN 'executed' THEN 'ratified' ELSE 'rolled_back' END, count(*)
  FROM periods p
  JOIN proposals o ON o.emergency AND o.state IN ('executed', 'rolled_back')
                  AND o.decided_at >= p.begins AND o.decided_at < p.ends
 GROUP BY p.place, o.state
UNION ALL
SELECT p.place, 'recusals', 'declared', count(*)
  FROM periods p JOIN recusals r ON r.at >= p.begins AND r.at < p.ends
 GROUP BY p.place
UNION ALL
SELECT p.place, 'appeals', 'filed', count(*)
  FROM periods p JOIN appeals a ON a.filed_at >= p.begins AND a.filed_at < p.ends
 GROUP BY p.place
UNION ALL
SELECT p.place, 'appeals', 'escalated', count(*)
  FROM periods p
  JOIN appeals a ON a.filed_at >= p.begins AND a.filed_at < p.ends
                AND (a.stage = 'board' OR a.decision_id IS NOT NULL)
 GROUP BY p.place
UNION ALL
SELECT p.place, 'appeals', a.stage, count(*)
  FROM periods p
  JOIN appeals a ON a.decided_at >= p.begins AND a.decided_at < p.ends AND a.stage IN ('overturned', 'upheld')
 GROUP BY p.place, a.stage
UNION ALL
SELECT p.place, 'private_data', 'looks', count(*)
  FROM periods p
  JOIN log_private l ON l.at >= p.begins AND l.at < p.ends AND l.private ->> 'action' = 'private_data.seen'
 GROUP BY p.place
UNION ALL
SELECT p.place, 'log', 'redactions', count(*)
  FROM periods p
  JOIN log_entries e ON e.type = 'redaction.applied' AND e.at >= p.begins AND e.at < p.ends
 GROUP BY p.place
UNION ALL
SELECT p.place, 'members', 'off_boarded', count(*)
  FROM periods p JOIN members m ON m.left_at >= p.begins AND m.left_at < p.ends
 GROUP BY p.place
