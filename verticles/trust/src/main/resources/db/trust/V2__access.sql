-- Tokens that read what is private below some paths. Only the SHA-256 of a token is kept: tokens are 256 random bits, so
-- that nothing slower is needed. Times are milliseconds since 1970; null for never.
CREATE TABLE access (
    name       TEXT PRIMARY KEY,
    digest     TEXT NOT NULL UNIQUE,
    created_at BIGINT NOT NULL,
    expires_at BIGINT
);

CREATE TABLE access_path (
    access TEXT NOT NULL REFERENCES access (name) ON UPDATE CASCADE ON DELETE CASCADE,
    path   TEXT NOT NULL,
    PRIMARY KEY (access, path)
);
