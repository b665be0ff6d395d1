using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Gallery;

/// <summary>Works made by SQL, for tests of what is shown of them and not of how they come about.</summary>
internal static class GalleryRows
{
    /// <summary>A completed generation with one picture; published unless it is private.</summary>
    public static async Task<Guid> Work(
        this App app, Guid account, string prompt = "a hill", string visibility = "public", string? title = null, int likes = 0, TimeSpan age = default, string type = "text2image", string style = "", Guid? named = null,
        bool mature = false, int width = 640, int height = 640, Guid? parent = null)
    {
        var id = named ?? Guid.CreateVersion7();
        await app.Execute("""
            insert into generations (id, account_id, face, type, provider, model, prompt, title, params, ignored_params, count, status, progress, visibility, credits_cost, version, created_at, completed_at, deadline_at, held, test, deadline_seconds, mature, parent_id)
            values ($1, $2, 'native', $5, 'studio', 'studio-sketch', $3, $6, case when $7 = '' then '{}' else jsonb_build_object('style', $7) end, '{}', 1, 'completed', 100, $4, 1, 1, now(), now(), now(), false, false, 60, $8, nullif($9, '00000000-0000-0000-0000-000000000000'::uuid))
            """, id, account, prompt, visibility, type, (object?)title ?? DBNull.Value, style, mature, parent ?? Guid.Empty);
        await app.Execute("""
            insert into outputs (generation_id, ordinal, storage_key, content_type, width, height, bytes, thumbnail_widths) values ($1, 0, 'generations/' || $1 || '/0.png', 'image/png', $2, $3, 1, '{320}')
            """, id, width, height);
        if (visibility != "private")
            await app.Execute("""
                insert into publications (id, generation_id, account_id, type, model, listed, like_count, ranked_likes, published_at, score, search, mature, parent_id, shape)
                select gen_random_uuid(), g.id, g.account_id, g.type, g.model, g.visibility = 'public', $2, $2, now() - $3, extract(epoch from now() - $3) / 45000 + log(1 + $2),
                  work_search(g.title, g.prompt, g.params ->> 'style'), g.mature, g.parent_id, work_shape($4, $5) from generations g where g.id = $1
                """, id, likes, age, width, height);
        return id;
    }

    /// <summary>Many public works of one and the same prompt, published now.</summary>
    public static async Task Fill(this App app, Guid account, int works, string prompt = "common")
    {
        await app.Execute("""
            with made as (
              insert into generations (id, account_id, face, type, provider, model, prompt, params, ignored_params, count, status, progress, visibility, credits_cost, version, created_at, completed_at, deadline_at, held, test, deadline_seconds)
              select gen_random_uuid(), $1, 'native', 'text2image', 'studio', 'studio-sketch', $3, '{}', '{}', 1, 'completed', 100, 'public', 1, 1, now(), now(), now(), false, false, 60 from generate_series(1, $2)
              returning id),
            drawn as (
              insert into outputs (generation_id, ordinal, storage_key, content_type, width, height, bytes, thumbnail_widths) select id, 0, 'none', 'image/png', 64, 64, 1, '{}' from made)
            insert into publications (id, generation_id, account_id, type, model, listed, published_at, score, search)
            select gen_random_uuid(), id, $1, 'text2image', 'studio-sketch', true, now(), extract(epoch from now()) / 45000, work_search(null, $3, null) from made
            """, account, works, prompt);
    }

    /// <summary>People who like things.</summary>
    public static async Task<Guid[]> Fans(this App app, int count)
    {
        using var scope = app.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var fans = Enumerable.Range(0, count).Select(_ => TestAccount.New("free")).ToArray();
        db.Accounts.AddRange(fans);
        await db.SaveChangesAsync();
        return [.. fans.Select(fan => fan.Id)];
    }

    public static async Task<Guid[]> Ids(this Caller caller, string path, string id = "id")
    {
        var (status, body) = await caller.Get(path);
        Assert.True(status == HttpStatusCode.OK, $"{path}: {body}");
        return [.. body.GetProperty("data").EnumerateArray().Select(item => item.GetProperty(id).GetGuid())];
    }

    /// <summary>Every page of a list, two at a time.</summary>
    public static async Task<Guid[]> AllIds(this Caller caller, string path, string id = "id")
    {
        var all = new List<Guid>();
        string? cursor = null;
        do
        {
            var (status, body) = await caller.Get($"{path}{(path.Contains('?') ? '&' : '?')}limit=2{(cursor is null ? "" : "&cursor=" + cursor)}");
            Assert.True(status == HttpStatusCode.OK, $"{path}: {body}");
            all.AddRange(body.GetProperty("data").EnumerateArray().Select(item => item.GetProperty(id).GetGuid()));
            cursor = body.GetProperty("pagination").GetProperty("nextCursor").GetString();
            Assert.True(all.Count < 1000, $"{path} does not end.");
        }
        while (cursor is not null);
        return [.. all];
    }

    public static Caller Stranger(this App app) => new(Guid.Empty, app.CreateClient(), "");

    public static JsonElement Data(this (HttpStatusCode Status, JsonElement Body) answer) => answer.Body.GetProperty("data");
}
