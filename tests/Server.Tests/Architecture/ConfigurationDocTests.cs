using System.Reflection;
using Rpd.Server.Accounts;
using Rpd.Server.Admin;
using Rpd.Server.Analysis;
using Rpd.Server.ApiKeys;
using Rpd.Server.ApiKeys.External;
using Rpd.Server.Billing;
using Rpd.Server.Billing.Stripe;
using Rpd.Server.Catalog;
using Rpd.Server.Credits;
using Rpd.Server.CustomModels;
using Rpd.Server.Files;
using Rpd.Server.Generations;
using Rpd.Server.Generations.Inputs;
using Rpd.Server.Generations.Remote;
using Rpd.Server.Http;
using Rpd.Server.Jobs;
using Rpd.Server.Mail;
using Rpd.Server.Outbound;
using Rpd.Server.Plans;
using Rpd.Server.Promotions;
using Rpd.Server.Prompts;
using Rpd.Server.Providers.Chat;
using Rpd.Server.Providers.Vendors;
using Rpd.Server.Recognition;
using Rpd.Server.Recognition.Tags;
using Rpd.Server.Storage.S3;
using Rpd.Server.Telemetry;
using Rpd.Server.Tests.Support;
using Rpd.Server.Webhooks;

namespace Rpd.Server.Tests.Architecture;

public sealed class ConfigurationDocTests
{
    private static readonly (string Section, Type Options)[] Sections =
    [
        ("Administration", typeof(AdminOptions)), ("Accounts", typeof(AccountOptions)), ("Smtp", typeof(SmtpOptions)), ("Credits", typeof(CreditOptions)), ("Promotions", typeof(PromotionOptions)), ("Referrals", typeof(ReferralOptions)), ("Generations", typeof(GenerationOptions)),
        ("Files", typeof(UploadOptions)), ("Inputs", typeof(InputOptions)), ("Storage:S3", typeof(S3Options)),
        ("Jobs", typeof(JobOptions)), ("Outbound", typeof(OutboundOptions)), ("Pages", typeof(PageOptions)), ("Webhooks", typeof(WebhookOptions)), ("Plans:<name>", typeof(Plan)), ("CreditPacks:<name>", typeof(CreditPack)), ("Stripe", typeof(StripeOptions)), ("Telemetry", typeof(TelemetryOptions)),
        ("Auth:External:<n>", typeof(ExternalIssuer)), ("LeakedKeys", typeof(LeakOptions)), ("KeyWatch", typeof(KeyWatchOptions)), ("Chat:Upstreams:<name>", typeof(UpstreamAccess)), ("Chat:Models:<id>", typeof(ChatModel)), ("Analysis:<provider>", typeof(AnalysisAccess)), ("Prompts:Upstream", typeof(PromptUpstreamOptions)), ("ContentPolicy", typeof(ContentPolicyOptions)), ("ContentPolicy:Upstream", typeof(ModerationOptions)),
        ("ContentPolicy:Categories:<name>", typeof(PolicyCategoryOptions)), ("Providers:<name>", typeof(VendorAccess)), ("Remote", typeof(RemoteOptions)), ("Catalog:Changes:<model>", typeof(ModelSetting)),
        ("CustomModels", typeof(CustomModelOptions)), ("Recognition", typeof(RecognitionOptions)), ("Recognition:General", typeof(GeneralTags)), ("Recognition:Food", typeof(FoodTags)),
    ];

    [Fact]
    public void Every_setting_stands_in_the_documentation_and_nothing_that_is_none()
    {
        var settings = Sections.SelectMany(section => section.Options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite && property.Name is not ("Name" or "Id")).Select(property => $"{section.Section}:{property.Name}"));
        var documented = Source.Read("docs/configuration.md").Split('\n').Where(line => line.StartsWith("| `", StringComparison.Ordinal)).Select(line => line.Split('`')[1]);

        Assert.Equal(
            settings.Concat(["PORT", "DATA_DIR", "ConnectionStrings:Postgres", "Postgres:SystemFolder", "PublicUrl", "Proxies:Trusted", "Catalog:Margins:<provider>", "Catalog:Changes:<model>:Defaults:<param>", "Catalog:Preferred:<type>", "Catalog:Models:<n>", "Catalog:File"]).Order(StringComparer.Ordinal),
            documented.Order(StringComparer.Ordinal));
    }
}
