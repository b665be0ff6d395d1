namespace Rpd.Web.Status;

/// <summary>What happened and what to do now, for every status a page may answer with.</summary>
public sealed record StatusWords(string Title, string Text, string LinkText, string LinkAddress)
{
    public static StatusWords Of(int code, int? retryAfterSeconds) => code switch
    {
        400 => new("That form has expired", "It was open for too long, or you have signed in or out since. Go back, reload the page and send it again.", "Go home", "/"),
        401 => new("Please sign in", "This page belongs to an account.", "Sign in", "/sign-in"),
        403 => new("Not for this account", "You are signed in, but this page is not open to you.", "Go home", "/"),
        404 => new("Nothing here", "The address may be mistyped, or the work is private or gone.", "Explore works", "/explore"),
        405 => new("That is not how this page is asked", "You may have reloaded the answer to a form. Open the page again instead.", "Go home", "/"),
        413 => new("That is too large", "The file or text is larger than we take. Make it smaller and try again.", "Back to the playground", "/playground"),
        415 => new("We cannot read that", "What was sent is not in a format that this page understands.", "Go home", "/"),
        429 => new("A little slower, please", $"You have reached the limit for now. Try again {In(retryAfterSeconds)}.", "Go home", "/"),
        503 => new("Back in a moment", $"The service is not ready. Try again {In(retryAfterSeconds)}.", "Go home", "/"),
        >= 500 => new("Something broke here", "It is our fault and it has been logged. If credits were taken for a run that failed, they have been returned.", "Go home", "/"),
        _ => new("That did not work", "We could not answer this request.", "Go home", "/"),
    };

    private static string In(int? seconds) => seconds switch
    {
        null => "in a minute",
        1 => "in a second",
        < 90 => $"in {seconds} seconds",
        _ => $"in {(seconds + 59) / 60} minutes",
    };
}
