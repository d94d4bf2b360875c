-- Migration: find the orders of a product
-- Rollback: DROP INDEX order_lines_by_product;

CREATE INDEX order_lines_by_product ON order_lines (product);
