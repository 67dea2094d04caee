-- Posts as they are now, for a report. $1: the report. $2: the posts. $3: now.
INSERT INTO report_evidence (report_id, status_id, uri, visibility, seen, seen_at)
SELECT $1, s.id, s.uri, s.visibility,
       jsonb_build_object(
           'content', s.content,
           'title', s.title,
           'spoiler', s.spoiler,
           'sensitive', s.sensitive,
           'language', s.language,
           'attachments', s.attachments,
           'created_at', to_char(s.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
           'edited_at', to_char(s.edited_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
           -- Ids as text, as everywhere in JSON. Whoever was only addressed is concerned as well.
           'mentions', coalesce(
               (SELECT jsonb_agg(m.account_id::text ORDER BY m.position, m.account_id)
                  FROM mentions m
                 WHERE m.status_id = s.id), '[]')),
       $3
  FROM statuses s
 WHERE s.id = ANY ($2)
    ON CONFLICT (report_id, status_id) DO NOTHING
