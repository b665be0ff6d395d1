using Microsoft.EntityFrameworkCore;
using Npgsql;
using Rpd.Server.Accounts;
using Rpd.Server.Admin;
using Rpd.Server.Analysis;
using Rpd.Server.ApiKeys;
using Rpd.Server.Billing;
using Rpd.Server.Catalog;
using Rpd.Server.Chat;
using Rpd.Server.Collections;
using Rpd.Server.Comparisons;
using Rpd.Server.Credits;
using Rpd.Server.Database;
using Rpd.Server.Events;
using Rpd.Server.Faces.OpenAi;
using Rpd.Server.Faces.Rapyd;
using Rpd.Server.Faces.Raypack;
using Rpd.Server.Faces.Tasks;
using Rpd.Server.Files;
using Rpd.Server.Gallery;
using Rpd.Server.Generations;
using Rpd.Server.Generations.Remote;
using Rpd.Server.Http;
using Rpd.Server.Jobs;
using Rpd.Server.Library;
using Rpd.Server.Live;
using Rpd.Server.Mail;
using Rpd.Server.Media;
using Rpd.Server.Notifications;
using Rpd.Server.OpenApi;
using Rpd.Server.Outbound;
using Rpd.Server.PersonalData;
using Rpd.Server.Plans;
using Rpd.Server.Prompts;
using Rpd.Server.ProviderKeys;
using Rpd.Server.Providers.Chat;
using Rpd.Server.Providers.Sandbox;
using Rpd.Server.Providers.Studio;
using Rpd.Server.Providers.Vendors;
using Rpd.Server.Recognition;
using Rpd.Server.Social;
using Rpd.Server.Storage;
using Rpd.Server.Storefront;
using Rpd.Server.Templates;
using Rpd.Server.Usage;
using Rpd.Server.Webhooks;
using Rpd.Web;

namespace Rpd.Server;

/// <summary>Every part of the product, one line each: the platform first, then the features. The server and the operator's commands stand on the same.</summary>
public static class Parts
{
    public static IServiceCollection AddParts(this IServiceCollection services, IConfiguration settings, string contentRoot)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddDbContext<AppDb>((provider, options) => options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddHealthChecks().AddCheck<DatabaseReady>("database");
        services.AddHttp();
        services.AddOpenApi();
        services.AddPages(settings);
        services.AddGalleryCache();
        services.AddJobs(settings);
        services.AddLive();
        services.AddSingleton<ForgetEvents>().AddSingleton<EventFeed>();
        services.AddStorage(settings, contentRoot);
        services.AddMedia();
        services.AddMail(settings, contentRoot);
        services.AddOutbound(settings);
        services.AddWeb();

        services.AddPlans(settings);
        services.AddAccounts(settings);
        services.AddApiKeys(settings);
        services.AddCredits(settings);
        services.AddFiles(settings);
        services.AddCatalog(settings);
        services.AddStudio();
        services.AddSandbox();
        services.AddVendors(settings);
        services.AddChatUpstreams(settings);
        services.AddChat(settings);
        services.AddOpenAiFace();
        services.AddProviderKeys();
        services.AddPrompts(settings);
        services.AddAnalysis(settings);
        services.AddRapydFace();
        services.AddGenerations(settings);
        services.AddRemote(settings);
        services.AddTasksFace();
        services.AddRecognition(settings);
        services.AddRaypack();
        services.AddComparisons();
        services.AddGallery();
        services.AddSocial();
        services.AddCollections();
        services.AddLibrary();
        services.AddTemplates();
        services.AddBilling(settings);
        services.AddStorefront();
        services.AddUsage();
        services.AddNotifications();
        services.AddWebhooks(settings);
        services.AddPersonalData();
        services.AddAdmin();
        return services;
    }
}
