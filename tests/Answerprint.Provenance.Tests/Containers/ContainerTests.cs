using Answerprint.Provenance.Containers;
using Answerprint.Provenance.Tests.Samples;

namespace Answerprint.Provenance.Tests.Containers;

public sealed class ContainerTests
{
    public static TheoryData<string, byte[]> Files => new()
    {
        { "png", SamplePng.Rgb(30, 20) },
        { "png 16 bit", SamplePng.Rgb(30, 20, bitDepth: 16) },
        { "png with trailing bytes", [.. SamplePng.Rgb(30, 20), .. new byte[100]] },
        { "jpeg without segments", SampleJpeg.Make() },
        { "jpeg jfif exif", SampleJpeg.Make(segments: [SampleJpeg.Jfif(), SampleJpeg.Exif(), SampleJpeg.Segment(0xED, new byte[50])]) },
        { "jpeg progressive", SampleJpeg.Make(scans: 5, segments: [SampleJpeg.Jfif()]) },
        { "jpeg with another box in APP11", SampleJpeg.Make(segments: [SampleJpeg.OtherApp11Box()]) },
        { "jpeg with full segments", SampleJpeg.Make(segments: [SampleJpeg.Exif(65_000), SampleJpeg.Segment(0xFE, new byte[65_533])]) },
        { "jpeg with fill bytes", SampleJpeg.Make(segments: [[0xFF, 0xFF, 0xFF], SampleJpeg.Exif()]) },
        { "jpeg with trailing bytes", [.. SampleJpeg.Make(), .. new byte[100]] },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Signing_adds_one_run_of_bytes_and_changes_no_other(string name, byte[] file)
    {
        foreach (var inputs in new[] { 1, 400 })
        {
            var signed = Studio.Sign(file, Studio.Full(inputs: inputs), out var result);
            var container = AssetContainer.For(MediaTypes.Detect(signed))!;
            var layout = container.Scan(new MemoryStream(signed));
            var range = Assert.Single(layout.StoreRanges);
            Assert.Equal(result.ManifestStoreBytes, layout.Store!.Length);
            Assert.True(file.AsSpan().SequenceEqual([.. signed[..(int)range.Start], .. signed[(int)range.End..]]), name);
            Assert.True(inputs == 1 || range.Length > 65_536, "The second manifest needs more than one JPEG segment.");
            container.CheckComplete(new MemoryStream(signed));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Signing_again_replaces_the_store(string name, byte[] file)
    {
        var once = Studio.Sign(file, Studio.Full(1, inputs: 300));
        var twice = Studio.Sign(once, Studio.Opened(2));
        var range = Assert.Single(AssetContainer.For(MediaTypes.Detect(twice))!.Scan(new MemoryStream(twice)).StoreRanges);
        Assert.True(file.AsSpan().SequenceEqual([.. twice[..(int)range.Start], .. twice[(int)range.End..]]), name);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(1000)]
    [InlineData(65_525)]
    [InlineData(65_526)]
    [InlineData(131_042)]
    [InlineData(131_043)]
    [InlineData(400_000)]
    public void The_wrapped_length_is_known_before_wrapping(int length)
    {
        foreach (var type in new[] { MediaTypes.Jpeg, MediaTypes.Png })
        {
            var container = AssetContainer.For(type)!;
            Assert.Equal(container.WrappedLength(length), container.Wrap(new byte[length]).Length);
            Assert.True(container.WrappedLength(length) < container.WrappedLength(length + 1));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_truncated_file_is_refused_before_anything_is_written(string name, byte[] file)
    {
        var end = name.Contains("trailing", StringComparison.Ordinal) ? file.Length - 100 : file.Length;
        for (var length = 0; length < end; length += 1 + (length / 40))
        {
            var output = new MemoryStream();
            var exception = Assert.Throws<CredentialFormatException>(() =>
                ContentCredential.Sign(new MemoryStream(file[..length]), output, MediaTypes.Detect(file)!, Studio.Simple(), Studio.Identity, Studio.Now));
            Assert.Equal(0, output.Length);
            Assert.Contains("at byte", exception.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_damaged_png_chunk_is_refused()
    {
        var file = SamplePng.Rgb(30, 20);
        file[^30] ^= 1;
        Assert.Contains("checksum", Assert.Throws<CredentialFormatException>(() => Studio.Sign(file, Studio.Simple())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_store_follows_jfif_and_exif()
    {
        byte[][] leading = [SampleJpeg.Jfif(), SampleJpeg.Exif()];
        var signed = Studio.Sign(SampleJpeg.Make(segments: [.. leading, SampleJpeg.Segment(0xED, new byte[5])]), Studio.Simple());
        var range = new JpegContainer().Scan(new MemoryStream(signed)).StoreRanges[0];
        Assert.Equal(2 + leading.Sum(s => s.Length), range.Start);
    }

    [Fact]
    public void Another_application_s_box_stays()
    {
        var other = SampleJpeg.OtherApp11Box();
        var signed = Studio.Sign(SampleJpeg.Make(segments: [SampleJpeg.Jfif(), other]), Studio.Simple());
        Assert.True(signed.AsSpan().IndexOf(other) > 0);
        Assert.Equal(Answerprint.Provenance.Verification.CredentialOutcome.Valid, Studio.Verify(signed).Outcome);
    }

    [Fact]
    public void A_file_of_another_type_than_stated_is_refused() =>
        Assert.Throws<CredentialFormatException>(() => ContentCredential.Sign(
            new MemoryStream(SamplePng.Rgb(4, 4)), new MemoryStream(), MediaTypes.Jpeg, Studio.Simple(), Studio.Identity, Studio.Now));

    [Fact]
    public void A_type_without_a_writer_is_said_to_have_none() =>
        Assert.Contains("video/webm", Assert.Throws<NotSupportedException>(() => ContentCredential.Sign(
            new MemoryStream([1]), new MemoryStream(), "video/webm", Studio.Simple(), Studio.Identity, Studio.Now)).Message, StringComparison.Ordinal);

    [Fact]
    public void Media_types_are_told_by_first_bytes()
    {
        Assert.Equal("image/webp", MediaTypes.Detect("RIFF\0\0\0\0WEBP"u8));
        Assert.Equal("video/mp4", MediaTypes.Detect("\0\0\0\u0018ftypisom"u8));
        Assert.Equal("video/quicktime", MediaTypes.Detect("\0\0\0\u0018ftypqt  "u8));
        Assert.Equal("image/avif", MediaTypes.Detect("\0\0\0\u0018ftypavif"u8));
        Assert.Null(MediaTypes.Detect("hello, world"u8));
        Assert.Null(MediaTypes.Detect(ReadOnlySpan<byte>.Empty));
    }

    [Fact]
    public void Checksums_are_those_of_png()
    {
        Assert.Equal(0xCBF43926u, Crc32.Append(0, "123456789"u8));
        Assert.Equal(0xCBF43926u, Crc32.Append(Crc32.Append(0, "12345"u8), "6789"u8));
        Assert.Equal(0xAE426082u, Crc32.Append(0, "IEND"u8));
    }

    [Theory]
    [InlineData(MediaTypes.Png)]
    [InlineData(MediaTypes.Jpeg)]
    public void Mutated_files_are_signed_or_refused_and_nothing_else(string mediaType)
    {
        var file = mediaType == MediaTypes.Png ? SamplePng.Rgb(20, 10) : SampleJpeg.Make(500, scans: 2, segments: [SampleJpeg.Jfif(), SampleJpeg.OtherApp11Box()]);
        var signed = 0;
        foreach (var mutant in Mutations.Of(Studio.Sign(file, Studio.Full(1)), 600))
        {
            try
            {
                ContentCredential.Sign(new MemoryStream(mutant), new MemoryStream(), mediaType, Studio.Opened(2), Studio.Identity, Studio.Now);
                signed++;
            }
            catch (CredentialFormatException)
            {
                // refused, as documented
            }
        }
        Assert.InRange(signed, 1, 599);
    }
}
