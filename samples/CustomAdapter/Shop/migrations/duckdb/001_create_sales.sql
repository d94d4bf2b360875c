-- Migration: sales, a row for each item that was sold
-- Rollback: DROP TABLE sales;

CREATE TABLE sales (
    sold_on  DATE NOT NULL,
    product  VARCHAR NOT NULL,
    pieces   INTEGER NOT NULL CHECK (pieces > 0),
    price    DECIMAL(10, 2) NOT NULL
);
