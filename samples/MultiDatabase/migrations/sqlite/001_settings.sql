-- Migration: what this installation is set to
-- Rollback: DROP TABLE settings;

CREATE TABLE settings (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

INSERT INTO settings (name, value) VALUES ('currency', 'EUR');
