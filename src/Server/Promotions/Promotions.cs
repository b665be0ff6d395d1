namespace Rpd.Server.Promotions;

/// <summary>Credits that somebody is given: for a code that an administrator has handed out, and for bringing others.</summary>
public static class PromotionParts
{
    public static IServiceCollection AddPromotions(this IServiceCollection services, IConfiguration settings)
    {
        services.AddChecked<PromotionOptions>(settings, "Promotions");
        services.AddChecked<ReferralOptions>(settings, "Referrals");
        return services.AddSingleton<CodeText>().AddScoped<MakeCodes>().AddScoped<RevokeCodes>().AddScoped<Redeem>().AddScoped<WelcomeReferred>().AddScoped<RewardReferrals>().AddScoped<PromotionQueries>();
    }
}
