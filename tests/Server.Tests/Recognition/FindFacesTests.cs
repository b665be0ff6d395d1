using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Rpd.Server.Media;
using Rpd.Server.Recognition;
using Rpd.Shared;

namespace Rpd.Server.Tests.Recognition;

/// <summary>Detectors that are started for these tests, without a server around them.</summary>
public sealed class Detector : IDisposable
{
    private readonly List<FaceWorkers> started = [];

    internal FaceWorkers Workers { get; }
    internal FindFaces Faces { get; }

    public Detector() => (Workers, Faces) = With(new() { Workers = 2 });

    internal (FaceWorkers, FindFaces) With(RecognitionOptions options)
    {
        var workers = new FaceWorkers(options, NullLogger<FaceWorkers>.Instance);
        started.Add(workers);
        return (workers, new(new(new(new(), options)), workers));
    }

    public void Dispose() => started.ForEach(workers => workers.Dispose());
}

public sealed class FindFacesTests(Detector detector) : IClassFixture<Detector>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task The_astronauts_face_is_found_once_and_in_its_place(int finder)
    {
        var found = (await detector.Faces.Run(TestPictures.Astronaut, new(finder), Cancel)).Value!;

        Assert.Equal((512, 512), (found.Width, found.Height));
        var face = Assert.Single(found.Faces);
        Assert.InRange(face.X, 177 - 19, 177 + 19);
        Assert.InRange(face.Y, 66 - 19, 66 + 19);
        Assert.InRange(face.Width, 97 * 0.8, 97 * 1.2);
        Assert.InRange(face.Height, 97 * 0.8, 97 * 1.2);
        Assert.InRange(face.Score, 0.9, 1);
        Assert.Null(found.Painted);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_cup_of_coffee_has_no_face(int finder) => Assert.Empty((await detector.Faces.Run(TestPictures.Coffee, new(finder), Cancel)).Value!.Faces);

    [Fact]
    public async Task A_threshold_above_the_score_leaves_the_face_out() => Assert.Empty((await detector.Faces.Run(TestPictures.Astronaut, new(Threshold: 1), Cancel)).Value!.Faces);

    [Fact]
    public async Task Boxes_are_in_the_pixels_of_the_picture_as_it_is_shown()
    {
        // Lying on its side, to be turned upright by whoever shows it: EXIF orientation 6.
        var lying = await TestPictures.Made(".jpg", "rot", "in", "out", "d270");
        var turned = (await detector.Faces.Run(WithOrientation(lying, 6), new(), Cancel)).Value!;
        var wide = (await detector.Faces.Run(await TestPictures.Made(".jpg", "embed", "in", "out", "0", "0", "1024", "512", "--extend", "white"), new(), Cancel)).Value!;

        Assert.InRange(Assert.Single(turned.Faces).X, 158, 196);
        Assert.Equal((1024, 512), (wide.Width, wide.Height));
        Assert.InRange(Assert.Single(wide.Faces).X, 158, 196);
        Assert.InRange(Assert.Single(wide.Faces).Width, 78, 116);
    }

    [Theory]
    [InlineData(FacePaint.Pixel)]
    [InlineData(FacePaint.Fill)]
    public async Task What_covers_a_face_leaves_nothing_to_find_or_to_read(string paint)
    {
        var painted = (await detector.Faces.Run(TestPictures.Astronaut, new(Paint: paint, Colour: "0000ff"), Cancel)).Value!.Painted!;

        Assert.Empty((await detector.Faces.Run(painted, new(3, Threshold: 0.3), Cancel)).Value!.Faces);
        var picture = await Pixels(painted);
        Assert.Equal((512, 512), (picture.FullWidth, picture.FullHeight));
        // Of the face's 97 pixels across a handful of shades is left.
        var row = Enumerable.Range(180, 90).Select(x => (int)picture.Rgb[(110 * picture.Width + x) * 3]).ToArray();
        Assert.InRange(row.Zip(row.Skip(1), (left, right) => Math.Abs(left - right) > 8 ? 1 : 0).Sum(), 0, 12);
        if (paint == FacePaint.Fill) Assert.InRange(picture.Rgb[(110 * picture.Width + 225) * 3 + 2], 240, 255);
    }

    [Theory]
    [InlineData(FacePaint.Boxes, false)]
    [InlineData(FacePaint.Black, true)]
    public async Task Boxes_have_the_colour_that_was_asked_for(string paint, bool black)
    {
        var picture = await Pixels((await detector.Faces.Run(TestPictures.Astronaut, new(Paint: paint, Colour: "ff0000"), Cancel)).Value!.Painted!);

        var edge = ((66 + 40) * picture.Width + 177) * 3;
        Assert.True(picture.Rgb[edge] > 180 && picture.Rgb[edge + 1] < 90, $"{picture.Rgb[edge]}, {picture.Rgb[edge + 1]}");
        Assert.Equal(black, picture.Rgb[(400 * picture.Width + 100) * 3] < 10);
    }

    [Fact]
    public async Task A_painted_picture_says_nothing_of_the_camera()
    {
        var painted = (await detector.Faces.Run(WithOrientation(await TestPictures.Made(".jpg", "copy", "in", "out"), 1), new(Paint: FacePaint.Pixel), Cancel)).Value!.Painted!;

        Assert.Equal("image/jpeg", FileKind.Of(painted));
        Assert.DoesNotContain("Exif", Encoding.Latin1.GetString(painted), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pictures_of_every_kind_are_read()
    {
        byte[][] kinds =
        [
            await TestPictures.Made(".jpg", "icc_transform", "in", "out", "cmyk"), await TestPictures.Made(".png", "cast", "in", "out", "uchar"), await SixteenBits(),
            await TestPictures.Made(".webp", "copy", "in", "out"), await TestPictures.Made(".gif[page_height=512]", "replicate", "in", "out", "1", "3"),
        ];

        foreach (var kind in kinds)
        {
            var found = (await detector.Faces.Run(kind, new(), Cancel)).Value!;
            Assert.Equal((512, 512), (found.Width, found.Height));
            Assert.InRange(Assert.Single(found.Faces).X, 158, 196);
        }
    }

    [Fact]
    public async Task One_pixel_has_no_face_and_does_no_harm() =>
        Assert.Empty((await detector.Faces.Run(await TestPictures.Made(".png", "crop", "in", "out", "0", "0", "1", "1"), new(3, Paint: FacePaint.Pixel), Cancel)).Value!.Faces);

    [Fact]
    public async Task What_is_no_picture_or_too_large_or_damaged_is_refused_with_a_sentence()
    {
        (byte[] File, string Said)[] bad =
        [
            ([], "empty"), ("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"u8.ToArray(), "no picture"), ("<!doctype html><title>photo.jpg</title>"u8.ToArray(), "no picture"),
            (Header(20_000, 20_000), "20000 × 20000"), (Header(8_000, 8_000), "megapixels"), (TestPictures.Astronaut[..200_000], "damaged"), (TestPictures.Astronaut[..20], "damaged"),
            ((await TestPictures.Made(".jpg", "copy", "in", "out"))[..15_000], "damaged"), (Header(100, 100), "damaged"),
        ];

        foreach (var (file, said) in bad)
        {
            var refusal = (await detector.Faces.Run(file, new(), Cancel)).Refusal!;
            Assert.Equal(400, refusal.Status);
            Assert.Contains(said, refusal.Message, StringComparison.Ordinal);
        }
        var (_, small) = detector.With(new() { BytesMax = 10_000 });
        Assert.Equal(413, (await small.Run(TestPictures.Astronaut, new(), Cancel)).Refusal!.Status);
    }

    [Fact]
    public async Task A_process_that_is_killed_in_the_middle_of_its_work_is_replaced_and_nobody_notices()
    {
        var (workers, faces) = detector.With(new() { Workers = 1 });
        Assert.Single((await faces.Run(TestPictures.Astronaut, new(), Cancel)).Value!.Faces);
        var first = Assert.Single(workers.Idle);

        using (var process = Process.GetProcessById(first))
        {
            Signal(first, "STOP");
            var asked = faces.Run(TestPictures.Astronaut, new(), Cancel);
            while (workers.Idle.Count > 0) await Task.Delay(10, Cancel);
            process.Kill();
            Assert.Single((await asked).Value!.Faces);
        }

        Assert.NotEqual(first, Assert.Single(workers.Idle));
    }

    [Fact]
    public async Task A_process_that_hangs_is_stopped_and_the_next_picture_has_another()
    {
        var (workers, faces) = detector.With(new() { Workers = 1, PictureSeconds = 5 });
        await faces.Run(TestPictures.Coffee, new(), Cancel);
        var hanging = Assert.Single(workers.Idle);
        Signal(hanging, "STOP");

        var refusal = (await faces.Run(TestPictures.Astronaut, new(), Cancel)).Refusal!;

        Assert.Equal(("MODEL_FAULT", 502), (refusal.Code, refusal.Status));
        // What was killed is listed until the system has noticed.
        for (var waited = 0; waited < 100 && Process.GetProcesses().Any(process => process.Id == hanging); waited++) await Task.Delay(50, Cancel);
        Assert.DoesNotContain(Process.GetProcesses(), process => process.Id == hanging);
        Assert.Single((await faces.Run(TestPictures.Astronaut, new(), Cancel)).Value!.Faces);
    }

    [Fact]
    public async Task A_process_has_no_more_memory_than_it_is_given()
    {
        await detector.Faces.Run(TestPictures.Coffee, new(), Cancel);

        var limits = await File.ReadAllTextAsync($"/proc/{detector.Workers.Idle[0]}/limits", Cancel);

        Assert.Contains((2048L << 20).ToString(System.Globalization.CultureInfo.InvariantCulture), limits.Split('\n').Single(line => line.StartsWith("Max address space", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_at_once_are_all_answered_by_as_many_processes_as_there_may_be()
    {
        var found = await Task.WhenAll(Enumerable.Range(0, 12).Select(turn => detector.Faces.Run(turn % 2 == 0 ? TestPictures.Astronaut : TestPictures.Coffee, new(), Cancel)));

        Assert.Equal(Enumerable.Range(0, 12).Select(turn => (turn + 1) % 2), found.Select(one => one.Value!.Faces.Count));
        Assert.InRange(detector.Workers.Idle.Count, 1, 2);
    }

    [Fact]
    public async Task More_than_may_wait_are_told_to_come_again()
    {
        var (_, faces) = detector.With(new() { Workers = 1, WaitingMax = 2 });

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => faces.Run(TestPictures.Coffee, new(), Cancel)));

        Assert.Equal([503, 503, 503], answers.Where(one => one.Declined).Select(one => one.Refusal!.Status));
    }

    [Theory]
    [InlineData("/nowhere/python3", "/usr/share/opencv4/haarcascades", "python3-opencv")]
    [InlineData("/usr/bin/python3", "/nowhere", "opencv-data")]
    public async Task What_is_not_installed_is_named_by_its_package(string python, string cascades, string package)
    {
        var (_, faces) = detector.With(new() { Python = python, Cascades = cascades });

        var refusal = (await faces.Run(TestPictures.Coffee, new(), Cancel)).Refusal!;

        Assert.Equal(("PROVIDER_UNAVAILABLE", 503), (refusal.Code, refusal.Status));
        Assert.Contains(package, refusal.Message, StringComparison.Ordinal);
    }

    private static async Task<Picture> Pixels(byte[] file) => (await new ReadPicture(new(new(), new())).Run(file, Probe.SidePixelsMax, Cancel)).Value!;

    private static void Signal(int process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", process.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static async Task<byte[]> SixteenBits() => await TestPictures.Made(".png", "colourspace", "in", "out", "rgb16");

    /// <summary>A PNG that has a header and nothing behind it.</summary>
    private static byte[] Header(int width, int height)
    {
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0, 0, 0, 0, 0, 0, 8, 2, 0, 0, 0, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        return png;
    }

    /// <summary>With an Exif segment behind the first marker that says how it is to be turned, and nothing else.</summary>
    private static byte[] WithOrientation(byte[] jpeg, byte orientation) =>
        [0xFF, 0xD8, 0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*"u8, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0, .. jpeg[2..]];
}
