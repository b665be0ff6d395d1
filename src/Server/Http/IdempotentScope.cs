using Npgsql;

namespace Rpd.Server.Http;

/// <summary>
/// A request that holds its <c>Idempotency-Key</c>. A handler that spends credits works in <see cref="Transaction"/> and ends with <see cref="Commit"/>;
/// for the others the group's filter stores the answer once they have succeeded. Left uncommitted, everything is rolled back.
/// </summary>
public sealed class IdempotentScope : IAsyncDisposable
{
    private readonly NpgsqlConnection connection;
    private readonly Action leave;
    private readonly Func<StoredAnswer, CancellationToken, Task>? store;

    internal IdempotentScope(NpgsqlTransaction transaction, Action leave, Func<StoredAnswer, CancellationToken, Task> store) : this(transaction, leave) =>
        this.store = store;

    internal IdempotentScope(NpgsqlTransaction transaction, Action leave, StoredAnswer stored) : this(transaction, leave) => Stored = stored;

    // A transaction that has ended does not know its connection any more.
    private IdempotentScope(NpgsqlTransaction transaction, Action leave) =>
        (Transaction, connection, this.leave) = (transaction, transaction.Connection!, leave);

    public NpgsqlTransaction Transaction { get; }

    /// <summary>The first answer, when there has been one: nothing is to be done any more.</summary>
    public StoredAnswer? Stored { get; }

    public bool Committed { get; private set; }

    public async Task Commit(StoredAnswer answer, CancellationToken cancel)
    {
        if (store is null) throw new InvalidOperationException("This key has its answer already.");
        await store(answer, cancel);
        await Transaction.CommitAsync(cancel);
        Committed = true;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
        finally
        {
            leave();
        }
    }
}
