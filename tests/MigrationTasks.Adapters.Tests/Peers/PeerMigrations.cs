using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace MigrationTasks.Adapters.Tests.Peers;

/// <summary>What Entity Framework Core migrates here: a model without entities, since the migrations are what counts.</summary>
internal sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options);

[DbContext(typeof(ShopContext))]
[Microsoft.EntityFrameworkCore.Migrations.Migration("20260102030405_CreateUsers")]
internal sealed class EntityFrameworkUsers : Microsoft.EntityFrameworkCore.Migrations.Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("CREATE TABLE users (id INTEGER)");
}

[DbContext(typeof(ShopContext))]
[Microsoft.EntityFrameworkCore.Migrations.Migration("20260103030405_AddOrders")]
internal sealed class EntityFrameworkOrders : Microsoft.EntityFrameworkCore.Migrations.Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("CREATE TABLE orders (id INTEGER)");
}

/// <summary>FluentMigrator finds migrations by their attribute, and takes only public ones.</summary>
[FluentMigrator.Migration(20260102030405)]
public sealed class FluentUsers : FluentMigrator.Migration
{
    /// <inheritdoc/>
    public override void Up() => Execute.Sql("CREATE TABLE users (id INTEGER)");

    /// <inheritdoc/>
    public override void Down() => Execute.Sql("DROP TABLE users");
}

/// <summary>One with a description, which is no name of a file.</summary>
[FluentMigrator.Migration(20260103030405, "Adds the orders, at last")]
public sealed class FluentOrders : FluentMigrator.Migration
{
    /// <inheritdoc/>
    public override void Up() => Execute.Sql("CREATE TABLE orders (id INTEGER)");

    /// <inheritdoc/>
    public override void Down() => Execute.Sql("DROP TABLE orders");
}
