-- Parts of the public timeline that would else be looked for among everything.
CREATE INDEX statuses_public_remote_idx ON statuses (id)
    WHERE visibility = 'public' AND boost_of_id IS NULL AND deleted_at IS NULL AND NOT local;
CREATE INDEX statuses_public_media_idx ON statuses (id)
    WHERE visibility = 'public' AND boost_of_id IS NULL AND deleted_at IS NULL AND attachments <> '[]';

-- The few who are left out of lists are looked up here, not among everybody.
CREATE INDEX accounts_suspended_idx ON accounts (id) WHERE suspended_at IS NOT NULL;
CREATE INDEX accounts_silenced_idx ON accounts (id) WHERE silenced_at IS NOT NULL;
