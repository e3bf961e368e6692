-- What trust remembers. Names are the keys, so that a rename reaches everything that refers to it by itself.

CREATE TABLE project (
    name        TEXT PRIMARY KEY,
    description TEXT NOT NULL
);

CREATE TABLE project_config (
    project TEXT NOT NULL REFERENCES project (name) ON UPDATE CASCADE ON DELETE CASCADE,
    key     TEXT NOT NULL,
    value   TEXT NOT NULL,
    PRIMARY KEY (project, key)
);

-- config and devices are JSON objects: nothing is ever looked up inside them.
CREATE TABLE profile (
    project     TEXT NOT NULL REFERENCES project (name) ON UPDATE CASCADE ON DELETE CASCADE,
    name        TEXT NOT NULL,
    description TEXT NOT NULL,
    config      TEXT NOT NULL,
    devices     TEXT NOT NULL,
    PRIMARY KEY (project, name)
);

CREATE TABLE certificate (
    fingerprint TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    type        TEXT NOT NULL,
    restricted  BOOLEAN NOT NULL,
    pem         TEXT NOT NULL,
    description TEXT NOT NULL
);

CREATE TABLE certificate_project (
    certificate TEXT NOT NULL REFERENCES certificate (fingerprint) ON UPDATE CASCADE ON DELETE CASCADE,
    project     TEXT NOT NULL REFERENCES project (name) ON UPDATE CASCADE ON DELETE CASCADE,
    PRIMARY KEY (certificate, project)
);

-- Times are milliseconds since 1970; null where it has not happened or never will.
CREATE TABLE token (
    operation   TEXT PRIMARY KEY,
    purpose     TEXT NOT NULL,
    project     TEXT NOT NULL,
    fingerprint TEXT,
    secret      TEXT NOT NULL UNIQUE,
    metadata    TEXT NOT NULL,
    granted_at  BIGINT NOT NULL,
    expires_at  BIGINT,
    used_at     BIGINT,
    username    TEXT NOT NULL,
    protocol    TEXT NOT NULL,
    address     TEXT NOT NULL
);

INSERT INTO project (name, description) VALUES ('default', 'Default project');
INSERT INTO project_config (project, key, value) VALUES ('default', 'features.images', 'true');
INSERT INTO project_config (project, key, value) VALUES ('default', 'features.profiles', 'true');
INSERT INTO profile (project, name, description, config, devices)
VALUES ('default', 'default', 'Default profile', '{}', '{}');
