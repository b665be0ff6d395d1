using System.Globalization;

/// <summary>
/// The runtime runs this inside the measured server before its own program: it writes the size of the managed heap into a file, each second. It must
/// stand outside every namespace.
/// </summary>
#pragma warning disable CA1050
public static class StartupHook
#pragma warning restore CA1050
{
    public const string Setting = "RPD_BENCH_HEAP";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(Setting) is not { } file) return;
        new Thread(() =>
        {
            while (true)
            {
                File.WriteAllText(file, GC.GetTotalMemory(forceFullCollection: false).ToString(CultureInfo.InvariantCulture));
                // A figure a second is enough for whoever reads the file, and the thread must not be seen in the measurement.
                Thread.Sleep(1000);
            }
        })
        { IsBackground = true }.Start();
    }
}
