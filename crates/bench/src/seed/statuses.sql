-- What they say, over thirty days: of twenty statuses twelve begin something, five answer somebody and three are boosts.
-- One in five is by a member.

-- Position 5 of each twenty belongs, 35 times and then 115 times not, to a thread of exactly 35 posts.
CREATE TEMPORARY TABLE plan AS
SELECT r.n,
       (extract(epoch FROM r.at) * 1000)::bigint << 16 | (r.n & 65535) AS id,
       r.at,
       p.id AS author_id, p.local, p.username, p.uri AS author_uri, p.url AS author_url,
       CASE WHEN r.place <= 11 THEN 'post' WHEN r.place <= 16 THEN 'reply' ELSE 'boost' END AS kind,
       CASE WHEN r.n <= 4100 THEN NULL
            WHEN r.thread BETWEEN 1 AND 34 THEN r.n - 20 * (1 + pg_temp.pick(r.n, 7, least(r.thread, 3)))
            -- Never position 5, so that those threads stay as long as they are.
            WHEN r.place BETWEEN 12 AND 16 THEN r.answered - CASE r.answered % 20 WHEN 5 THEN 1 WHEN 17 THEN 1 WHEN 18 THEN 2 WHEN 19 THEN 3 ELSE 0 END
       END AS parent,
       -- Position 0, which is always public and begins something.
       CASE WHEN r.place >= 17 AND r.n > 4100 THEN r.boosted - r.boosted % 20 END AS boosted,
       CASE WHEN r.place IN (0, 5) OR r.place >= 17 OR r.reach < 80 THEN 'public'
            WHEN r.reach < 90 THEN 'unlisted' WHEN r.reach < 98 OR r.place > 11 THEN 'private' ELSE 'direct' END AS visibility,
       CASE WHEN r.thread = 0 AND r.n > 4100 THEN true ELSE false END AS is_thread
  FROM (SELECT n,
               n % 20 AS place,
               CASE WHEN n % 20 = 5 AND n / 20 % 150 < 35 THEN n / 20 % 150 END AS thread,
               now() - interval '30 days' - interval '1 minute' + n * (interval '30 days' / $STATUSES) AS at,
               n - 1 - pg_temp.pick(n, 4, 600) AS answered,
               n - 20 - pg_temp.pick(n, 5, 4000) AS boosted,
               pg_temp.pick(n, 6, 100) AS reach,
               pg_temp.pick(n, 2, 5) = 0 AS local
          FROM generate_series(1::bigint, $STATUSES) n) r
  JOIN people p ON p.local = r.local AND p.n = 1 + pg_temp.pick(r.n, 3, CASE WHEN r.local THEN $LOCAL ELSE $ACTIVE END);
-- Nobody boosts a thing twice, and the first have nothing to boost.
DELETE FROM plan WHERE kind = 'boost' AND boosted IS NULL;
DELETE FROM plan p
 USING (SELECT n, row_number() OVER (PARTITION BY author_id, boosted ORDER BY n) AS time FROM plan WHERE kind = 'boost') again
 WHERE again.n = p.n AND again.time > 1;
UPDATE plan SET kind = 'post' WHERE kind = 'reply' AND parent IS NULL;
CREATE UNIQUE INDEX ON plan (n);
ANALYZE plan;

-- Who is named: whoever is answered, somebody in direct messages, and now and then somebody else.
CREATE TEMPORARY TABLE named AS
SELECT s.n, s.id AS status_id, named.id AS account_id, named.username, named.url
  FROM plan s
  LEFT JOIN plan parent ON parent.n = s.parent
  JOIN people named
    ON named.id = CASE WHEN s.parent IS NOT NULL THEN parent.author_id
                       ELSE (SELECT p.id FROM people p WHERE p.local AND p.n = 1 + pg_temp.pick(s.n, 10, $LOCAL)) END
 WHERE (s.parent IS NOT NULL OR s.visibility = 'direct' OR (s.kind = 'post' AND pg_temp.pick(s.n, 11, 100) < 3))
   AND s.kind <> 'boost'
   AND named.id <> s.author_id;
CREATE UNIQUE INDEX ON named (n);
INSERT INTO mentions (status_id, account_id) SELECT status_id, account_id FROM named;

-- A quarter of what begins something has tags; a few tags have most.
CREATE TEMPORARY TABLE tagged AS
SELECT DISTINCT s.n, s.id AS status_id, 1 + floor(200 * (pg_temp.pick(s.n, 20 + k, 1000) / 1000.0) ^ 2)::integer AS tag
  FROM plan s
 CROSS JOIN generate_series(0, 1) k
 WHERE s.kind = 'post' AND pg_temp.pick(s.n, 8, 100) < CASE k WHEN 0 THEN 25 ELSE 8 END;
