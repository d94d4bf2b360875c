using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.History.ForeignTools;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MongoDB.Bson;
using MongoDB.Driver;

namespace MigrationTasks.MongoDb;

/// <summary>
/// The history of a database: a collection with a document for each migration, whose <c>_id</c> is the migration's name, so that
/// there is never a second one. Documents of earlier tools may have another; they are found by <c>migration_name</c>.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="config">The database.</param>
internal sealed class MongoDbHistory(MongoDbSession session, MongoDbConfig config)
{
    private const string Id = HistoryDocument.Id;
    private const string Owner = HistoryDocument.Owner;

    internal const int NamespaceExists = 48;
    private const int DuplicateKey = 11000;

    private readonly IMongoCollection<BsonDocument> _collection = session.Database.GetCollection<BsonDocument>(config.History);

    /// <summary>Reads all of it, with one query where there is anything.</summary>
    /// <exception cref="MigrationException">MIG3001 when the collection belongs to another tool.</exception>
    public async Task<MigrationHistory> ReadAsync(CancellationToken cancellation)
    {
        var table = config.Settings.HistoryTable;
        var documents = await _collection.Find(session.Handle, FilterDefinition<BsonDocument>.Empty).ToListAsync(cancellation).ConfigureAwait(false);
        if (documents.Count == 0 && !await ExistsAsync(session, config.History, cancellation).ConfigureAwait(false))
        {
            return MigrationHistory.Absent(table);
        }

        if (documents.Find(document => !document.Contains(HistorySchema.Name)) is { } foreign)
        {
            return HistorySchema.Read(table, [.. foreign.Names.Where(name => name != Id)], [], RowStores.Collections);
        }

        return HistorySchema.Read(
            table, HistorySchema.Columns, documents.Select(document => (IReadOnlyList<object?>)[.. HistorySchema.Columns.Select(column => BsonValues.ToObject(document.GetValue(column, BsonNull.Value)))]));
    }

    /// <summary>Whether there is a collection of a name.</summary>
    public static async Task<bool> ExistsAsync(MongoDbSession session, string collection, CancellationToken cancellation)
    {
        var names = await session.Database.ListCollectionNamesAsync(new ListCollectionNamesOptions { Filter = new BsonDocument("name", collection) }, cancellation).ConfigureAwait(false);
        return await names.AnyAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Creates the collection, unless it is there: not every server creates one within a transaction.</summary>
    public async Task CreateAsync(CancellationToken cancellation)
    {
        try
        {
            await session.Database.CreateCollectionAsync(config.History, cancellationToken: cancellation).ConfigureAwait(false);
        }
        catch (MongoCommandException exception) when (exception.Code == NamespaceExists)
        {
            // Another run was faster.
        }
    }

    /// <summary>Claims a migration for this run.</summary>
    /// <param name="step">The migration, and the row that it has already.</param>
    /// <param name="status">The row's status.</param>
    /// <param name="owner">Whose it is, while it is in work outside a transaction; <see langword="null"/> inside of one.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Whether no other run has claimed it.</returns>
    public async Task<bool> ClaimAsync(MigrationStep step, HistoryStatus status, string? owner, CancellationToken cancellation)
    {
        var row = HistoryDocument.Of(HistoryRow.Of(step.Migration, status, DateTimeOffset.UtcNow));
        if (owner is not null)
        {
            row.Add(Owner, owner);
        }

        try
        {
            if (step.Before is { } before)
            {
                var found = HistoryDocument.AsRead(before);
                if (before.Name == step.Migration.Name)
                {
                    row.Remove(Id);
                    return await UpdateAsync(found, row, cancellation).ConfigureAwait(false);
                }

                var deleted = await _collection.DeleteOneAsync(session.Handle, found, cancellationToken: cancellation).ConfigureAwait(false);
                if (deleted.DeletedCount == 0)
                {
                    return false;
                }
            }

            await _collection.InsertOneAsync(session.Handle, row, cancellationToken: cancellation).ConfigureAwait(false);
            return true;
        }
        catch (MongoWriteException exception) when (exception.WriteError?.Category == ServerErrorCategory.DuplicateKey)
        {
            return false;
        }
        catch (MongoCommandException exception) when (exception.Code == DuplicateKey)
        {
            return false;
        }
    }

    /// <summary>Claims a migration outside a transaction that an earlier run began, unless something happened to it since.</summary>
    /// <param name="migration">The migration as its file is now.</param>
    /// <param name="row">The row as it was read.</param>
    /// <param name="owner">Whose it is from now on.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task<bool> ResumeAsync(Migration migration, HistoryRow row, string owner, CancellationToken cancellation) => UpdateAsync(
        new BsonDocument
        {
            { HistorySchema.Name, row.Name },
            { HistorySchema.Status, new BsonDocument("$in", new BsonArray { HistorySchema.TextOf(HistoryStatus.Running), HistorySchema.TextOf(HistoryStatus.Failed) }) },
            { HistorySchema.StatementsDone, row.StatementsDone == 0 ? new BsonDocument("$in", new BsonArray { BsonNull.Value, 0 }) : row.StatementsDone },
        },
        new BsonDocument
        {
            { HistorySchema.Status, HistorySchema.TextOf(HistoryStatus.Running) },
            { HistorySchema.Checksum, migration.Checksum },
            { HistorySchema.ExecutedAt, DateTime.UtcNow },
            { Owner, owner },
        },
        cancellation);

