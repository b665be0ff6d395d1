using Rpd.Server.Prompts;
using Rpd.Shared.Generations;

namespace Rpd.Server.Tests.Prompts;

public sealed class EnrichTests
{
    [Theory]
    [InlineData("an old fisherman mending a net", "skin texture")]
    [InlineData("a golden retriever on a sofa", "eye-level")]
    [InlineData("ramen with a soft egg", "appetising")]
    [InlineData("perfume bottle", "seamless background")]
    [InlineData("a gothic cathedral", "verticals")]
    [InlineData("steam locomotive in the alps", "mechanical")]
    [InlineData("a ringed planet", "cosmic dust")]
    [InlineData("a misty valley with a lake", "foreground, middle ground")]
    [InlineData("geometric pattern of circles", "limited palette")]
    [InlineData("melancholy of a Tuesday", "focal point")]
    public void A_picture_gets_what_suits_its_subject(string prompt, string added)
    {
        var made = Enrich.Run(prompt, "text2image", null);

        Assert.StartsWith(prompt + ", ", made.Enhanced, StringComparison.Ordinal);
        Assert.Contains(added, made.Enhanced, StringComparison.Ordinal);
        Assert.Equal(("builtin", prompt), (made.Engine, made.Original));
        Assert.InRange(made.Suggestions.Count, 3, 4);
        Assert.All(made.Suggestions, idea => Assert.DoesNotContain(idea, made.Enhanced, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void What_the_prompt_says_itself_is_not_said_again()
    {
        var made = Enrich.Run("A fox at dusk, macro, moody, highly detailed.", "text2image", null);

        Assert.Equal("A fox at dusk, macro, moody, highly detailed.", made.Enhanced);
        Assert.NotEmpty(made.Suggestions);
        Assert.EndsWith("detailed. Eye-level view, the animal sharp against a soft background.", Enrich.Run("A fox at dusk, moody and detailed.", "text2image", null).Enhanced, StringComparison.Ordinal);
    }

    [Fact]
    public void A_clip_gets_motion_and_camera()
    {
        Assert.Contains("slow dolly-in", Enrich.Run("a castle on a hill", "text2video", null).Enhanced, StringComparison.Ordinal);
        var running = Enrich.Run("a horse running, drone view", "image2video", null).Enhanced;
        Assert.DoesNotContain("dolly", running, StringComparison.Ordinal);
        Assert.DoesNotContain("fluid motion", running, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("avatar", "Welcome to our shop. It opens at 9.")]
    [InlineData("audio", "Good morning, dear listeners.")]
    [InlineData("audio", "Guten Morgen, liebe Hörerinnen und Hörer.")]
    public void Words_that_will_be_spoken_stay_as_they_are(string type, string text) => Assert.Equal(text, Enrich.Run(text, type, "cinematic").Enhanced);

    [Fact]
    public void A_described_sound_is_enriched()
    {
        Assert.StartsWith("soft piano music with rain, clean stereo recording", Enrich.Run("soft piano music with rain", "audio", null).Enhanced, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Ein Hund am Strand bei Regen", "weiches licht, ausgewogene Komposition")]
    [InlineData("Un perro en la playa", "luz suave")]
    [InlineData("Un chien sur la plage", "lumière douce")]
    [InlineData("Un cane sulla spiaggia", "luce morbida")]
    [InlineData("Um cachorro na praia", "luz suave")]
    public void Other_languages_get_words_of_their_own(string prompt, string added)
    {
        var made = Enrich.Run(prompt, "text2image", null);

        Assert.StartsWith($"{prompt}, {added}", made.Enhanced, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("light", made.Enhanced + string.Concat(made.Suggestions), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("夕焼けの海辺を走る犬")]
    [InlineData("собака бежит по пляжу на закате")]
    [InlineData("Een hond op het strand bij een oude vuurtoren")]
    [InlineData("كلب يركض على الشاطئ")]
    [InlineData("🐕🏖️")]
    public void A_language_without_words_of_ours_is_left_alone(string prompt)
    {
        var made = Enrich.Run(prompt, "text2image", null);
        Assert.Equal((prompt, 0), (made.Enhanced, made.Suggestions.Count));
    }

    [Fact]
    public void A_style_is_named_once()
    {
        Assert.Contains("anime style, clean line art", Enrich.Run("a robot", "text2image", "anime").Enhanced, StringComparison.Ordinal);
        Assert.Contains("vaporwave style", Enrich.Run("a robot", "text2image", "vaporwave").Enhanced, StringComparison.Ordinal);
        Assert.DoesNotContain("vaporwave style", Enrich.Run("a Vaporwave robot", "text2image", "vaporwave").Enhanced, StringComparison.Ordinal);
        Assert.EndsWith("vaporwave", Enrich.Run("夕焼けの海", "text2image", "vaporwave").Enhanced, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_type_keeps_the_words_is_the_same_twice_and_fits_where_prompts_go()
    {
        foreach (var type in GenerationTypes.All)
            foreach (var prompt in new[] { "a red fox", new string('x', 3990), new string('x', 4000), "fox,", "Fox!", " spaced ", "line\nbreak" })
            {
                var (once, again) = (Enrich.Run(prompt, type, "cinematic"), Enrich.Run(prompt, type, "cinematic"));
                Assert.StartsWith(prompt.TrimEnd(), once.Enhanced, StringComparison.Ordinal);
                Assert.InRange(once.Enhanced.Length, 1, 4000);
                Assert.Equal((once.Enhanced, string.Join('|', once.Suggestions)), (again.Enhanced, string.Join('|', again.Suggestions)));
            }
    }
}
