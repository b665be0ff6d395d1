using System.Globalization;
using System.Text;
using Microsoft.Net.Http.Headers;
using Rpd.Server.ApiKeys;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;
using Rpd.Shared.Credits;

namespace Rpd.Server.Credits;

public static class CreditsApi
{
    public static void MapCreditsApi(this IEndpointRouteBuilder api)
    {
        api.MapGet("/credits/balance", async (HttpContext http, CreditQueries credits) => ApiAnswers.Data(http.Credential() is { Test: true } test
            ? await credits.TestBalance(test.AccountId, http.RequestAborted) : await credits.Balance(http.Credential().AccountId, http.RequestAborted))).Needs(Scopes.Read)
            .Describe("Get your balance", "What can be spent, what is reserved, and when more arrives.").Gives<BalanceView>();
        api.MapGet("/credits/history", History).Needs(Scopes.Read)
            .Describe("List movements of credits", "Newest first, each with the balance after it. `Accept: text/csv` gives the whole history as a table.")
            .GivesPage<EntryView>().GivesAlso("text/csv", "seq,at,kind,amount,bucket,balanceAfter,causeType,causeId,note\r\n");
    }

    private static async Task<IResult> History(HttpContext http, CreditQueries credits, Cursors cursors)
    {
        var query = ListQuery.Read(http, "credits", cursors);
        if (query.Declined) return ApiAnswers.Refuse(query.Refusal);
        // Test credits are in no ledger: their history is empty, as that of nobody.
        var account = http.Credential().Test ? Guid.Empty : http.Credential().AccountId;
        if (http.Request.GetTypedHeaders().Accept.Any(type => type.MediaType == "text/csv")) return new CsvHistory(account, credits, cursors);
        var before = query.Value.Position is { } position ? long.Parse(position, CultureInfo.InvariantCulture) : (long?)null;
        return ApiAnswers.Page(await credits.History(account, before, query.Value.Limit, http.RequestAborted));
    }

    /// <summary>The whole history, newest first, streamed page by page.</summary>
    private sealed class CsvHistory(Guid account, CreditQueries credits, Cursors cursors) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = "text/csv; charset=utf-8";
            response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = "credits.csv" }.ToString();
            await response.WriteAsync("seq,at,kind,amount,bucket,balanceAfter,causeType,causeId,note\r\n", httpContext.RequestAborted);
            long? before = null;
            do
            {
                var page = await credits.History(account, before, 500, httpContext.RequestAborted);
                var text = new StringBuilder();
                foreach (var entry in page.Items) text.Append(Line(entry)).Append("\r\n");
                await response.WriteAsync(text.ToString(), httpContext.RequestAborted);
                before = page.NextCursor is null ? null : long.Parse(cursors.Read("credits", page.NextCursor)!, CultureInfo.InvariantCulture);
            }
            while (before is not null);
        }

        private static string Line(EntryView entry) => string.Join(',', entry.Seq, entry.At.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), entry.Kind, entry.Amount,
            entry.Bucket, entry.BalanceAfter, entry.Cause?.Type, entry.Cause?.Id, Quoted(entry.Note));

        // A leading = + - @ would be run as a formula by spreadsheets.
        private static string Quoted(string? text) => text is null ? ""
            : $"\"{(text.Length > 0 && "=+-@\t".Contains(text[0], StringComparison.Ordinal) ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
