using System.Globalization;
using Npgsql;
using Rpd.Server.ApiKeys;

namespace Rpd.Bench;

/// <summary>The keys of who asks.</summary>
public sealed record SeedKeys(string Reader, string QuietReader);

/// <summary>
/// Fills a database with public works, people, likes, follows, collections and what one account has of its own by SQL on the server's side, and keeps its folder for the next run:
/// <c>.bench/&lt;works&gt;</c>. Words follow Zipf's law, likes a power law, works a year. Keys, checks and indexes are taken away before and made again after.
/// </summary>
internal static class Seed
{
    public const int Many = 1_000_000, Few = 10_000;

    /// <summary>Who asks: has many generations, entries, collections and templates, and follows a thousand.</summary>
    public const string Reader = "00000000-0000-7000-8000-000000000001";

    /// <summary>Follows a thousand of those who publish least.</summary>
    public const string QuietReader = "00000000-0000-7000-8000-000000000004";

    /// <summary>Who is followed by everybody.</summary>
    public const string Star = "00000000-0000-7000-8000-000000000002";

    /// <summary>The vocabulary begins with these, the most frequent first; behind them it is made up.</summary>
    public static readonly string[] Words = ["light", "portrait", "forest", "night", "city", "soft", "mountain", "water", "dream", "old", "woman", "golden", "sky", "rain", "quiet", "robot", "garden", "fog", "blue", "winter"];

    public static DirectoryInfo Folder(int works) => new(Path.Combine(Installation.Root, ".bench", works.ToString(CultureInfo.InvariantCulture)));

    private static string KeyFile(int works) => Path.Combine(Folder(works).FullName, "bench.key");

    public static Task Run() => Fill(Many);

