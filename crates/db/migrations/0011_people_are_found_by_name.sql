-- Any word of a name, or of a handle, by its beginning.
CREATE INDEX accounts_words_idx ON accounts
    USING gin (to_tsvector('simple', translate(display_name || ' ' || username || ' ' || coalesce(domain, ''), '._@-', '    ')));

-- Parts of the public timeline that would else be looked for among everything.
CREATE INDEX statuses_public_remote_idx ON statuses (id)
    WHERE visibility = 'public' AND boost_of_id IS NULL AND deleted_at IS NULL AND NOT local;
CREATE INDEX statuses_public_media_idx ON statuses (id)
    WHERE visibility = 'public' AND boost_of_id IS NULL AND deleted_at IS NULL AND attachments <> '[]';
