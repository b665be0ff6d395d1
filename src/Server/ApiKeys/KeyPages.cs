using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Rpd.Server.Accounts;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;
using Rpd.Web.ApiKeys;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.ApiKeys;

/// <summary>The page of keys. A new secret survives the redirect in a sealed cookie and is shown once.</summary>
public static class KeyPages
{
    private const string NewKey = "new-key";
    private const int SharesMax = 5;

    /// <summary>A person may rotate and change what the operator gave them too: they own the key, whatever is on it.</summary>
    private static readonly string[] OfOwners = [.. Scopes.Grantable, Scopes.Admin];

    public static void MapKeyPages(this RouteGroupBuilder pages)
    {
        var keys = pages.MapGroup("/keys").RequireAuthorization();
        keys.MapGet("", async (HttpContext http, Flash flash, KeyList list) => await list.Show(http, created: flash.Take(http, NewKey)));
        keys.MapForm("", Create);
        keys.MapForm("/{id:guid}/rotate", Rotate);
        keys.MapForm("/{id:guid}/revoke", Revoke);
        keys.MapPost("/{id:guid}/disable", (Guid id, HttpContext http, ChangeKey change, KeyList list) => Change(id, new(Disabled: true), http, change, list));
        keys.MapPost("/{id:guid}/enable", (Guid id, HttpContext http, ChangeKey change, KeyList list) => Change(id, new(Disabled: false), http, change, list));
        keys.MapPost("/{id:guid}/thaw", async (Guid id, HttpContext http, ThawKey thaw) =>
            await thaw.Run(http.User.AccountId()!.Value, id, http.RequestAborted) is null ? See("/keys") : Results.NotFound());
        keys.MapForm("/{id:guid}/change", Edit);
        keys.MapGet("/{id:guid}/{verb}", (Guid id, string verb) => See("/keys"));
    }

    private static async Task<IResult> Create([FromForm] ApiKeyForm? form, HttpContext http, CreateKey create, Flash flash, KeyList list, TimeProvider time)
    {
        var typed = form ?? new();
        var read = Read(typed, time.GetUtcNow(), out var unread);
        // One check says all: what the operation would find is shown together with what could not be read.
        var wrong = unread.Count == 0 ? [] : unread.Concat(read.Check(Scopes.Grantable, time.GetUtcNow()).Select(Renamed)).DistinctBy(error => error.Field).ToList();
        if (wrong.Count > 0) return await list.Show(http, typed, new(wrong), status: 422);
        var made = await create.Run(http.User.AccountId()!.Value, read, Scopes.Grantable, http.RequestAborted);
        if (made.Declined) return await list.Show(http, typed, new([.. FormErrors.Of(made.Refusal).All.Select(Renamed)]), status: StatusOf(made.Refusal));
        return ShowOnce(http, made.Value, flash);
    }

    private static async Task<IResult> Rotate(Guid id, [FromForm] RotateForm? form, HttpContext http, RotateKey rotate, Flash flash, KeyList list)
    {
        var days = Number(string.IsNullOrWhiteSpace(form?.GraceDays) ? "0" : form.GraceDays) ?? -1;
        var rotated = await rotate.Run(http.User.AccountId()!.Value, id, days, OfOwners, http.RequestAborted);
        return rotated.Declined ? await Refused(id, rotated.Refusal, http, list) : ShowOnce(http, rotated.Value, flash);
    }

    private static async Task<IResult> Revoke(Guid id, [FromForm] RevokeForm? form, HttpContext http, RevokeKey revoke, KeyQueries keys, KeyList list)
    {
        var account = http.User.AccountId()!.Value;
        if (await keys.Find(account, id, http.RequestAborted) is not { } key) return Results.NotFound();
        if (!string.Equals(form?.Name?.Trim(), key.Name, StringComparison.Ordinal))
            return await Refused(id, Refusal.Invalid("name", $"Type \"{key.Name}\" to revoke this key."), http, list);
        await revoke.Run(account, id, OfOwners, http.RequestAborted);
        return See("/keys");
    }

    private static async Task<IResult> Edit(Guid id, [FromForm] ApiKeyForm? form, HttpContext http, ChangeKey change, KeyQueries keys, KeyList list, TimeProvider time)
    {
        var typed = form ?? new();
        var account = http.User.AccountId()!.Value;
        if (await keys.Find(account, id, http.RequestAborted) is not { } key) return Results.NotFound();
        var read = Read(typed, time.GetUtcNow(), out var unread);
        var wanted = new KeyChange(read.Name ?? "", new(read.CapCredits, read.CapPeriod), read.AllowedIps ?? [], AlertPercents: read.AlertPercents, Watched: read.Watched);
        if (unread.Count > 0) return await Again([.. unread, .. wanted.Check(key.Prefix).Select(Renamed)]);
        var changed = await change.Run(account, id, wanted, OfOwners, http.RequestAborted);
        return changed.Declined ? await Again([.. FormErrors.Of(changed.Refusal).All.Select(Renamed)]) : See("/keys");

        Task<IResult> Again(IReadOnlyList<FieldError> wrong) => list.Show(http, status: 422, refused: new(id, new([.. wrong.DistinctBy(error => error.Field)]), typed));
    }

