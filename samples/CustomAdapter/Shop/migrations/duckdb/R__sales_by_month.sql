CREATE OR REPLACE VIEW sales_by_month AS
SELECT date_trunc('month', sold_on) AS month, product, sum(pieces) AS pieces, sum(pieces * price) AS revenue
FROM sales
GROUP BY ALL;
