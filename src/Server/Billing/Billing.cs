using Microsoft.Extensions.Options;
using Rpd.Server.Billing.Stripe;
using Rpd.Server.Jobs;

namespace Rpd.Server.Billing;

/// <summary>
/// Credits and plans for money, through Stripe. What is here follows what is there: an event, a visit to Stripe's page or a duty only says where to look, and what Stripe
/// answers is booked. Nothing is given before Stripe says that it was paid, and nothing twice.
/// </summary>
public static class BillingParts
{
    public static IServiceCollection AddBilling(this IServiceCollection services, IConfiguration settings)
    {
        services.AddOptions<Dictionary<string, CreditPack>>().Bind(settings.GetSection("CreditPacks")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<Dictionary<string, CreditPack>>, CheckPacks>().AddSingleton<CreditPackList>();
        services.AddChecked<StripeOptions>(settings, "Stripe");
        services.AddSingleton<StripeHttp>().AddSingleton<StripeApi>().AddSingleton<PlanPrices>();
        services.AddSingleton<Looks>().AddSingleton<BookPayment>().AddSingleton<ReadPayment>().AddSingleton<GrantAllowances>().AddSingleton<ReadSubscriptions>();
        services.AddSingleton<ReceiveStripeEvent>().AddSingleton<ForgetStripeEvents>().AddSingleton<RefreshSubscriptions>().AddSingleton<StartTopUps>().AddSingleton<EndBilling>();
        services.AddScoped<CustomerOf>().AddScoped<StartCheckout>().AddScoped<ReturnFromCheckout>().AddScoped<ChangePlan>().AddScoped<SetTopUp>().AddScoped<RefundPayment>();
        services.AddScoped<BillingQueries>().AddScoped<DrawBilling>();
        return services.AddJob<HandleStripeEvent>(HandleStripeEvent.Kind).AddJob<PayTopUp>(PayTopUp.Kind).AddJob<EndPlan>(EndPlan.Kind);
    }
}
