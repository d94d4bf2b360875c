-- Migration: the catalogue, and how a product's price changed
-- Rollback: DROP TRIGGER products_price;
--           DROP TABLE prices;
--           DROP TABLE products;

CREATE TABLE products (
    id    int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name  varchar(200) NOT NULL UNIQUE,
    cents int unsigned NOT NULL
);

CREATE TABLE prices (
    product_id int unsigned NOT NULL,
    changed_at timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6),
    cents      int unsigned NOT NULL,
    PRIMARY KEY (product_id, changed_at),
    FOREIGN KEY (product_id) REFERENCES products (id) ON DELETE CASCADE
);

CREATE TRIGGER products_price AFTER UPDATE ON products FOR EACH ROW
BEGIN
    IF new.cents <> old.cents THEN
        INSERT INTO prices (product_id, cents) VALUES (old.id, old.cents);
    END IF;
END;

INSERT INTO products (name, cents) VALUES ('Tea', 450), ('Coffee', 690);