    public static async Task<SeedKeys> Fill(int works)
    {
        var folder = Folder(works);
        if (File.Exists(KeyFile(works)) && await File.ReadAllLinesAsync(KeyFile(works)) is [var known, var knownQuiet]) return new(known, knownQuiet);
        if (folder.Exists) folder.Delete(recursive: true);
        folder.Create();
        File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_101_101);
        var (reader, quiet) = (KeyFormat.New(KeyFormat.Native), KeyFormat.New(KeyFormat.Native));
        await using (var server = await Installation.StartIn(folder, ("Jobs__SlowWorkers", "0")))
        {
            await using var database = server.Database();
            await using var connection = await database.OpenConnectionAsync();
            await Load(connection, works, reader.Hash(), quiet.Hash());
        }
        await File.WriteAllLinesAsync(KeyFile(works), [reader.Reveal(), quiet.Reveal()]);
        return new(reader.Reveal(), quiet.Reveal());
    }

    private static async Task Load(NpgsqlConnection connection, int works, byte[] keyHash, byte[] quietKeyHash)
    {
        var people = Math.Max(1_100, works / 20);
        await Execute("set synchronous_commit = off; set maintenance_work_mem = '512MB'; set work_mem = '128MB'");
        var taken = await TakeAway(connection);
        var words = string.Join(',', Words.Select(word => $"'{word}'"));
        var steps = new (string What, string Sql)[]
        {
            ("people", $"""
                insert into accounts (id, user_name, normalized_user_name, email, normalized_email, email_confirmed, security_stamp, concurrency_stamp, handle, display_name, plan, role, status, created_at)
                select ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, n || '@bench.invalid', n || '@BENCH.INVALID', n || '@bench.invalid', n || '@BENCH.INVALID', true, 's', 's',
                  'bench_' || n, 'Bench ' || n, 'business', 'user', case when n % 500 = 499 then 'suspended' else 'active' end, now() from generate_series(1, {people}) n
                """),
            // A loop over an array in memory: out of a table, each word would unpack the whole of it.
            ("words", $"""
                create function pg_temp.prompts(most int) returns setof text language plpgsql as $$
                declare
                  w text[] := array[{words}] || array(select
                    (array['ka','lo','mi','ner','sto','vel','ran','thi','bru','os'])[1 + n % 10] || (array['ba','del','fir','gon','hal','jin','kor','lum','mas','nix'])[1 + n / 10 % 10]
                    || (array['ta','ren','sil','dor','ven','mir','pul','gas','chi','zen'])[1 + n / 100 % 10] || (array['','s','ing','er','ed'])[1 + n / 1000 % 5] from generate_series(0, 4979) n);
                  p text;
                begin
                  for n in 1..most loop
                    p := w[floor(exp(random() * ln(5000)))::int];
                    for k in 1..11 loop p := p || ' ' || w[floor(exp(random() * ln(5000)))::int]; end loop;
                    return next case when n % 10 = 0 then p || ' #' || w[1 + n / 10 % 20] else p end;
                  end loop;
                end $$
                """),
            ("works", $"""
                create temporary table works as select n, ms, ('0' || substr(lpad(to_hex(ms), 12, '0'), 2, 7) || '-' || right(lpad(to_hex(ms), 12, '0'), 4) || '-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid as generation,
                  ('0' || substr(lpad(to_hex(ms), 12, '0'), 2, 7) || '-' || right(lpad(to_hex(ms), 12, '0'), 4) || '-7000-9000-' || lpad(to_hex(n), 12, '0'))::uuid as publication,
                  ('00000000-0000-7000-8000-' || lpad(to_hex(3 + floor(power(random(), 2) * {people - 3})::bigint), 12, '0'))::uuid as author, to_timestamp(ms / 1000.0) as at,
                  least({people / 2}, floor(power(random(), -0.84)) - 1)::int as likes,
                  (array['text2image','text2image','text2image','text2image','text2image','image2image','text2video','image2video','audio','upscale'])[1 + floor(random() * 10)::int] as type,
                  'model-' || floor(exp(random() * ln(60)))::int as model,
                  prompt
                from (select n, prompt, (extract(epoch from now()) * 1000 - ({works} - n) * (365 * 86400000.0 / {works}))::bigint as ms from pg_temp.prompts({works}) with ordinality p(prompt, n)) t
                """),
            ("generations", """
                insert into generations (id, account_id, face, type, provider, model, prompt, params, ignored_params, count, status, progress, visibility, credits_cost, version, created_at, started_at, completed_at, deadline_at, held, test, deadline_seconds)
                select generation, author, 'native', type, 'studio', model, prompt, '{"seed": 7}', '{}', 1, 'completed', 100, 'public', 1, 3, at, at, at, at, false, false, 900 from works
                """),
            ("own generations", $$"""
                insert into generations (id, account_id, face, type, provider, model, prompt, params, ignored_params, count, status, progress, visibility, error_code, error_message, credits_cost, version, created_at, started_at, completed_at, deadline_at, held, test, deadline_seconds)
                select (left(generation::text, 15) || '6' || substr(generation::text, 17))::uuid, '{{Reader}}', 'native', type, 'studio', model, prompt, '{"seed": 7}', '{}', 1, case when n % 100 = 0 then 'failed' else 'completed' end, 100, 'private',
                  case when n % 100 = 0 then 'PROVIDER_ERROR' end, case when n % 100 = 0 then 'It failed.' end, 1, 3, at, at, at, at, false, false, 900 from works where n % 50 = 0
                """),
            ("outputs", """
                insert into outputs (generation_id, ordinal, storage_key, content_type, width, height, bytes, blur_hash, thumbnail_widths)
                select id, 0, 'generations/' || id || '/0.png', 'image/png', 1024, 1024, 200000, 'LEHV6nWB2yk8pyo0adR*.7kCMdnj', '{320,640}' from generations where status = 'completed'
                """),
            ("publications", """
                insert into publications (id, generation_id, account_id, type, model, listed, like_count, ranked_likes, published_at, score, freshness, search)
                select publication, generation, author, type, model, n % 50 <> 7, likes, likes, at, extract(epoch from at) / 45000 + log(1 + likes),
                  case when at > now() - interval '1 day' then 3 when at > now() - interval '7 days' then 2 when at > now() - interval '30 days' then 1 else 0 end, to_tsvector('simple', prompt) || case when n % 10 = 0 then array_to_tsvector(array['#' || split_part(prompt, '#', 2)]) else ''::tsvector end from works
                """),
            ("likes", $"""
                insert into likes select publication, ('00000000-0000-7000-8000-' || lpad(to_hex(1 + (n * 7919 + j * 104729::bigint) % {people}), 12, '0'))::uuid, at from works, generate_series(1, likes) j
                """),
            ("follows", $"""
                insert into follows
                select ('00000000-0000-7000-8000-' || lpad(to_hex(a), 12, '0'))::uuid, ('00000000-0000-7000-8000-' || lpad(to_hex(b), 12, '0'))::uuid, now() - a * interval '1 second'
                from (select 1 as a, 2 + n as b from generate_series(1, 1000) n union select n, 2 from generate_series(3, {people}) n
                  union select 4, n from generate_series({people - 999}, {people}) n
                  union select 3 + n % {people - 3}, 3 + (n * 104729::bigint) % {people - 3} from generate_series(1, {people * 20}) n) f where a <> b;
                insert into profiles select followee_id, null, count(*) from follows group by 1
                """),
            ("collections", $"""
                insert into collections select ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, ('00000000-0000-7000-8000-' || lpad(to_hex(case when n <= 200 then 1 else n % {people} + 1 end), 12, '0'))::uuid,
                  'Collection ' || n, null, 'public', now() from generate_series(1, {Math.Max(300, works / 100)}) n;
                insert into collection_items select distinct on (1, 2) ('01900000-0000-7000-8000-' || lpad(to_hex(c), 12, '0'))::uuid, w.generation, i, now()
                from generate_series(1, {Math.Max(300, works / 100)}) c, generate_series(1, case when c = 200 then 500 else 20 end) i, works w where w.n = 1 + (c * 7919::bigint + i * 104729::bigint) % {works}
                """),
            ("files, notifications, events, webhooks", $"""
                insert into files (id, account_id, name, content_type, bytes, size_signed, storage_key, sha256, width, height, created_at, expires_at, confirmed_at)
                select ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '{Reader}', 'picture-' || n || '.png', 'image/png', 200000, true, 'files/' || n, sha256(n::text::bytea), 1024, 1024, now(), now(), now()
                from generate_series(1, {works / 50}) n;
                insert into notifications (id, account_id, kind, group_key, title, link, read_at, created_at)
                select ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '{Reader}', 'work.liked', n::text, 'Bench ' || n || ' likes your work', '/explore', case when n % 10 > 0 then now() end, now() - n * interval '1 minute'
                from generate_series(1, {works / 50}) n;
                insert into events (account_id, name, subject_id, data, at, uid)
                select case when n % 5 = 0 then '{Reader}'::uuid else a.id end, 'generation.completed', null, json_build_object('id', n, 'status', 'completed'), now() - ({works / 2} - n) * interval '1 second', gen_random_uuid()
                from generate_series(1, {works / 2}) n join accounts a on a.id = ('00000000-0000-7000-8000-' || lpad(to_hex(1 + n % {people}), 12, '0'))::uuid order by n;
                insert into webhook_endpoints (id, account_id, url, events, status, secret, created_at)
                select ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '{Reader}', 'https://bench.invalid/' || n, '{"{generation.completed}"}', 'paused', 's', now() from generate_series(1, 20) n;
                insert into webhook_deliveries (id, event_id, account_id, endpoint_id, target, uid, state, attempt, step, response_status, latency_ms, created_at)
                select gen_random_uuid(), id, account_id, '01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000001', uid, 'delivered', 1, 1, 200, 20, at from events where account_id = '{Reader}' and uid is not null
                """),
            ("credits, keys, templates", $"""
                insert into credit_entries select '{Reader}', n, now() - ({works / 10} - n) * interval '1 minute', 'reserve', 'bench:' || n, 0, 0, -1, 0, 1, 0, 0, 0, 1000000, 'generation', n::text, null, '' from generate_series(1, {works / 10}) n;
                insert into credit_balances (account_id, purchased) values ('{Reader}', 1000000);
                insert into api_keys (id, account_id, name, prefix, last4, hash, scopes, created_at) select gen_random_uuid(), '{Reader}', 'bench ' || n, 'rpd_sk', 'xxxx',
                  case when n = 1 then decode('{Convert.ToHexString(keyHash)}', 'hex') else sha256(n::text::bytea) end, case when n = 1 then '{"{generate,read,social,manage}"}'::text[] else '{"{read}"}' end, now() from generate_series(1, 20) n;
                insert into api_keys (id, account_id, name, prefix, last4, hash, scopes, created_at)
                values (gen_random_uuid(), '{QuietReader}', 'bench', 'rpd_sk', 'xxxx', decode('{Convert.ToHexString(quietKeyHash)}', 'hex'), '{"{read}"}', now());
                insert into templates select ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '{Reader}', 'Template ' || n, 'text2image', 'A hill', '[]', null, now() from generate_series(1, 500) n
                """),
        };
        foreach (var (what, sql) in steps) await Timed(what, sql);
        foreach (var sql in taken) await Timed(sql.Length > 90 ? sql[..90] : sql, sql);
        await Timed("analyze", "analyze");
        await Timed("vacuum", "vacuum");

        async Task Timed(string what, string sql)
        {
            var start = TimeProvider.System.GetTimestamp();
            await Execute(sql);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetElapsedTime(start).TotalSeconds,7:F1} s  {what}"));
        }

        async Task Execute(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            await command.ExecuteNonQueryAsync();
        }
    }

    /// <returns>The statements that make them again: primary keys, then indexes, then references.</returns>
    private static async Task<List<string>> TakeAway(NpgsqlConnection connection)
    {
        const string Tables = "('generations'::regclass, 'outputs'::regclass, 'publications'::regclass, 'likes'::regclass, 'follows'::regclass, 'collection_items'::regclass, 'credit_entries'::regclass)";
        var (drop, make) = (new List<string>(), new List<string>());
        await using (var command = new NpgsqlCommand($"""
            select 'alter table ' || conrelid::regclass || ' drop constraint ' || conname, 'alter table ' || conrelid::regclass || ' add constraint ' || conname || ' ' || pg_get_constraintdef(oid),
              case contype when 'f' then 0 else 1 end as drop_order
            from pg_constraint where contype in ('f', 'p') and (conrelid in {Tables} or confrelid in {Tables})
            union all
            select 'drop index ' || indexrelid::regclass, pg_get_indexdef(indexrelid), 2 from pg_index i where indrelid in {Tables}
              and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid and c.contype = 'p')
            order by drop_order
            """, connection))
        {
            await using var reader = await command.ExecuteReaderAsync();
            var found = new List<(string Drop, string Make, int Order)>();
            while (await reader.ReadAsync()) found.Add((reader.GetString(0), reader.GetString(1), reader.GetInt32(2)));
            drop.AddRange(found.Select(one => one.Drop));
            make.AddRange(found.OrderBy(one => one.Order switch { 1 => 0, 2 => 1, _ => 2 }).Select(one => one.Make));
        }
        foreach (var sql in drop)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync();
        }
        return make;
    }
}
