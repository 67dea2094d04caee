-- The name that an OpenID provider has for its own session, in browsers that were signed in through it; empty when it
-- told none. By it the provider may end ours (OpenID Connect Back-Channel Logout 1.0).
ALTER TABLE sessions ADD COLUMN provider_session text COLLATE "C";
