using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Rpd.Server.Access;
using Rpd.Server.Accounts;
using Rpd.Server.Accounts.Passkeys;
using Rpd.Server.Accounts.Profiles;
using Rpd.Server.Accounts.TwoFactor;
using Rpd.Server.ApiKeys;
using Rpd.Server.ApiKeys.UserTokens;
using Rpd.Server.Announcements;
using Rpd.Server.Audit;
using Rpd.Server.Billing;
using Rpd.Server.Catalog;
using Rpd.Server.Collections;
using Rpd.Server.Comparisons;
using Rpd.Server.Conversations;
using Rpd.Server.Credits;
using Rpd.Server.CustomModels;
using Rpd.Server.Database;
using Rpd.Server.Events;
using Rpd.Server.Files;
using Rpd.Server.Gallery;
using Rpd.Server.Generations;
using Rpd.Server.Generations.Remote;
using Rpd.Server.Http;
using Rpd.Server.Jobs;
using Rpd.Server.Notifications;
using Rpd.Server.Promotions;
using Rpd.Server.ProviderKeys;
using Rpd.Server.Social;
using Rpd.Server.Templates;
using Rpd.Server.Usage;
using Rpd.Server.Webhooks;

namespace Rpd.Server;

/// <summary>Every table of the product. The schema itself is in <c>Migrations/</c>; a test holds the two against each other.</summary>
public sealed class AppDb(DbContextOptions<AppDb> options)
    : IdentityUserContext<Account, Guid, IdentityUserClaim<Guid>, IdentityUserLogin<Guid>, IdentityUserToken<Guid>>(options)
{
    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<Session> Sessions => Set<Session>();
    public DbSet<FormerHandle> FormerHandles => Set<FormerHandle>();
    public DbSet<Authenticator> Authenticators => Set<Authenticator>();
    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();
    public DbSet<TrustedBrowser> TrustedBrowsers => Set<TrustedBrowser>();
    public DbSet<Passkey> Passkeys => Set<Passkey>();
    public DbSet<SpentChallenge> SpentChallenges => Set<SpentChallenge>();
    public DbSet<WelcomeGrant> WelcomeGrants => Set<WelcomeGrant>();
    public DbSet<Referral> Referrals => Set<Referral>();
    public DbSet<AccessRequest> AccessRequests => Set<AccessRequest>();
    public DbSet<Invite> Invites => Set<Invite>();
    public DbSet<CodeBatch> CodeBatches => Set<CodeBatch>();
    public DbSet<RedeemCode> RedeemCodes => Set<RedeemCode>();
    public DbSet<DataProtectionKeyRow> DataProtectionKeys => Set<DataProtectionKeyRow>();
    public DbSet<InstallationFact> Installation => Set<InstallationFact>();
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    public DbSet<ProviderKey> ProviderKeys => Set<ProviderKey>();
    public DbSet<ApiKeySpend> ApiKeySpend => Set<ApiKeySpend>();
    public DbSet<UserToken> Tokens => Set<UserToken>();
    public DbSet<CreditBalance> CreditBalances => Set<CreditBalance>();
    public DbSet<CreditEntry> CreditEntries => Set<CreditEntry>();
    public DbSet<CreditLease> CreditLeases => Set<CreditLease>();
    public DbSet<TestBalance> TestBalances => Set<TestBalance>();
    public DbSet<UsageHour> UsageHours => Set<UsageHour>();
    public DbSet<HouseUsage> HouseUsage => Set<HouseUsage>();
    public DbSet<PaymentDay> PaymentDays => Set<PaymentDay>();
    public DbSet<HouseUsageAccount> HouseUsageAccounts => Set<HouseUsageAccount>();
    public DbSet<HouseUsageAccountWeek> HouseUsageAccountWeeks => Set<HouseUsageAccountWeek>();
    public DbSet<HouseUsageHour> HouseUsageHours => Set<HouseUsageHour>();
    public DbSet<BillingCustomer> BillingCustomers => Set<BillingCustomer>();
    public DbSet<Payment> Payments => Set<Payment>();
    public DbSet<Subscription> Subscriptions => Set<Subscription>();
    public DbSet<StripeEvent> StripeEvents => Set<StripeEvent>();
    public DbSet<TopUp> TopUps => Set<TopUp>();
    public DbSet<Generation> Generations => Set<Generation>();
    public DbSet<GenerationSlots> GenerationSlots => Set<GenerationSlots>();
    public DbSet<Submission> Submissions => Set<Submission>();
    public DbSet<CatalogChange> CatalogChanges => Set<CatalogChange>();
    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();
    public DbSet<ModelSpeed> ModelSpeeds => Set<ModelSpeed>();
    public DbSet<ComparisonVote> ComparisonVotes => Set<ComparisonVote>();
    public DbSet<ModelRating> ModelRatings => Set<ModelRating>();
    public DbSet<Output> Outputs => Set<Output>();
    public DbSet<Publication> Publications => Set<Publication>();
    public DbSet<UploadedFile> Files => Set<UploadedFile>();
    public DbSet<StorageUsage> StorageUsage => Set<StorageUsage>();
    public DbSet<Like> Likes => Set<Like>();
    public DbSet<WorkToRank> WorksToRank => Set<WorkToRank>();
    public DbSet<Announcement> Announcements => Set<Announcement>();
    public DbSet<ModerationDecision> ModerationDecisions => Set<ModerationDecision>();
    public DbSet<Report> Reports => Set<Report>();
    public DbSet<Profile> Profiles => Set<Profile>();
    public DbSet<Follow> Follows => Set<Follow>();
    public DbSet<Collection> Collections => Set<Collection>();
    public DbSet<CollectionItem> CollectionItems => Set<CollectionItem>();
    public DbSet<Conversation> Conversations => Set<Conversation>();
    public DbSet<ConversationTurn> ConversationTurns => Set<ConversationTurn>();
    public DbSet<Template> Templates => Set<Template>();
    public DbSet<IdempotentRequest> IdempotentRequests => Set<IdempotentRequest>();
    public DbSet<CustomModel> CustomModels => Set<CustomModel>();
    public DbSet<Job> Jobs => Set<Job>();
    public DbSet<Event> Events => Set<Event>();
    public DbSet<WebhookEndpoint> WebhookEndpoints => Set<WebhookEndpoint>();
    public DbSet<WebhookSecret> WebhookSecrets => Set<WebhookSecret>();
    public DbSet<WebhookDelivery> WebhookDeliveries => Set<WebhookDelivery>();
    public DbSet<WebhookAttempt> WebhookAttempts => Set<WebhookAttempt>();
    public DbSet<Notification> Notifications => Set<Notification>();
    public DbSet<NotificationPreference> NotificationPreferences => Set<NotificationPreference>();
    public DbSet<NotificationLetter> NotificationLetters => Set<NotificationLetter>();

    protected override void OnModelCreating(ModelBuilder model)
    {
        base.OnModelCreating(model);
        model.Entity<Account>(account =>
        {
            account.ToTable("accounts");
            // Identity leaves these open; an account of ours has them all.
            foreach (var name in new[] { "UserName", "NormalizedUserName", "Email", "NormalizedEmail", "SecurityStamp", "ConcurrencyStamp" })
                account.Property<string>(name).IsRequired().Metadata.SetMaxLength(null);
        });
        model.Entity<IdentityUserClaim<Guid>>().ToTable("account_claims");
        model.Entity<IdentityUserLogin<Guid>>().ToTable("account_logins");
        model.Entity<IdentityUserToken<Guid>>().ToTable("account_tokens");
        model.Entity<UserToken>().ToTable("user_tokens");
        model.Entity<InstallationFact>().HasKey(fact => fact.Name);
        model.Entity<FormerHandle>().HasKey(former => former.Handle);
        model.Entity<NotificationPreference>().HasKey(preference => new { preference.AccountId, preference.Kind });
        model.Entity<NotificationLetter>().HasKey(letter => new { letter.AccountId, letter.Kind });
        model.Entity<Authenticator>().HasKey(authenticator => authenticator.AccountId);
        model.Entity<RecoveryCode>().HasKey(code => new { code.AccountId, code.Hash });
        model.Entity<TrustedBrowser>().HasKey(browser => browser.Hash);
        model.Entity<Referral>().HasKey(referral => referral.AccountId);
        model.Entity<WelcomeGrant>().HasKey(grant => grant.Mailbox);
        model.Entity<ProviderKey>().HasKey(key => new { key.AccountId, key.Provider });
        model.Entity<ApiKeySpend>().HasKey(spend => new { spend.ApiKeyId, spend.Period, spend.PeriodStart });
        model.Entity<CreditBalance>().HasKey(balance => balance.AccountId);
        model.Entity<BillingCustomer>().HasKey(customer => customer.AccountId);
        model.Entity<TopUp>().HasKey(topUp => topUp.AccountId);
        model.Entity<StripeEvent>().Property(told => told.Object).HasColumnType("jsonb");
        model.Entity<TestBalance>().HasKey(balance => balance.AccountId);
        model.Entity<CreditEntry>().HasKey(entry => new { entry.AccountId, entry.Seq });
        model.Entity<UsageHour>().HasKey(hour => new { hour.AccountId, hour.Hour, hour.ApiKeyId, hour.Model, hour.Face });
        model.Entity<HouseUsage>().HasKey(sum => new { sum.Part, sum.Hour, sum.Name });
        model.Entity<PaymentDay>().HasKey(payment => new { payment.Day, payment.Currency });
        model.Entity<HouseUsageAccount>().HasKey(account => new { account.Day, account.AccountId });
        model.Entity<HouseUsageAccountWeek>().HasKey(account => new { account.Week, account.AccountId });
        model.Entity<HouseUsageHour>().HasKey(summed => summed.Hour);
        model.Entity<IdempotentRequest>().HasKey(request => new { request.AccountId, request.Key });
        model.Entity<GenerationSlots>().HasKey(slots => new { slots.AccountId, slots.Test });
        model.Entity<Submission>(submission =>
        {
            // Written and read by statements of its own; what it holds beside is named here.
            submission.Ignore(row => row.Outputs);
            submission.Property<string>("outputs").HasColumnType("jsonb").IsRequired(false);
            submission.Property(row => row.Fault).HasConversion<string>();
            submission.Property<string>("UpstreamOutput").IsRequired(false);
            submission.Property<DateTimeOffset>("ChangedAt");
        });
        model.Entity<CatalogChange>(change =>
        {
            change.HasKey(row => new { row.Kind, row.Name });
            change.Property(row => row.Change).HasColumnType("jsonb");
        });
        model.Entity<AuditEntry>(entry =>
        {
            entry.Property(row => row.Before).HasColumnType("jsonb");
            entry.Property(row => row.After).HasColumnType("jsonb");
        });
        model.Entity<CustomModel>().Property(custom => custom.Metrics).HasColumnType("jsonb");
        model.Entity<ModelSpeed>().HasKey(speed => speed.Model);
        model.Entity<ComparisonVote>().HasKey(vote => vote.ComparisonId);
        model.Entity<ModelRating>().HasKey(rating => new { rating.Type, rating.Model });
        model.Entity<StorageUsage>().HasKey(usage => usage.AccountId);
        model.Entity<Output>().HasKey(output => new { output.GenerationId, output.Ordinal });
        model.Entity<Like>().HasKey(like => new { like.PublicationId, like.AccountId });
        model.Entity<WorkToRank>().HasKey(work => work.PublicationId);
        model.Entity<Profile>().HasKey(profile => profile.AccountId);
        model.Entity<Follow>().HasKey(follow => new { follow.FollowerId, follow.FolloweeId });
        model.Entity<CollectionItem>().HasKey(item => new { item.CollectionId, item.GenerationId });
        model.Entity<Event>().Property(happening => happening.TransactionId).HasColumnType("xid8").HasDefaultValueSql("pg_current_xact_id()");
        model.Entity<Event>().Property(happening => happening.Data).HasColumnType("json");
        model.Entity<WebhookSecret>().HasKey(secret => secret.AccountId);
        model.Entity<WebhookAttempt>().HasKey(attempt => new { attempt.DeliveryId, attempt.Attempt });
        SnakeCase.Apply(model);
    }
}
