-- Migration: find the orders of a product, without a pause for those who place some
-- Transaction: none
-- Rollback: DROP INDEX CONCURRENTLY order_lines_by_product;

CREATE INDEX CONCURRENTLY order_lines_by_product ON order_lines (product);
