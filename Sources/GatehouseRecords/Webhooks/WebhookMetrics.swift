public import CoreMetrics
import GatehouseBase
import Synchronization

/// An exporter of a receiver's statistics and of the state of its inbox through swift-metrics.
///
/// ```swift
/// let metrics = WebhookMetrics(webhooks)
/// try await metrics.run()  // beside the server, as a service
/// ```
///
/// | name, after `gatehouse.webhooks.` | kind | value |
/// |---|---|---|
/// | `stored`, `repeated`, `refused`, `too_large`, `unavailable`, `handled`, `failed`, `dead_letters` | counter | see ``WebhookStatistics`` |
/// | `pending`, `dead` | meter | see ``InboxState`` |
/// | `directory_lag` | meter | the age in seconds of the oldest webhook that the directory has not taken; 0 if it took all |
public final class WebhookMetrics<Store: RecordStore>: Sendable {
    private static var counted: [(name: String, value: any KeyPath<WebhookStatistics, UInt64> & Sendable)] {
        [
            ("stored", \.stored), ("repeated", \.repeated), ("refused", \.refused), ("too_large", \.tooLarge),
            ("unavailable", \.unavailable), ("handled", \.handled), ("failed", \.failed),
            ("dead_letters", \.deadLetters),
        ]
    }

    private let receiver: WebhookReceiver<Store>
    private let interval: Duration
    private let counters: [Counter]
    private let pending, dead, lag: Meter
    /// The values of the counters at the last record.
    private let recorded = Mutex(WebhookStatistics())

    /// Makes the metrics of a receiver. Nothing is recorded before ``record()`` or ``run()``.
    ///
    /// - Parameters:
    ///   - receiver: The receiver whose statistics are recorded.
    ///   - interval: The time between two records of ``run()``, from a millisecond to a day.
    ///   - dimensions: The labels that distinguish this receiver from others, if there are several.
    ///   - factory: The metrics backend; `nil` for the backend of the process or the task.
    /// - Throws: `SettingError` for an interval that is out of its range.
    public convenience init(
        _ receiver: WebhookReceiver<Store>,
        every interval: Duration,
        dimensions: [(String, String)] = [],
        factory: (any MetricsFactory)? = nil
    ) throws(SettingError) {
        try SettingError.require(interval, in: .milliseconds(1) ... .seconds(86_400), "interval")
        self.init(receiver, inRange: interval, dimensions, factory)
    }

    /// Makes the metrics of a receiver, which ``run()`` records every ten seconds.
    public convenience init(
        _ receiver: WebhookReceiver<Store>,
        dimensions: [(String, String)] = [],
        factory: (any MetricsFactory)? = nil
    ) {
        self.init(receiver, inRange: .seconds(10), dimensions, factory)
    }

    private init(
        _ receiver: WebhookReceiver<Store>,
        inRange interval: Duration,
        _ dimensions: [(String, String)],
        _ factory: (any MetricsFactory)?
    ) {
        let factory = factory ?? MetricsSystem.factory
        func label(_ name: String) -> String { "gatehouse.webhooks.\(name)" }
        func meter(_ name: String) -> Meter { Meter(label: label(name), dimensions: dimensions, factory: factory) }
        (self.receiver, self.interval) = (receiver, interval)
        counters = Self.counted.map { Counter(label: label($0.name), dimensions: dimensions, factory: factory) }
        (pending, dead, lag) = (meter("pending"), meter("dead"), meter("directory_lag"))
    }

    /// Records the current values in the backend.
    ///
    /// - Throws: ``RecordStoreError`` if the store does not return the state of the inbox. The counters are recorded nevertheless.
    public func record() async throws {
        let statistics = receiver.statistics
        recorded.withLock { recorded in
            for (counter, (_, value)) in zip(counters, Self.counted) {
                counter.increment(by: Int64(clamping: statistics[keyPath: value] &- recorded[keyPath: value]))
            }
            recorded = statistics
        }
        let (state, oldest) = try await receiver.inboxState()
        pending.set(state.pending)
        dead.set(state.dead)
        let seconds = oldest.map { $0.duration(to: receiver.clock.now()).components.seconds } ?? 0
        lag.set(max(0, seconds))
    }

    /// Tells the backend again and again, until the task is cancelled.
    public func run() async throws {
        while !Task.isCancelled {
            // If the store does not answer, it is asked again after the pause.
            try? await record()
            try? await Task.sleep(for: interval)
        }
        try? await record()
    }
}
