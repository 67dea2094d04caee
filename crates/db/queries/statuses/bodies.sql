-- What is the same for everybody: of some statuses, and beside them, in the same rows to save a round trip, of some accounts.
-- Columns are read by their places (db::statuses::bodies).
-- $1: statuses. $2: accounts. The shorter list is filled up with NULL.
SELECT s.version,
       (SELECT coalesce(max(v.version), 0) FROM names_version v),
       s.id,
       s.uri,
       s.url,
       s.account_id,
       s.local,
       s.in_reply_to_id,
       s.in_reply_to_account_id,
       s.in_reply_to_uri,
       s.boost_of_id,
       s.source,
       s.content,
       s.title,
       s.spoiler,
       s.visibility,
       s.sensitive,
       s.language,
       s.conversation_uri,
       s.emojis,
       s.attachments,
       s.tags,
       s.application_id,
       s.created_at,
       s.edited_at,
       s.replies_count,
       s.boosts_count,
       s.favourites_count,
       (SELECT json_agg(
                   json_build_object('id', x.id, 'username', x.username, 'domain', x.domain, 'url', x.url, 'uri', x.uri)
                   ORDER BY m.position, m.account_id)
          FROM mentions m
          JOIN accounts x ON x.id = m.account_id
         WHERE m.status_id = s.id
           AND NOT m.silent),
       p.name,
       p.website,
       a.*
  FROM unnest($1::bigint[], $2::bigint[]) AS wanted (status_id, account_id)
  LEFT JOIN statuses s ON s.id = wanted.status_id
  LEFT JOIN applications p ON p.id = s.application_id
  LEFT JOIN accounts a ON a.id = wanted.account_id
