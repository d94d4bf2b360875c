-- One change a line, each made after the one before it.
CREATE TABLE users (id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, email varchar(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL UNIQUE COMMENT 'it''s; (x), y', name varchar(40) DEFAULT 'x')
CREATE TABLE orders (id int NOT NULL PRIMARY KEY, user_id bigint unsigned, place varchar(20), total decimal(10, 2), at timestamp NULL)
-- Columns
ALTER TABLE users ADD COLUMN age int
ALTER TABLE users ADD COLUMN first int FIRST
ALTER TABLE users MODIFY first int AFTER age
ALTER TABLE users DROP COLUMN first
ALTER TABLE users MODIFY age bigint
ALTER TABLE users MODIFY age bigint unsigned
ALTER TABLE users MODIFY age bigint unsigned NOT NULL
ALTER TABLE users MODIFY age bigint unsigned NOT NULL DEFAULT 5
ALTER TABLE users ALTER age SET DEFAULT 6
ALTER TABLE users ALTER age DROP DEFAULT
ALTER TABLE users MODIFY age bigint unsigned NOT NULL COMMENT 'years'
ALTER TABLE users MODIFY name varchar(50) DEFAULT 'x'
ALTER TABLE users MODIFY name varchar(50) CHARACTER SET latin1 DEFAULT 'x'
ALTER TABLE users MODIFY name varchar(50) CHARACTER SET latin1 COLLATE latin1_bin DEFAULT 'x'
ALTER TABLE users CHANGE name full_name varchar(50)
ALTER TABLE users ADD COLUMN mood enum('sad', 'ok')
ALTER TABLE users MODIFY mood enum('sad', 'ok', 'happy')
ALTER TABLE users MODIFY mood set('sad', 'ok')
ALTER TABLE users ADD COLUMN upper_name varchar(50) GENERATED ALWAYS AS (upper(full_name)) STORED
ALTER TABLE users DROP COLUMN upper_name, ADD COLUMN upper_name varchar(50) GENERATED ALWAYS AS (upper(full_name)) VIRTUAL
ALTER TABLE users MODIFY upper_name varchar(50) GENERATED ALWAYS AS (lower(full_name)) VIRTUAL
ALTER TABLE orders MODIFY at timestamp NULL DEFAULT CURRENT_TIMESTAMP
ALTER TABLE orders MODIFY at timestamp NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP
ALTER TABLE orders MODIFY at timestamp(3) NULL DEFAULT CURRENT_TIMESTAMP(3)
ALTER TABLE orders MODIFY at timestamp NULL DEFAULT '2026-01-01 00:00:00'
ALTER TABLE orders ADD COLUMN doc json
ALTER TABLE orders MODIFY total decimal(12, 2)
ALTER TABLE orders MODIFY place varchar(20) DEFAULT 'a (b, c); ''d'''
ALTER TABLE users MODIFY id bigint unsigned NOT NULL
ALTER TABLE users MODIFY id bigint unsigned NOT NULL AUTO_INCREMENT
-- Keys and constraints
CREATE INDEX by_place ON orders (place)
ALTER TABLE orders RENAME INDEX by_place TO place_key
DROP INDEX place_key ON orders
CREATE INDEX by_place ON orders (place(5))
DROP INDEX by_place ON orders; CREATE INDEX by_place ON orders (place, total)
DROP INDEX by_place ON orders; CREATE INDEX by_place ON orders (total, place)
DROP INDEX by_place ON orders; CREATE INDEX by_place ON orders (total DESC, place)
DROP INDEX by_place ON orders; CREATE UNIQUE INDEX by_place ON orders (total, place)
DROP INDEX by_place ON orders; CREATE UNIQUE INDEX by_place ON orders (total, place) COMMENT 'for it'
CREATE FULLTEXT INDEX words ON orders (place)
ALTER TABLE orders DROP PRIMARY KEY, ADD PRIMARY KEY (id, total)
ALTER TABLE users DROP KEY email
ALTER TABLE orders ADD CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES users (id)
ALTER TABLE orders DROP FOREIGN KEY orders_user, ADD CONSTRAINT orders_owner FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
ALTER TABLE orders DROP FOREIGN KEY orders_owner
ALTER TABLE orders ADD CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES users (id) ON UPDATE SET NULL
ALTER TABLE orders ADD CONSTRAINT total_is_positive CHECK (total > 0)
ALTER TABLE orders DROP CONSTRAINT total_is_positive
ALTER TABLE orders ADD CONSTRAINT total_is_positive CHECK (total >= 0)
-- Options and partitions
ALTER TABLE orders COMMENT = 'Orders'
ALTER TABLE orders ROW_FORMAT = COMPACT
ALTER TABLE users DEFAULT CHARACTER SET latin1
CREATE TABLE loose (a int) ENGINE = InnoDB
ALTER TABLE loose ENGINE = MyISAM
CREATE TABLE parts (k int, v int) PARTITION BY RANGE (k) (PARTITION p0 VALUES LESS THAN (10))
ALTER TABLE parts ADD PARTITION (PARTITION p1 VALUES LESS THAN (20))
ALTER TABLE parts REORGANIZE PARTITION p1 INTO (PARTITION p1 VALUES LESS THAN (30))
ALTER TABLE parts PARTITION BY HASH (k) PARTITIONS 3
ALTER TABLE parts REMOVE PARTITIONING
RENAME TABLE parts TO pieces
DROP TABLE pieces
-- Views
CREATE VIEW names AS SELECT id, full_name FROM users WHERE id > 1
ALTER VIEW names AS SELECT id, full_name FROM users WHERE id > 2
ALTER ALGORITHM = MERGE VIEW names AS SELECT id, full_name FROM users WHERE id > 2
ALTER ALGORITHM = MERGE SQL SECURITY INVOKER VIEW names AS SELECT id, full_name FROM users WHERE id > 2
ALTER ALGORITHM = MERGE SQL SECURITY INVOKER VIEW names AS SELECT id, full_name FROM users WHERE id > 2 WITH LOCAL CHECK OPTION
ALTER DEFINER = 'nobody'@'%' VIEW names AS SELECT id, full_name FROM users WHERE id > 2
DROP VIEW names
-- Routines, triggers and events
CREATE FUNCTION plus(a int) RETURNS int DETERMINISTIC RETURN a + 1
DROP FUNCTION plus; CREATE FUNCTION plus(a int) RETURNS int DETERMINISTIC RETURN a + 2
DROP FUNCTION plus; CREATE FUNCTION plus(a bigint) RETURNS int DETERMINISTIC RETURN a + 2
ALTER FUNCTION plus COMMENT 'adds'
ALTER FUNCTION plus SQL SECURITY INVOKER
CREATE PROCEDURE clean() DELETE FROM orders
ALTER PROCEDURE clean MODIFIES SQL DATA
DROP PROCEDURE clean; CREATE DEFINER = 'nobody'@'%' PROCEDURE clean() MODIFIES SQL DATA DELETE FROM orders
DROP PROCEDURE clean
SET sql_mode = 'ANSI_QUOTES'; DROP FUNCTION plus; CREATE FUNCTION plus(a bigint) RETURNS int DETERMINISTIC SQL SECURITY INVOKER COMMENT 'adds' RETURN a + 2; SET sql_mode = DEFAULT
CREATE TRIGGER first_touch BEFORE INSERT ON orders FOR EACH ROW SET NEW.total = 1
CREATE TRIGGER then_touch BEFORE INSERT ON orders FOR EACH ROW SET NEW.place = 'x'
CREATE OR REPLACE TRIGGER then_touch BEFORE INSERT ON orders FOR EACH ROW PRECEDES first_touch SET NEW.place = 'x'
DROP TRIGGER then_touch
DROP TRIGGER first_touch; CREATE TRIGGER first_touch AFTER INSERT ON orders FOR EACH ROW SET @a = 1
DROP TRIGGER first_touch; CREATE TRIGGER first_touch AFTER UPDATE ON orders FOR EACH ROW SET @a = 1
DROP TRIGGER first_touch; CREATE DEFINER = 'nobody'@'%' TRIGGER first_touch AFTER UPDATE ON orders FOR EACH ROW SET @a = 1
CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY DO DELETE FROM orders
ALTER EVENT nightly ON SCHEDULE EVERY 2 DAY
ALTER EVENT nightly ON SCHEDULE EVERY 2 DAY STARTS '2030-01-01 00:00:00'
ALTER EVENT nightly ON SCHEDULE EVERY 2 DAY STARTS '2030-01-01 00:00:00' ENDS '2031-01-01 00:00:00'
ALTER EVENT nightly DISABLE
ALTER EVENT nightly ON COMPLETION PRESERVE
ALTER EVENT nightly COMMENT 'cleans'
ALTER EVENT nightly DO DELETE FROM orders WHERE id > 1
ALTER EVENT nightly RENAME TO daily
DROP EVENT daily
-- Rights and the database
GRANT SELECT ON orders TO schema_reader
GRANT INSERT (id, total) ON orders TO schema_reader
GRANT SELECT ON orders TO schema_reader WITH GRANT OPTION
REVOKE SELECT ON orders FROM schema_reader
ALTER DATABASE CHARACTER SET latin1
-- Only MariaDB has these
CREATE SEQUENCE numbers START WITH 5 INCREMENT BY 2
ALTER SEQUENCE numbers INCREMENT BY 3
ALTER SEQUENCE numbers CYCLE
DROP SEQUENCE numbers
ALTER TABLE users ADD COLUMN hidden int INVISIBLE
ALTER TABLE orders ADD SYSTEM VERSIONING
