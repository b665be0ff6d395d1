using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Rpd.Server.Announcements;
using Rpd.Server.Audit;
using Rpd.Server.Http;
using Rpd.Server.Switches;
using Rpd.Shared;
using Rpd.Shared.Admin;
using Rpd.Web.Admin;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Admin;

/// <summary>What holds for everybody: the switches of features, and what is announced on every page.</summary>
public static class HousePages
{
    private const string Switches = "/admin/switches", Announcements = "/admin/announcements";

    public static void MapHousePages(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/switches", (HttpContext http, SwitchBoard board, Flash flash) => Page<SwitchesPage>(Board(board, flash.Take(http, ReasonedForm.Said))));
        admin.MapPost("/switches/{name}", Flip);
        admin.MapGet("/switches/{name}", (string name) => See(Switches));
        admin.MapGet("/announcements", async (HttpContext http, AppDb db, Flash flash) => Page<AnnouncementsPage>(await Told(db, http.RequestAborted, flash.Take(http, ReasonedForm.Said))));
        admin.MapPost("/announcements", Announce);
        admin.MapPost("/announcements/{id:guid}/end", End);
        admin.MapGet("/announcements/{id:guid}/end", (Guid id) => See(Announcements));
    }

    private static SwitchesModel Board(SwitchBoard board, string? said) => new([.. Switch.All.Select(one => (one, board.On(one)))], said);

    private static async Task<IResult> Flip(string name, HttpContext http, FlipSwitch flip, SwitchBoard board, Flash flash)
    {
        if (Switch.All.FirstOrDefault(one => one.Name == name) is not { } which) return Results.NotFound();
        var form = await ReasonedForm.Read(http);
        var on = form.Fields.Choice("on", ["true", "false"], required: true) == "true";
        if (form.Fields.Refusal is { } wrong) return Page<SwitchesPage>(Board(board, null) with { Refused = form.Refused(name, wrong) }, StatusOf(wrong));
        await flip.Run(form.By, which, on, form.Reason, http.RequestAborted);
        flash.Give(http, ReasonedForm.Said, $"{which.Label}: {(on ? "on" : "off")}, everywhere within about a second.");
        return See(Switches);
    }

    private static async Task<AnnouncementsModel> Told(AppDb db, CancellationToken cancel, string? said) => new(await db.Announcements.AsNoTracking().OrderByDescending(row => row.Id).Take(50)
        .Select(row => new AnnouncementView(row.Id, row.Text, row.Level, row.FromAt, row.UntilAt)).ToListAsync(cancel), said);

    private static async Task<IResult> Announce(HttpContext http, AppDb db, TellEverybody tell, Flash flash, TimeProvider time)
    {
        var form = await ReasonedForm.Read(http);
        var text = form.Fields.Text("text", AnnouncementView.TextLengthMax, required: true);
        var level = form.Fields.Choice("level", AnnouncementView.Levels, required: true);
        var (from, until) = (Moment(form.Fields, "from"), Moment(form.Fields, "until"));
        if (until <= (from ?? time.GetUtcNow())) form.Fields.Wrong("until", "It has to end after it begins, and after now.");
        if (form.Fields.Refusal is { } wrong) return Page<AnnouncementsPage>(await Told(db, http.RequestAborted, null) with { Refused = form.Refused("announce", wrong) }, StatusOf(wrong));
        await tell.Run(form.By, text!.Trim(), level!, from, until, form.Reason, http.RequestAborted);
        flash.Give(http, ReasonedForm.Said, "It is announced.");
        return See(Announcements);
    }

    private static async Task<IResult> End(Guid id, HttpContext http, AppDb db, EndAnnouncement end, Flash flash)
    {
        var form = await ReasonedForm.Read(http);
        var done = form.Fields.Refusal is { } wrong ? wrong : await end.Run(form.By, id, form.Reason, http.RequestAborted);
        if (done is { Status: StatusCodes.Status404NotFound }) return Results.NotFound();
        if (done is not null) return Page<AnnouncementsPage>(await Told(db, http.RequestAborted, null) with { Refused = form.Refused($"end-{id}", done) }, StatusOf(done));
        flash.Give(http, ReasonedForm.Said, "It is shown no more.");
        return See(Announcements);
    }

    // As a browser's field for date and time sends it; in UTC, as the form says.
    private static DateTimeOffset? Moment(Fields fields, string name)
    {
        if (fields.Text(name, 40) is not { } text) return null;
        if (DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)) return moment.ToUniversalTime();
        fields.Wrong(name, "This is no date and time.");
        return null;
    }
}
