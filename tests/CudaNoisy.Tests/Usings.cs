global using Xunit;

// Devices are not thread-safe and use all cores by themselves.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
