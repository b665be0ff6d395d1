using Rpd.Server.Jobs;

namespace Rpd.Server.Files;

/// <summary>
/// A file is something uploaded to start generations from. States: pending (an address was handed out and storage is set aside) → confirmed (its bytes
/// were copied aside, looked at and counted) → gone. An upload that is not confirmed in time is swept away.
/// </summary>
public static class FileParts
{
    public static IServiceCollection AddFiles(this IServiceCollection services, IConfiguration settings)
    {
        services.AddChecked<UploadOptions>(settings, "Files");
        services.AddSingleton<UploadAddresses>().AddSingleton<RequestUpload>().AddSingleton<TakeUpload>().AddSingleton<ConfirmUpload>();
        services.AddSingleton<UploadFile>().AddSingleton<DeleteFile>().AddSingleton<SweepUploads>().AddSingleton<FileQueries>();
        services.AddSingleton<EraseFiles>().AddSingleton(new JobKind("file.erase", typeof(EraseFiles)));
        return services;
    }
}
