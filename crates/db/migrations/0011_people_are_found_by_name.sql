-- Any word of a name, or of a handle, by its beginning.
CREATE INDEX accounts_words_idx ON accounts
    USING gin (to_tsvector('simple', translate(display_name || ' ' || username || ' ' || coalesce(domain, ''), '._@-', '    ')));
