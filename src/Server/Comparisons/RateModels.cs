using Npgsql;
using NpgsqlTypes;
using Rpd.Server.Catalog;
using Rpd.Shared.Catalog;

namespace Rpd.Server.Comparisons;

/// <summary>
/// Once a minute: what the latest blind votes say of each model, computed anew from their rows and put into the catalogue. Of one account
/// <see cref="PairsADay"/> votes on the same two models count a day (UTC), the first ones; those of suspended accounts do not.
/// </summary>
public sealed class RateModels(NpgsqlDataSource database, ModelCatalog catalog, TimeProvider time)
{
    public const int PairsADay = 3;
    private const int VotesMax = 100_000;

    /// <returns>0: nothing that anybody needs to read about each minute.</returns>
    public async Task<int> Run(CancellationToken cancel)
    {
        var pairs = await Pairs(cancel);
        var ratings = pairs.GroupBy(pair => pair.Type).SelectMany(type =>
        {
            var rated = BradleyTerry.Rate(type.Select(pair => (pair.Winner, pair.Loser, pair.Times)));
            return rated.Select(one => Rating(type.Key, one.Key, one.Value, [.. type]));
        }).ToArray();
        await Write(ratings, cancel);
        catalog.Scores.Renew(ratings.Select(one => (one.Model, new ModelScoreView(one.Type, one.Votes, Math.Round((double)one.Wins / one.Votes, 3), Math.Round(one.Rating, 3)))));
        return 0;
    }

    private ModelRating Rating(string type, string model, double rating, IReadOnlyList<(string Type, string Winner, string Loser, int Times)> pairs) => new()
    {
        Type = type,
        Model = model,
        Votes = pairs.Where(pair => pair.Winner == model || pair.Loser == model).Sum(pair => pair.Times),
        Wins = pairs.Where(pair => pair.Winner == model).Sum(pair => pair.Times),
        Rating = rating,
        RatedAt = time.GetUtcNow(),
    };

    private async Task<List<(string Type, string Winner, string Loser, int Times)>> Pairs(CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            select type, winner, loser, count(*)::int from (
              select v.type, v.winner, l.loser, row_number() over (
                partition by v.account_id, v.type, least(v.winner, l.loser), greatest(v.winner, l.loser), (v.voted_at at time zone 'UTC')::date
                order by v.voted_at, v.comparison_id) as nth
              from (select * from comparison_votes where choice = 'best' order by voted_at desc, comparison_id limit $1) v
              join accounts a on a.id = v.account_id and a.status = 'active'
              cross join lateral (select distinct loser from unnest(v.losers) loser where loser <> v.winner) l) one
            where nth <= $2 group by type, winner, loser
            """);
        command.Parameters.AddWithValue(VotesMax);
        command.Parameters.AddWithValue(PairsADay);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var pairs = new List<(string, string, string, int)>();
        while (await reader.ReadAsync(cancel)) pairs.Add((reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3)));
        return pairs;
    }

    // A model whose votes do not count any more loses its row.
    private async Task Write(ModelRating[] ratings, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            with new as (select * from unnest($1, $2, $3, $4, $5) as n(type, model, votes, wins, rating)),
            gone as (delete from model_ratings r where not exists (select 1 from new n where n.type = r.type and n.model = r.model))
            insert into model_ratings as r (type, model, votes, wins, rating, rated_at) select type, model, votes, wins, rating, $6 from new order by type, model
            on conflict (type, model) do update set votes = excluded.votes, wins = excluded.wins, rating = excluded.rating, rated_at = excluded.rated_at
            where (r.votes, r.wins, r.rating) is distinct from (excluded.votes, excluded.wins, excluded.rating)
            """);
        Add(ratings.Select(one => one.Type).ToArray(), NpgsqlDbType.Text);
        Add(ratings.Select(one => one.Model).ToArray(), NpgsqlDbType.Text);
        Add(ratings.Select(one => one.Votes).ToArray(), NpgsqlDbType.Integer);
        Add(ratings.Select(one => one.Wins).ToArray(), NpgsqlDbType.Integer);
        Add(ratings.Select(one => one.Rating).ToArray(), NpgsqlDbType.Double);
        command.Parameters.AddWithValue(time.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancel);

        void Add(object values, NpgsqlDbType type) => command.Parameters.Add(new() { Value = values, NpgsqlDbType = NpgsqlDbType.Array | type });
    }
}
