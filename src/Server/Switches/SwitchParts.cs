namespace Rpd.Server.Switches;

public static class SwitchParts
{
    public static IServiceCollection AddSwitches(this IServiceCollection services) => services.AddSingleton<SwitchBoard>().AddHostedService(provider => provider.GetRequiredService<SwitchBoard>());
}
