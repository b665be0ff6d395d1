using System.IO.Compression;
using System.Text;
using Rpd.Server.CustomModels.Examples;

namespace Rpd.Server.Tests.CustomModels;

public sealed class ExamplesTests
{
    [Fact]
    public void A_csv_is_read_as_spreadsheets_write_it()
    {
        var csv = "\uFEFFid,Text,Label\r\n1,\"He said \"\"no\"\", twice\",angry\r\n2,\"two\nlines\",happy\r\n\r\n" + string.Concat(Enumerable.Range(0, 4).Select(i => $"{i},fine {i},happy\n{i},bad {i},angry\n"));

        var read = LabelledTexts.Read(Encoding.UTF8.GetBytes(csv));

        Assert.False(read.Declined, read.Refusal?.Message);
        Assert.Equal([new("He said \"no\", twice", "angry"), new("two\nlines", "happy")], read.Value!.Take(2));
        Assert.Equal(10, read.Value!.Count);
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("words,kind\na,b\n", "The first line must name the columns text and label, separated by a comma.")]
    [InlineData("text,label\na\n", "Line 2 has 1 values, the first line 2.")]
    [InlineData("text,label\n \t,x\n", "Line 2 has no text.")]
    [InlineData("text,label\na,\n", "Line 2 has no label.")]
    [InlineData("text,label\n\"a,b\n", "The quote that begins in line 2 is never closed.")]
    [InlineData("text,label\na,x\nb,x\nc,x\nd,x\ne,x\n", "At least 2 labels are needed; there is one.")]
    [InlineData("text,label\na,x\nb,x\nc,x\nd,x\ne,x\nf,y\n", "Each label needs 5 examples. Too few: y (1).")]
    [InlineData("text,label\n", "At least 2 labels are needed; there are none.")]
    public void What_is_wrong_with_a_csv_is_said(string csv, string message) => Assert.Equal(message, LabelledTexts.Read(Encoding.UTF8.GetBytes(csv)).Refusal?.Message);

    [Fact]
    public void Limits_are_kept_and_bytes_that_are_no_text_refused()
    {
        Assert.Contains("UTF-8", LabelledTexts.Read([0x74, 0xFF, 0xFE]).Refusal!.Message, StringComparison.Ordinal);
        Assert.Equal("Line 2 has a text of more than 4000 characters.", Of($"text,label\n{new string('x', 4001)},a\n"));
        Assert.Equal("Line 2 has a label of more than 80 characters.", Of($"text,label\nx,{new string('a', 81)}\n"));
        Assert.Equal("There may be 20000 examples.", Of("text,label\n" + string.Concat(Enumerable.Repeat("a,b\n", 20_001))));
        Assert.Equal("There may be 50 labels; there are 51.", Of("text,label\n" + string.Concat(Enumerable.Range(0, 51 * 5).Select(i => $"a,{i % 51}\n"))));

        static string? Of(string csv) => LabelledTexts.Read(Encoding.UTF8.GetBytes(csv)).Refusal?.Message;
    }

    [Fact]
    public void A_zip_has_a_folder_for_each_label()
    {
        var names = Enumerable.Range(0, 5).SelectMany(i => new[] { $"set/cats/{i}.png", $"set/dogs/{i}.png" }).Append("__MACOSX/set/cats/._0.png").Append("set/.DS_Store").ToArray();

        var read = LabelledPictures.List(Zip(names));

        Assert.False(read.Declined, read.Refusal?.Message);
        Assert.Equal(10, read.Value!.Count);
        Assert.Equal(["cats", "dogs"], read.Value.Select(picture => picture.Label).Distinct().Order());
    }

    [Theory]
    [InlineData("a.png", "a.png lies in no folder of a label. Each label is a folder with its pictures.")]
    [InlineData("a/b/c/d.png", "a/b/c/d.png lies in no folder of a label. Each label is a folder with its pictures.")]
    [InlineData("cats/a.png", "At least 2 labels are needed; there is one.")]
    public void What_is_wrong_with_a_zip_is_said(string name, string message) => Assert.Equal(message, LabelledPictures.List(Zip(name)).Refusal?.Message);

    [Fact]
    public void What_unfolds_to_more_than_it_may_is_stopped()
    {
        var bomb = Zip(11 * 1024 * 1024, "cats/bomb.png");
        var (picture, left) = (new LabelledPicture("cats/bomb.png", "cats", bomb.Entries[0]), 1_000_000_000L);
        var small = Zip(1000, "cats/small.png");
        var (little, few) = (new LabelledPicture("cats/small.png", "cats", small.Entries[0]), 1500L);

        Assert.Throws<InvalidDataException>(() => LabelledPictures.Unpack(picture, ref left));
        Assert.Equal(1000, LabelledPictures.Unpack(little, ref few).Length);
        Assert.Equal(500, few);
        Assert.Throws<InvalidDataException>(() => LabelledPictures.Unpack(little, ref few));
    }

    [Fact]
    public void An_archive_whose_list_of_files_is_too_long_is_not_opened()
    {
        // A list that begins at once, with as many bytes as one may have and one more before its end.
        byte[] Of(int listed) => [.. new byte[listed], .. "PK\u0005\u0006"u8, .. new byte[18]];

        Assert.Contains("too long", Assert.Throws<InvalidDataException>(() => OpenZip.Run(new MemoryStream(Of(8 * 1024 * 1024 + 1)))).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => OpenZip.Run(new MemoryStream("no zip"u8.ToArray())));
        using var empty = OpenZip.Run(new MemoryStream(Of(0)));
        Assert.Empty(empty.Entries);
    }

    private static ZipArchive Zip(params string[] names) => Zip(10, names);

    private static ZipArchive Zip(int bytes, params string[] names)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var name in names)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(new byte[bytes]);
            }
        return new(new MemoryStream(file.ToArray()));
    }
}
