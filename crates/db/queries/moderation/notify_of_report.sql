-- Tells holders of seats that a report has come. $1: the report. $2: now.
INSERT INTO notifications (id, account_id, kind, from_id, report_id, created_at)
SELECT snowflake($2), p.account_id, 'admin.report', r.reporter_id, r.id, $2
  FROM reports r
  JOIN moderator_seats s ON s.ended_at IS NULL AND s.ad_hoc_for IS NULL
  JOIN persons p ON p.id = s.person_id
  JOIN members m ON m.account_id = p.account_id
 WHERE r.id = $1
   AND r.reporter_id IS NOT NULL
   AND r.reporter_id <> p.account_id
   -- Whoever a report is about does not see it.
   AND NOT is_account_of(r.target_account_id, p.id)
    ON CONFLICT DO NOTHING
