using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Promotions;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Promotions;

public sealed class ReferralTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private App App => shared.App;

    [Fact]
    public async Task Who_signs_up_by_a_link_is_noted_and_welcomed_once_their_address_is_proved()
    {
        var referrer = await App.Caller();
        var email = $"{Guid.NewGuid():N}@example.org";
        await SignUp(email, referrer);
        var invited = await App.Scalar<Guid>("select r.account_id from referrals r join accounts a on a.id = r.account_id where r.referrer_id = $1 and a.email = $2", referrer.Account, email);
        await Welcome();
        Assert.Equal(0, await Granted(invited));

        await App.Execute("update accounts set email_confirmed = true where id = $1", invited);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Welcome()));

        Assert.Equal(50, await Granted(invited));
        Assert.Equal(1, await App.Scalar<long>("select count(*) from credit_entries where key = 'referral:' || $1 || ':invited'", invited));
        var page = await (await PageVisitor.SignIn(App, referrer.Account)).Read("/referrals");
        Assert.Contains($"/sign-up?ref={await Handle(referrer)}", page, StringComparison.Ordinal);
        Assert.Contains("<div class=\"main\"><dt>Joined</dt><dd>1</dd></div>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_brings_themselves_nor_a_mailbox_that_has_been_here()
    {
        var (referrer, other) = (await App.Caller(), await App.Caller());
        var own = (await App.Scalar<string>("select email from accounts where id = $1", referrer.Account)).Split('@');
        var welcomed = Guid.NewGuid().ToString("N");
        await App.Execute("insert into welcome_grants (mailbox, account_id, network, day) values ($1, $2, 'somewhere', '2026-01-01')", welcomed + "@example.org", other.Account);
        var brought = Guid.NewGuid().ToString("N");
        await SignUp($"{brought}@example.org", other);

        foreach (var email in new[] { $"{own[0]}+twin@{own[1]}", $"{welcomed[..5]}.{welcomed[5..]}@example.org", $"{brought}+2@example.org" }) await SignUp(email, referrer);

        Assert.Equal(0, await App.Scalar<long>("select count(*) from referrals where referrer_id = $1", referrer.Account));
    }

    [Fact]
    public async Task Of_many_invited_from_one_network_at_once_exactly_three_get_credits_that_day()
    {
        var referrer = await App.Caller();
        var network = Guid.NewGuid().ToString();
        var invited = new List<Guid>();
        for (var i = 0; i < 8; i++) invited.Add(await Brought(referrer, network, welcomed: false));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Welcome()));

        Assert.Equal(3 * 50, (await Task.WhenAll(invited.Select(Granted))).Sum());
        Assert.Equal(0, await App.Scalar<long>("select count(*) from referrals where referrer_id = $1 and welcomed_at is null", referrer.Account));
    }

    [Fact]
    public async Task The_other_side_gets_its_credits_when_ten_were_spent_that_were_no_gift_and_is_told()
    {
        var referrer = await App.Caller(credits: 0);
        var invited = await Brought(referrer, "a");
        await Give(invited, promo: 500);
        await Spend(invited, 300);
        await Reward();
        Assert.Equal(0, await Granted(referrer.Account));

        await App.Execute("select credit_post($1, now(), 'purchase', gen_random_uuid()::text, 0, 0, 100, 0, 0, 0, 0, -100, null, null, null)", invited);
        await Reward();
        Assert.Equal(0, await Granted(referrer.Account));
        await Spend(invited, 209);
        await Reward();
        // 200 were left of the gifts.
        Assert.Equal(0, await Granted(referrer.Account));
        await Spend(invited, 1);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Reward()));

        Assert.Equal(50, await Granted(referrer.Account));
        Assert.Equal(1, await App.Scalar<long>("select count(*) from notifications where account_id = $1 and kind = 'referral' and link = '/referrals'", referrer.Account));
    }

    [Fact]
    public async Task Ten_in_a_month_bring_credits_and_the_others_wait()
    {
        var referrer = await App.Caller(credits: 0);
        for (var i = 0; i < 12; i++)
        {
            var invited = await Brought(referrer, "b");
            await App.Execute("select credit_post($1, now(), 'purchase', gen_random_uuid()::text, 0, 0, 100, 0, 0, 0, 0, -100, null, null, null)", invited);
            await Spend(invited, 10);
        }

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Reward()));
        Assert.Equal(500, await Granted(referrer.Account));

        await App.Execute("update referrals set rewarded_at = rewarded_at - interval '32 days' where referrer_id = $1", referrer.Account);
        await Reward();
        Assert.Equal(600, await Granted(referrer.Account));
    }

    private async Task SignUp(string email, Caller by)
    {
        var stranger = new PageVisitor(App.CreateClient(new() { AllowAutoRedirect = false }));
        var handle = await Handle(by);
        Assert.Contains($"name=\"ref\" value=\"{handle}\"", await stranger.Read($"/sign-up?ref={handle}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await stranger.Post("/sign-up", "/sign-up", ("email", email), ("password", "a quiet river bends"), ("ref", handle))).StatusCode);
    }

    private async Task<Guid> Brought(Caller by, string network, bool welcomed = true)
    {
        var invited = (await App.Caller(credits: 0)).Account;
        await App.Execute("insert into referrals (account_id, referrer_id, mailbox, network, joined_at, welcomed_at) values ($1, $2, $3, $4, now(), case when $5 then now() end)",
            invited, by.Account, invited.ToString(), network, welcomed);
        return invited;
    }

    private Task Give(Guid account, long promo) => App.Execute("select credit_post($1, now(), 'grant', gen_random_uuid()::text, $2, 0, 0, 0, 0, 0, -$2, 0, null, null, null)", account, promo);

    /// <summary>Reserved, captured and counted, as every run is.</summary>
    private Task Spend(Guid account, long credits) => App.Execute("""
        with held as (select credit_reserve($1, now(), 'gen:' || $3 || ':reserve', $2, true, null, null, null, null, null, null) as done),
        used as (insert into usage_hours (hour, account_id, api_key_id, model, face, requests, failed, credits) select date_trunc('hour', now()), $1, $3, 'm', 'native', 1, 0, $2 from held returning 1)
        select credit_post($1, now(), 'settle', 'gen:' || $3 || ':settle', 0, 0, 0, 0, -$2, $2, 0, 0, null, null, null) from used
        """, account, credits, Guid.NewGuid());

    private Task<long> Granted(Guid account) => App.Scalar<long>("select coalesce(sum(promo), 0)::bigint from credit_entries where account_id = $1 and key like 'referral:%'", account);

    private Task<string> Handle(Caller caller) => App.Scalar<string>("select handle from accounts where id = $1", caller.Account);

    private async Task Welcome()
    {
        await using var scope = App.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<WelcomeReferred>().Run(CancellationToken.None);
    }

    private async Task Reward()
    {
        await using var scope = App.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RewardReferrals>().Run(CancellationToken.None);
    }
}
