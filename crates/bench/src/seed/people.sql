-- Everybody: remote people on 500 hosts, and members beside those whom the command line has already made.
-- Words in capitals after a dollar sign are put in by the program. Nothing is random: two seeds differ in their times only.

SET synchronous_commit = off;
-- No foreign key is checked row by row: all of them are right by how the rows are made.
SET session_replication_role = replica;
SET work_mem = '256MB';
SET maintenance_work_mem = '256MB';

-- A number below n that looks random and is always the same.
CREATE FUNCTION pg_temp.pick(a bigint, b bigint, n bigint) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT ((hashint8extended(a, b) & 4294967295) % n)::integer $$;

-- One to six sentences.
CREATE FUNCTION pg_temp.words(n bigint) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT string_agg((ARRAY[
               'The heating in the machine room is out again, so bring a coat on Thursday.',
               'We moved the old build server to the cellar and it hums happily down there.',
               'Does anybody still have the manual of the plotter?',
               'The talk on queues was good; slides follow as soon as they are cleaned up.',
               'I tried the new kernel on the laptop and suspend works at last.',
               'Lunch is at twelve, the usual place, whoever is there first takes the long table.',
               'Somebody left a bicycle lock and two screwdrivers in the lab.',
               'Reading about clocks in distributed systems all weekend, and time is still hard.',
               'Our mirror serves the new release since this morning.',
               'Snow on the roof, and the antenna bends a little but holds.',
               'If your login fails, remember that the old realm is switched off since Monday.',
               'A small plotter drawing of the harbour, made with forty lines of code.',
               'The board meets on Tuesday; the agenda is on the wiki.',
               'What do you use for backups of small things?',
               'Coffee fund: we are eleven euros short this month.',
               'Thanks to everybody who helped to carry the racks!',
               'The exam is over and I can think about other things again.',
               'Found a bug from 2009 today, in code that I had written myself.',
               'The last train is at half past eleven, so we start at seven sharp.',
               'New photographs from the hike, with far too much fog in them.'
           ])[1 + pg_temp.pick(n, 100 + k, 20)], ' ')
      FROM generate_series(0, pg_temp.pick(n, 99, 6)) k $$;

-- The first 200 are on the sink's fifty hosts and follow one member only; the rest are on hosts that nobody asks anything.
INSERT INTO accounts (id, username, domain, uri, url, inbox_url, shared_inbox_url, outbox_url, followers_url, following_url,
                      display_name, note, fields, indexable, discoverable, avatar_url, header_url, created_at, updated_at, fetched_at)
SELECT (extract(epoch FROM now() - interval '2 years' + n * interval '20 minutes') * 1000)::bigint << 16 | (n & 65535),
       'remote' || n,
       host,
       base || '/users/remote' || n,
       base || '/@remote' || n,
       base || '/users/remote' || n || '/inbox',
       base || '/inbox',
       base || '/users/remote' || n || '/outbox',
       base || '/users/remote' || n || '/followers',
       base || '/users/remote' || n || '/following',
       'Remote person ' || n,
       '<p>' || pg_temp.words(n) || '</p>',
       CASE WHEN n % 3 = 0
            THEN jsonb_build_array(jsonb_build_object('name', 'Site', 'value',
                     '<a href="' || base || '/~remote' || n || '" rel="nofollow noopener" target="_blank">a page</a>'))
            ELSE '[]' END,
       true, true,
       CASE WHEN n % 5 > 0 THEN base || '/avatars/' || n || '.png' END,
       CASE WHEN n % 2 > 0 THEN base || '/headers/' || n || '.jpg' END,
       now() - interval '1 year', now(), now()
  FROM (SELECT n, host, CASE WHEN n <= 200 THEN 'http://' ELSE 'https://' END || host AS base
          FROM (SELECT n, CASE WHEN n <= 200 THEN '127.0.1.' || (n % 50 + 1) || ':$SINK_PORT'
                               ELSE 'peer' || n % 500 || '.example' END AS host
                  FROM generate_series(1::bigint, $REMOTE) n) hosts) remote;
INSERT INTO peers (domain, first_seen_at) SELECT DISTINCT domain, now() FROM accounts WHERE domain IS NOT NULL ON CONFLICT DO NOTHING;

INSERT INTO accounts (id, username, uri, url, inbox_url, shared_inbox_url, outbox_url, followers_url, following_url, featured_url,
                      display_name, note, indexable, discoverable, created_at, updated_at)
SELECT id, 'local' || n, uri, '$WEB/@local' || n, uri || '/inbox', '$WEB/inbox', uri || '/outbox', uri || '/followers',
       uri || '/following', uri || '/collections/featured',
       'Member ' || n, '<p>' || pg_temp.words(n) || '</p>', true, true, now() - interval '1 year', now()
  FROM (SELECT n, id, '$WEB/ap/users/' || id AS uri
          FROM (SELECT n, (extract(epoch FROM now() - interval '1 year' + n * interval '3599.873 s') * 1000)::bigint << 16 | n AS id
                  FROM generate_series(1::bigint, $LOCAL - (SELECT count(*) FROM members)) n) ids) local;
INSERT INTO members (account_id, confirmed_at, approved_at, last_active_at, created_at)
SELECT id, now(), now(), now(), created_at FROM accounts WHERE username LIKE 'local%' AND domain IS NULL;

-- Everybody has the same public key: the bench's own for remote people, who sign; whatever the first member has for the others.
INSERT INTO public_keys (key_id, account_id, pem, fetched_at)
SELECT a.uri || '#main-key', a.id, CASE WHEN a.domain IS NULL THEN own.pem ELSE '$PEM' END, now()
  FROM accounts a
 CROSS JOIN (SELECT pem FROM public_keys LIMIT 1) own
 WHERE a.username LIKE 'remote%' OR a.username LIKE 'local%'
    ON CONFLICT DO NOTHING;

-- Who says anything: all members (1 and on, those of the command line first), and some thousands of the remote people.
CREATE TEMPORARY TABLE people AS
SELECT true AS local, row_number() OVER (ORDER BY a.username LIKE 'local%', a.id) AS n, a.id, a.username, a.domain, a.uri, a.url
  FROM accounts a JOIN members m ON m.account_id = a.id
UNION ALL
SELECT false, row_number() OVER (ORDER BY a.id), a.id, a.username, a.domain, a.uri, a.url
  FROM (SELECT * FROM accounts WHERE username LIKE 'remote%' AND domain LIKE 'peer%' ORDER BY id LIMIT $ACTIVE) a;
CREATE UNIQUE INDEX ON people (local, n);
CREATE UNIQUE INDEX ON people (id);
ANALYZE people;

-- Every member has a token that the bench knows.
INSERT INTO applications (id, client_id, secret_hash, name, website, redirect_uris, scopes, created_at)
VALUES (1, 'bench', '\x00', 'Bench', 'https://bench.example/', '{urn:ietf:wg:oauth:2.0:oob}', 'read write follow push', now());
INSERT INTO tokens (id, token_hash, application_id, account_id, scopes, created_at, last_used_at)
SELECT p.n, sha256(convert_to('bench-token-' || p.username, 'UTF8')), 1, p.id, 'read write follow push', now(), now()
  FROM people p WHERE p.local;