    private static async Task<IResult> Change(Guid id, KeyChange wanted, HttpContext http, ChangeKey change, KeyList list)
    {
        var changed = await change.Run(http.User.AccountId()!.Value, id, wanted, OfOwners, http.RequestAborted);
        return changed.Declined ? await Refused(id, changed.Refusal, http, list) : See("/keys");
    }

    private static async Task<IResult> Refused(Guid id, Refusal refusal, HttpContext http, KeyList list) =>
        refusal.Status == StatusCodes.Status404NotFound ? Results.NotFound() : await list.Show(http, status: 422, refused: new(id, FormErrors.Of(refusal)));

    private static IResult ShowOnce(HttpContext http, ApiKeyView key, Flash flash)
    {
        flash.Give(http, NewKey, JsonSerializer.Serialize(key));
        return See("/keys");
    }

    private static KeyWish Read(ApiKeyForm form, DateTimeOffset now, out List<FieldError> unread)
    {
        unread = [];
        IReadOnlyList<int> alerts = [];
        var days = string.IsNullOrWhiteSpace(form.ExpiresInDays) ? null : Number(form.ExpiresInDays);
        if (!string.IsNullOrWhiteSpace(form.ExpiresInDays) && days is null or < 1 or > 3650) unread.Add(new("expiresInDays", "Choose when the key expires."));
        var credits = string.IsNullOrWhiteSpace(form.CapCredits) ? null : Number(form.CapCredits);
        if (!string.IsNullOrWhiteSpace(form.CapCredits) && credits is null) unread.Add(new("capCredits", "The cap must be a whole number of credits."));
        if (Shares(form.AlertPercents) is not { } shares) unread.Add(new("alertPercents", $"Write up to {SharesMax} whole numbers from 1 to 100, such as 50, 80, 100."));
        else alerts = shares;
        if (form.Test == "true" && form.Prefix == KeyFormat.Tasks) unread.Add(new("prefix", $"A test key begins with {KeyFormat.Test}. Choose {KeyFormat.Native}, or make a live key."));
        return new()
        {
            Name = form.Name,
            Scopes = form.Scopes,
            Prefix = form.Test == "true" ? KeyFormat.Test : string.IsNullOrWhiteSpace(form.Prefix) ? KeyFormat.Native : form.Prefix,
            ExpiresAt = unread.Count == 0 && days is { } some ? now.AddDays(some) : null,
            CapCredits = credits,
            AlertPercents = alerts,
            Watched = form.Watched == "true",
            // The period is always chosen; without a number it means nothing.
            CapPeriod = credits is null ? null : string.IsNullOrWhiteSpace(form.CapPeriod) ? "month" : form.CapPeriod,
            AllowedIps = form.AllowedIps?.Split(['\n', '\r', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        };
    }

    /// <returns>In their order, each once; null when they cannot be.</returns>
    private static IReadOnlyList<int>? Shares(string? text)
    {
        var numbers = (text ?? "").Split([',', ' ', ';', '%'], StringSplitOptions.RemoveEmptyEntries).Select(Number).ToList();
        return numbers.Count <= SharesMax && numbers.All(number => number is >= 1 and <= 100) ? [.. numbers.Select(number => (int)number!.Value).Distinct().Order()] : null;
    }

    private static long? Number(string text) => long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static FieldError Renamed(FieldError error) => error with
    {
        Field = error.Field switch { "cap" or "cap.credits" => "capCredits", "cap.period" => "capPeriod", "expiresAt" => "expiresInDays", var same => same },
    };

    public sealed record RotateForm
    {
        public string? GraceDays { get; init; }
    }

    public sealed record RevokeForm
    {
        public string? Name { get; init; }
    }
}

/// <summary>Draws the page in any of its states.</summary>
public sealed class KeyList(KeyQueries keys, PublicAddress address)
{
    private static readonly ApiKeyForm Fresh = new() { Scopes = [.. Scopes.Usual], AlertPercents = string.Join(", ", KeyWish.UsualAlerts), Watched = "true" };

    public async Task<IResult> Show(HttpContext http, ApiKeyForm? form = null, FormErrors? errors = null, string? created = null, int status = 200, RefusedKey? refused = null)
    {
        http.Response.Headers.CacheControl = "no-store";
        var all = await keys.List(http.User.AccountId()!.Value, http.RequestAborted);
        var secret = created is null ? null : JsonSerializer.Deserialize<ApiKeyView>(created);
        return Page<KeysPage>(new KeysModel(all, form ?? Fresh, errors ?? FormErrors.None, secret, address.Base, refused), status);
    }
}
