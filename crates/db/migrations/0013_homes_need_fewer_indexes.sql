-- A post is written into sixty homes at once, and into each index of each: what is not needed costs there.
-- Unfollowing reads the one home it changes; a post is found in a home by its id, so only boosts need their originals.
DROP INDEX home_entries_author_idx;
DROP INDEX home_entries_original_idx;
CREATE INDEX home_entries_boosts_idx ON home_entries (account_id, original_id) WHERE original_id <> status_id;
