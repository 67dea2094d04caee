-- Kept counters change often, and no index knows them: with room on the page PostgreSQL writes the new version there and
-- leaves the ten indexes alone (a heap-only update).
ALTER TABLE statuses SET (fillfactor = 85);
ALTER TABLE accounts SET (fillfactor = 80);
