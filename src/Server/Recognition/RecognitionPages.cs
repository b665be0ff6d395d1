using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Rpd.Server.Accounts;
using Rpd.Server.Credits;
using Rpd.Server.Http;
using Rpd.Server.Media;
using Rpd.Shared;
using Rpd.Web.Recognition;

namespace Rpd.Server.Recognition;

/// <summary>Where a person has faces found and covered. Picture in, picture out: nothing of it is kept, so the answer carries it itself.</summary>
public static class RecognitionPages
{
    // Larger than any screen that it is shown on, and small enough to travel inside of a page. The API paints in all pixels.
    private const int ShownSide = 1600;
    private const int FormBytesMax = 1024 * 1024;

    public static void MapRecognitionPages(this IEndpointRouteBuilder pages)
    {
        var most = pages.ServiceProvider.GetRequiredService<RecognitionOptions>().BytesMax;
        var own = pages.MapGroup("/recognition").RequireAuthorization();
        own.MapGet("", Show);
        own.MapPost("", Look).WithMetadata(new RequestSizeLimitAttribute(most + FormBytesMax));
    }

    private static async Task<IResult> Show(HttpContext http, CreditQueries credits, RecognitionOptions options, PublicAddress address) =>
        Pages.Page<RecognitionPage>(Model(new(), FormErrors.None, null, (await credits.Balance(http.User.AccountId()!.Value, http.RequestAborted)).Balance, options, address));

    private static async Task<IResult> Look(HttpContext http, CreditQueries credits, RecognitionOptions options, PublicAddress address, FindFaces find, PaidLook paid, RateLimits limits)
    {
        var account = http.User.AccountId()!.Value;
        var posted = await http.Request.ReadFormAsync(http.RequestAborted);
        var fields = Fields.Of(posted);
        var form = new RecognitionForm
        {
            Cover = fields.Choice("facemode", [.. RecognitionForm.Covers.Select(cover => cover.Value)]) ?? "default",
            Colour = fields.Text("hex", 7) is { } hex && Hex(hex) ? hex : new RecognitionForm().Colour,
            Finder = fields.Integer("facefinder", 1, 3)?.ToString(CultureInfo.InvariantCulture) ?? "1",
            Threshold = fields.Number("threshold", 0, 1)?.ToString(CultureInfo.InvariantCulture) ?? "0.9",
        };
        var balance = await credits.Balance(account, http.RequestAborted);
        if (posted.Files.GetFile("file") is not { Length: > 0 } file) fields.Wrong("file", "Choose a picture.");
        else if (fields.Refusal is null)
        {
            var admission = limits.Take(LimitKind.General, account, null, balance.Plan);
            var found = !admission.Admitted ? RateLimits.Refuse(admission)
                : await paid.Run(new Payer(account, "pages", balance.Plan), PaidLook.BuiltIn, PaidLook.Faces, async () => await find.Run(await Bytes(file, http.RequestAborted), Question(form), http.RequestAborted), seen => seen.Faces.Count > 0, http.RequestAborted);
            return found.Declined ? Again(found.Refusal) : Answer(FormErrors.None, Result(found.Value, file.FileName), 200);
        }
        return Again(fields.Refusal!);

        IResult Again(Refusal refusal) => Answer(FormErrors.Of(refusal), null, refusal.Status is 402 or 429 or 503 ? refusal.Status : 422);

        IResult Answer(FormErrors errors, RecognitionResult? result, int status)
        {
            var model = Model(form, errors, result, balance.Balance - (result?.Cost ?? 0), options, address);
            return Pages.TakesStreams(http.Request) ? Pages.Streams<RecognitionStream>(model, status) : Pages.Page<RecognitionPage>(model, status);
        }
    }

    private static FaceQuestion Question(RecognitionForm form) =>
        new(int.Parse(form.Finder, CultureInfo.InvariantCulture), double.Parse(form.Threshold, CultureInfo.InvariantCulture), FacePaint.Of(form.Cover), form.Colour[1..]) { PaintedSideMax = ShownSide };

    private static RecognitionResult Result(FacesFound found, string name)
    {
        var (width, height) = PictureSize.Of(found.Painted) ?? throw new InvalidDataException("The painted picture is none.");
        return new("data:image/jpeg;base64," + Convert.ToBase64String(found.Painted!), width, height,
            [.. found.Faces.Select(face => new FaceLine(face.X, face.Y, face.Width, face.Height, (int)Math.Round(face.Score * 100)))], name, found.Faces.Count > 0 ? PaidLook.Credits : 0);
    }

    private static RecognitionModel Model(RecognitionForm form, FormErrors errors, RecognitionResult? result, long balance, RecognitionOptions options, PublicAddress address) =>
        new(form, errors, result, balance, PaidLook.Credits, options.BytesMax / 1_000_000, address.Base);

    private static async Task<byte[]> Bytes(IFormFile file, CancellationToken cancel)
    {
        var bytes = new byte[file.Length];
        await using var stream = file.OpenReadStream();
        await stream.ReadExactlyAsync(bytes, cancel);
        return bytes;
    }

    private static bool Hex(string text) => text.Length == 7 && text[0] == '#' && text.AsSpan(1).IndexOfAnyExcept("0123456789abcdefABCDEF") < 0;
}
