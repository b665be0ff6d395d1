using System.Collections.Frozen;
using System.Text;
using Rpd.Server.Chat.Tokens;

namespace Rpd.Server.Chat.Assistant.Knowledge;

/// <summary>
/// The words by which texts and questions are compared: folded, without endings, one for all that mean the same here. German words become the English ones, so that a
/// question in German finds what is written in English.
/// </summary>
internal static class Terms
{
    private static readonly FrozenSet<string> Empty = Words("""
        a an the and or but of to in on at for from by with without as is are was were be been being am do does did done how what which who when where why can could may
        might must shall should will would i me my mine you your yours we us our it its this that these those there here if then than so not no yes have has had get got
        please about into out up any some all more most very just also only use used using want need know tell show give go going let work works turn many much see happen happens mean means long valid
        der die das ein eine einen einem einer und oder aber zu zum zur im am an auf aus bei mit von vom fuer für über ueber ist sind war wird werden wie was welche
        welcher welches welchen wer wo wann warum kann können koennen muss man ich mir mich mein meine meinen du es sich nicht gibt geht bitte den dem des
        """);

    private static readonly FrozenDictionary<string, string> Same = Groups("""
        picture: image photo pic still bild bilder foto
        video: film clip movie videos filme
        sound: audio ton
        speech: voice tts sprache stimme
        music: song tune musik
        create: make generate new add erstelle erstellen erstellt machen anlegen erzeugen generieren hinzufügen
        delete: remove löschen lösche löscht loeschen entfernen erase
        revoke: widerrufen sperren
        key: schlüssel apikey keys
        price: cost pricing costs kosten kostet preis preise fee charge teuer expensive
        credit: credits guthaben
        balance: kontostand
        plan: tarif plans
        limit: limits grenze begrenzung quota kontingent
        rate: rates
        backup: backups sicherung sichern datensicherung
        restore: wiederherstellen
        install: installation installieren
        upgrade: update aktualisieren
        password: passwort kennwort
        account: konto accounts
        signin: login anmelden logon
        signup: register registrieren registration
        upload: hochladen uploads
        download: herunterladen
        model: modell modelle
        webhook: webhooks hook
        signature: sign signed signing signatur unterschrift
        verify: check validate prüfen überprüfen verification
        setting: settings einstellung einstellungen configuration configure config konfigurieren konfiguration einrichten
        error: errors fehler
        email: mail letter e-mail letters mails
        gallery: galerie explore
        publish: veröffentlichen veröffentliche
        server: servers
        pagination: paginate paging
        enable: activate aktivieren einschalten
        provider: anbieter vendor
        database: datenbank postgresql postgres
        notification: benachrichtigung notifications
        language: sprachmodell llm
        invoice: rechnung billing bill
        usage: verbrauch nutzung
        test: testen sandbox
        environment: env
        prompt: prompts
        https: tls ssl certificate
        docker: container containers compose
        twofactor: 2fa totp mfa two-factor authenticator
        storage: speicher speicherplatz store stored
        max: maximum maximal largest biggest
        cancel: abbrechen stop
        refund: rückerstattung erstattung refunded
        idempotency: retry retries
        """);

    public static List<string> Of(string text)
    {
        var terms = new List<string>();
        var plain = Joined(text);
        for (var at = 0; at < plain.Length;)
        {
            if (!char.IsLetterOrDigit(plain[at]))
            {
                at++;
                continue;
            }
            var end = at;
            while (end < plain.Length && (char.IsLetterOrDigit(plain[end]) || (plain[end] is '-' or '_' && end + 1 < plain.Length && char.IsLetterOrDigit(plain[end + 1])))) end++;
            Add(terms, plain[at..end]);
            at = end;
        }
        return terms;
    }

    /// <summary>Names of settings and fields count as a whole and by their parts.</summary>
    private static void Add(List<string> terms, string word)
    {
        if (One(word.ToLowerInvariant()) is { } whole) terms.Add(whole);
        foreach (var part in Parts(word).Skip(1))
            if (One(part) is { } term) terms.Add(term);
    }

    /// <summary>The word itself and, where it has several, its parts.</summary>
    private static IEnumerable<string> Parts(string word)
    {
        yield return word;
        var pieces = word.Split('-', '_').SelectMany(TokenCount.Pieces).Where(piece => char.IsLetterOrDigit(piece[0])).ToArray();
        if (pieces.Length < 2) yield break;
        foreach (var piece in pieces) yield return piece.ToLowerInvariant();
    }

    private static string? One(string word) => word.Length > 60 || Empty.Contains(word) ? null : Same.GetValueOrDefault(word) ?? (Stem(word) is var stem && Same.TryGetValue(stem, out var same) ? same : stem);

    private static string Stem(string word)
    {
        if (word.Length > 5 && word.EndsWith("ies", StringComparison.Ordinal)) return word[..^3] + "y";
        foreach (var ending in new[] { "ing", "ed", "es", "s" })
        {
            if (word.Length < ending.Length + 3 || !word.EndsWith(ending, StringComparison.Ordinal) || (ending == "s" && word[^2] is 's' or 'u' or 'i')) continue;
            var root = word[..^ending.Length];
            if (ending is "ing" or "ed" && root[^1] == root[^2] && root[^1] is not ('l' or 's')) root = root[..^1];
            return root.Length > 3 ? root.TrimEnd('e') : root;
        }
        return word.Length > 4 ? word.TrimEnd('e') : word;
    }

    /// <summary>What is one thing although it is written in two words.</summary>
    private static string Joined(string text)
    {
        var joined = new StringBuilder(text.Normalize(NormalizationForm.FormC));
        foreach (var (from, to) in new[]
        {
            ("back up", "backup"), ("Back up", "backup"), ("log in", "signin"), ("sign in", "signin"), ("Sign in", "signin"), ("sign up", "signup"), ("Sign up", "signup"),
            ("API-Schlüssel", "API Schlüssel"), ("two factor", "twofactor"), ("two-factor", "twofactor"), ("Two-factor", "twofactor"), ("set up", "configure"), ("Set up", "configure"), ("e-mail", "email"), ("E-mail", "email"),
        }) joined.Replace(from, to);
        return joined.ToString();
    }

    private static FrozenSet<string> Words(string text) => text.Split((char[])[' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries).ToFrozenSet();

    private static FrozenDictionary<string, string> Groups(string text) =>
    (
        from line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
        let colon = line.IndexOf(':', StringComparison.Ordinal)
        let name = line[..colon].Trim()
        from word in Words(line[(colon + 1)..]).Append(name)
        from form in new[] { word, Stem(word) }.Distinct()
        select (form, name)).DistinctBy(pair => pair.form).ToFrozenDictionary(pair => pair.form, pair => pair.name);
}
