using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.CustomModels.Training;
using Rpd.Server.Storage;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.CustomModels;

/// <summary>Trainings that do not go well.</summary>
public sealed class TrainingTests(TrainingApp shared) : IClassFixture<TrainingApp>
{
    private readonly App app = shared.App;

    [Fact]
    public async Task A_model_that_is_deleted_while_it_learns_is_gone_and_learns_no_more()
    {
        var ada = await Trainer.Of(app);
        var model = await ada.Create(Trainer.Mails(8000));
        await ada.Comes(model, "training");

        await ada.Caller.Delete($"{Trainer.Models}/{model}");

        for (var looks = 0; await Jobs(model) > 0; looks++)
        {
            Assert.True(looks < 250, "It learns on.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        await ada.Erased(model, "examples");
        Assert.Null(await ada.Stored(model, "weights"));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await ada.Caller.Get($"{Trainer.Models}/{model}")).Status);
    }

    [Fact]
    public async Task A_training_that_breaks_off_is_tried_three_times_and_then_failed()
    {
        var ada = await Trainer.Of(app);
        // The hand of this node is busy until the examples are gone.
        var busy = await ada.Create(Trainer.Mails(8000));
        await ada.Comes(busy, "training");
        var model = await ada.Create(Trainer.Mails(5));
        await app.Services.GetRequiredService<IStorage>().DeleteAll($"uploads/{ada.Caller.Account:N}/{model:N}/examples", TestContext.Current.CancellationToken);
        await ada.Caller.Delete($"{Trainer.Models}/{busy}");

        for (var looks = 0; (await ada.Get(model)).GetProperty("status").GetString() != "failed"; looks++)
        {
            Assert.True(looks < 500, "It is tried for ever.");
            // What waits between two tries is not what this is about.
            await app.Execute("update jobs set run_at = now() where kind = 'custom-model.train' and state = 'ready' and args ->> 'id' = $1", model.ToString());
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        Assert.Contains("broke off 3 times", (await ada.Get(model)).GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal(3, await app.Scalar<int>("select attempts from jobs where args ->> 'id' = $1 and kind = 'custom-model.train'", model.ToString()));
    }

    [Fact]
    public async Task What_a_killed_node_was_training_is_taken_up_again_and_ended_when_it_kills_every_time()
    {
        var ada = await Trainer.Of(app);
        var (taken, lost) = (await ada.Create(Trainer.Mails(5)), await ada.Create(Trainer.Mails(6)));
        foreach (var model in new[] { taken, lost }) await ada.Ended(model);
        await ada.Erased(taken, "examples");
        await app.Services.GetRequiredService<IStorage>().Put($"uploads/{ada.Caller.Account:N}/{taken:N}/examples", new MemoryStream(Trainer.Mails(5)), TestContext.Current.CancellationToken);
        // As a node leaves it that is killed within a training: the row says so, and the lease of its job runs out.
        await app.Execute("update custom_models set status = 'training', progress = 40, metrics = null, completed_at = null where id = any($1)", new[] { taken, lost });
        await app.Execute("""
            insert into jobs (kind, lane, args, state, run_at, attempts, attempts_max, fence, lease_until, created_at)
            select 'custom-model.train', 'training', jsonb_build_object('account', account_id, 'id', id), 'running', now(), case when id = $1 then 1 else 3 end, 3, 3, now() - interval '1 second', now()
            from custom_models where id = any($2)
            """, taken, new[] { taken, lost });

        Assert.Equal("ready", (await ada.Ended(taken)).GetProperty("status").GetString());
        for (var looks = 0; await Jobs(lost) > 0; looks++)
        {
            Assert.True(looks < 250, "Its job is not given up.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
        await app.Services.GetRequiredService<FailLostTrainings>().Run(TestContext.Current.CancellationToken);
        Assert.Contains("broke off with the server", (await ada.Ended(lost)).GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_that_unfolds_to_too_much_or_is_none_fails_the_training_and_is_named()
    {
        var ada = await Trainer.Of(app);
        var (bomb, wrong) = (await ada.Create(Trainer.Pictures(5, ("red/bomb.png", new byte[11 * 1024 * 1024])), "image"), await ada.Create(Trainer.Pictures(5, ("red/wrong.png", "no picture"u8.ToArray())), "image"));

        Assert.Equal("red/bomb.png unfolds to more than 10485760 bytes.", (await ada.Ended(bomb)).GetProperty("error").GetString());
        Assert.StartsWith("red/wrong.png: This is no picture", (await ada.Ended(wrong)).GetProperty("error").GetString(), StringComparison.Ordinal);
        await ada.Erased(bomb, "examples");
        Assert.Equal(System.Net.HttpStatusCode.Conflict, (await ada.Caller.Post($"{Trainer.Models}/{bomb}/deploy", new { })).Status);
    }

    private Task<long> Jobs(Guid model) => app.Scalar<long>("select count(*) from jobs where kind = 'custom-model.train' and state in ('ready', 'running') and args ->> 'id' = $1", model.ToString());
}
