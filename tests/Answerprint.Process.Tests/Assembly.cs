// The tests measure how fast processes end; they run one after another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
