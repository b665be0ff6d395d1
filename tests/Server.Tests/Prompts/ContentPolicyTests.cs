using Rpd.Server.Prompts;

namespace Rpd.Server.Tests.Prompts;

public sealed class ContentPolicyTests
{
    private static readonly ContentPolicy Policy = new(new(), new Dictionary<string, PolicyCategoryOptions>());

    [Theory]
    [InlineData("sexual_minors", "child porn")]
    [InlineData("sexual_minors", "a NUDE little girl on a beach")]
    [InlineData("sexual_minors", "portrait of a 14-year-old, topless")]
    [InlineData("sexual_minors", "sexy 12yo")]
    [InlineData("sexual_minors", "naked, 9 y/o")]
    [InlineData("sexual_minors", "thirteen year old in lingerie")]
    [InlineData("sexual_minors", "l0l1c0n")]
    [InlineData("sexual_minors", "c.h.i.l.d p.o.r.n")]
    [InlineData("sexual_minors", "c h i l d p o r n")]
    [InlineData("sexual_minors", "childporn")]
    [InlineData("sexual_minors", "Kinderpornografie")]
    [InlineData("sexual_minors", "pornografía infantil")]
    [InlineData("sexual_minors", "детское порно")]
    [InlineData("sexual_minors", "高清儿童色情图片")]
    [InlineData("sexual", "PORN")]
    [InlineData("sexual", "pooorn")]
    [InlineData("sexual", "p0rn")]
    [InlineData("sexual", "p*rn")]
    [InlineData("sexual", "p#rn star")]
    [InlineData("sexual", "p.o.r.n")]
    [InlineData("sexual", "p-o-r-n")]
    [InlineData("sexual", "hot p o r n please")]
    [InlineData("sexual", "see a p_o_r_n film")]
    [InlineData("sexual", "po-rn-pics")]
    [InlineData("sexual", "pörn")]
    [InlineData("sexual", "ＰＯＲＮ")]
    [InlineData("sexual", "𝓹𝓸𝓻𝓷")]
    [InlineData("sexual", "ⓟⓞⓡⓝ")]
    [InlineData("sexual", "роrn")]
    [InlineData("sexual", "ρorn")]
    [InlineData("sexual", "p\u200Bo\u200Dr\u00ADn")]
    [InlineData("sexual", "p\u0336o\u0336r\u0336n")]
    [InlineData("sexual", "(porn)!!!")]
    [InlineData("sexual", "porn,hd")]
    [InlineData("sexual", "b1owjob")]
    [InlineData("sexual", "8lowj0b")]
    [InlineData("gore", "a dismembered human body")]
    [InlineData("gore", "snuff film still")]
    [InlineData("gore", "sk1nned al!ve")]
    [InlineData("hate", "n1gg3r")]
    [InlineData("hate", "niiigggggeeer")]
    [InlineData("hate", "Heil  Hitler")]
    [InlineData("hate", "death to all jews")]
    [InlineData("hate", "kill all the muslims")]
    [InlineData("self_harm", "how to kill myself")]
    [InlineData("self_harm", "painless su1cide")]
    [InlineData("weapons", "How to make a b0mb at home")]
    [InlineData("weapons", "diagram: build a pipe-bomb")]
    [InlineData("weapons", "pipe bomb instructions")]
    [InlineData("drugs", "meth recipe")]
    public void A_violation_is_found_in_every_disguise(string category, string text) => Assert.Equal(category, Policy.Check(text)?.Name);

