namespace MigrationTasks.Adapters.Tests.MySql;

/// <summary>The histories of other tools, with the columns, types and names that each of them creates.</summary>
internal static class MySqlForeignTables
{
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["flyway"] = "CREATE TABLE flyway_schema_history (`installed_rank` INT NOT NULL, `version` VARCHAR(50), `description` VARCHAR(200) NOT NULL, `type` VARCHAR(20) NOT NULL, `script` VARCHAR(1000) NOT NULL, `checksum` INT, `installed_by` VARCHAR(100) NOT NULL, `installed_on` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, `execution_time` INT NOT NULL, `success` BOOL NOT NULL, PRIMARY KEY (`installed_rank`)) ENGINE=InnoDB",
        ["liquibase"] = "CREATE TABLE databasechangelog (ID VARCHAR(255) NOT NULL, AUTHOR VARCHAR(255) NOT NULL, FILENAME VARCHAR(255) NOT NULL, DATEEXECUTED datetime NOT NULL, ORDEREXECUTED INT NOT NULL, EXECTYPE VARCHAR(10) NOT NULL, MD5SUM VARCHAR(35) NULL, `DESCRIPTION` VARCHAR(255) NULL, COMMENTS VARCHAR(255) NULL, TAG VARCHAR(255) NULL, LIQUIBASE VARCHAR(20) NULL, CONTEXTS VARCHAR(255) NULL, LABELS VARCHAR(255) NULL, DEPLOYMENT_ID VARCHAR(10) NULL)",
        ["efcore"] = "CREATE TABLE `__EFMigrationsHistory` (`MigrationId` varchar(150) CHARACTER SET utf8mb4 NOT NULL, `ProductVersion` varchar(32) CHARACTER SET utf8mb4 NOT NULL, CONSTRAINT `PK___EFMigrationsHistory` PRIMARY KEY (`MigrationId`)) CHARACTER SET=utf8mb4",
        ["dbup"] = "CREATE TABLE schemaversions (schemaversionid INT NOT NULL AUTO_INCREMENT, scriptname VARCHAR(255) NOT NULL, applied TIMESTAMP NOT NULL, PRIMARY KEY (schemaversionid))",
        ["evolve"] = "CREATE TABLE changelog (id INT(11) NOT NULL AUTO_INCREMENT, type TINYINT DEFAULT NULL, version VARCHAR(50) DEFAULT NULL, description VARCHAR(200) NOT NULL, name VARCHAR(300) NOT NULL, checksum VARCHAR(32) DEFAULT NULL, installed_by VARCHAR(100) NOT NULL, installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, success BOOL NOT NULL, PRIMARY KEY (id)) ENGINE=InnoDB",
        ["grate"] = "CREATE TABLE grate_ScriptsRun (id bigint NOT NULL AUTO_INCREMENT, version_id BIGINT NULL, script_name varchar(255) NULL, text_of_script text NULL, text_hash varchar(512) NULL, one_time_script boolean NULL, entry_date timestamp NULL, modified_date timestamp NULL, entered_by varchar(50) NULL, CONSTRAINT PK_ScriptsRun_id PRIMARY KEY (id))",
        ["golang-migrate"] = "CREATE TABLE IF NOT EXISTS schema_migrations (version bigint not null primary key, dirty boolean not null)",
        ["ecto"] = "CREATE TABLE IF NOT EXISTS schema_migrations (version bigint PRIMARY KEY, inserted_at datetime)",
        ["dbmate"] = "create table if not exists schema_migrations (version varchar(128) primary key)",
        ["goose"] = "CREATE TABLE goose_db_version (id serial NOT NULL, version_id bigint NOT NULL, is_applied boolean NOT NULL, tstamp timestamp NULL default now(), PRIMARY KEY(id))",
        ["prisma"] = "CREATE TABLE _prisma_migrations (id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at DATETIME(3), migration_name VARCHAR(255) NOT NULL, logs TEXT, rolled_back_at DATETIME(3), started_at DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3), applied_steps_count INTEGER UNSIGNED NOT NULL DEFAULT 0)",
        ["fluentmigrator"] = "CREATE TABLE `VersionInfo` (`Version` BIGINT NOT NULL, `AppliedOn` DATETIME, `Description` VARCHAR(1024)) ENGINE = INNODB",
    };
}