INSERT INTO tags (name, display_name, created_at) SELECT 'topic' || n, 'Topic' || n, now() FROM generate_series(1, 200) n;
INSERT INTO status_tags (tag_id, status_id) SELECT t.id, g.status_id FROM tagged g JOIN tags t ON t.name = 'topic' || g.tag;
CREATE TEMPORARY TABLE tags_of AS
SELECT n,
       jsonb_agg(jsonb_build_object('name', 'topic' || tag, 'display_name', 'Topic' || tag) ORDER BY tag) AS tags,
       string_agg(' <a href="$WEB/tags/topic' || tag || '" class="mention hashtag" rel="tag">#<span>Topic' || tag || '</span></a>', '' ORDER BY tag) AS html,
       string_agg(' #Topic' || tag, '' ORDER BY tag) AS source
  FROM tagged GROUP BY n;
CREATE UNIQUE INDEX ON tags_of (n);

-- Who likes what.
CREATE TEMPORARY TABLE liked AS
SELECT DISTINCT ON (p.id, s.id) p.id AS account_id, s.id AS status_id, s.author_id, s.local, p.uri,
       least(s.at + pg_temp.pick(k, 52, 86400) * interval '1 second', now() - interval '1 minute') AS at
  FROM generate_series(1::bigint, $STATUSES * 3 / 4) k
  JOIN plan s ON s.n = 1 + pg_temp.pick(k, 50, $STATUSES)
  JOIN people p ON p.local = (pg_temp.pick(k, 51, 10) < 4)
               AND p.n = 1 + pg_temp.pick(k, 53, CASE WHEN pg_temp.pick(k, 51, 10) < 4 THEN $LOCAL ELSE $ACTIVE END)
 WHERE s.kind <> 'boost' AND s.visibility = 'public' AND s.author_id <> p.id
 ORDER BY p.id, s.id, k;
INSERT INTO favourites (id, account_id, status_id, uri, created_at)
SELECT (extract(epoch FROM at) * 1000)::bigint << 16 | (row_number() OVER (ORDER BY at) & 65535), account_id, status_id, uri || '/likes/' || status_id, at
  FROM liked;
ANALYZE named;
ANALYZE tags_of;

INSERT INTO statuses (id, uri, url, account_id, local, in_reply_to_id, in_reply_to_account_id, in_reply_to_uri, boost_of_id,
                      source, content, spoiler, visibility, sensitive, language, conversation_uri, attachments, tags,
                      application_id, created_at, replies_count, boosts_count, favourites_count)
SELECT s.id,
       s.author_uri || '/statuses/' || s.id || CASE WHEN s.kind = 'boost' THEN '/activity' ELSE '' END,
       s.author_url || '/' || s.id,
       s.author_id, s.local,
       parent.id, parent.author_id, parent.author_uri || '/statuses/' || parent.id,
       original.id,
       CASE WHEN s.local AND s.kind <> 'boost' THEN coalesce('@' || m.username || ' ', '') || w.words || coalesce(t.source, '') ELSE '' END,
       CASE WHEN s.kind = 'boost' THEN ''
            ELSE '<p>' || coalesce('<span class="h-card" translate="no"><a href="' || m.url || '" class="u-url mention">@<span>' || m.username || '</span></a></span> ', '')
                 || w.words || coalesce(t.html, '') || '</p>' END,
       CASE WHEN s.kind = 'post' AND pg_temp.pick(s.n, 12, 100) < 5 THEN 'Careful, long' ELSE '' END,
       s.visibility,
       s.kind = 'post' AND pg_temp.pick(s.n, 12, 100) < 5,
       CASE WHEN s.kind <> 'boost' THEN 'en' END,
       CASE WHEN s.is_thread THEN 'bench:thread' WHEN s.kind <> 'boost' THEN s.author_uri || '#' || coalesce(parent.id, s.id) END,
       CASE WHEN NOT s.local AND s.kind = 'post' AND pg_temp.pick(s.n, 13, 100) < 15
            THEN jsonb_build_array(jsonb_build_object(
                     'id', s.id + 1, 'kind', 'image', 'remote_url', s.author_uri || '/media/' || s.id || '.jpg',
                     'preview_url', NULL, 'media_type', 'image/jpeg', 'description', pg_temp.words(s.n + 1),
                     'blurhash', 'LEHV6nWB2yk8pyo0adR*.7kCMdnj', 'focus', NULL, 'width', 1280, 'height', 960, 'duration', NULL))
            ELSE '[]' END,
       coalesce(t.tags, '[]'),
       CASE WHEN s.local AND s.kind <> 'boost' THEN 1 END,
       s.at,
       coalesce(answers.count, 0), coalesce(boosts.count, 0), coalesce(likes.count, 0)
  FROM plan s
 CROSS JOIN LATERAL (SELECT pg_temp.words(s.n) AS words) w
  LEFT JOIN plan parent ON parent.n = s.parent
  LEFT JOIN plan original ON original.n = s.boosted
  LEFT JOIN named m ON m.n = s.n
  LEFT JOIN tags_of t ON t.n = s.n
  LEFT JOIN (SELECT parent AS n, count(*) FROM plan WHERE visibility IN ('public', 'unlisted') GROUP BY 1) answers ON answers.n = s.n
  LEFT JOIN (SELECT boosted AS n, count(*) FROM plan GROUP BY 1) boosts ON boosts.n = s.n
  LEFT JOIN (SELECT status_id, count(*) FROM liked GROUP BY 1) likes ON likes.status_id = s.id
 ORDER BY s.id;
