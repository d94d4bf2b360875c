-- Migration: something to look at

INSERT INTO sales
SELECT DATE '2026-01-01' + CAST(day AS INTEGER), 'product ' || (day % 3), 1 + day % 5, 9.90
FROM range(100) AS days (day);
