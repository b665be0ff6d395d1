using System.Net;
using System.Text.Json;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Faces.Raypack;

/// <summary>A form as that service's clients send it.</summary>
internal static class RaypackForm
{
    public static async Task<(HttpStatusCode Status, string? Type, byte[] Body)> Send(this HttpClient http, string path, byte[]? file, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        if (file is not null) form.Add(new ByteArrayContent(file), "file", "picture.png");
        using var answer = await http.PostAsync(path, form.Any() ? form : null);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsByteArrayAsync());
    }

    public static async Task<(HttpStatusCode Status, JsonElement Body)> Json(this HttpClient http, string path, byte[]? file, params (string Name, string Value)[] fields)
    {
        var (status, _, body) = await http.Send(path, file, fields);
        return (status, JsonDocument.Parse(body).RootElement);
    }

    /// <summary>The balance, once what was set aside has been booked or has come back.</summary>
    public static async Task<long> Settled(this Caller caller, long expected)
    {
        var balance = -1L;
        for (var tries = 0; tries < 100 && balance != expected; tries++)
        {
            balance = await caller.Balance();
            if (balance != expected) await Task.Delay(100);
        }
        return balance;
    }
}
