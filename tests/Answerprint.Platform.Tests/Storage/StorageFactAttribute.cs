using Xunit.Abstractions;
using Xunit.Sdk;

namespace Answerprint.Platform.Tests.Storage;

/// <summary>A test of the storage suite; skipped, with a reason, in a class whose database is not on this machine.</summary>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer("Answerprint.Platform.Tests.Storage.StorageFactDiscoverer", "Answerprint.Platform.Tests")]
public sealed class StorageFactAttribute : FactAttribute;

/// <summary>Marks a class whose tests need PostgreSQL's programs.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsPostgresAttribute : Attribute;

/// <summary>Makes the suite's test cases; xunit finds it by its name.</summary>
public sealed class StorageFactDiscoverer(IMessageSink sink) : IXunitTestCaseDiscoverer
{
    public IEnumerable<IXunitTestCase> Discover(ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute) =>
        [new StorageTestCase(sink, discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault(), testMethod)];
}

/// <summary>A test case that knows the class it runs in, which an attribute on an inherited method does not.</summary>
public sealed class StorageTestCase : XunitTestCase
{
    [Obsolete("Called by the deserializer")]
    public StorageTestCase()
    {
    }

    public StorageTestCase(IMessageSink sink, TestMethodDisplay display, TestMethodDisplayOptions options, ITestMethod method)
        : base(sink, display, options, method)
    {
    }

    protected override string GetSkipReason(IAttributeInfo factAttribute) =>
        TestMethod.TestClass.Class.GetCustomAttributes(typeof(NeedsPostgresAttribute)).Any() ? PostgresServer.WhyNot! : base.GetSkipReason(factAttribute);
}
