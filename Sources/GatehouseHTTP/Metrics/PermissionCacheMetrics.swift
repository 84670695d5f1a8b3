public import CoreMetrics
public import Gatehouse
import Synchronization

/// An exporter of a permission cache's statistics through swift-metrics.
///
/// ```swift
/// let metrics = PermissionCacheMetrics(authorizer.cache)
/// try await metrics.run()  // beside the server, as a service; that of the authorizer does so already
/// ```
///
/// | name, after `gatehouse.permission_cache.` | kind | value |
/// |---|---|---|
/// | `hits`, `misses`, `loads`, `failures`, `refusals`, `evictions`, `invalidations` | counter | see `PermissionCache.Statistics` |
/// | `in_flight`, `entries` | meter | see `PermissionCache.Statistics` |
/// | `connected` | meter | 1 while the bus is connected, or there is no bus; else 0 |
public final class PermissionCacheMetrics: Sendable {
    private static let counted: [(name: String, value: any KeyPath<PermissionCache.Statistics, UInt64> & Sendable)] = [
        ("hits", \.hits), ("misses", \.misses), ("loads", \.loads), ("failures", \.failures),
        ("refusals", \.refusals), ("evictions", \.evictions), ("invalidations", \.invalidations),
    ]

    private let cache: PermissionCache
    private let interval: Duration
    private let counters: [Counter]
    private let inFlight, entries, connected: Meter
    /// The values of the counters at the last record.
    private let recorded = Mutex(PermissionCache.Statistics())

    /// Makes the metrics of a cache. Nothing is recorded before ``record()`` or ``run()``.
    ///
    /// - Parameters:
    ///   - cache: The cache whose counters are recorded.
    ///   - interval: The time between two records of ``run()``, from a millisecond to a day.
    ///   - dimensions: The labels that distinguish this cache from others, if there are several.
    ///   - factory: The metrics backend; `nil` for the backend of the process or the task.
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

    /// Records the current counters in the backend.
    public func record() {
        recorded.withLock { recorded in
            let statistics = cache.statistics
            for (counter, (_, value)) in zip(counters, Self.counted) {
                // A counter only grows, so that the difference is not negative.
                counter.increment(by: Int64(clamping: statistics[keyPath: value] &- recorded[keyPath: value]))
            }
            inFlight.set(statistics.inFlight)
            entries.set(statistics.entries)
            connected.set(cache.isConnected ? 1 : 0)
            recorded = statistics
        }
    }

    /// Records again and again, until the task is cancelled or the service group shuts down.
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
