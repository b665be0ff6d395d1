namespace Rpd.Server.Storage;

public static class DiskFull
{
    // ENOSPC and EDQUOT as .NET reports them on Linux, ERROR_DISK_FULL on Windows.
    public static bool Is(IOException fault) => (fault.HResult & 0xFFFF) is 28 or 122 or 112;
}
