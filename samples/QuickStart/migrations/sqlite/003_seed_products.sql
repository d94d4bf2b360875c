-- Migration: something to sell
-- Rollback: DELETE FROM products WHERE name IN ('Tea; black', 'Coffee');

INSERT INTO products (name, cents) VALUES ('Tea; black', 450), ('Coffee', 690);
