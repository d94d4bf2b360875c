-- Migration: who was here
-- Rollback: DROP TABLE visits;

CREATE TABLE visits (
    id   INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    at   TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP
);
