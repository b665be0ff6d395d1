using Rpd.Shared;

namespace Rpd.Server.Recognition;

/// <summary>Finds the faces of a picture, and makes the picture without them when that is asked for. Nothing of it is kept.</summary>
public sealed class FindFaces(ReadPicture read, FaceWorkers workers)
{
    /// <summary>What the detector looks at is no larger, so more pixels are needed only to paint in.</summary>
    private const int SearchedSide = 576;

    /// <param name="file">As it was sent: PNG, JPEG, WebP or GIF.</param>
    public async Task<Outcome<FacesFound>> Run(ReadOnlyMemory<byte> file, FaceQuestion question, CancellationToken cancel)
    {
        var place = await workers.Enter(cancel);
        if (place.Declined) return place.Refusal;
        using (place.Value)
        {
            var picture = await read.Run(file, question.Paint is null ? SearchedSide : question.PaintedSideMax, cancel);
            if (picture.Declined) return picture.Refusal;
            var found = await workers.Ask(picture.Value.Rgb, picture.Value.Width, picture.Value.Height, question, cancel);
            if (found.Declined) return found.Refusal;
            var faces = found.Value.Faces.Select(face => Full(face, picture.Value));
            return new FacesFound(picture.Value.FullWidth, picture.Value.FullHeight, [.. faces], question.Paint is null ? null : found.Value.Painted);
        }
    }

    private static FoundFace Full(FoundFace face, Picture picture)
    {
        var (across, down) = ((double)picture.FullWidth / picture.Width, (double)picture.FullHeight / picture.Height);
        return face with { X = (int)(face.X * across), Y = (int)(face.Y * down), Width = (int)Math.Round(face.Width * across), Height = (int)Math.Round(face.Height * down) };
    }
}
