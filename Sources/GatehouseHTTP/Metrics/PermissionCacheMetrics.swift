public import CoreMetrics
public import Gatehouse
import Synchronization

/// Exports what a permission cache counts through swift-metrics.
///
/// ```swift
/// let metrics = PermissionCacheMetrics(authorizer.cache)
/// try await metrics.run()  // beside the server, as a service; that of the authorizer does so already
/// ```
///
/// | name, after `gatehouse.permission_cache.` | kind | what |
/// |---|---|---|
/// | `hits`, `misses`, `loads`, `failures`, `refusals`, `evictions`, `invalidations` | counter | see `PermissionCache.Statistics` |
/// | `in_flight`, `entries` | meter | see `PermissionCache.Statistics` |
/// | `connected` | meter | 1 while the bus vouches for what is remembered, or there is none; else 0 |
public final class PermissionCacheMetrics: Sendable {
    private static let counted: [(name: String, value: any KeyPath<PermissionCache.Statistics, UInt64> & Sendable)] = [
        ("hits", \.hits), ("misses", \.misses), ("loads", \.loads), ("failures", \.failures),
        ("refusals", \.refusals), ("evictions", \.evictions), ("invalidations", \.invalidations),
    ]

    private let cache: PermissionCache
    private let interval: Duration
    private let counters: [Counter]
    private let inFlight, entries, connected: Meter
    /// The values that the counters were told before.
    private let recorded = Mutex(PermissionCache.Statistics())

    /// Makes the metrics of a cache; they say nothing until they are told to.
    ///
    /// - Parameters:
    ///   - cache: The cache whose counters are recorded.
    ///   - interval: How long ``run()`` waits between two records; from a millisecond to a day.
    ///   - dimensions: The labels that tell this cache from others, if there are several.
    ///   - factory: The backend; `nil` stands for the backend that the process, or the task, has set up.
    /// - Throws: `SettingError` for an interval that is out of its range.
    public convenience init(
        _ cache: PermissionCache,
        every interval: Duration,
        dimensions: [(String, String)] = [],
        factory: (any MetricsFactory)? = nil
    ) throws(SettingError) {
        try SettingError.require(interval, in: .milliseconds(1) ... .seconds(86_400), "interval")
        self.init(cache, inRange: interval, dimensions, factory)
    }

    /// Makes the metrics of a cache, which ``run()`` records every ten seconds.
    public convenience init(
        _ cache: PermissionCache,
        dimensions: [(String, String)] = [],
        factory: (any MetricsFactory)? = nil
    ) {
        self.init(cache, inRange: .seconds(10), dimensions, factory)
    }

    private init(
        _ cache: PermissionCache,
        inRange interval: Duration,
        _ dimensions: [(String, String)],
        _ factory: (any MetricsFactory)?
    ) {
        let factory = factory ?? MetricsSystem.factory
        func meter(_ name: String) -> Meter {
            Meter(label: Self.label(name), dimensions: dimensions, factory: factory)
        }
        (self.cache, self.interval) = (cache, interval)
        counters = Self.counted.map { Counter(label: Self.label($0.name), dimensions: dimensions, factory: factory) }
        (inFlight, entries, connected) = (meter("in_flight"), meter("entries"), meter("connected"))
    }

    private static func label(_ name: String) -> String { "gatehouse.permission_cache.\(name)" }

    /// Tells the backend what the cache counts by now.
    public func record() {
        recorded.withLock { recorded in
            let statistics = cache.statistics
            for (counter, (_, value)) in zip(counters, Self.counted) {
                // Each only grows, so that the difference is no less than nothing.
                counter.increment(by: Int64(clamping: statistics[keyPath: value] &- recorded[keyPath: value]))
            }
            inFlight.set(statistics.inFlight)
            entries.set(statistics.entries)
            connected.set(cache.isConnected ? 1 : 0)
            recorded = statistics
        }
    }

    /// Tells the backend again and again, until the task is cancelled or, within a service group, the group shuts down.
    public func run() async throws {
        try await runUntilShutdown { await self.recordUntilCancelled() }
    }

    func recordUntilCancelled() async {
        while !Task.isCancelled {
            record()
            try? await Task.sleep(for: interval)
        }
        record()
    }
}
