using System.Globalization;

namespace Rpd.Server.Database;

/// <summary>PostgreSQL refuses to run as root, so a server started by root hands it to somebody who owns nothing else.</summary>
internal sealed record UnprivilegedUser(string Name, uint UserId, uint GroupId)
{
    /// <summary>What stands before a command line to run it as this user.</summary>
    public IReadOnlyList<string> Prefix { get; } = Tool.OnPath("setpriv") is { } setpriv
        ? [setpriv, $"--reuid={UserId}", $"--regid={GroupId}", "--clear-groups", "--"]
        : Tool.OnPath("runuser") is { } runuser
            ? [runuser, "-u", Name, "--"]
            : throw new CannotStart("PostgreSQL does not run as root, and neither setpriv nor runuser (package util-linux) is here to change the user. Start the server as an ordinary user.");

    /// <summary>Null when we are an ordinary user: then the database runs as ourselves.</summary>
    public static UnprivilegedUser? Needed()
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess) return null;
        var users = Known();
        return users.FirstOrDefault(user => user.Name == "postgres")
            ?? users.FirstOrDefault(user => user.Name == "nobody")
            ?? throw new CannotStart("PostgreSQL does not run as root, and there is neither a user postgres nor nobody. Start the server as an ordinary user.");
    }

    /// <summary>A cluster that exists runs as whoever owns it, for instance after somebody who started it as himself starts it by root.</summary>
    public static async Task<UnprivilegedUser> OwnerOf(string folder, UnprivilegedUser otherwise, CancellationToken cancel)
    {
        var (owner, group) = await OwnerOf(folder, cancel);
        if (owner == otherwise.UserId) return otherwise;
        if (owner == 0) throw new CannotStart($"The database cluster {folder} belongs to root, and PostgreSQL does not run as root. Give it to an ordinary user: chown -R {otherwise.Name} {folder}");
        return Known().FirstOrDefault(user => user.UserId == owner) ?? otherwise with { Name = $"#{owner}", UserId = owner, GroupId = group };
    }

    internal static async Task<(uint UserId, uint GroupId)> OwnerOf(string folder, CancellationToken cancel)
    {
        var owner = await Tool.Run(null, "stat", ["-c", "%u %g", folder], cancel);
        if (!owner.Succeeded) throw new CannotStart($"The owner of {folder} cannot be found out: {owner.Said}");
        var ids = owner.Output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(id => uint.Parse(id, CultureInfo.InvariantCulture)).ToArray();
        return (ids[0], ids[1]);
    }

    /// <summary>Asked of the system and not worked out from modes: access lists and mounts have a say as well.</summary>
    public async Task<bool> CanEnter(string folder, CancellationToken cancel) =>
        (await Tool.Run(this, "/bin/sh", ["-c", "cd \"$1\"", "sh", folder], cancel)).Succeeded;

    public async Task Own(string path, CancellationToken cancel)
    {
        var done = await Tool.Run(null, "chown", [$"{UserId}:{GroupId}", path], cancel);
        if (!done.Succeeded) throw new CannotStart($"{path} cannot be given to the user {Name}: {done.Said}");
    }

    private static UnprivilegedUser[] Known() =>
        [.. File.ReadLines("/etc/passwd").Select(line => line.Split(':')).Where(fields => fields.Length >= 4 && fields[0] is not ("root" or "") && fields[2] != "0")
            .Select(fields => new UnprivilegedUser(fields[0], uint.Parse(fields[2], CultureInfo.InvariantCulture), uint.Parse(fields[3], CultureInfo.InvariantCulture)))];
}