    /// <summary>Marks the migration of a rollback outside a transaction as being undone.</summary>
    public Task<bool> MarkUndoingAsync(string name, string owner, CancellationToken cancellation) => UpdateAsync(
        HistoryDocument.Named(name), new BsonDocument { { HistorySchema.Status, HistorySchema.TextOf(HistoryStatus.Undoing) }, { HistorySchema.StatementsDone, BsonNull.Value }, { Owner, owner } }, cancellation);

    /// <summary>Writes down how many commands of what this run has in work stand, and the checksum of their tokens.</summary>
    /// <param name="name">The row's name.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="done">How many.</param>
    /// <param name="checksum">The checksum; <see langword="null"/> to leave the row's as it is.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Whether it still is this run's.</returns>
    public Task<bool> AdvanceAsync(string name, string owner, int done, string? checksum, CancellationToken cancellation) =>
        UpdateAsync(HistoryDocument.Named(name, owner), HistoryDocument.Progress(done, checksum), cancellation);

    /// <summary>Writes down that what this run had in work stopped.</summary>
    public Task<bool> EndAsync(string name, string owner, HistoryStatus status, CancellationToken cancellation) => UpdateAsync(
        HistoryDocument.Named(name, owner), HistoryDocument.End(status), cancellation);

    /// <summary>Makes the row of a rollback that did nothing what it was.</summary>
    public Task<bool> RestoreAsync(HistoryRow row, string owner, CancellationToken cancellation)
    {
        var values = HistoryDocument.Of(row);
        values.Remove(Id);
        values.Add(Owner, BsonNull.Value);
        return UpdateAsync(HistoryDocument.Named(row.Name, owner), values, cancellation);
    }

    /// <summary>Writes down that a migration that this run had in work is applied, as its file is now.</summary>
    public Task<bool> FinishAsync(string name, string owner, Migration migration, DateTimeOffset startedAt, TimeSpan duration, CancellationToken cancellation) => UpdateAsync(
        HistoryDocument.Named(name, owner), HistoryDocument.Finish(migration, startedAt, duration), cancellation);

    /// <summary>Writes down how long a migration took that was claimed in the transaction that is open.</summary>
    public Task<bool> FinishAsync(string name, TimeSpan duration, CancellationToken cancellation) =>
        UpdateAsync(HistoryDocument.Named(name), new BsonDocument(HistorySchema.Duration, (long)duration.TotalMilliseconds), cancellation);

    /// <summary>Removes the row of a migration that is not applied any more.</summary>
    public async Task<bool> RemoveAsync(string name, string? owner, CancellationToken cancellation)
    {
        var deleted = await _collection.DeleteOneAsync(session.Handle, owner is null ? HistoryDocument.Named(name) : HistoryDocument.Named(name, owner), cancellationToken: cancellation).ConfigureAwait(false);
        return deleted.DeletedCount > 0;
    }

    /// <summary>Adds, changes and removes rows.</summary>
    public async Task ChangeAsync(IReadOnlyList<HistoryChange> changes, CancellationToken cancellation)
    {
        var writes = changes.Where(change => change.After is null || change.Values.Count > 0).SelectMany(change => (IEnumerable<WriteModel<BsonDocument>>)((change.Before, change.After) switch
        {
            (null, { } after) => [new InsertOneModel<BsonDocument>(HistoryDocument.Of(after))],
            (_, null) => [new DeleteOneModel<BsonDocument>(HistoryDocument.Named(change.Name))],
            // The name is the _id too, which no update can change. What stops between the two has a row too many, rather than none.
            ({ } before, { } after) when before.Name != after.Name => [new InsertOneModel<BsonDocument>(HistoryDocument.Of(after)), new DeleteOneModel<BsonDocument>(HistoryDocument.Named(before.Name))],
            _ => [new UpdateOneModel<BsonDocument>(HistoryDocument.Named(change.Name), new BsonDocument("$set", new BsonDocument(change.Values.ToDictionary(value => value.Key, value => BsonValues.Of(value.Value)))))],
        })).ToList();
        if (writes.Count > 0)
        {
            await _collection.BulkWriteAsync(session.Handle, writes, cancellationToken: cancellation).ConfigureAwait(false);
        }
    }

    private async Task<bool> UpdateAsync(BsonDocument row, BsonDocument values, CancellationToken cancellation)
    {
        var updated = await _collection.UpdateOneAsync(session.Handle, row, new BsonDocument("$set", values), cancellationToken: cancellation).ConfigureAwait(false);
        return updated.MatchedCount > 0;
    }
}