    [Theory]
    [InlineData("Scunthorpe in the rain")]
    [InlineData("a bunch of grapes and a grape vine")]
    [InlineData("Essex and Sussex from the air, Middlesex county cricket")]
    [InlineData("Assassin's Creed style rooftop")]
    [InlineData("a cocktail on the bar, Molotov city street sign")]
    [InlineData("shooting star over the desert")]
    [InlineData("bomb cyclone seen from orbit")]
    [InlineData("how to make a bath bomb, pastel illustration")]
    [InlineData("a naked mole rat beside a child's drawing")]
    [InlineData("children playing under naked trees in winter")]
    [InlineData("map of Niger and Nigeria")]
    [InlineData("a sniggering cat, niggardly merchant")]
    [InlineData("drape the fabric, draped statue, therapist's room")]
    [InlineData("Caravaggio, the beheading of Saint John the Baptist")]
    [InlineData("Perseus with the head of Medusa")]
    [InlineData("Suicide Squad poster, suicide prevention month")]
    [InlineData("a killer whale, a killing joke, kill the lights")]
    [InlineData("David Lynch portrait with women in red")]
    [InlineData("a child in a red coat, 12 year old boy playing chess")]
    [InlineData("mother breastfeeding, oil painting")]
    [InlineData("nude figure study in charcoal, adult model")]
    [InlineData("The Birth of Venus by Botticelli")]
    [InlineData("cockerel, peacock, titmouse, blue tits at the feeder")]
    [InlineData("a dyke in the Netherlands, Dick Van Dyke dancing")]
    [InlineData("Maine coon, chink in the armour, spic and span kitchen")]
    [InlineData("pop corn and a corn p... o.r.c.h.a.r.d")]
    [InlineData("I L L U S T R A T I O N of a fox")]
    [InlineData("4k 8k 35mm f1.8 1girl! $100 @home")]
    [InlineData("gun metal grey car, nerf gun toy, top gun jacket")]
    [InlineData("explosive colours, a bombshell dress, photobomb")]
    [InlineData("18 year old whisky on a naked oak table, age 21 sign")]
    [InlineData("a teenager reading, sixteen candles on a cake")]
    [InlineData("человек идёт по снегу")]
    [InlineData("夕焼けの海と子供")]
    [InlineData("ein Kind spielt im Garten")]
    [InlineData("food porn: ramen close-up")]
    [InlineData("")]
    [InlineData(" \u200B \uD800 ...")]
    public void What_only_looks_like_one_passes(string text) => Assert.Null(Policy.Check(text)?.Name);

    [Fact]
    public void The_operators_own_terms_count_in_every_disguise_and_their_exceptions_too()
    {
        var policy = new ContentPolicy(new(), new Dictionary<string, PolicyCategoryOptions>
        {
            ["brands"] = new() { Extra = "Acme, golden arches" },
            ["sexual"] = new() { Allowed = "porn studies journal" },
            ["drugs"] = new() { Enabled = false },
        });

        Assert.Equal("brands", policy.Check("an 4cme anvil")?.Name);
        Assert.Equal("brands", policy.Check("under the g.o.l.d.e.n arches")?.Name);
        Assert.Null(policy.Check("cover of the Porn Studies Journal"));
        Assert.Equal("sexual", policy.Check("porn studies")?.Name);
        Assert.Null(policy.Check("meth recipe"));
        Assert.Null(new ContentPolicy(new() { Enabled = false }, new Dictionary<string, PolicyCategoryOptions>()).Check("porn"));
    }

    [Fact]
    public void A_refusal_names_fields_and_categories_and_no_word_of_the_lists()
    {
        var refusal = Policy.Refuse(("prompt", "p0rn star"), ("title", "fine"), ("params.script", "meth recipe"))!;

        Assert.Equal(("CONTENT_VIOLATION", 400), (refusal.Code, refusal.Status));
        Assert.Equal(["prompt", "params.script"], refusal.Details!.Select(detail => detail.Field));
        Assert.Contains("(sexual)", refusal.Details![0].Message, StringComparison.Ordinal);
        Assert.DoesNotContain("porn", refusal.Message + string.Concat(refusal.Details.Select(detail => detail.Message)), StringComparison.OrdinalIgnoreCase);
        Assert.Null(Policy.Refuse(("prompt", "a fox"), ("title", null)));
    }
}
