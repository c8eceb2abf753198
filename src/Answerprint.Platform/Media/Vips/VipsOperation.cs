namespace Answerprint.Platform.Media.Vips;

/// <summary>Thrown inside this slice when libvips refuses an operation; entry points turn it into a <see cref="Contracts.MediaError"/>.</summary>
internal sealed class VipsException(string message) : Exception(message);

/// <summary>One libvips operation: set its arguments by name, run it, take its outputs.</summary>
internal sealed unsafe class VipsOperation : IDisposable
{
    private const nuint Boolean = 5 << 2, Int = 6 << 2, Enum = 12 << 2, Flags = 13 << 2, Double = 15 << 2, Text = 16 << 2, Boxed = 18 << 2, Object = 20 << 2;
    private readonly string name;
    private VipsHandle handle;

    public VipsOperation(string name)
    {
        VipsLibrary.Ensure();
        this.name = name;
        handle = new VipsHandle(VipsNative.vips_operation_new(name));
        if (handle.IsInvalid) throw new VipsException($"libvips has no operation '{name}': {VipsLibrary.TakeError()}");
    }

    public VipsOperation Set(string argument, object value)
    {
        var holder = default(GValue);
        VipsNative.g_value_init(&holder, TypeOf(argument));
        try
        {
            Fill(&holder, value);
            VipsNative.g_object_set_property(handle, argument, &holder);
        }
        finally
        {
            VipsNative.g_value_unset(&holder);
        }

        return this;
    }

    /// <summary>Copies encoded bytes into an argument, so that a lazy reader may come back to them.</summary>
    public VipsOperation SetBytes(string argument, ReadOnlySpan<byte> bytes)
    {
        nint blob;
        fixed (byte* start = bytes) blob = VipsNative.vips_blob_copy(start, (nuint)bytes.Length);
        var holder = default(GValue);
        VipsNative.g_value_init(&holder, TypeOf(argument));
        VipsNative.g_value_set_boxed(&holder, blob);
        VipsNative.g_object_set_property(handle, argument, &holder);
        VipsNative.g_value_unset(&holder);
        VipsNative.vips_area_unref(blob);
        return this;
    }

    /// <summary>Runs the operation and returns its image, still lazy.</summary>
    public VipsHandle Image(string output = "out")
    {
        Build();
        var holder = default(GValue);
        VipsNative.g_value_init(&holder, TypeOf(output));
        VipsNative.g_object_get_property(handle, output, &holder);
        var image = new VipsHandle(VipsNative.g_value_dup_object(&holder));
        VipsNative.g_value_unset(&holder);
        return image;
    }

    /// <summary>Runs the operation and returns its encoded bytes.</summary>
    public byte[] Bytes(string output = "buffer")
    {
        Build();
        var holder = default(GValue);
        VipsNative.g_value_init(&holder, TypeOf(output));
        VipsNative.g_object_get_property(handle, output, &holder);
        nuint size;
        var data = VipsNative.vips_blob_get(VipsNative.g_value_get_boxed(&holder), &size);
        var bytes = new ReadOnlySpan<byte>(data, checked((int)size)).ToArray();
        VipsNative.g_value_unset(&holder);
        return bytes;
    }

    public void Dispose()
    {
        VipsNative.vips_object_unref_outputs(handle);
        handle.Dispose();
    }

    private void Build()
    {
        var built = VipsNative.vips_cache_operation_build(handle);
        if (built == 0) throw new VipsException(VipsLibrary.TakeError());
        handle.Dispose();
        handle = new VipsHandle(built);
    }

    private nuint TypeOf(string argument)
    {
        ParameterSpec* spec;
        nint argumentClass, instance;
        return VipsNative.vips_object_get_argument(handle, argument, &spec, &argumentClass, &instance) == 0
            ? spec->ValueType
            : throw new VipsException($"'{name}' has no argument '{argument}': {VipsLibrary.TakeError()}");
    }

    private void Fill(GValue* holder, object value)
    {
        switch (value, VipsNative.g_type_fundamental(holder->Type))
        {
            case (bool state, Boolean): VipsNative.g_value_set_boolean(holder, state ? 1 : 0); break;
            case (int number, Int): VipsNative.g_value_set_int(holder, number); break;
            case (int number, Double): VipsNative.g_value_set_double(holder, number); break;
            case (double number, Double): VipsNative.g_value_set_double(holder, number); break;
            case (string text, Text): VipsNative.g_value_set_string(holder, text); break;
            case (string nick, Enum): VipsNative.g_value_set_enum(holder, Nick(holder->Type, nick)); break;
            case (int bits, Flags): VipsNative.g_value_set_flags(holder, (uint)bits); break;
            case (VipsHandle image, Object): VipsNative.g_value_set_object(holder, image); break;
            case (double[] numbers, Boxed):
                fixed (double* start = numbers) VipsNative.vips_value_set_array_double(holder, start, numbers.Length);
                break;
            case (VipsHandle[] images, Boxed): SetImages(holder, images); break;
            default: throw new VipsException($"'{name}' takes no {value.GetType().Name} here");
        }
    }

    private static void SetImages(GValue* holder, VipsHandle[] images)
    {
        VipsNative.vips_value_set_array_image(holder, images.Length);
        int count;
        var slots = VipsNative.vips_value_get_array_image(holder, &count);
        for (var i = 0; i < count; i++) slots[i] = VipsNative.g_object_ref(images[i].DangerousGetHandle());
    }

    private int Nick(nuint type, string nick)
    {
        var number = VipsNative.vips_enum_from_nick(name, type, nick);
        return number >= 0 ? number : throw new VipsException($"'{name}' does not know '{nick}': {VipsLibrary.TakeError()}");
    }
}
