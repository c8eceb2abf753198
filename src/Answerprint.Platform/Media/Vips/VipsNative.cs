using System.Runtime.InteropServices;

namespace Answerprint.Platform.Media.Vips;

/// <summary>
/// The part of libvips and GObject that is used. Only functions with a fixed argument list: libvips' convenient calls are variadic,
/// and a variadic call with floating-point arguments cannot be made through P/Invoke. Operations are built as objects instead.
/// </summary>
internal static unsafe partial class VipsNative
{
    private const string Vips = "libvips.so.42";
    private const string GObject = "libgobject-2.0.so.0";

    [LibraryImport(Vips, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int vips_init(string programName);

    [LibraryImport(Vips)]
    public static partial void vips_cache_set_max(int operations);

    [LibraryImport(Vips)]
    public static partial void vips_concurrency_set(int threads);

    [LibraryImport(Vips)]
    public static partial void vips_block_untrusted_set(int state);

    [LibraryImport(Vips)]
    public static partial byte* vips_version_string();

    [LibraryImport(Vips)]
    public static partial byte* vips_error_buffer_copy();

    [LibraryImport(Vips, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint vips_operation_new(string name);

    [LibraryImport(Vips)]
    public static partial nint vips_cache_operation_build(VipsHandle operation);

    [LibraryImport(Vips)]
    public static partial void vips_object_unref_outputs(VipsHandle operation);

    [LibraryImport(Vips, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int vips_object_get_argument(VipsHandle operation, string name, ParameterSpec** spec, nint* argumentClass, nint* instance);

    [LibraryImport(Vips, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int vips_enum_from_nick(string domain, nuint type, string nick);

    [LibraryImport(Vips)]
    public static partial nint vips_blob_copy(byte* data, nuint size);

    [LibraryImport(Vips)]
    public static partial byte* vips_blob_get(nint blob, nuint* size);

    [LibraryImport(Vips)]
    public static partial void vips_area_unref(nint area);

    [LibraryImport(Vips)]
    public static partial void vips_value_set_array_double(GValue* value, double* numbers, int count);

    [LibraryImport(Vips)]
    public static partial void vips_value_set_array_image(GValue* value, int count);

    [LibraryImport(Vips)]
    public static partial nint* vips_value_get_array_image(GValue* value, int* count);

    [LibraryImport(Vips)]
    public static partial nint vips_image_new_from_memory_copy(void* data, nuint bytes, int width, int height, int bands, int format);

    [LibraryImport(Vips)]
    public static partial nint vips_image_new_from_memory(void* data, nuint bytes, int width, int height, int bands, int format);

    [LibraryImport(Vips)]
    public static partial nint vips_image_copy_memory(VipsHandle image);

    [LibraryImport(Vips)]
    public static partial byte* vips_image_get_data(VipsHandle image);

    [LibraryImport(Vips)]
    public static partial int vips_image_get_width(VipsHandle image);

    [LibraryImport(Vips)]
    public static partial int vips_image_get_height(VipsHandle image);

    [LibraryImport(Vips)]
    public static partial int vips_image_get_bands(VipsHandle image);

    [LibraryImport(Vips)]
    public static partial int vips_image_get_format(VipsHandle image);

    [LibraryImport(Vips)]
    public static partial int vips_image_get_interpretation(VipsHandle image);

    [LibraryImport(Vips)]
    public static partial int vips_image_get_xoffset(VipsHandle image);

    [LibraryImport(Vips)]
    public static partial int vips_image_get_yoffset(VipsHandle image);

    [LibraryImport(Vips)]
    public static partial int vips_image_get_orientation(VipsHandle image);

    [LibraryImport(Vips)]
    public static partial int vips_image_get_n_pages(VipsHandle image);

    [LibraryImport(Vips)]
    public static partial int vips_image_hasalpha(VipsHandle image);

    [LibraryImport(Vips, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nuint vips_image_get_typeof(VipsHandle image, string name);

    [LibraryImport(GObject)]
    public static partial void g_object_unref(nint instance);

    [LibraryImport(GObject)]
    public static partial nint g_object_ref(nint instance);

    [LibraryImport(GObject, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void g_object_set_property(VipsHandle instance, string name, GValue* value);

    [LibraryImport(GObject, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void g_object_get_property(VipsHandle instance, string name, GValue* value);

    [LibraryImport(GObject)]
    public static partial GValue* g_value_init(GValue* value, nuint type);

    [LibraryImport(GObject)]
    public static partial void g_value_unset(GValue* value);

    [LibraryImport(GObject)]
    public static partial void g_value_set_boolean(GValue* value, int state);

    [LibraryImport(GObject)]
    public static partial void g_value_set_int(GValue* value, int number);

    [LibraryImport(GObject)]
    public static partial void g_value_set_double(GValue* value, double number);

    [LibraryImport(GObject, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void g_value_set_string(GValue* value, string text);

    [LibraryImport(GObject)]
    public static partial void g_value_set_enum(GValue* value, int number);

    [LibraryImport(GObject)]
    public static partial void g_value_set_flags(GValue* value, uint number);

    [LibraryImport(GObject)]
    public static partial void g_value_set_object(GValue* value, VipsHandle instance);

    [LibraryImport(GObject)]
    public static partial void g_value_set_boxed(GValue* value, nint boxed);

    [LibraryImport(GObject)]
    public static partial nint g_value_dup_object(GValue* value);

    [LibraryImport(GObject)]
    public static partial nint g_value_get_boxed(GValue* value);

    [LibraryImport(GObject)]
    public static partial nuint g_type_fundamental(nuint type);

    [LibraryImport("libglib-2.0.so.0")]
    public static partial void g_free(void* memory);
}

/// <summary>GValue: a type and two words of payload.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct GValue
{
    public nuint Type;
    public long Payload0;
    public long Payload1;
}

/// <summary>The head of GParamSpec, as far as the type of a property's value.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ParameterSpec
{
    public nint Class;
    public nint Name;
    public long FlagsAndPadding;
    public nuint ValueType;
}
