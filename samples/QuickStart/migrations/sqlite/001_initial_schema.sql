-- Migration: the shop's first tables
-- Rollback: DROP TABLE products; DROP TABLE customers;

CREATE TABLE customers (
    id    INTEGER PRIMARY KEY,
    name  TEXT NOT NULL,
    email TEXT NOT NULL UNIQUE
);

CREATE TABLE products (
    id    INTEGER PRIMARY KEY,
    name  TEXT NOT NULL,
    cents INTEGER NOT NULL CHECK (cents >= 0)
);
