using System.IO.Compression;
using Rpd.Shared;

namespace Rpd.Server.CustomModels.Examples;

/// <param name="Name">As it is called in the archive, for messages.</param>
public sealed record LabelledPicture(string Name, string Label, ZipArchiveEntry Entry);

/// <summary>
/// A zip with a folder for each label and pictures in it. Nothing is written to disk under the names inside, and nothing is believed that the archive says of sizes: what unfolds to
/// more than it may is stopped while it does.
/// </summary>
public static class LabelledPictures
{
    public static Outcome<IReadOnlyList<LabelledPicture>> List(ZipArchive zip)
    {
        var pictures = new List<LabelledPicture>();
        foreach (var entry in zip.Entries)
        {
            var path = entry.FullName.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries);
            // Folders, and what systems add by themselves.
            if (entry.FullName.EndsWith('/') || path.Length == 0 || path.Any(part => part.StartsWith('.') || part == "__MACOSX") || path[^1] == "Thumbs.db") continue;
            // An archive of a folder that holds the labels' folders is as good.
            if (path.Length is < 2 or > 3) return Refusal.Invalid("file", $"{entry.FullName} lies in no folder of a label. Each label is a folder with its pictures.");
            if (UploadLimits.WrongLabel(path[^2].Trim()) is { } wrong) return Refusal.Invalid("file", $"{entry.FullName} {wrong}.");
            if (pictures.Count == UploadLimits.PicturesMax) return Refusal.Invalid("file", $"There may be {UploadLimits.PicturesMax} pictures.");
            pictures.Add(new(entry.FullName, path[^2].Trim(), entry));
        }
        return UploadLimits.TooFew(pictures.Select(picture => picture.Label)) is { } few ? few : pictures;
    }

    /// <param name="left">Bytes that all pictures together may still unfold to; it shrinks by those of this one.</param>
    /// <exception cref="InvalidDataException">It unfolds to more than it may, or it is damaged.</exception>
    public static byte[] Unpack(LabelledPicture picture, ref long left)
    {
        var most = (int)Math.Min(left, UploadLimits.PictureBytesMax);
        using var packed = picture.Entry.Open();
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = packed.Read(buffer)) > 0)
        {
            if (bytes.Length + read > most) throw new InvalidDataException($"{picture.Name} unfolds to more than {most} bytes.");
            bytes.Write(buffer, 0, read);
        }
        left -= bytes.Length;
        return bytes.ToArray();
    }
}
