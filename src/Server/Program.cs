using Rpd.Server;
using Rpd.Server.Access;
using Rpd.Server.Accounts;
using Rpd.Server.Admin;
using Rpd.Server.ApiKeys;
using Rpd.Server.Billing;
using Rpd.Server.Catalog;
using Rpd.Server.Collections;
using Rpd.Server.Comparisons;
using Rpd.Server.Conversations;
using Rpd.Server.Credits;
using Rpd.Server.CustomModels;
using Rpd.Server.Database;
using Rpd.Server.Events;
using Rpd.Server.Faces.OpenAi;
using Rpd.Server.Faces.Rapyd;
using Rpd.Server.Faces.Raypack;
using Rpd.Server.Faces.Tasks;
using Rpd.Server.Files;
using Rpd.Server.Gallery;
using Rpd.Server.Generations;
using Rpd.Server.Generations.Playground;
using Rpd.Server.Generations.Remote;
using Rpd.Server.Http;
using Rpd.Server.Library;
using Rpd.Server.Live;
using Rpd.Server.Notifications;
using Rpd.Server.OpenApi;
using Rpd.Server.PersonalData;
using Rpd.Server.Promotions;
using Rpd.Server.Prompts;
using Rpd.Server.ProviderKeys;
using Rpd.Server.Recognition;
using Rpd.Server.Social;
using Rpd.Server.Storage;
using Rpd.Server.Storefront;
using Rpd.Server.Telemetry;
using Rpd.Server.Templates;
using Rpd.Server.Usage;
using Rpd.Server.Webhooks;

try
{
    if (Commands.Find(args) is { } command) return await command();

    var builder = WebApplication.CreateBuilder(args);
    builder.ListenOnPort();
    await using var database = await builder.AddPostgres();
    builder.Services.AddParts(builder.Configuration, builder.Environment.ContentRootPath);
    builder.Services.AddHostedService<Schedule>();

    var app = builder.Build();
    app.CheckSettings();
    app.UseProxies();
    app.UseRequestIds();
    app.UseSecurityHeaders();
    app.UseApiCors();
    app.UseHttpsRule();
    app.UseStatusPages();
    app.UseApiErrors();
    app.UseRouting();
    app.UseAuthentication();
    app.UseCredentials();
    app.UseAuthorization();
    app.UseAntiforgery();
    app.UseFormsOfStrangers();
    app.UseOutputCache();
    app.UseResponseCompression();

    app.MapHealth();
    app.MapMetrics();
    app.MapOpenApi();
    app.MapFiles();
    app.MapUploads();
    app.MapCallbacks();
    app.MapLive();
    app.MapStaticAssets();
    app.MapStatusPages();

    var api = app.MapApi();
    api.MapGenerationsApi();
    api.MapCatalogApi();
    api.MapCreditsApi();
    api.MapPromotionsApi();
    api.MapExploreApi();
    api.MapSocialApi();
    api.MapCollectionsApi();
    api.MapTemplatesApi();
    api.MapEventsApi();
    api.MapWebhooksApi();
    api.MapNotificationsApi();
    api.MapFilesApi();
    api.MapPromptsApi();
    api.MapCustomModelsApi();
    api.MapUsageApi();
    api.MapBillingApi();
    api.MapProviderKeysApi();
    api.MapAdminApi();

    app.MapOpenAiFace();
    app.MapTasksFace();
    app.MapRaypack();
    app.MapRapydFace();

    var pages = app.MapPages();
    pages.MapGalleryPages();
    pages.MapCollectionPages();
    pages.MapStorefront();
    pages.MapTemplatePages();
    pages.MapDocsPages();
    pages.MapAccounts();
    pages.MapAccessPages();
    pages.MapPlaygroundPages();
    pages.MapLibraryPages();
    pages.MapLibraryList();
    pages.MapComparePages();
    pages.MapComparisonPages();
    pages.MapConversationPages();
    pages.MapRecognitionPages();
    pages.MapCustomModelPages();
    pages.MapCreditPages();
    pages.MapBillingPages();
    pages.MapPromotionPages();
    pages.MapApiKeys(api);
    pages.MapProfilePages();
    pages.MapFollowPages();
    pages.MapNotificationPages();
    pages.MapPersonalData();
    pages.MapNotificationSettings(app);
    pages.MapProviderKeyPages();
    pages.MapWebhookPages();
    pages.MapEventPages();
    pages.MapUsagePages();
    pages.MapAdminPages();

    app.AnnounceAddress();
    await app.Serve();
    return 0;
}
catch (Exception fault) when (CannotStart.Said(fault) is { } reason)
{
    await Console.Error.WriteLineAsync(reason);
    return 1;
}
