// Each class starts a server with its worker: two at once would only make each other slow.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
