namespace Rpd.Server.PersonalData;

/// <summary>
/// Everything that is one's own, in one piece: to be taken along as an archive, or to be deleted. A deletion waits: the account is <c>leaving</c>, seen by
/// nobody and open to nothing, until its owner takes that back or the time is over.
/// </summary>
public static class PersonalDataParts
{
    public static IServiceCollection AddPersonalData(this IServiceCollection services) => services
        .AddSingleton<DataQueries>().AddSingleton<ArchivedFiles>().AddSingleton<WriteArchive>().AddScoped<ExportData>().AddScoped<LeaveAccount>().AddScoped<KeepAccount>().AddSingleton<DeleteAccount>().AddSingleton<DeleteDueAccounts>();

    /// <param name="pages">The HTML group.</param>
    public static void MapPersonalData(this RouteGroupBuilder pages)
    {
        pages.MapDataPages();
        pages.MapLeavingPages();
    }
}
