CREATE TABLE users (
  id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email varchar(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE COMMENT 'it''s; (x), y',
  name varchar(40) DEFAULT 'x',
  upper_name varchar(40) GENERATED ALWAYS AS (upper(name)) STORED,
  score decimal(10, 2) NOT NULL DEFAULT 0 CHECK (score >= 0),
  seen timestamp NULL DEFAULT current_timestamp() ON UPDATE current_timestamp(),
  mood enum('sad', 'ok') DEFAULT 'ok',
  `odd ``name: x` int,
  KEY by_name (name(10) DESC),
  FULLTEXT KEY words (name),
  CONSTRAINT name_is_short CHECK (length(name) < 40)
) COMMENT = 'People';
INSERT INTO users (email) VALUES ('a'), ('b');
CREATE TABLE orders (id int NOT NULL, user_id bigint unsigned, total int, PRIMARY KEY (id, total), CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE) ROW_FORMAT = DYNAMIC;
CREATE TABLE parts (k int, v int) PARTITION BY RANGE (k) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN MAXVALUE);
CREATE VIEW names AS SELECT id, name FROM users WHERE score > 1 WITH CHECK OPTION;
CREATE FUNCTION plus(a int) RETURNS int DETERMINISTIC RETURN a + 1;
CREATE PROCEDURE clean(INOUT a int) COMMENT 'cleans' DELETE FROM orders;
CREATE TRIGGER touch BEFORE INSERT ON users FOR EACH ROW SET NEW.name = 'y';
CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY STARTS '2030-01-01 00:00:00' DO DELETE FROM orders
