global using Xunit;

// The children use all cores by themselves.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
